from __future__ import annotations

import ipaddress
import threading
import time

import pytest

from kg.errors import SkipDocument
from tests.fetch.site import answer

pytest.importorskip("httpcore2")
pytest.importorskip("protego")
import itertools

from kg.fetch.client import Client
from kg.fetch.manners import Manners

TOKEN = "ai-industry-kg"
CLIENT = Client(f"{TOKEN}/1", 100_000, [ipaddress.ip_network("127.0.0.1/32")], seconds=0.5)


def manners(pause=0.0):
    return Manners(CLIENT, TOKEN, pause=pause)


def text(body, status="200 OK", *more):
    return answer(body.encode(), status, "text/plain", *more)


def allowed(here, url):
    try:
        with here.turn(url):
            return True
    except SkipDocument:
        return False


def test_robots_txt_is_heeded_and_asked_for_once(site):
    site.pages["/robots.txt"] = text(
        "User-agent: *\nDisallow: /private\nDisallow: /*.cgi$\nAllow: /private/open\n\nUser-agent: other\nDisallow: /"
    )
    here = manners()
    found = [
        path
        for path in ("/", "/private/a", "/private/open/a", "/a.cgi", "/a.cgi?b", "/%70rivate/x")
        if allowed(here, site.url + path)
    ]
    assert found == ["/", "/private/open/a", "/a.cgi?b"]
    assert site.asked == ["/robots.txt"]


def test_rules_for_this_program_go_before_those_for_all(site):
    site.pages["/robots.txt"] = text(f"User-agent: *\nDisallow:\n\nUser-agent: {TOKEN.upper()}\nDisallow: /")
    with (
        pytest.raises(SkipDocument, match=r"^its site's robots.txt asks programs not to read it$"),
        manners().turn(site.url),
    ):
        pass


@pytest.mark.parametrize(
    ("page", "may"),
    [
        (answer(b"", "404 Not Found"), True),
        (answer(b"", "403 Forbidden"), True),
        (answer(b"", "500 Internal Server Error"), False),
        (answer(b"", "429 Too Many Requests"), False),
        (lambda _: time.sleep(5), False),
        (b"", False),
        (answer(b"", "302 Found", "", "Location: file:///etc/passwd"), False),
        (answer(b"", "302 Found", "", "Location: /robots.txt"), False),
        (answer(b"\x00\xff<html>" * 99), True),
        (answer(b"User-agent: *\nDisallow: /\n" + b"Disallow: /x\n" * 100_000), False),
        (answer(b"User-agent: *\nDisallow: " + b"/*a" * 100_000 + b"b$\n"), True),
    ],
    ids=[
        "absent",
        "forbidden",
        "broken",
        "busy",
        "hangs",
        "silent",
        "to a file",
        "in a ring",
        "noise",
        "huge",
        "stars",
    ],
)
def test_what_can_not_be_had_forbids_and_what_is_not_there_allows(site, page, may):
    site.pages["/robots.txt"] = page
    start = time.process_time()
    assert allowed(manners(), f"{site.url}/{'a' * 2000}") is may
    assert time.process_time() - start < 2


def test_questions_to_one_host_come_one_at_a_time_and_apart(site):
    here, moments = manners(pause=0.1), []

    def ask():
        with here.turn(site.url):
            moments.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert all(two - one >= 0.1 for one, two in itertools.pairwise(moments))


def test_a_site_may_ask_for_longer_pauses_within_reason(site):
    site.pages["/robots.txt"] = text(f"User-agent: {TOKEN}\nCrawl-delay: 0.2")
    here = manners()
    for _ in range(2):
        start = time.monotonic()
        with here.turn(site.url):
            taken = time.monotonic() - start
    assert taken >= 0.2
    site.pages["/robots.txt"] = text("User-agent: *\nCrawl-delay: 86400")
    with pytest.raises(SkipDocument, match="asks for pauses of 86400 seconds"), manners().turn(site.url):
        pass


def test_a_host_that_asks_for_much_time_is_left_alone(site):
    here = manners()
    here.later(site.url, 3600)
    for _ in range(2):
        with (
            pytest.raises(SkipDocument, match="left alone for 3600 seconds: come back later"),
            here.turn(site.url + "/a"),
        ):
            pass


def test_who_waits_can_be_stopped(site):
    here = manners()
    here.later(site.url, 20)
    threading.Timer(0.1, here.stop.set).start()
    start = time.monotonic()
    assert not allowed(here, site.url)
    assert time.monotonic() - start < 5
