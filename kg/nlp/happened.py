"""When an event happened, where a verb tells it of what a noun names elsewhere: "Sora was leaked yesterday"."""

from __future__ import annotations

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

    `words` are in lower case. It is that event if all events of the text with this noun are one, and it is called
    after something that stands beside the verb ("the Sora leak", "the leak of Sora").
    """
    events = _by_noun(words, mentions)
    found = {_verb(words, each.start): each for each in mentions if each.type == "Date"} if events else {}
    return sorted(
        Occurrence(at, cluster)
        for at, date in found.items()
        if at is not None and (cluster := events.get(phrases.EVENTS[words[at]])) is not None
        if _concerned(words, mentions, cluster) & _beside(mentions, at, date.start)
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


def _concerned(words: Sequence[str], mentions: Sequence[Found], cluster: int) -> set[int]:
    """The clusters of what is called in an event's mentions, or after them and a preposition, by the words it has."""
    ends = [
        (each.start, each.end + 1 + _OF * (words[each.end + 1 : each.end + 2] in _PREPOSITIONS))
        for each in mentions
        if each.cluster == cluster
    ]
    texts = [_padded(words[start:end]) for start, end in ends]
    return {
        each.cluster
        for each in mentions
        if each.type != "Event" and any(_padded(words[each.start : each.end + 1]) in text for text in texts)
    }


_OF = 4  # words that are looked at after an event and a preposition
_PREPOSITIONS = (["of"], ["against"], ["at"])


def _padded(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _beside(mentions: Sequence[Found], verb: int, date: int) -> set[int]:
    return {each.cluster for each in mentions if verb - _NEAR <= each.start < date and each.type != "Date"}


def dated(words: Sequence[str], mentions: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Of mentions, the verbs among them that tell an event, and the dates that they are followed by, by number."""
    verbs = {start: number for number, (start, end, kind) in enumerate(mentions) if kind == "Event" and start == end}
    for number, (start, _, kind) in enumerate(mentions):
        at = _verb(words, start) if kind == "Date" else None
        if at in verbs:
            yield verbs[at], number
