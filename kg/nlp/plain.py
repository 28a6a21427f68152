"""What plain words relate, whatever its score: "Toronto-based studio Marlow", "Loom, a model by Marlow"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg import phrases
from kg.nlp import happened, respective

SURE = 0.9
"""How likely what is found here is right: of annotated mentions, in the corpus and real text, in 48 of 49 places."""

_FAR = 9  # words between "based" and a name
_PASSED = phrases.listed("and & - \N{HYPHEN}")
_STOPS = phrases.listed("""
of for from by with that which who whose to in at on as or has have had is are was were will said says behind than
""")
_REPORTS = phrases.listed("reported reports broke breaks")
_BEFORE_REPORTS = phrases.listed("first initially also had has have earlier")
_MADE = frozenset({"Model", "Product", "Dataset"})
_MAKERS = frozenset({"Company", "Lab", "University", "Government", "Nonprofit", "Collective"})
_HOUSES = _MAKERS | {"Media"}
_NO_POST = phrases.listed("""
former formerly ex once late then previously who whom whose which that and but said says told is was has had were are
spoke speaks speaking worked studied met joined appeared student students until first in did used colleagues
""")
_MAKING = phrases.listed("developed created trained")
_ARTICLES = (["a"], ["an"], ["the"])
_ENDS = phrases.listed(", ; : . ? !")


class Typed(NamedTuple):
    """A mention: its first and last word (inclusive), and its type."""

    start: int
    end: int
    type: str


def related(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, str, int]]:
    """Head, relation and tail, the mentions by number, given a text's words in lower case. Linear in both."""
    for one, place in based(words, mentions):
        yield one, "locatedIn", place
    for event, outlet in reported(words, mentions):
        yield event, "reportedBy", outlet
    for one, maker in itertools.chain(made(words, mentions), respectively(words, mentions)):
        yield one, "developer", maker
    for event, other in against(words, mentions):
        yield event, "affects", other
    for person, house in employed(words, mentions):
        yield person, "worksFor", house
    for event, date in happened.dated(words, mentions):
        yield event, "eventDate", date


def based(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """What is based in a place, and the place.

    The thing is what an apposition describes ("Marlow, a Leeds-based firm"), else the first name after the adjective,
    if nothing but nouns and adjectives stand between.
    """
    starts, ends = _starts(mentions), {each.end: number for number, each in _widening(mentions)}
    for number, (start, end, kind) in enumerate(mentions):
        after = _after(words, end + 1) if kind == "Place" else None
        if after is None:
            continue
        described = _described(words, start)
        other = ends.get(described) if described is not None else _next(words, after, starts)
        if other is not None and mentions[other].type != "Place":
            yield other, number


def reported(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """The first event after the verb of an outlet that "reported" or "broke" something, and the outlet."""
    starts = _starts(mentions)
    for number, (_, end, kind) in enumerate(mentions):
        at = end + 1
        while kind == "Media" and at < len(words) and words[at] in _BEFORE_REPORTS:
            at += 1
        if kind != "Media" or at >= len(words) or words[at] not in _REPORTS:
            continue
        for place in range(at + 1, len(words)):
            if words[place] in _ENDS or "\n" in words[place]:
                break
            if place in starts and mentions[starts[place]].type == "Event":
                yield starts[place], number
                break


def made(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """What an apposition describes as by or from an organisation ("Loom, a small model by Marlow"), and that."""
    starts = _starts(mentions)
    for number, (_, end, kind) in enumerate(mentions):
        if kind not in _MADE or list(words[end + 1 : end + 2]) != [","] or words[end + 2 : end + 3] not in _ARTICLES:
            continue
        for place in range(end + 4, min(end + 4 + _FAR, len(words) - 1)):
            if words[place] in {"by", "from"}:
                at = place + 1 + (words[place + 1] == "the")
                maker = starts.get(at)
                verb = words[place - 1].endswith("ed") and words[place - 1] not in _MAKING
                if (
                    maker is not None
                    and mentions[maker].type in _MAKERS
                    and not verb
                    and not _owns(words, mentions[maker])
                ):
                    yield number, maker
            if words[place] in _STOPS or not (words[place] in _PASSED or words[place][:1].isalnum()):
                break


def owned(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """What stands right behind an organisation that owns it ("Marlow's Loom"), and that: nobody else makes it.

    (In the annotated corpus and in real text nobody else makes it in 307 of 317 places.)
    """
    starts = _starts(mentions)
    for number, each in enumerate(mentions):
        if each.type in _MAKERS and _owns(words, each):
            thing = starts.get(each.end + 2)
            if thing is not None and mentions[thing].type in _MADE:
                yield thing, number


def respectively(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """What "comes from" or is "made by" organisations of a second list, item by item, and these."""
    for first, second in respective.pairs(words, [(each.start, each.end) for each in mentions]):
        before = words[mentions[second[0]].start - 1]
        for one, maker in zip(first, second, strict=True):
            if before in {"by", "from"} and mentions[one].type in _MADE and mentions[maker].type in _MAKERS:
                yield one, maker


def against(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """An event, and whom it is told to be against ("a lawsuit against Marlow"): who suffers it, and doesn't do it.

    (In the annotated corpus and in real text in 15 of 15 places.)
    """
    starts = _starts(mentions)
    for number, (_, end, kind) in enumerate(mentions):
        if kind == "Event" and list(words[end + 1 : end + 2]) == ["against"]:
            other = starts.get(end + 2, starts.get(end + 3) if words[end + 2 : end + 3] == ["the"] else None)
            if other is not None:
                yield number, other


def employed(words: Sequence[str], mentions: Sequence[Typed]) -> Iterator[tuple[int, int]]:
    """Who is described as somebody at an organisation ("Ada Quist, an engineer at Marlow"), and that.

    (In the annotated corpus and in real text in 105 of 108 places.)
    """
    starts = _starts(mentions)
    for number, (_, end, kind) in enumerate(mentions):
        if kind != "Person" or list(words[end + 1 : end + 2]) != [","]:
            continue
        for place in range(end + 2, min(end + 2 + _FAR, len(words) - 1)):
            word = words[place]
            if word == "at":
                house = starts.get(place + 1, starts.get(place + 2) if words[place + 1] == "the" else None)
                right = house is not None and mentions[house].type in _HOUSES and place > end + 2
                if house is not None and right and not _owns(words, mentions[house]):
                    yield number, house
                break
            if word in _NO_POST or not (word == "-" or word[:1].isalpha()):
                break


def _owns(words: Sequence[str], mention: Typed) -> bool:
    return words[mention.end + 1 : mention.end + 2] in (["'s"], ["\N{RIGHT SINGLE QUOTATION MARK}s"])


def _widening(mentions: Sequence[Typed]) -> list[tuple[int, Typed]]:
    return sorted(enumerate(mentions), key=lambda each: each[1].end - each[1].start)


def _starts(mentions: Sequence[Typed]) -> dict[int, int]:
    """By first word the widest mention that begins there."""
    return {each.start: number for number, each in _widening(mentions)}


def _after(words: Sequence[str], at: int) -> int | None:
    """Where the words after "-based" begin, None if the word is not there."""
    if list(words[at : at + 2]) in (["-", "based"], ["\N{HYPHEN}", "based"]):
        return at + 2
    return at + 1 if at < len(words) and words[at] == "-based" else None


def _described(words: Sequence[str], at: int) -> int | None:
    """The last word of what is described, where a comma and an article stand before the place."""
    return at - 3 if at > 2 and words[at - 1] in {"a", "an", "the"} and words[at - 2] == "," else None  # noqa: PLR2004


def _next(words: Sequence[str], at: int, starts: dict[int, int]) -> int | None:
    """The first mention that begins here or further on, with nothing between that ends a noun phrase."""
    for place in range(at, min(at + _FAR, len(words))):
        if place in starts:
            return starts[place]
        if words[place] in _STOPS or not (words[place] in _PASSED or words[place][:1].isalnum()):
            return None
    return None
