from __future__ import annotations

import json
import socket
import threading

import pytest

from kg import folder, readers
from kg.errors import KgError
from kg.types import Skipped
from tests.fetch.site import answer

pytest.importorskip("httpcore2")
pytest.importorskip("protego")
from kg.fetch import NAME, Fetched, fetch

PAGE = (
    b"<html><head><title>Meeting</title></head><body><article><p>Acme met Brill in Oslo, and they talked.</p></article>"
)
HERE = ["127.0.0.1/32"]


def get(site, place, *paths, **options):
    urls = [site.url + path for path in paths]
    return list(fetch(urls, place, allow=HERE, pause=0, **options))


def test_a_page_is_kept_as_it_was_sent_and_read_by_build(site, tmp_path):
    site.pages["/news/acme.html"] = answer(PAGE)
    (found,) = get(site, tmp_path / "in", "/news/acme.html")
    assert found == Fetched(f"{site.url}/news/acme.html", found.path, changed=True)
    assert found.path.read_bytes() == PAGE
    (document,) = readers.read(tmp_path / "in")
    assert (document.title, document.url) == ("Meeting", f"{site.url}/news/acme.html")
    assert document.text == "Acme met Brill in Oslo, and they talked."
    assert site.asked == ["/robots.txt", "/news/acme.html"]
    assert site.fields[1]["user-agent"].startswith(f"{NAME}/")


def test_the_second_time_only_what_changed_is_sent(site, tmp_path):
    site.pages["/a"] = [answer(PAGE, "200 OK", "text/html", 'ETag: "1"'), answer(b"", "304 Not Modified")]
    site.pages["/b"] = [answer(PAGE), answer(PAGE), answer(PAGE + b"<p>More")]
    changed = [{item.url[-1]: item.changed for item in get(site, tmp_path, "/a", "/b")} for _ in range(3)]
    assert changed == [{"a": True, "b": True}, {"a": False, "b": False}, {"a": False, "b": True}]
    asked = [fields.get("if-none-match") for path, fields in zip(site.asked, site.fields, strict=True) if path == "/a"]
    assert asked == [None, '"1"', '"1"']


FEED = """<rss version="2.0"><channel><title>The Desk</title>
<item><title>../../Acme <![CDATA[<script>]]></title><link>{0}/one</link>
<pubDate>Wed, 27 Nov 2024 08:30:00 GMT</pubDate></item>
<item><link>{0}/two</link></item><item><link>{0}/gone</link></item><item><link>http://169.254.169.254/x</link></item>
<item><link>{0}/feed</link></item></channel></rss>"""


def test_a_feed_gives_its_articles_with_what_it_tells_of_them(site, tmp_path):
    site.pages |= {
        "/feed": [
            answer(FEED.format(site.url).encode(), "200 OK", "application/rss+xml", 'ETag: "f"'),
            answer(b"", "304 No"),
        ],
        "/one": answer(PAGE),
        "/two": answer(b"Acme met Brill.", "200 OK", "text/plain"),
    }
    for _ in range(2):  # the second time the feed has not changed, and its articles are asked for again
        found = {item.url if isinstance(item, Fetched) else item.path: item for item in get(site, tmp_path, "/feed")}
        one, two = found[f"{site.url}/one"], found[f"{site.url}/two"]
        assert two.path.read_bytes() == b"Acme met Brill."
        assert json.loads(one.path.with_suffix(".json").read_text("utf-8")) == {
            "published": "2024-11-27T08:30:00+00:00",
            "publisher": "The Desk",
            "title": "../../Acme",
            "url": f"{site.url}/one",
        }
        assert found[f"{site.url}/gone"] == Skipped(f"{site.url}/gone", "its server answered 404 (Not Found)")
        assert "no public address" in found["http://169.254.169.254/x"].reason
    assert site.asked.count("/one") == 2
    assert site.asked.count("/feed") == 2


def test_with_feed_a_page_leads_to_the_feed_that_it_names(site, tmp_path):
    site.pages |= {
        "/": answer(b'<html><link rel="alternate" type="application/rss+xml" href="/feed">'),
        "/feed": answer(FEED.format(site.url).encode(), "200 OK", "text/html"),
        "/one": answer(PAGE),
        "/none": answer(PAGE),
    }
    found = get(site, tmp_path, "/", "/none", feed=True)
    assert [item.url for item in found if isinstance(item, Fetched)] == [f"{site.url}/one"]
    assert Skipped(f"{site.url}/none", "neither a feed nor a page that names one") in found


REFUSED = {
    "a picture": (answer(b"\x89PNG", "200 OK", "image/png"), "image/png is not read: expected a page, text or PDF"),
    "a film": (answer(b"x", "200 OK", "video/mp4"), "video/mp4 is not read"),
    "xml": (answer(b"<a/>", "200 OK", "application/xml"), "application/xml is not read"),
    "no type": (answer(b"\x00\x01", "200 OK", ""), "something without a type is not read"),
    "binary as a page": (answer(b"<html>\x00\xff\x00", "200 OK", "text/html"), "binary"),
    "noise as a page": (answer(b"\x7fELF\x00\x01", "200 OK", "text/html; charset=latin-1"), "binary"),
    "a page as PDF": (answer(PAGE, "200 OK", "application/pdf"), "not what its type says"),
    "nothing": (answer(b""), "empty"),
    "white space": (answer(b" \n"), "empty"),
    "broken": (answer(b"", "500 Internal Server Error"), "its server answered 500 (Internal Server Error)"),
    "an unknown status": (answer(b"", "599 What"), "its server answered 599"),
    "partial": (answer(PAGE, "206 Partial Content"), "its server answered 206"),
    "unasked not modified": (answer(b"", "304 Not Modified"), "its server answered 304"),
    "large": (answer(b"x" * 5_000_001), "more than 5,000,000 bytes"),
    "busy for a day": (answer(b"", "429 Too Many", "", "Retry-After: 86400"), "left alone for 86400 seconds"),
    "busy until a day": (
        answer(b"", "503 Busy", "", "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT"),
        "left alone for",
    ),
    "feed without articles": (answer(b"<rss><channel/></rss>"), "a feed that lists nothing"),
    "encoding that is none": (answer(b"<p>\xff\xfe\xff", "200 OK", "text/html; charset=utf-7"), "not UTF-8"),
}


@pytest.mark.parametrize(("page", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_article_is_told_and_not_kept(site, tmp_path, page, reason):
    site.pages["/a"] = page
    (item,) = get(site, tmp_path / "in", "/a")
    assert item.path == f"{site.url}/a"
    assert reason in item.reason
    assert not (tmp_path / "in").exists()


def test_who_is_busy_is_asked_again_when_it_says_so(site, tmp_path):
    site.pages["/a"] = [answer(b"", "503 Busy", "", "Retry-After: 0"), answer(PAGE)]
    assert [item.changed for item in get(site, tmp_path, "/a")] == [True]


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        (b"<p>Caf\xe9 \x93Acme\x94", "ISO-8859-1", "<p>Café “Acme”"),
        ("<p>Café".encode(), "ISO-8859-1", "<p>Café"),
        ("<p>Łódź".encode("iso-8859-2"), "iso-8859-2", "<p>Łódź"),
        (b"<meta charset=windows-1252><p>Caf\xe9", "x-none", "<meta charset=windows-1252><p>Café"),
        ("<p>Café".encode("utf-16"), "utf-8", "<p>Café"),
    ],
)
def test_what_the_server_says_of_the_encoding_is_not_lost(site, tmp_path, body, charset, text):
    site.pages["/a"] = answer(body, "200 OK", f"text/html; charset={charset}")
    (found,) = get(site, tmp_path, "/a")
    assert readers.decode_page(found.path.read_bytes()) == text


def test_an_address_is_asked_once_and_wrong_ones_are_told(site, tmp_path):
    site.pages["/a"] = answer(PAGE)
    urls = [f"{site.url}/a", f"{site.url}/a", "file:///etc/passwd", "http://[", "nonsense", "http://localhost/"]
    found = list(fetch(urls, tmp_path, allow=HERE, pause=0))
    assert site.asked.count("/a") == 1
    assert {item.path for item in found if isinstance(item, Skipped)} == {*urls[2:]}


def test_without_being_allowed_nothing_here_is_asked(site, tmp_path):
    (item,) = fetch([site.url], tmp_path)
    assert "127.0.0.1, which is no public address: allow it with --allow" in item.reason
    assert site.asked == []


def test_nothing_tells_of_a_proxy_or_a_password_file(site, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.pages["/a"] = answer(PAGE, "200 OK", "text/html", "Set-Cookie: a=b")
    assert len(get(site, tmp_path / "in", "/a", "/a?2")) == 2
    assert not any({"authorization", "cookie"} & fields.keys() for fields in site.fields)


def test_whoever_reads_half_leaves_the_folder_free(site, tmp_path):
    site.pages |= {f"/{number}": answer(PAGE) for number in range(9)}
    found = fetch([f"{site.url}/{number}" for number in range(9)], tmp_path, allow=HERE, pause=0)
    next(found)
    found.close()
    with folder.locked(tmp_path):
        assert threading.active_count() < 20


def test_a_wrong_block_and_a_folder_that_can_not_be_written_stop(site, tmp_path):
    with pytest.raises(KgError, match=r"'10.0.0.0/99' is no block of addresses: give one as 10.1.0.0/16"):
        list(fetch([site.url], tmp_path, allow=["10.0.0.0/99"]))
    (tmp_path / "file").write_text("x")
    with pytest.raises(KgError, match=r"can't write to .*file"):
        list(fetch([site.url], tmp_path / "file"))


def test_no_other_room_opens_a_connection(tmp_path, monkeypatch, root):
    """What a document says can't make `kg` ask anything of a network: here every attempt would be an error."""

    def never(*_, **__):
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    (tmp_path / "a.html").write_text(
        '<html><head><link rel=stylesheet href="http://127.0.0.1:9/a"><base href="http://127.0.0.1:9/"></head><body>'
        '<iframe src="http://127.0.0.1:9/b"></iframe><img src=c><p>Acme met Brill in Oslo, and they talked.</p>'
    )
    assert [item.text for item in readers.read(tmp_path)] == ["Acme met Brill in Oslo, and they talked."]
