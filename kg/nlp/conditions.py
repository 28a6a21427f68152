"""What a sentence leaves open ("if"), intends ("hopes to"), says is over ("no longer"), or was "called off"."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg import phrases

if TYPE_CHECKING:
    from kg.nlp.network import State

_OPENERS = phrases.listed("if unless whether suppose supposing assuming")
_ENDS = phrases.listed("; , then : . ? !")
_CONFIRM = phrases.listed("confirm say comment verify")
_NOT = phrases.listed("not n't n\N{RIGHT SINGLE QUOTATION MARK}t to never")  # "declined to", "would not"
_AFTER_CONJUNCTION = phrases.listed("a an the it they he she we i you its his her their this that again")
_UNWILLING = phrases.listed("declined declines refused refuses would could will did does")


DEEDS = frozenset({"acquired", "announced", "investedIn", "leaked", "raised", "regulates", "released", "sued"})
"""Relations of which such a sentence says that they may be so. Others are taken for granted even there: in "if Mr Ode
of Pelham buys it" he does work for Pelham."""


ASKED = DEEDS | {"competitorOf", "partnerOf", "supplies", "trainedOn", "uses", "valuation"}
"""Relations that a question asks about; others are taken for granted in it: "Has Mr Ode of Pelham bought it?" """

_AUXILIARIES = phrases.listed("""
did does do is are was were has have had will would could can should may might
""")
_BEFORE_QUESTIONS = phrases.listed("and but so or well then now yes no")


def stances(state: State, names: Sequence[str]) -> list[tuple[str, ...]]:
    """For each relation of a text the stance that plain words tell: possible, planned, negated, past, or none.

    `names` are the relations' names, by their index.
    """
    named = [names[each.relation] for each in state.relations]
    told = zip(left_open(state), asked(state), over(state), intended(state), called_off(state), named, strict=True)
    return [
        ("possible",)
        if (open_ and name in DEEDS) or (asked_ and name in ASKED)
        else ("planned",)
        if meant and name in DEEDS
        else ("negated",)
        if failed and name in DEALS
        else ("past",)
        if ended_ and name in STATES
        else ()
        for open_, asked_, ended_, meant, failed, name in told
    ]


_MEANS = phrases.listed(
    "hopes hope intends intend plans plan wants want aims aim means mean wishes seeks hoping planning"
)
DEALS = frozenset({"acquired", "investedIn", "partnerOf"})
"""Relations that come of what may be called off: a merger, a sale, a round."""
_AND_DID = phrases.listed("and but ; . :")
_OFF = (("called", "off"), ("fell", "through"), ("came", "to", "nothing"), ("was", "abandoned"), ("was", "scrapped"))


def intended(state: State) -> list[bool]:
    """For each relation of a text whether its sentence says that one of its ends "hopes to" bring it about.

    (Of such deeds in the annotated corpus and in real text 20 of 23 are stated with reserve.)
    """
    return _within(state, is_intended)


def called_off(state: State) -> list[bool]:
    """For each relation of a text whether what its sentence tells of both its ends was called off."""
    return _within(state, is_called_off)


def _within(state: State, tells: Callable[[Sequence[str], int, int], bool]) -> list[bool]:
    """Of each relation what the words of its sentence tell of its two ends, by their first words in it."""
    sentence, found = state.words.sentence, []
    lower = [word.lower() for word in state.text.words] if state.relations else []
    for relation in state.relations:
        ends = sorted(state.mentions[end].start for end in (relation.head, relation.tail))
        number = int(sentence[ends[0]])
        low, high = (int(sentence.searchsorted(number, side=side)) for side in ("left", "right"))
        found.append(ends[1] < high and tells(lower[low:high], ends[0] - low, ends[1] - low))
    return found


def is_intended(words: Sequence[str], first: int, last: int) -> bool:
    """Whether between two words of a sentence, in lower case, somebody "hopes to"."""
    between = list(words[first:last])
    at = next((i for i, word in enumerate(between[:-1]) if word in _MEANS and between[i + 1] == "to"), None)
    return at is not None and not _AND_DID & set(between[at:])


def is_called_off(words: Sequence[str], _first: int, last: int) -> bool:
    """Whether what a sentence, in lower case, tells up to its word `last` "was called off" after it."""
    after = words[last:]
    stop = next((i for i, word in enumerate(after) if word in _AND_DID), len(after))
    return any(tuple(after[i : i + len(off)]) == off for off in _OFF for i in range(stop))


def asked(state: State) -> list[bool]:
    """For each relation of a text whether both its ends stand in a sentence that asks whether something is so."""
    sentence = state.words.sentence
    known: dict[int, bool] = {}
    found = []
    for relation in state.relations:
        number, other = (int(sentence[state.mentions[end].start]) for end in (relation.head, relation.tail))
        if number not in known:
            low, high = (int(sentence.searchsorted(number, side=side)) for side in ("left", "right"))
            known[number] = is_question([word.lower() for word in state.text.words[low:high]])
        found.append(number == other and known[number])
    return found


def is_question(words: Sequence[str]) -> bool:
    """Whether a sentence, in lower case, asks for yes or no: "And did it ...?"."""
    spoken = [word for word in words if word[:1].isalnum() or word == "?"]
    first = next((word for word in spoken if word not in _BEFORE_QUESTIONS), "")
    return first in _AUXILIARIES and spoken[-1] == "?"


def left_open(state: State) -> list[bool]:
    """For each relation of a text whether both its ends stand where its sentence leaves open what is so."""
    sentence = state.words.sentence
    spans: dict[int, list[tuple[int, int]]] = {}
    found = []
    for relation in state.relations:
        ends = (state.mentions[relation.head].start, state.mentions[relation.tail].start)
        number = int(sentence[ends[0]])
        if number not in spans:
            low, high = (
                int(sentence.searchsorted(number, side="left")),
                int(sentence.searchsorted(number, side="right")),
            )
            words = [word.lower() for word in state.text.words[low:high]]
            spans[number] = [(start + low, stop + low) for start, stop in openings(words)]
        found.append(any(all(start <= end < stop for end in ends) for start, stop in spans[number]))
    return found


def openings(words: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches (start, end exclusive) that one sentence leaves open, given its words in lower case."""
    found = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word in _OPENERS and before not in {"as", "even"}:
            found.append((at + 1, next((i for i in range(at + 1, len(words)) if words[i] in _ENDS), len(words))))
        unwilling = word in _CONFIRM and before in _NOT and at > 1 and words[at - 2] in _UNWILLING
        if unwilling and {"that", "whether", "if"} & set(words[at + 1 : at + 3]):
            found.append((at + 1, len(words)))
    return found


STATES = frozenset(
    {"hostedOn", "leads", "memberOf", "owner", "partnerOf", "role", "subsidiaryOf", "supplies", "uses", "worksFor"}
)
"""Relations that last, and so can be over."""


def over(state: State) -> list[bool]:
    """For each relation of a text whether its sentence says by plain words that it no longer holds."""
    sentence, found = state.words.sentence, []
    lower = [word.lower() for word in state.text.words] if state.relations else []
    for relation in state.relations:
        head, tail = state.mentions[relation.head], state.mentions[relation.tail]
        number = int(sentence[head.start])
        low, high = int(sentence.searchsorted(number, side="left")), int(sentence.searchsorted(number, side="right"))
        inside = number == int(sentence[tail.start])
        words = lower[low:high] if inside else []
        first, last = sorted(((head.start - low, head.end - low), (tail.start - low, tail.end - low)))
        found.append(inside and ended(words, first[0], last[1] + 1))
    return found


def ended(words: Sequence[str], start: int, end: int) -> bool:
    """Whether what one sentence says in words `start`..`end` (exclusive; in lower case) is over by its own account."""
    low = max((at + 1 for at in range(end) if words[at] in _ENDS or words[at] in {"(", "-"}), default=0)
    near = list(words[max(start - 4, low) : end]) if low <= start else []
    pairs = set(itertools.pairwise(near))
    if "now" in near or (("no", "longer") in pairs and "not" in near):
        return False
    if {("no", "longer"), ("used", "to")} & pairs or "formerly" in near:
        return True
    once = [i for i, word in enumerate(near[:-1]) if word == "once" and near[i + 1] not in _AFTER_CONJUNCTION]
    if once and (not once[0] or near[once[0] - 1] not in {"at", "more", "than"}):
        return True
    if words[0] == "until" and "," not in words[:end] and (words[1] == "then" or words[1][:1].isdigit()):
        return True
    after = list(words[end : end + 5])
    return ("until" in after[:2] and "had" in words[start:end] and "been" in words[start:end]) or _from_to(after)


def _from_to(words: Sequence[str]) -> bool:
    """Whether they begin with "from 2015 to 2019"."""
    match words:
        case ["from" | "between", _, "to" | "until" | "and", last, *_]:
            return last.isdigit()
    return False
