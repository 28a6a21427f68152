"""Counts, shares and measures as a plain number and its unit: "600 signatures", "17 percent", "5-10 seconds"."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.nlp import bare, shares
from kg.nlp.numbers import Number, number, plain
from kg.nlp.units import CLAUSE, STOPS, UNITS, WORD, words

_LONGER = {"decade": (10, "years"), "decades": (10, "years"), "fortnight": (14, "days"), "fortnights": (14, "days")}
_SPANS = {"year": (12, "months"), "hour": (60, "minutes"), "day": (24, "hours"), "minute": (60, "seconds")}
_RATE = re.compile(r"(\w+)(?: (?:a|an|per|each|every) |/)(second|minute|hour|day|week|month|year|inch|s|h)\b")
_RATES = {("km", "hour"): "km/h", ("tokens", "second"): "tokens/s"}
_SIZE = re.compile(r"\d+ ?(?:[x\u00d7]|by) ?\d+")
_POINTS = re.compile(r"^\s?/ ?(?:\d+|ten)\b|\bout of (?:\d+|ten|five|a hundred)$", re.IGNORECASE)
_ABOUT = re.compile(r"^\s?[-\u2011](?:odd|plus)\b")
_ATTACHED = re.compile(r"[-\u2011](?!strong\b)([a-z]{3,})\b")  # "10-second clips"
_OUT_OF = re.compile(r"^ out of [\d,]+")
_MORE_OR_LESS = "(?:about |nearly |over |under |almost |just |less than |more than |its |the )*"
_TIMESPAN = "second|minute|hour|day|week|fortnight|month|year|decade"
_VOTE = re.compile(r"(?P<one>[\w, -]+?)(?P<votes> votes?)? to (?P<other>[\w, -]+)")
_COMPARED = re.compile(r"^ (?:the|as|more|less|what|its|their|his|her|that|larger|faster|bigger|longer)\b")
_TO = re.compile(r"\s?[kKmMbB%]?(?:-|\u2013| to | or | and )")
_TIMES = re.compile(r"\s?(?:times|[x\u00d7])(?!\w)", re.IGNORECASE)
_COUNTED = {
    "download": "downloads",
    "play": "plays",
    "watch": "views",
    "view": "views",
    "share": "shares",
    "cite": "citations",
}
_SIGNED = re.compile(r"\bsign|\bpetition|\bnames\b|\bunderwrit|open letter|letter .{0,60}$", re.IGNORECASE)
_SIGNED_BY = re.compile(r"\bsigned (?:\w+ ){0,3}by $", re.IGNORECASE)
_EMPLOYED = re.compile(
    r"\bemploy(?:s|ed|ing)?\b|headcount|payroll|gives? work to"
    r"|(?:company|firm|team|start-?up|studio|laboratory|workshop|agency)(?: is| of|,) ?$",
    re.IGNORECASE,
)
_AT_WORK = re.compile(r"^ on (?:the|its) payroll\b|^ (?:now )?work(?:ed)? |^ whom \w+ employs\b")
_FIRM = re.compile(r"^\W*(?:firm|company|start-?up|team|lab|studio|maker|agency|outfit)\b", re.IGNORECASE)
_SKIPPED = frozenset({"more", "other", "further", "new"})
_KEPT = frozenset({"programming", "square", "cubic"})  # words that belong to the unit
_LONG = 200


def quantity(text: str, *, before: str = "", after: str = "", previous: str | None = None) -> str | None:
    """The quantity that `text` names; None where there is no number in it.

    `before` and `after`, what stands around the mention, give the unit where it has none ("49 percent ... and 51");
    `previous` is the value of the last quantity of the sentence.
    """
    text, before, after = text[:_LONG], before[-160:], after[:120]
    if special := _special(text, before):
        return special
    found = number(text)
    if found is None:
        return None
    amount, rest = _range(text, found, _ABOUT.sub("", text[found.end :]))
    if share := shares.share(found, amount, rest, after):
        return share
    if found.part:
        return _part(found, rest)
    if _POINTS.search(rest):
        return f"{amount} points"
    attached = _ATTACHED.match(rest)
    unit = UNITS.get(attached[1], attached[1]) if attached else _unit(text, found, rest, before, after, previous)
    if unit in _LONGER:
        amount, unit = plain(found.value * _LONGER[unit][0]), _LONGER[unit][1]
    return f"{amount} {_number_of(unit, amount)}" if unit else amount


def _special(text: str, before: str) -> str | None:
    """What is no number and noun: sizes, lengths of films, hours and minutes, votes, and "a week"."""
    return _size(text) or _length(text) or _vote(text, before) or _single(text.lower())


def _size(text: str) -> str | None:
    if size := _SIZE.search(text):
        return re.sub(r"(?: |\u00d7|by)+", "x", size[0]) + " pixels"
    return text if re.fullmatch(r"\d{3,4}[pi]", text) else None


def _length(text: str) -> str | None:
    if clock := re.fullmatch(r"(\d+):(\d\d)", text):
        return f"{plain(round(int(clock[1]) + Decimal(clock[2]) / 60, 2))} minutes"
    both = re.fullmatch(r"(?:about |nearly )?(\S+) hours? (?:and )?(\S+) min(?:ute)?s?", text)
    hours, minutes = (number(both[1]), number(both[2])) if both else (None, None)
    return f"{plain(hours.value * 60 + minutes.value)} minutes" if hours and minutes else None


def _vote(text: str, before: str) -> str | None:
    vote = _VOTE.fullmatch(text)
    if vote is None or not (vote["votes"] or "vote" in before.lower()):
        return None
    one, other = number(vote["one"]), number(vote["other"])
    return f"{plain(one.value)}-{plain(other.value)} votes" if one and other else None


def _single(text: str) -> str | None:
    if re.fullmatch(rf"{_MORE_OR_LESS}(?:twice|double)", text):
        return "2 times"
    unit = re.fullmatch(rf"{_MORE_OR_LESS}(?:an?|first) ({_TIMESPAN})( and a half)?", text)
    if unit is None or unit[2]:
        return f"1.5 {unit[1]}s" if unit else None
    return " ".join(map(str, _LONGER.get(unit[1], (1, unit[1]))))


def _range(text: str, first: Number, rest: str) -> tuple[str, str]:
    """The number or the two ends of a range, and what follows them."""
    link = _TO.match(text, first.end)
    second = number(text, link.end()) if link else None
    if link and second and second.start == link.end() and second.value > first.value:
        return f"{plain(first.value)}-{plain(second.value)}", text[second.end :]
    return plain(first.value), rest


def _part(found: Number, rest: str) -> str:
    words = [word.lower() for word in WORD.findall(rest) if word.lower() not in {"a", "an", "of", "the"}]
    if words and words[0] in _SPANS:
        count, unit = _SPANS[words[0]]
        return f"{plain(round(found.value * count, 2))} {unit}"
    if words and words[0] in UNITS:
        return f"{plain(found.value)} {UNITS[words[0]]}"
    return f"{shares.percent(found.value)} percent"


def _unit(text: str, found: Number, rest: str, before: str, after: str, previous: str | None) -> str | None:
    own = "people" if rest == " of us" else _head(rest)
    if _TIMES.match(rest):
        if _COMPARED.match(after):
            return "times"
        return next((unit for verb, unit in _COUNTED.items() if verb in before.lower()), "times")
    if rate := _RATE.search(rest):
        return _rate(rate[1].lower(), rate[2])
    if own not in {"employees", "staff"} and _SIGNED_BY.search(before):
        return "signatures"
    if own in _PEOPLE or (own is None and _SIGNED.search(before) and text[-1:].isdigit()):
        return _people(own, before, after)
    return _own_unit(text, found, own) or bare.unit(found, before, rest + after, previous)


def _rate(unit: str, per: str) -> str:
    per = {"s": "second", "h": "hour"}.get(per, per)
    unit = "tokens" if (unit, per) == ("t", "second") else UNITS.get(unit, unit)
    return _RATES.get((unit, per), f"{unit} per {per}")


def _own_unit(text: str, found: Number, own: str | None) -> str | None:
    if own:
        return UNITS.get(own.lower(), own)
    return "parameters" if text[found.end - 1 : found.end] == "B" else None


_PEOPLE = words("people persons person names signatories strong ppl employees")


def _people(own: str | None, before: str, after: str) -> str:
    if own in {"names", "signatories"} or (_SIGNED.search(before + after) and own != "employees"):
        return "signatures"
    if (
        own in {"strong", "employees"}
        or _EMPLOYED.search(before[-60:])
        or _FIRM.search(after)
        or _AT_WORK.search(after)
    ):
        return "employees"
    return "people"


def _head(rest: str) -> str | None:
    """The noun that a number counts: the last word before a preposition or the like."""
    rest = CLAUSE.split(_OUT_OF.sub("", rest).strip(" -\u2011"), maxsplit=1)[0]
    words = WORD.findall(rest)
    if words[:1] == ["of"]:
        return None if words[1:2] in (["them"], ["us"], ["its"]) else words[-1].lower()
    phrase: list[str] = []
    for word in words:
        if word.lower() in _SKIPPED:
            continue
        if word.lower() in STOPS:
            break
        phrase.append(word)
    if not phrase:
        return None
    if phrase[-2:-1] == ["graphics"]:
        return "GPUs"
    head = phrase[-1].lower() if phrase[-1].istitle() else phrase[-1]
    return f"{phrase[-2]} {head}" if phrase[-2:-1] and phrase[-2] in _KEPT else head


def _number_of(unit: str, amount: str) -> str:
    """Singular or plural as the amount asks."""
    first, _, others = unit.partition(" per ")
    if amount != "1" and re.fullmatch(r"[a-z -]+", first) and not first.endswith("s") and first not in _INVARIABLE:
        first = first[:-1] + "ies" if first.endswith("y") and first[-2:-1] not in set("aeou") else first + "s"
    return f"{first} per {others}" if others else first


_INVARIABLE = words("people fish sheep percent km cm mm kg g ml nm m feet fps staff aircraft women men children km/h")
