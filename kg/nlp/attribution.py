"""Who says what a sentence says, where a verb of speech tells it plainly: "X said that ...", "..., according to X"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import phrases
from kg.nlp import addressed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.nlp.network import State

_SAYS = phrases.listed("""
said says say claimed claims believes believed thinks reckons reckoned insists insisted estimates estimated admits
admitted argues argued alleges alleged denies denied
""")
"""May be followed by what is said at once: "says it will"."""
_TELLS = _SAYS | phrases.listed("""
told tells stated states wrote writes added adds confirmed confirms explained explains maintained maintains asserted
asserts acknowledged acknowledges noted notes contended contends reported recalled recalls predicted predicts warned
warns testified replied answered answers complained complains conceded concedes stressed stresses
""")
"""May be followed by "that", a colon or a quotation."""
_BETWEEN = phrases.listed("""
also has had have later then now again himself herself itself themselves still only repeatedly publicly first simply
later yesterday today since in on an a the his her its their interview statement post email letter memo spokesperson ,
""")
"""May stand between a speaker and the verb."""
_BEFORE_PLACE = phrases.listed("of at for from with in")
_TELLING = phrases.listed("told tells")
_AUTHOR = phrases.listed("i we my our me us mine ours")
_QUOTES = frozenset({'"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"})
_OPENING = _QUOTES | {"\N{LEFT SINGLE QUOTATION MARK}"}
_AFTER_CLAUSE = phrases.listed(". , ) ? ! on in at to yesterday today") | {""}
_APPOSITION = 25  # the most words of one
_CLAUSE = 4  # the least words of a clause
_LEAD = 7  # words after the verb in which "that" is looked for


class Speaker(NamedTuple):
    """A mention that can say something: words `start`..`end` (inclusive), and its number."""

    start: int
    end: int
    number: int


class Voice(NamedTuple):
    """Words `start`..`end` (exclusive) are said by the mention of this number."""

    number: int
    start: int
    end: int


def attributed(state: State, speaks: Sequence[bool]) -> list[int | None]:
    """For each relation of a text the mention that says so in its sentence, or None.

    `speaks` tells of each mention whether it can say something. What an author says of himself ("I said") is the
    document's own word. A relation whose two ends lie in different sentences is nobody's.
    """
    sentence = state.words.sentence
    words = [word.lower() for word in state.text.words] if state.relations else []
    able = [Speaker(m.start, m.end, n) for n, m in enumerate(state.mentions) if speaks[n]]
    told: dict[int, list[Voice]] = {}
    found: list[int | None] = []
    for relation in state.relations:
        head, tail = state.mentions[relation.head], state.mentions[relation.tail]
        number = int(sentence[head.start])
        if number != int(sentence[tail.start]):
            found.append(None)
            continue
        if number not in told:
            told[number] = heard(words, sentence, able, number)
        ends = (head.start, tail.start)
        found.append(next((v.number for v in told[number] if all(v.start <= end < v.end for end in ends)), None))
    return found


def heard(words: Sequence[str], sentence: NDArray[Any], speakers: Sequence[Speaker], number: int) -> list[Voice]:
    """What is said by whom in the sentence of this number, given a text's words in lower case and its speakers."""
    low, high = int(sentence.searchsorted(number, side="left")), int(sentence.searchsorted(number, side="right"))
    here = [Speaker(s.start - low, s.end - low, s.number) for s in speakers if low <= s.start and s.end < high]
    said = voices(words[low:high], here) if here else []
    return [Voice(voice.number, voice.start + low, voice.end + low) for voice in said]


def voices(words: Sequence[str], speakers: Sequence[Speaker]) -> list[Voice]:
    """What is said by whom in one sentence, given its words in lower case. Linear in the words."""
    speakers = [s for s in speakers if not (s.start == s.end and words[s.start] in _AUTHOR)]
    words = [
        ":" if word == ";" and after in _OPENING else word for word, after in zip(words, [*words[1:], ""], strict=True)
    ]
    edges = [i for i, word in enumerate(words) if word == ";" or (not word.strip() and "\n" in word)]
    starts = sorted([*edges, *(i for i, word in enumerate(words) if word == ":")])
    found: list[Voice] = []
    for at, word in enumerate(words):
        if word not in _TELLS and word != "according":
            continue
        low = max((edge + 1 for edge in starts if edge < at), default=0)
        high = min((edge for edge in edges if edge > at), default=len(words))
        inside = [s for s in speakers if low <= s.start and s.end < high]
        said = _according if word == "according" else _told
        found += said(words, inside, at, low, high)
    return found


def _according(words: Sequence[str], speakers: Sequence[Speaker], at: int, low: int, high: int) -> list[Voice]:
    """What "according to X" is said of: what follows it, where it stands first, else what goes before."""
    by = _starting(words, speakers, at + 2) if at + 1 < high and words[at + 1] == "to" else None
    if by is None:
        return []
    first = not any(any(map(str.isalnum, word)) for word in words[low:at])
    return [Voice(by.number, by.end + 1, high) if first else Voice(by.number, low, at)]


def _told(words: Sequence[str], speakers: Sequence[Speaker], at: int, low: int, high: int) -> list[Voice]:
    """What is said by the verb at `at`: before it ("..., said X", "..., X said") or after it ("X said that ...")."""
    before = words[at - 1] if at > low else ""
    by = _starting(words, speakers, at + 1) if before in _QUOTES or before == "," else None
    if by is not None and words[at] not in _TELLING:
        again = next((i for i in range(by.end + 1, high) if words[i] in _QUOTES or words[i] == ":"), high)
        return [Voice(by.number, low, at), Voice(by.number, again, high)]
    by = _subject(words, speakers, at, low)
    if by is None:
        return []
    lead = words[at + 1 : min(at + 1 + _LEAD, high)]
    opening = next((i for i, word in enumerate(lead) if word in {"that", ":", ","} or word in _QUOTES), None)
    opened = opening is not None and lead[opening] != ","
    before = words[by.start - 1] if by.start > low else ""
    following = next((word for word in words[at + 1 : high] if word.strip() and word not in _QUOTES), "")
    tells = words[at] in _TELLING and "to" not in lead  # "told them to go" is an order
    ended = (before == "," or before in _QUOTES) and by.start - low >= _CLAUSE
    if ended and not opened and (tells or following in _AFTER_CLAUSE):
        return [Voice(by.number, low, by.start)]
    if opened and opening is not None:
        return [Voice(by.number, at + 1 + opening, high)]
    return [Voice(by.number, at + 1, high)] if lead and words[at] in _SAYS else []


def _starting(words: Sequence[str], speakers: Sequence[Speaker], at: int) -> Speaker | None:
    """The longest speaker that starts here, or after an article."""
    here = [s for s in speakers if s.start == at or (s.start == at + 1 and words[at] in {"the", "a", "an"})]
    return max(here, key=lambda s: s.end, default=None)


def _subject(words: Sequence[str], speakers: Sequence[Speaker], at: int, low: int) -> Speaker | None:
    """Who does what the verb at `at` says: the speaker before it, or the one whom an apposition before it describes."""
    nearest = max((s for s in speakers if s.end < at), key=lambda s: (s.end, s.start), default=None)
    if nearest is None or nearest.start < low:
        return None
    gap = words[nearest.end + 1 : at]
    inserted = len(gap) > 1 and gap[0] == "," and len(gap) <= _APPOSITION
    if inserted and (gap[-1] == "," or (gap[1] in {"who", "which"} and "," not in gap[1:])):
        return nearest
    if not all(word in _BETWEEN or word.endswith(("ly", "day")) for word in gap):
        return _described(words, speakers, at) if words[at - 1] == "," else None
    if list(gap) == [","]:
        return _described(words, speakers, at) or nearest
    if nearest.start > low and words[nearest.start - 1] in _BEFORE_PLACE | {"the"}:
        step = 2 if words[nearest.start - 1] == "the" else 1
        of = nearest.start - step
        whose = [s for s in speakers if s.end == of - 1 and words[of] in _BEFORE_PLACE]
        other = None if addressed.is_to(words[max(low, nearest.start - 2) : nearest.start]) else nearest
        return max(whose, key=lambda s: s.end - s.start, default=_described(words, speakers, at) or other)
    return nearest


def _described(words: Sequence[str], speakers: Sequence[Speaker], at: int) -> Speaker | None:
    """The first speaker that a comma follows, where the words from there to the comma before `at` describe it."""
    near = [s for s in speakers if at - _APPOSITION <= s.end < at - 2 and words[s.end + 1] == ","]
    return min(near, key=lambda s: (s.start, -s.end), default=None)
