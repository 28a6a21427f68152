"""The stretches of text that go into the page: each sentence once, with its neighbours, offsets in UTF-16 units.

JavaScript counts a string in UTF-16 code units, Python in code points: they differ after each emoji.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from kg.types import Document, Evidence, Span

Embed: TypeAlias = Literal["none", "context", "full"]
"""How much of a text goes into the page: the quoted sentences, those with their neighbours, or all of it."""

_FURTHEST = 400
"""Characters that a neighbouring sentence may reach away from a quote."""
_BREAK = re.compile(r"(?:[.!?…][\"”\u2019')\]]*\s)|\n")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LONG = 4_000
"""Characters after which a passage ends as soon as no quote is cut: so that a page can open a part of a long text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text, or a quote that is in no text that we have; `start` in code points."""

    document: str
    start: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where an evidence stands: which passage, and spans in it in UTF-16 units, end exclusive."""

    passage: int
    at: tuple[int, int]
    subject: tuple[int, int] | None
    object: tuple[int, int] | None


def cut(
    evidence: Iterable[Evidence], documents: Mapping[str, Document], embed: Embed
) -> tuple[list[Passage], dict[Evidence, Place]]:
    """The passages that hold all this evidence, in order, and the place of each evidence.

    Long stretches are several passages that touch. Where the quote is not what stands at its offsets (or there is no
    text), the quote itself is a passage.
    """
    items = list(dict.fromkeys(evidence))
    stands = [_stands(item, documents) for item in items]
    quotes: dict[str, list[Span]] = {}
    for item in itertools.compress(items, stands):
        quotes.setdefault(item.document, []).append(Span(item.start, item.end))
    windows = {name: _windows(spans, documents[name].text, embed) for name, spans in quotes.items()}
    found = {
        Passage(name, start, documents[name].text[start:end])
        for name in windows
        for start, end in _pieces(_united(windows[name]), _united(quotes[name], touch=1))
    }
    alone = [item for item, inside in zip(items, stands, strict=True) if not inside]
    found |= {Passage(item.document, item.start, item.quote) for item in alone}
    passages = sorted(found, key=lambda passage: (passage.document, passage.start, passage.text))
    index = _Index(passages)
    return passages, {item: index.place(item, whole=not inside) for item, inside in zip(items, stands, strict=True)}


def named(
    passages: list[Passage], mentions: Iterable[tuple[str, Span, int]], documents: Mapping[str, Document]
) -> dict[int, list[tuple[int, int, int]]]:
    """What is named in each passage: (start, end, entity) in UTF-16 units, in order, the longer first.

    A mention is a document's IRI, a span in code points and an entity's number; those in no passage are left out.
    """
    index = _Index(passages)
    found: dict[int, set[tuple[int, int, int]]] = {}
    for document, span, entity in mentions:
        known = documents.get(document)
        place = known and index.span(document, span, known.text[span.start : span.end])
        if place:
            found.setdefault(place[0], set()).add((place[1], place[2], entity))
    return {number: sorted(spans, key=lambda one: (one[0], -one[1], one[2])) for number, spans in found.items()}


def _stands(item: Evidence, documents: Mapping[str, Document]) -> bool:
    document = documents.get(item.document)
    return bool(item.quote) and document is not None and document.text[item.start : item.end] == item.quote


def _windows(quotes: Iterable[Span], text: str, embed: Embed) -> list[Span]:
    """The stretch that goes along with each quote."""
    if embed == "full":
        return [Span(0, len(text))]
    if embed == "none":
        return list(quotes)
    breaks = [found.span() for found in _BREAK.finditer(text)]
    starts, ends = [start for start, _ in breaks], [end for _, end in breaks]
    return [Span(_before(text, start, ends), _after(text, end, starts, ends)) for start, end in quotes]


def _before(text: str, start: int, ends: Sequence[int]) -> int:
    """Where the sentence before begins, by the `ends` of all breaks; `start` itself where none is within reach."""
    floor = max(0, start - _FURTHEST)
    number = bisect.bisect_right(ends, floor + len(text[floor:start].rstrip())) - 1
    if number >= 0 and ends[number] > floor:
        return ends[number]
    return start if floor else 0


def _after(text: str, end: int, starts: Sequence[int], ends: Sequence[int]) -> int:
    """Where the sentence after ends, by where all breaks start and end; `end` itself where none is within reach."""
    rest = text[end : end + _FURTHEST]
    number = bisect.bisect_left(starts, end + len(rest) - len(rest.lstrip()))
    if number < len(ends) and ends[number] <= end + len(rest):
        return end + len(text[end : ends[number]].rstrip())
    return len(text) if end + _FURTHEST >= len(text) else end


def _united(windows: list[Span], *, touch: int = 0) -> list[Span]:
    """Overlapping windows as one, and touching ones if `touch` is 0, not if it is 1."""
    united: list[Span] = []
    for window in sorted(windows):
        if united and window.start <= united[-1].end - touch:
            united[-1] = Span(united[-1].start, max(united[-1].end, window.end))
        else:
            united.append(window)
    return united


def _pieces(windows: list[Span], quotes: list[Span]) -> Iterator[Span]:
    """The windows, long ones cut where a quote begins and no other runs on; both in order, and none overlapping."""
    place = 0
    for start, end in windows:
        begin = start
        while place < len(quotes) and quotes[place].start < end:
            if quotes[place].start - begin >= _LONG:
                yield Span(begin, quotes[place].start)
                begin = quotes[place].start
            place += 1
        yield Span(begin, end)


class _Index:
    """Finds the passage of an evidence, and counts code units before a code point of it."""

    def __init__(self, passages: list[Passage]) -> None:
        self._passages = passages
        self._starts: dict[str, list[int]] = {}
        self._first: dict[str, int] = {}
        self._exact = {passage: number for number, passage in enumerate(passages)}
        self._astral: dict[int, list[int]] = {}
        for number, passage in enumerate(passages):
            self._first.setdefault(passage.document, number)
            self._starts.setdefault(passage.document, []).append(passage.start)
            astral = [] if passage.text.isascii() else [found.start() for found in _ASTRAL.finditer(passage.text)]
            if astral:
                self._astral[number] = astral

    def place(self, item: Evidence, *, whole: bool) -> Place:
        number = self._exact[Passage(item.document, item.start, item.quote)] if whole else self._holding(item)
        start, end = self._passages[number].start, item.start + len(item.quote)

        def units(span: Span | None) -> tuple[int, int] | None:
            if span is None or not item.start <= span.start < span.end <= end:
                return None
            if number not in self._astral:
                return span.start - start, span.end - start
            return self._units(number, span.start - start), self._units(number, span.end - start)

        at = units(Span(item.start, end)) or (0, 0)
        return Place(number, at, units(item.subject), units(item.object))

    def span(self, document: str, span: Span, words: str) -> tuple[int, int, int] | None:
        """The passage that has these words at this span of its document, and where in it."""
        place = bisect.bisect_right(self._starts.get(document, []), span.start) - 1
        if place < 0 or not words:
            return None
        number = self._first[document] + place
        start = span.start - self._passages[number].start
        end = start + len(words)
        if self._passages[number].text[start:end] != words:
            return None
        return number, self._units(number, start), self._units(number, end)

    def _holding(self, item: Evidence) -> int:
        number = self._first[item.document] + bisect.bisect_right(self._starts[item.document], item.start) - 1
        while not self._holds(self._passages[number], item):  # a foreign quote may start between
            number -= 1
        return number

    @staticmethod
    def _holds(passage: Passage, item: Evidence) -> bool:
        at = item.start - passage.start
        return passage.text[at : at + len(item.quote)] == item.quote

    def _units(self, number: int, point: int) -> int:
        return point + bisect.bisect_left(self._astral.get(number, []), point)
