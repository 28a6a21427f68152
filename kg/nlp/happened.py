"""When an event happened, where a verb tells it of what a noun names elsewhere: "Sora was leaked yesterday"."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg import phrases

_NOT_YET = phrases.listed("to will not n't never be would may might could should if allegedly reportedly")
_STOPS = phrases.listed("""
, ; : ( ) that which who whose when while after before and but or is was were had has have will would than as if though
because since until
""")
_FAR = 9  # words between the verb and the date
_NEAR = 25  # words before the verb in which the thing is looked for


class Occurrence(NamedTuple):
    """The verb at this word tells the event of this cluster."""

    word: int
    cluster: int


class Found(NamedTuple):
    """A mention: first and last word (inclusive), type, and the number of its cluster."""

    start: int
    end: int
    type: str
    cluster: int


def occurrences(words: Sequence[str], mentions: Sequence[Found]) -> list[Occurrence]:
    """The verbs that are followed by a date and tell an event that the text also calls by a noun, in their order.

    `words` are in lower case, the mentions in the order of their start. It is that event if all events of the text with
    this noun are one, and it is called after something that stands beside the verb ("the Sora leak", "the leak of
    Sora"). The work is in proportion to both.
    """
    events = _by_noun(words, mentions)
    dates = {_verb(words, each.start): each for each in reversed(mentions) if each.type == "Date"} if events else {}
    told = {
        at: cluster for at in dates if at is not None and (cluster := events.get(phrases.EVENTS[words[at]])) is not None
    }
    after = {cluster: _called_after(words, mentions, cluster) for cluster in set(told.values())}
    return sorted(
        Occurrence(at, cluster)
        for at, cluster in told.items()
        if after[cluster] & _beside(mentions, at, dates[at].start)
    )


def _by_noun(words: Sequence[str], mentions: Sequence[Found]) -> dict[str, int]:
    """The cluster of the events called by each noun, if it is one."""
    nouns: dict[str, set[int]] = {}
    for each in mentions:
        if each.type == "Event":
            nouns.setdefault(words[each.end], set()).add(each.cluster)
    return {noun: clusters.pop() for noun, clusters in nouns.items() if len(clusters) == 1}


def _verb(words: Sequence[str], date: int) -> int | None:
    """The word of the verb that this date follows in its clause."""
    for at in range(date - 1, max(-1, date - 1 - _FAR), -1):
        if words[at] in phrases.EVENTS:
            return None if at and words[at - 1] in _NOT_YET else at
        if words[at] in _STOPS or "\n" in words[at]:
            return None
    return None


def _called_after(words: Sequence[str], mentions: Sequence[Found], cluster: int) -> set[int]:
    """The clusters of what an event is called after: before its noun, or after it and a preposition."""
    ends = {each.end: each.cluster for each in mentions if each.type != "Event"}
    found, called = set[int](), set[tuple[str, ...]]()
    for each in mentions:
        if each.cluster != cluster:
            continue
        found |= {ends[at] for at in _before(words, each.start) if at in ends}
        stop = each.end + 1 + _OF * (words[each.end + 1 : each.end + 2] in _PREPOSITIONS)
        called |= _stretches(words[each.start : stop])
    names = (each for each in mentions if each.type != "Event")
    return found | {each.cluster for each in names if tuple(words[each.start : each.end + 1]) in called}


_OF = 4  # words that are looked at after an event and a preposition
_LONGEST = 6  # words of a name that an event is called after
_PREPOSITIONS = (["of"], ["against"], ["at"])
_OWNS = (["'s"], ["\N{RIGHT SINGLE QUOTATION MARK}s"])


def _before(words: Sequence[str], start: int) -> list[int]:
    """Where a name ends that stands before the word at `start`, or owns it ("Sora leak", "Sora's leak")."""
    return [start - 2 if words[start - 1 : start] in _OWNS else start - 1]


def _stretches(words: Sequence[str]) -> set[tuple[str, ...]]:
    """All runs of words, up to the longest name."""
    count = len(words)
    return {tuple(words[i:j]) for i in range(count) for j in range(i + 1, min(i + _LONGEST, count) + 1)}


def _beside(mentions: Sequence[Found], verb: int, date: int) -> set[int]:
    low, high = (bisect.bisect_left(mentions, at, key=lambda each: each.start) for at in (verb - _NEAR, date))
    return {each.cluster for each in mentions[low:high] if each.type != "Date"}


def dated(words: Sequence[str], mentions: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Of mentions, the verbs among them that tell an event, and the dates that they are followed by, by number."""
    verbs = {start: number for number, (start, end, kind) in enumerate(mentions) if kind == "Event" and start == end}
    for number, (start, _, kind) in enumerate(mentions):
        at = _verb(words, start) if kind == "Date" else None
        if at in verbs:
            yield verbs[at], number
