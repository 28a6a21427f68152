"""RSS and Atom: which articles a feed lists, and where a page says that its feed is."""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.errors import SkipDocument
from kg.fetch.client import plain

MOST = 1_000
"""So many articles of one feed are fetched, the first that it lists."""

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_ROOTS = {"rss", "rdf", "feed"}
_DATES = ("published", "issued", "pubdate", "date")  # not Atom's "updated": it is no day of publication
_BEFORE = rb"\xef\xbb\xbf|\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>"
_START = re.compile(rb"(?>%b)*+<(rss|feed|(\w+:)?rdf)\b" % _BEFORE, re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


class Entry(NamedTuple):
    """An article as its feed lists it: address, title, the day or moment of publication, the feed's name."""

    url: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None


def is_feed(data: bytes) -> bool:
    """Whether it begins like one; servers call feeds many things."""
    return _START.match(data[:4096]) is not None


def entries(data: bytes, url: str, *, charset: str | None = None) -> Iterator[Entry]:
    """The articles of a feed from that address, in its order, each address once.

    RSS 0.9 to 2.0 and Atom (RFC 4287), also damaged ones as far as they go. Entities are not expanded, and nothing that
    the feed names is loaded. SkipDocument if it is no feed.
    """
    root = _parsed(data, url, charset)
    if root is None or _name(root) not in _ROOTS:
        raise SkipDocument("no feed: expected RSS or Atom")
    channel = next((each for each in root if _name(each) == "channel"), root)
    publisher = _text(channel, "title")
    seen = set()
    for item in root.iter("{*}item", "{*}entry"):
        try:
            address = plain(*_address(item))
        except SkipDocument:
            continue
        if address not in seen:
            seen.add(address)
            yield Entry(address, _text(item, "title"), _published(item), publisher)


def named(page: bytes, url: str) -> str:
    """The address of the first feed that a page names (HTML, 4.6.7.2, `alternate`); SkipDocument if there is none."""
    from lxml import html as pages
    from lxml.etree import ParserError

    try:
        root = pages.document_fromstring(page, base_url=url)
        root.make_links_absolute(resolve_base_href=True, handle_failures="discard")
    except (ParserError, ValueError):
        raise SkipDocument("neither a feed nor a page that names one") from None
    for link in root.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in _FEEDS:
            return plain(link.get("href", ""))
    raise SkipDocument("neither a feed nor a page that names one")


def _parsed(data: bytes, url: str, charset: str | None) -> Any:
    from lxml import etree

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}
    for encoding in dict.fromkeys((charset, None)):
        try:
            return etree.fromstring(data, etree.XMLParser(encoding=encoding, **safe), base_url=url)
        except LookupError:  # an encoding that there is not
            continue
        except (etree.XMLSyntaxError, ValueError):
            break
    raise SkipDocument("no feed: its XML is broken")


def _address(item: Any) -> tuple[str, str]:
    """Where an article is: Atom's link of no other kind, RSS's link, else a guid that is an address; and its base."""
    for link in _each(item, "link"):
        target = link.get("href") if link.get("rel", "alternate") == "alternate" else None
        if target := target or (link.text if link.get("href") is None else None):
            return target, link.base or ""
    for guid in _each(item, "guid"):
        if guid.get("isPermaLink", "true") == "true":
            return guid.text or "", ""
    return "", ""


def _published(item: Any) -> str | None:
    """The first date that is one: ISO 8601, else as in e-mail (RFC 5322)."""
    for told in filter(None, (_text(item, name) for name in _DATES)):
        for read in (dt.datetime.fromisoformat, email.utils.parsedate_to_datetime):
            try:
                moment = read(told)
            except (ValueError, IndexError, TypeError, OverflowError):
                continue
            return told[:10] if len(told) == len("2024-11-27") else moment.isoformat(timespec="seconds")
    return None


def _text(parent: Any, name: str) -> str | None:
    """The words of a part, without markup that came along as text."""
    found = next((each for each in _each(parent, name)), None)
    if found is None:
        return None
    words = html.unescape(_TAG.sub("", "".join(found.itertext(with_tail=False))))
    return " ".join(words.split()) or None


def _each(parent: Any, name: str) -> Iterator[Any]:
    return (each for each in parent if _name(each) == name)


def _name(element: Any) -> str:
    """The local name, lower-case; "" of a comment or an entity."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
