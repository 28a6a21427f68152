from __future__ import annotations

import contextlib
import gzip
import ipaddress
import time
import zlib

import pytest

from kg.errors import SkipDocument
from tests.fetch.site import answer

pytest.importorskip("httpcore2")
from kg.fetch.client import Client, plain

ANY = [ipaddress.ip_network("127.0.0.1/32")]
CLIENT = Client("kg-test/1", 100_000, ANY, seconds=1.0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def get(url, client=CLIENT, **options):
    return client.get(url, lambda _: contextlib.nullcontext(), **options)


def slowly(*pieces, pause=0.05):
    """Sends the pieces one by one, the last until the other side leaves, or for ten seconds."""

    def page(send):
        for piece in pieces:
            send(piece)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            time.sleep(pause)
            send(pieces[-1])

    return page


def test_an_answer_has_its_address_fields_and_body(site):
    site.pages["/a?b=%C3%A9"] = answer(b"<p>Hi", "200 OK", 'Text/HTML; charset="ISO-8859-1"', "ETag: W/x")
    found = get(f"{site.url}/a?b=%C3%A9", fields={"If-None-Match": "y"})
    assert (found.url, found.status, found.body) == (f"{site.url}/a?b=%C3%A9", 200, b"<p>Hi")
    assert (found.type, found.charset, found.fields["etag"]) == ("text/html", "iso-8859-1", "W/x")
    sent = site.fields[0]
    assert (sent["user-agent"], sent["if-none-match"]) == ("kg-test/1", "y")
    assert not {"cookie", "authorization", "referer"} & sent.keys()


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_what_is_packed_is_unpacked(site, pack):
    site.pages["/"] = answer(pack(b"text " * 900), "200 OK", "text/plain", "Content-Encoding: gzip")
    assert get(site.url).body == b"text " * 900


MISDEEDS = {
    "slow headers": slowly(HEAD, b"X: y\r\n"),
    "no headers at all": slowly(b""),
    "slow first line": slowly(b"H"),
    "slow body": slowly(HEAD + b"Content-Length: 99999\r\n\r\n", b"x"),
    "slow chunks": slowly(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "endless interim answers": slowly(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.001),
}


@pytest.mark.parametrize("page", MISDEEDS.values(), ids=MISDEEDS)
def test_who_is_slow_is_left_after_a_fixed_time(site, page):
    site.pages["/"] = page
    start = time.monotonic()
    with pytest.raises(SkipDocument, match="no answer in time"):
        get(site.url, Client("kg-test/1", 100_000, ANY, seconds=0.3))
    assert time.monotonic() - start < 3


BOMB = zlib.compress(bytes(50_000_000))
TRAILING = gzip.compress(b"text")[:-6]
WRONG = {
    "too long by its field": (answer(length=10**12), "more than 100,000 bytes|no answer"),
    "endless": (slowly(HEAD + b"\r\n", b"x" * 50_000, pause=0), "more than 100,000 bytes"),
    "endless fields": (slowly(HEAD, b"X: " + b"y" * 5000 + b"\r\n", pause=0), "no answer"),
    "one endless field": (slowly(HEAD + b"X: ", b"y" * 9000, pause=0), "no answer"),
    "bomb": (answer(BOMB, "200 OK", "text/html", "Content-Encoding: deflate"), "more than 100,000 bytes"),
    "bomb in many members": (
        answer(gzip.compress(b"") * 9000, "200 OK", "text/html", "Content-Encoding: gzip"),
        None,
    ),
    "no gzip": (answer(b"text", "200 OK", "text/html", "Content-Encoding: gzip"), "its packing"),
    "gzip broken off": (answer(TRAILING, "200 OK", "text/html", "Content-Encoding: gzip"), "broken off"),
    "foreign packing": (answer(b"x", "200 OK", "text/html", "Content-Encoding: br"), "packed as 'br'"),
    "length too large": (answer(b"x", length=99), "no answer"),
    "length no number": (answer(b"x", length="a"), "no answer"),
    "two lengths": (answer(b"x", "200 OK", "text/html", "Content-Length: 7"), "no answer"),
    "length negative": (answer(b"x", length=-5), "no answer"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", "no answer"),
    "nothing": (b"", "no answer"),
    "broken status": (b"HTTP/1.1 99999 OK\r\n\r\n", "no answer"),
    "field with a line break": (HEAD + b"X: a\rb\r\n\r\n", "no answer"),
    "broken chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx", "no answer"),
    "to a file": (
        answer(b"", "302 Found", "", "Location: file:///etc/passwd"),
        "only http and https are fetched, not file",
    ),
    "to data": (
        answer(b"", "302 Found", "", "Location: data:text/html,x"),
        "only http and https are fetched, not data",
    ),
    "to the cloud's own": (
        answer(b"", "302 Found", "", "Location: http://169.254.169.254/latest/meta-data"),
        "169.254.169.254 is at 169.254.169.254, which is no public address",
    ),
    "to this machine by another name": (
        answer(b"", "301 Moved", "", "Location: //2130706434/"),
        "127.0.0.2, which is no public address",
    ),
    "to another network": (answer(b"", "307 Moved", "", "Location: http://[::ffff:10.0.0.1]/"), "no public address"),
    "to itself": (answer(b"", "302 Found", "", "Location: /"), "redirected more than 5 times"),
    "with a password": (answer(b"", "302 Found", "", "Location: http://u:p@example.org/"), "name and password"),
    "to nowhere": (answer(b"", "302 Found", "", "Location: http://."), "not an address"),
    "to noise": (answer(b"", "302 Found", "", "Location: http://[1/\\..%%\x7f"), "not an address"),
}


@pytest.mark.parametrize(("page", "reason"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_in_one_line(site, page, reason):
    site.pages["/"] = page
    if reason is None:
        assert get(site.url).body == b""
        return
    with pytest.raises(SkipDocument, match=reason) as told:
        get(site.url)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 200


def test_a_longer_body_is_cut_where_that_is_asked_for(site):
    site.pages["/"] = answer(b"x" * 200_000)
    assert get(site.url, cut=True).body == b"x" * 100_000


def test_redirects_are_followed_and_each_is_given_a_turn(site):
    site.pages |= {
        "/a": answer(b"", "301 Moved", "", "Location: b/ü?q=ö#part"),
        "/b/%C3%BC?q=%C3%B6": answer(b"there"),
    }
    turns = []
    found = CLIENT.get(f"{site.url}/a", lambda url: turns.append(url) or contextlib.nullcontext())
    assert (found.url, found.body) == (f"{site.url}/b/%C3%BC?q=%C3%B6", b"there")
    assert turns == [f"{site.url}/a", f"{site.url}/b/%C3%BC?q=%C3%B6"]


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://bücher.example/ä b?c=ü&d=%20#x ", "https://xn--bcher-kva.example/%C3%A4%20b?c=%C3%BC&d=%20"),
        ("http://example.org:8080/a/../b", "http://example.org:8080/a/../b"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
        ("http://example.org/a\r\nX: y", "http://example.org/aX:%20y"),
        ("http://example.org/<b>\"'\\`", "http://example.org/%3Cb%3E%22'%5C%60"),
    ],
)
def test_an_address_is_sent_in_one_form(url, sent):
    assert plain(url) == sent
    assert plain(sent) == sent


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///a"),
        *("http://u:p@example.org/", "http://u@example.org/", "http://example.org:99999/", "http://example.org:x/"),
        *("http://a b.example/", "http://exa%6dple.org/", "http://.example..org/", "http://example.org/" + "a" * 5000),
        *(
            "http://[::1",
            "http://[fe80::1%25eth0]/",
            "http://\u2100.example/",
            "//example.org/",
            "\x00",
            "http://a\\b/",
        ),
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(SkipDocument):
        plain(url)
