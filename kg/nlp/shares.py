"""Shares of a whole, in percent: "17 per cent", "one in nine", "seven cases out of ten", "210 basis points"."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.nlp.numbers import Number, number, plain

_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b|pc\b|percentage points?\b)", re.IGNORECASE)
_ALSO = re.compile(r"^ (?:and|to|or) [\d.]+")
_BASIS = re.compile(r"\s?(?:basis points?|bps?)\b", re.IGNORECASE)
_OF_SO_MANY = re.compile(
    r"(?P<noun>(?: [a-z]+){0,2}?) (?:in|(?P<of>out of|of)(?P<each> every| each)?)(?: every| each)? "
    r"(?P<whole>(?:a )?[\w-]+(?: (?:hundred|thousand|million))?)$",
    re.IGNORECASE,
)
_MARKS = frozenset({"", "point", "points", "marks", "stars"})


def share(found: Number, amount: str, rest: str, after: str) -> str | None:
    """The share that a number tells with what follows it in its mention (`rest`) and after; None if it tells none."""
    if _PERCENT.match(rest) or _PERCENT.match(_ALSO.sub("", after)):
        return f"{amount} percent"
    if _BASIS.match(rest):
        return f"{plain(found.value / 100)} percent"
    told = _OF_SO_MANY.match(rest)
    whole = number(told["whole"]) if told else None
    if told is None or whole is None or found.part or whole.part or found.value >= whole.value:
        return None
    if told["of"] and not told["each"] and told["noun"].strip().lower() in _MARKS:  # "eight out of ten" is a mark
        return None
    return f"{percent(found.value / whole.value)} percent"


def percent(part: Decimal) -> str:
    """A part of one in whole percents; with its decimal where it has just one; two digits where it is below one."""
    hundredths = part * 100
    if hundredths < 1:
        return plain(Decimal(f"{hundredths:.2g}"))
    exact = round(hundredths, 1)
    return plain(exact if exact == hundredths else Decimal(round(hundredths)))
