"""Rules for dates that name a day, month, quarter, season or year, with or without the year."""

from __future__ import annotations

import datetime as dt
import re

from kg.nlp.dates import calendars
from kg.nlp.dates.calendars import MONTHS, ORDINALS, SEASONS, WEEKDAYS
from kg.nlp.dates.engine import PIECES, Context, guess_year, resolved, rule, year_by, year_of


@rule(r"^(?:the )?week of (?P<day>.+)$")
def _week_of(match: re.Match[str], context: Context) -> str | None:
    day = resolved(match["day"], context)
    if day is None or calendars.precision(day) != "day":
        return None
    start = calendars.start(day)
    return calendars.span(start - dt.timedelta(days=start.weekday()), 7)


@rule(r"^(\d{4})-(\d\d)(?:-(\d\d))?$")
def _iso(match: re.Match[str], _: Context) -> str | None:
    return calendars.day(int(match[1]), int(match[2]), int(match[3])) if match[3] else match[0]


@rule(r"^(\d\d?)([/.])(\d\d?)\2(\d{4})$")
def _slashes(match: re.Match[str], _: Context) -> str | None:
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    european = match[2] == "." or one > 12  # noqa: PLR2004 - months
    return calendars.day(year, two, one) if european else calendars.day(year, one, two)


@rule(r"{DAY1}(?: of)?(?: {MONTH1})?(?:,? {YEAR1})?{TO}{DAY2}(?: of)? {MONTH2}(?:,? {YEAR2})?")
@rule(r"{MONTH1} {DAY1}(?:,? {YEAR1})?{TO}(?:{MONTH2} )?{DAY2}(?:,? {YEAR2})?$")
def _days(match: re.Match[str], context: Context) -> str | None:
    first = MONTHS[match["month1"] or match["month2"]]
    last = MONTHS[match["month2"] or match["month1"]]
    year = year_of(match["year2"]) or guess_year(context, last, int(match["day2"]))
    start = calendars.day(year_of(match["year1"]) or year - (first > last), first, int(match["day1"]))
    return f"{start}/{calendars.day(year, last, int(match['day2']))}"


@rule(r"{MONTH1}(?: {YEAR1})?{TO}{MONTH2}(?: {YEAR2})?$")
def _months(match: re.Match[str], context: Context) -> str | None:
    first, last = MONTHS[match["month1"]], MONTHS[match["month2"]]
    year = year_of(match["year2"]) or guess_year(context, last)
    return f"{calendars.month(year_of(match['year1']) or year - (first > last), first)}/{calendars.month(year, last)}"


@rule(r"^(?:the years )?{YEAR1}{TO}{YEAR2}$")
def _years(match: re.Match[str], _: Context) -> str | None:
    return f"{year_of(match['year1'])}/{year_of(match['year2'])}"


@rule(r"^(?:the )?(?P<part>early|mid|late)?(?: |-)?(?:the )?(?P<decade>(?:1[5-9]|20)\d0)'?s$")
def _decade(match: re.Match[str], _: Context) -> str | None:
    low, high = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}.get(match["part"], (0, 9))
    return f"{int(match['decade']) + low}/{int(match['decade']) + high}"


@rule(r"^(?:on )?(?:the |this )?(?P<word>[a-z]+(?:-[a-z]+)?)(?: day)? of {MONTH}(?:,? {YEAR})?$")
def _worded_day(match: re.Match[str], context: Context) -> str | None:
    if match["word"] not in calendars.DAYS:
        return None
    month, number = MONTHS[match["month"]], calendars.DAYS[match["word"]]
    return calendars.day(year_of(match["year"]) or guess_year(context, month, number), month, number)


_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")


@rule(rf"^(?:the )?(?P<part>early|mid|late)?(?: |-)?(?:the )?(?P<decade>{'|'.join(_TENS)})ies$")
def _worded_decade(match: re.Match[str], context: Context) -> str | None:
    tens = _TENS.index(match["decade"]) + 2
    year = context.today.year // 100 * 100 + 10 * tens
    year -= 100 * (year > context.today.year)
    low, high = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}.get(match["part"], (0, 9))
    return f"{year + low}/{year + high}"


@rule(r"{DAY}(?: of)? (?:the )?{MONTH}(?: of)?(?:,? {YEAR})?(?: (?P<shift>last|this|next) year)?")
@rule(r"{MONTH} (?:the )?{DAY}(?!:)(?:,? (?:of )?{YEAR})?(?: (?P<shift>last|this|next) year)?")
def _full(match: re.Match[str], context: Context) -> str | None:
    month, day = MONTHS[match["month"]], int(match["day"])
    if match["year"] or match["shift"]:
        return calendars.day(year_of(match["year"]) or year_by(context.today, match["shift"]), month, day)
    if weekday := re.search(PIECES["WEEKDAY"], match.string[: match.start()]):
        return _agreeing(context.today, month, day, WEEKDAYS[weekday["weekday"]])
    return calendars.day(guess_year(context, month, day), month, day)


def _agreeing(today: dt.date, month: int, day: int, weekday: int) -> str | None:
    """The nearest such day that falls on that day of the week."""
    days = [dt.date(today.year + shift, month, day) for shift in (0, -1, 1, -2, 2)]
    return next((str(found) for found in days if found.weekday() == weekday), str(days[0]))


@rule(r"(?P<by>by (?:the )?)?(?P<edge>end|last day) of (?:the )?{MONTH}(?:,? {YEAR})?$")
def _end_of_month(match: re.Match[str], context: Context) -> str | None:
    month = MONTHS[match["month"]]
    year = year_of(match["year"]) or guess_year(context, month)
    return calendars.month(year, month) if match["by"] else calendars.last_day(year, month)


@rule(r"^(?:the )?(?:three months|quarter) (?:to|ended|ending|through)(?: the end of)? {MONTH}(?:,? {YEAR})?$")
@rule(r"^(?:the )?{MONTH} quarter(?: of)?(?:,? {YEAR})?$")
def _quarter_to(match: re.Match[str], context: Context) -> str | None:
    """The quarter that ends with a month."""
    month = MONTHS[match["month"]]
    return f"{year_of(match['year']) or guess_year(context, month)}-Q{(month - 1) // 3 + 1}"


@rule(
    r"(?P<shift>last|this|next|past|coming|that)? ?\b{MONTH}(?: of)?"
    r"(?: (?P<year0>last|this|next|the same|that) year)?(?:,? {YEAR})?"
)
def _month(match: re.Match[str], context: Context) -> str | None:
    month, today = MONTHS[match["month"]], context.today
    if match["year"]:
        year = year_of(match["year"]) or 0
    elif match["year0"]:
        year = context.base.year if match["year0"] in {"the same", "that"} else year_by(today, match["year0"])
    elif match["shift"] == "that" and context.anchor:
        year = context.base.year
    elif match["shift"] in {"last", "past"}:
        year = today.year - (month >= today.month)
    elif match["shift"] in {"next", "coming"}:
        year = today.year + (month <= today.month)
    else:
        year = today.year if match["shift"] else guess_year(context, month)
    return calendars.month(year, month)


@rule(r"(?:\b{ORDINAL}[- ]quarter|\bq(?P<q>[1-4]))\b(?: of)?(?: (?P<shift>last|this|next) year)?(?:,? ?{YEAR})?")
@rule(r"^{YEAR}[ -]?q(?P<q>[1-4])(?P<ordinal>)(?P<shift>)$")
def _quarter(match: re.Match[str], context: Context) -> str | None:
    count = int(match["q"]) if match["q"] else ORDINALS[match["ordinal"]]
    year = year_of(match["year"]) or (year_by(context.today, match["shift"]) if match["shift"] else None)
    if year is None:
        current = (context.today.month - 1) // 3 + 1
        ahead = context.outlook > 0
        year = context.today.year + (ahead and count < current) - (not ahead and count > current)
    return f"{year}-Q{count}"


@rule(
    r"(?:\b(?P<ordinal>first|second|1st|2nd) half|\bh(?P<h>[12]))\b(?: of)?"
    r"(?: (?P<shift>last|this|next) year)?(?:,? ?{YEAR})?"
)
def _half(match: re.Match[str], context: Context) -> str | None:
    count = int(match["h"]) if match["h"] else ORDINALS[match["ordinal"]]
    return f"{year_of(match['year']) or year_by(context.today, match['shift'])}-H{count}"


@rule(r"^(?:the )?(?P<first>\w+)(?: (?:and|to|or) (?P<last>\w+))? centur(?:y|ies)$")
def _century(match: re.Match[str], _: Context) -> str | None:
    first = _ordinal(match["first"])
    last = _ordinal(match["last"] or match["first"])
    return f"{first * 100 - 99:04}/{last * 100:04}" if first and last else None


def _ordinal(word: str) -> int | None:
    return int(digits[0]) if (digits := re.match(r"\d+(?=st|nd|rd|th)", word)) else calendars.DAYS.get(word)


@rule(r"^(?:the )?{SEASON} before last$")
def _season_before_last(match: re.Match[str], context: Context) -> str | None:
    first = SEASONS[match["season"]]
    return calendars.season(context.today.year - 1 - (context.today.month < first + 3), first)


@rule(r"(?:(?P<shift>last|this|next|past|coming|that) )?\b{SEASON}(?: of)?(?:,? {YEAR})?$")
def _season(match: re.Match[str], context: Context) -> str | None:
    first, today = SEASONS[match["season"]], context.today
    if year := year_of(match["year"]):
        return calendars.season(year, first)
    if match["shift"] == "that" and context.anchor:
        return calendars.season(context.base.year, first)
    now = (today.month - first) % 12
    year = today.year - (today.month < first)  # of the last one that has begun
    if match["shift"] in {"last", "past"} and now < 3:  # noqa: PLR2004 - this one goes on
        year -= 1
    elif match["shift"] in {"next", "coming"} or (context.outlook > 0 and now >= 3):  # noqa: PLR2004
        year += 1
    return calendars.season(year, first)


@rule(r"\b(?P<by>before )?(?:the )?end of {YEAR}$")
def _end_of_year(match: re.Match[str], _: Context) -> str | None:
    return f"{match['year']}" if match["by"] else f"{match['year']}-12-31"
