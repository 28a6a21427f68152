"""Fetches articles and what feeds list into a folder that `kg build` reads; the one room that uses the network."""

from __future__ import annotations

import concurrent.futures as cf
import dataclasses
import datetime as dt
import email.utils
import http
import ipaddress
import itertools
import os
import queue
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from urllib.parse import urlsplit

from kg import folder as folders
from kg.errors import KgError, SkipDocument
from kg.readers import LIMIT, decode_page
from kg.types import Skipped

if TYPE_CHECKING:
    from kg.fetch.client import Answer, Client
    from kg.fetch.feeds import Entry
    from kg.fetch.kept import Kept
    from kg.fetch.manners import Manners
    from kg.fetch.network import Block

T = TypeVar("T")

NAME = "ai-industry-kg"
"""The name that robots.txt files know this program by, and the first word of its User-Agent."""

HOSTS = 8
"""So many hosts are asked at the same time."""

_BUSY = (http.HTTPStatus.TOO_MANY_REQUESTS, http.HTTPStatus.SERVICE_UNAVAILABLE)
_LATER = 5.0  # seconds, where a busy server does not say when to come back
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".html",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_STARTS = {".docx": re.compile(rb"PK"), ".pdf": re.compile(rb".{0,1024}?%PDF-", re.DOTALL)}


@dataclasses.dataclass(frozen=True, slots=True)
class Fetched:
    """An article in the folder: the address that was asked for, its file, and whether that is new or changed."""

    url: str
    path: Path
    changed: bool


Found: TypeAlias = "Fetched | Skipped | Entry"


def fetch(
    urls: Iterable[str],
    folder: str | os.PathLike[str],
    *,
    feed: bool = False,
    allow: Iterable[str] = (),
    pause: float | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Fetched | Skipped]:
    """Fetches articles, and those that feeds list, into a folder: each as it comes, or why it could not be had.

    A page stays as it was sent, but in UTF-8; NAME.json beside it tells its address, and what its feed tells of it.
    Only http and https at public addresses are asked, as robots.txt allows (RFC 9309), one question at a time to a
    host; sizes, times and redirects are bounded. What was fetched before is asked for only if it changed.

    Args:
        urls: addresses of articles (pages, text, PDF, .docx) and of feeds (RSS, Atom).
        folder: where they go; made if need be.
        feed: each address is a feed's, or that of a page that names its feed.
        allow: blocks of addresses that are asked though they are not public: "10.1.0.0/16".
        pause: seconds between two questions to one host, else `kg.fetch.manners.PAUSE`.
        progress: is called with stage, done and total.

    Raises:
        KgError: where the extra `fetch` is not installed, a block is none, or the folder can't be written.
    """
    place = Path(folder)
    with folders.locked(place), folders.writing(place):
        fetcher = _fetcher(place, [_block(each) for each in allow], pause)
        yield from fetcher.all([*urls], feed=feed, progress=progress)


@dataclasses.dataclass(frozen=True, slots=True)
class _Fetcher:
    folder: Path
    client: Client
    manners: Manners
    kept: Kept

    def all(
        self, urls: Sequence[str], *, feed: bool, progress: Callable[[str, int, int], None] | None
    ) -> Iterator[Fetched | Skipped]:
        """What the addresses give, then what the feeds among them list."""
        from kg.fetch.feeds import Entry

        listed: list[Entry] = []
        first = [Entry(url) for url in dict.fromkeys(urls)]
        for item in self._in_lanes(first, lambda each: self._first(each, feed=feed), "addresses", progress):
            if isinstance(item, Entry):
                listed.append(item)
            else:
                yield item
        rest = {item.url: item for item in reversed(listed) if item.url not in urls}
        for item in self._in_lanes([*reversed(rest.values())], self._article, "articles", progress):
            if not isinstance(item, Entry):
                yield item

    def _first(self, entry: Entry, *, feed: bool) -> list[Found]:
        """What an address gives that was asked for: an article, or what a feed lists."""
        from kg.fetch import feeds

        url, answer = self._asked(entry.url)
        if answer is None:
            return self._known(url)
        if feed and not feeds.is_feed(answer.body):
            url, answer = self._asked(feeds.named(answer.body, answer.url))
            if answer is None:
                return self._known(url)
        if not feed and not feeds.is_feed(answer.body):
            return [self._stored(url, answer, entry)]
        return self._listed(url, answer)

    def _article(self, entry: Entry) -> list[Found]:
        from kg.fetch import feeds

        url, answer = self._asked(entry.url)
        if answer is None:
            return self._known(url)
        if feeds.is_feed(answer.body):
            raise SkipDocument("a feed within a feed")
        return [self._stored(url, answer, entry)]

    def _asked(self, url: str) -> tuple[str, Answer | None]:
        """The address as it is sent, and the answer; None if nothing changed since the last time."""
        from kg.fetch.client import plain

        url = plain(url)
        answer = self.client.get(url, self.manners.turn, fields=self.kept.question(url))
        if answer.status in _BUSY:
            self.manners.later(answer.url, _seconds(answer.fields.get("retry-after", "")))
            answer = self.client.get(url, self.manners.turn, fields=self.kept.question(url))
        if answer.status == http.HTTPStatus.NOT_MODIFIED and self.kept.question(url):
            return url, None
        if answer.status != http.HTTPStatus.OK:
            raise SkipDocument(f"its server answered {answer.status}{_phrase(answer.status)}")
        return url, answer

    def _known(self, url: str) -> list[Found]:
        """What an address gave the last time."""
        from kg.fetch.feeds import Entry

        record = self.kept.record(url)
        if "file" in record:
            return [Fetched(url, self.folder / record["file"], changed=False)]
        return [Entry(*each) for each in record.get("entries", ())]

    def _listed(self, url: str, answer: Answer) -> list[Found]:
        from kg.fetch import feeds

        listed = [*itertools.islice(feeds.entries(answer.body, answer.url, charset=answer.charset), feeds.MOST + 1)]
        if not listed:
            raise SkipDocument("a feed that lists nothing")
        self.kept.note(url, answer.fields, entries=listed[: feeds.MOST])
        more = [Skipped(url, f"it lists more than {feeds.MOST:,} articles: the first of them are fetched")]
        return [*listed[: feeds.MOST], *(more if len(listed) > feeds.MOST else [])]

    def _stored(self, url: str, answer: Answer, entry: Entry) -> Fetched:
        data, suffix = _article_in(answer)
        told = {**entry._asdict(), "url": answer.url}
        path, changed = self.kept.put(url, data, suffix, {key: value for key, value in told.items() if value})
        self.kept.note(url, answer.fields, file=path.name)
        return Fetched(url, path, changed)

    def _in_lanes(
        self,
        entries: Sequence[Entry],
        one: Callable[[Entry], list[Found]],
        stage: str,
        progress: Callable[[str, int, int], None] | None,
    ) -> Iterator[Found]:
        """What `one` gives for each entry, as it comes; hosts side by side, the entries of one host in their order."""
        lanes: dict[str, list[Entry]] = {}
        for entry in entries:
            lanes.setdefault(_host(entry.url), []).append(entry)
        done: queue.SimpleQueue[list[Found] | BaseException] = queue.SimpleQueue()
        with cf.ThreadPoolExecutor(HOSTS) as pool:
            for lane in lanes.values():
                pool.submit(self._lane, lane, one, done)
            try:
                for number in range(1, len(entries) + 1):
                    yield from _or_raised(done.get())
                    if progress:
                        progress(stage, number, len(entries))
            except BaseException:
                self.manners.stop.set()
                raise

    def _lane(
        self,
        entries: Sequence[Entry],
        one: Callable[[Entry], list[Found]],
        done: queue.SimpleQueue[list[Found] | BaseException],
    ) -> None:
        try:
            for entry in entries:
                try:
                    done.put(one(entry))
                except SkipDocument as reason:
                    done.put([Skipped(entry.url, str(reason))])
        except BaseException as error:  # noqa: BLE001 - raised again where the results are taken
            done.put(error)


def _or_raised(found: T | BaseException) -> T:
    if isinstance(found, BaseException):
        raise found
    return found


def _fetcher(folder: Path, allowed: Sequence[Block], pause: float | None) -> _Fetcher:
    try:
        from kg.fetch import client, kept, manners
    except ImportError as error:
        raise KgError(f"kg fetch needs {error.name}: pip install 'ai-industry-kg[fetch]'") from None
    asks = client.Client(f"{NAME}/{metadata.version(NAME)}", LIMIT, allowed)
    waits = manners.Manners(asks, NAME, pause=manners.PAUSE if pause is None else pause)
    return _Fetcher(folder, asks, waits, kept.Kept(folder))


def _block(text: str) -> Block:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise KgError(f"{text!r} is no block of addresses: give one as 10.1.0.0/16") from None


def _article_in(answer: Answer) -> tuple[bytes, str]:
    """The bytes to keep and the suffix of their file; SkipDocument if they are no article."""
    suffix = _SUFFIXES.get(answer.type or ("text/html" if answer.body.lstrip()[:1] == b"<" else ""))
    if suffix is None:
        raise SkipDocument(
            f"{answer.type[:60] or 'something without a type'} is not read: expected a page, text or PDF"
        )
    if suffix in _STARTS:
        if not _STARTS[suffix].match(answer.body):
            raise SkipDocument(f"not what its type says, {answer.type}")
        return answer.body, suffix
    text = decode_page(answer.body, answer.charset)
    if "\0" in text or not text.strip():
        raise SkipDocument("binary, though its server calls it text" if text.strip() else "empty")
    try:
        same = text == decode_page(answer.body)
    except SkipDocument:
        same = False
    return (answer.body if same else b"\xef\xbb\xbf" + text.encode("utf-8")), suffix


def _seconds(retry_after: str) -> float:
    """Retry-After (RFC 9110, 10.2.3): seconds, or a date."""
    if retry_after.strip().isdecimal():
        return float(retry_after.strip()[:9])
    try:
        return (email.utils.parsedate_to_datetime(retry_after) - dt.datetime.now(dt.UTC)).total_seconds()
    except (ValueError, TypeError, IndexError):
        return _LATER


def _phrase(status: int) -> str:
    return f" ({http.HTTPStatus(status).phrase})" if status in {each.value for each in http.HTTPStatus} else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
