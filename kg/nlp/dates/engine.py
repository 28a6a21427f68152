"""What the rules for dates share: the pieces of their patterns, the register, and what a date is resolved by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.nlp.dates import calendars
from kg.nlp.dates.calendars import MONTHS, ORDINALS, SEASONS, WEEKDAYS
from kg.nlp.dates.outlook import outlook

_LONG_AGO = 400  # days since the date named before, from which on an old story is told
_HALF_YEAR = 215
_SOON = 60


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


PIECES = {
    "MONTH": rf"(?P<month>{_any(MONTHS)})\b\.?",
    "DAY": r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b",
    "YEAR": r"(?P<year>(?:1[5-9]|20|21)\d\d|['\u2018]\d\d)\b",
    "WEEKDAY": rf"(?P<weekday>{_any(WEEKDAYS)})\b\.?",
    "SEASON": rf"(?P<season>{_any(SEASONS)})\b",
    "ORDINAL": rf"(?P<ordinal>{_any(ORDINALS)})\b",
    "UNIT": r"(?P<unit>minute|hour|day|night|week|fortnight|month|quarter|year|decade)s?\b",
    "TO": r"\s?(?:-|\u2013|/|to|and|or|through|until|till)\s?(?:the )?",
}
YEAR_NAMED = re.compile(r"\b(?:1[5-9]|20|21)\d\d(?!\d)")


class Context(NamedTuple):
    """What a date is resolved by: the day of publication, the text around it, the value of the date named before it.

    `exact` tells whether the day of publication is known; where it isn't, a day without a year is of that date's year.
    """

    today: dt.date
    before: str
    after: str
    anchor: str | None
    exact: bool = True

    @property
    def outlook(self) -> int:
        """Above 0 where the sentence looks ahead."""
        return outlook(self.before)

    @property
    def base(self) -> dt.date:
        """The day from which "later" and "the next year" count."""
        return calendars.start(self.anchor) if self.anchor else self.today


Rule = Callable[[re.Match[str], Context], str | None]
RULES: list[tuple[re.Pattern[str], Rule]] = []


def rule(pattern: str) -> Callable[[Rule], Rule]:
    """Register a rule. Rules are tried in the order of their files; "{MONTH2}" is a piece whose group is "month2"."""

    def piece(match: re.Match[str]) -> str:
        return re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{match[2]}>", PIECES[match[1]])

    def register(function: Rule) -> Rule:
        RULES.append((re.compile(re.sub(r"\{([A-Z]+)(\d?)\}", piece, pattern)), function))
        return function

    return register


def resolved(phrase: str, context: Context) -> str | None:
    """What the first rule finds that a phrase, in lower case, fits; None where none does, or there is no such day."""
    for pattern, function in RULES:
        if match := pattern.search(phrase):
            try:
                value = function(match, context)
            except (ValueError, OverflowError):  # 31 February, or counted from no date at all
                return None
            if value:
                return value
    return None


def year_of(text: str | None) -> int | None:
    """A year written in full or as '98."""
    if not text:
        return None
    if text[0].isdigit():
        return int(text)
    return int(text[1:]) + (2000 if int(text[1:]) < 70 else 1900)  # noqa: PLR2004 - '98 and '22


def year_by(today: dt.date, word: str | None) -> int:
    """The year meant by "last", "this" or "next"."""
    return today.year + {"last": -1, "past": -1, "next": 1, "coming": 1}.get(word or "", 0)


def guess_year(context: Context, month: int, day: int | None = None) -> int:
    """The year of a month or day named without one: of the last or of the next, by distance and by the outlook."""
    today, base = context.today, context.base
    if not context.exact and context.anchor:
        return base.year
    old = (today - base).days > _LONG_AGO and str(base.year) in context.before
    if old and len(context.anchor or "") > len("2024"):  # in an old story the next such date
        return base.year + ((month, day or 31) < (base.month, base.day))
    now, then = (today.month, today.day), (month, day or today.day)
    if then == now:
        return today.year
    ahead = ((month - today.month) * 30 + (day - today.day if day else 0)) % 365
    nearness = 2 if ahead <= _SOON else 0 if ahead <= _HALF_YEAR else -2
    future = context.outlook + nearness > 0
    return today.year + (then < now) if future else today.year - (then > now)
