"""Who "I" and "we" are inside a quotation: the one who is quoted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg import phrases
from kg.nlp import attribution
from kg.nlp.attribution import Speaker

if TYPE_CHECKING:
    from numpy.typing import NDArray

_I = phrases.listed("i me my mine myself")
_WE = phrases.listed("we us our ours ourselves")
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_PAIRS = {
    '"': '"',
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": _APOSTROPHE,
}
_CLAUSE_ENDS = frozenset(".,?!;:")


@dataclasses.dataclass
class FirstPersons:
    """Pairs of mentions, by their numbers: which "I" or "we" is which speaker, and which "we" is not its speaker."""

    same: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    apart: list[tuple[int, int]] = dataclasses.field(default_factory=list)


def first_persons(
    words: Sequence[str], sentence: NDArray[Any], mentions: Sequence[tuple[int, int, str]], speakers: frozenset[str]
) -> FirstPersons:
    """What the first persons in the quotations of a text are.

    `words` in lower case, the number of the sentence of each, mentions (first word, last word inclusive, type),
    the types of those who can speak. In the annotated corpus a quoted "I" is the person quoted in 44 of 45 cases, a
    quoted "we" the group or organisation quoted in 15 of 16, and the person quoted in none of 93.
    """
    found = FirstPersons()
    said = [n for n, (start, end, _) in enumerate(mentions) if start == end and words[start] in _I | _WE]
    stretches = quotations(words) if said else []
    said = [n for n in said if any(start <= mentions[n][0] < end for start, end in stretches)]
    if not said:
        return found
    quoted = _quoted(words, sentence, mentions, speakers, stretches)
    for number in said:
        at = mentions[number][0]
        stretch = next((start, end) for start, end in stretches if start <= at < end)
        speaker, plainly = quoted.get(stretch, (None, False))
        if speaker is None:
            continue
        person, alone = mentions[speaker][2] == "Person", words[at] in _I
        if person and not alone:
            found.apart.append((number, speaker))
        elif person == alone and (alone or plainly):
            found.same.append((number, speaker))
    return found


def quotations(words: Sequence[str]) -> list[tuple[int, int]]:
    """The words inside quotation marks, as (start, end) without the marks; one left open ends with its line."""
    found: list[tuple[int, int]] = []
    start, closing = None, ""
    for at, word in enumerate([*words, "\n"]):
        if start is None:
            if word in _PAIRS:
                start, closing = at + 1, _PAIRS[word]
        elif "\n" in word or (word == closing and (word != _APOSTROPHE or _closes(words, at))):
            found.append((start, at))
            start = None
    return found


def _closes(words: Sequence[str], at: int) -> bool:
    """Whether the mark here, which an apostrophe may be, stands beside the end of a clause."""
    return not _CLAUSE_ENDS.isdisjoint((words[at - 1][-1:], *words[at + 1 : at + 2]))


def _quoted(
    words: Sequence[str],
    sentence: NDArray[Any],
    mentions: Sequence[tuple[int, int, str]],
    speakers: frozenset[str],
    stretches: Sequence[tuple[int, int]],
) -> dict[tuple[int, int], tuple[int, bool]]:
    """Who is quoted in each stretch, and whether its own sentences say so; else it is whom the line quoted before."""
    able = [Speaker(start, end, n) for n, (start, end, kind) in enumerate(mentions) if kind in speakers]
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    before, after = None, 0
    for start, end in stretches:
        outside = [s for s in able if not start <= s.start < end]
        heard = (
            voice
            for number in range(int(sentence[start]), int(sentence[max(start, end - 1)]) + 1)
            for voice in attribution.heard(words, sentence, outside, number)
            if voice.start < end and start < voice.end
        )
        voice = next(heard, None)
        if voice is not None:
            before = voice.number
        elif any("\n" in word for word in words[after:start]):
            before = None
        if before is not None:
            found[start, end] = before, voice is not None
        after = end
    return found
