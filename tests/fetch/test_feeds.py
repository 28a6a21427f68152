from __future__ import annotations

import time

import pytest

from kg.errors import SkipDocument

pytest.importorskip("httpcore2")
from kg.fetch import feeds
from kg.fetch.feeds import Entry

HERE = "https://desk.example/feeds/all.xml"

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
  <title>The Desk</title><link>https://desk.example/</link>
  <item><title>Acme &amp;amp; Brill &lt;b&gt;meet&lt;/b&gt;</title><link>
     https://desk.example/a?x=1&amp;y=2 </link><pubDate>Wed, 27 Nov 2024 08:30:00 +0100</pubDate></item>
  <item><title><![CDATA[Second <i>one</i>]]></title><link>/b</link><dc:date>2024-11-28</dc:date></item>
  <item><guid>https://desk.example/c</guid><pubDate>some day</pubDate></item>
  <item><guid isPermaLink="false">https://desk.example/no</guid></item>
  <item><link>javascript:alert(1)</link></item>
  <item><link>file:///etc/passwd</link></item>
  <item><link>https://desk.example/c</link></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="windows-1252"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/x/">
  <title type="html">Caf\xe9 &amp;lt;news&amp;gt;</title><link rel="self" href="feed.xml"/>
  <entry><title>One</title><link rel="edit" href="edit/1"/><link href="1"/><link rel="enclosure" href="1.mp3"/>
    <updated>2025-02-01T00:00:00Z</updated><published>2025-01-31T10:00:00Z</published></entry>
  <entry xml:base="/y/"><link rel="alternate" href="2"/><updated>2025-02-02T00:00:00Z</updated></entry>
</feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
  <channel rdf:about="x"><title>Old</title></channel>
  <item rdf:about="https://old.example/1"><title>First</title><link>https://old.example/1</link></item></rdf:RDF>"""


def read(data, **options):
    return list(feeds.entries(data, HERE, **options))


def test_rss_gives_addresses_titles_and_days():
    assert feeds.is_feed(RSS)
    assert read(RSS) == [
        Entry("https://desk.example/a?x=1&y=2", "Acme & Brill meet", "2024-11-27T08:30:00+01:00", "The Desk"),
        Entry("https://desk.example/b", "Second one", "2024-11-28", "The Desk"),
        Entry("https://desk.example/c", None, None, "The Desk"),
    ]


def test_atom_gives_the_same_by_its_own_words_and_no_day_of_change():
    assert feeds.is_feed(ATOM)
    assert read(ATOM) == [
        Entry("https://other.example/x/1", "One", "2025-01-31T10:00:00+00:00", "Café <news>"),
        Entry("https://other.example/y/2", None, None, "Café <news>"),
    ]


def test_rss_as_rdf_is_read_too():
    assert feeds.is_feed(RDF)
    assert read(RDF) == [Entry("https://old.example/1", "First", None, "Old")]


def test_what_the_server_says_of_the_encoding_holds_if_it_exists():
    data = b"<rss><channel><title>\xe9</title><item><link>http://a.example/</link></item></channel></rss>"
    assert read(data, charset="iso-8859-1")[0].publisher == "é"
    assert read(RSS, charset="x-none") == read(RSS)


def test_a_damaged_feed_is_read_as_far_as_it_goes():
    assert [item.url for item in read(RSS[: RSS.index(b"<item><guid>")])] == [
        "https://desk.example/a?x=1&y=2",
        "https://desk.example/b",
    ]


LEVELS = b"".join(b'<!ENTITY l%d "%s">' % (i + 1, b"&l%d;" % i * 10) for i in range(12))
LAUGHS = b'<!DOCTYPE rss [<!ENTITY l0 "ha">%s]>' % LEVELS
ATTRIBUTE = LAUGHS + b'<feed><entry><link href="http://a.example/&l12;"/></entry></feed>'
OUTSIDE = (
    b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY %% y SYSTEM "http://127.0.0.1:9/"> %%y;]>'
    b"<rss><channel><title>&x;</title><item><title>&x;</title><link>http://a.example/&x;</link></item></channel></rss>"
)


def test_entities_are_never_expanded():
    feed = LAUGHS + b"<rss><channel><item><title>&l12;</title><link>http://a.example/</link></item></channel></rss>"
    start = time.process_time()
    assert feeds.is_feed(feed)
    assert "haha" not in repr(_read_or_none(feed))
    assert all("ha" * 9 not in item.url for item in _read_or_none(ATTRIBUTE))
    assert "root:" not in repr(_read_or_none(OUTSIDE))
    assert time.process_time() - start < 1


def _read_or_none(data):
    try:
        return read(data)
    except SkipDocument:
        return []


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body>no feed", b"{}", b"\x00\xff" * 50, b"<opml><item/></opml>", b"<!--" * 1000, b"<?xml"],
)
def test_what_is_no_feed_is_told(data):
    with pytest.raises(SkipDocument, match="no feed"):
        read(data)
    assert not feeds.is_feed(data)


@pytest.mark.parametrize(
    "unit", [b"<!---->", b"<?a?>", b" <!-- -- -->\n", b"<!DOCTYPE a[]>", b"\xef\xbb\xbf", b"<!DOCTYPE ["]
)
def test_a_start_of_much_of_the_same_takes_no_time(unit):
    start = time.process_time()
    assert not feeds.is_feed(unit * 100_000)
    assert time.process_time() - start < 0.5


def test_a_feed_nested_without_end_is_refused_or_read_in_little_time():
    start = time.process_time()
    assert _read_or_none(b"<rss><channel>" + b"<item>" * 200_000) == []
    assert time.process_time() - start < 5


def test_a_page_names_its_feed():
    page = b"""<html><head><base href="https://desk.example/news/"><link rel="stylesheet" href="a.css">
      <link rel="Alternate nofollow" type="application/atom+xml" href="feed"><link rel=alternate
      type=application/rss+xml href=second></head></html>"""
    assert feeds.named(page, "https://desk.example/") == "https://desk.example/news/feed"


@pytest.mark.parametrize(
    "page", [b"", b"<html>", b"\x00", b'<link rel=alternate type=application/rss+xml href="file:///a">']
)
def test_a_page_that_names_none_is_told(page):
    with pytest.raises(SkipDocument):
        feeds.named(page, "https://desk.example/")
