"""Normalised dates, amounts and quantities as terms of RDF, as days of the calendar, and as words."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from kg import vocab
from kg.types import Literal

Days = tuple[dt.date, dt.date]
"""First and last day of a period."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_YEAR = re.compile(r"\d{4}")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12])")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_MONEY = re.compile(r"([A-Z]{3}) (-?\d+(?:\.\d+)?)")
_QUANTITY = re.compile(r"(-?\d+(?:\.\d+)?)(?: (.+))?")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def date_literal(value: str) -> Literal | None:
    """The literal of XML Schema (part 2, 3.3.7 to 3.3.11) for a normalised date; None where it has no type for it."""
    if days(value) is None:
        return None
    if _DAY.fullmatch(value):
        return Literal(value, vocab.XSD + "date")
    if _MONTH.fullmatch(value):
        return Literal(value, vocab.XSD + "gYearMonth")
    if _YEAR.fullmatch(value):
        return Literal(value, vocab.XSD + "gYear")
    if moment := _MOMENT.fullmatch(value):
        whole = value if moment[2] else re.sub(r"T\d\d:\d\d", r"\g<0>:00", value)  # seconds are not optional there
        return Literal(whole, vocab.XSD + "dateTime")
    return None


def days(value: str) -> Days | None:
    """The days that a normalised date covers: "2024-Q3" is 1 July to 30 September; None if it is no date."""
    first, slash, last = value.partition("/")
    if slash:
        start, end = days(first), days(last)
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None
    try:
        return _days(value)
    except ValueError:  # such as 30 February
        return None


def _days(value: str) -> Days | None:
    if moment := _MOMENT.fullmatch(value):
        value = moment[1]
    if _DAY.fullmatch(value):
        day = dt.date.fromisoformat(value)
        return day, day
    if month := _MONTH.fullmatch(value):
        return _months(int(month[1]), int(month[2]), int(month[2]))
    if _YEAR.fullmatch(value):
        return _months(int(value), 1, 12)
    if part := _PART.fullmatch(value):
        length = 3 if part[2][0] == "Q" else 6
        return _months(int(part[1]), (int(part[2][1]) - 1) * length + 1, int(part[2][1]) * length)
    if week := _WEEK.fullmatch(value):
        monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday, monday + dt.timedelta(days=6)
    return None


def _months(year: int, first: int, last: int) -> Days:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def money(value: str) -> tuple[str, Decimal] | None:
    """Currency (ISO 4217) and number of an amount such as "USD 150000000000"; None if it is none."""
    match = _MONEY.fullmatch(value)
    return (match[1], Decimal(match[2])) if match else None


def quantity(value: str) -> tuple[Decimal, str] | None:
    """Number and unit ("" for none) of a quantity such as "600 signatures"; None if it is none."""
    match = _QUANTITY.fullmatch(value)
    return (Decimal(match[1]), match[2] or "") if match else None


def decimal(number: Decimal) -> Literal:
    """The literal of a number, in the canonical form of xsd:decimal without needless zeros."""
    text = f"{number:f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, vocab.XSD + "decimal")


def number(text: str) -> Decimal | None:
    """The number that a literal's text holds; None if it holds none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def words(value: str) -> str:
    """The value as people write it: "USD 150000000000" → "USD 150 billion", "2024-11-26/2024-11-28" → "… to …"."""
    if amount := money(value):
        return f"{amount[0]} {_short(amount[1])}"
    if (count := quantity(value)) and days(value) is None:
        return f"{_short(count[0])} {count[1]}".strip()
    return value.replace("/", " to ")


def _short(value: Decimal) -> str:
    for size, name in _SCALES:
        scaled = value / size
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            return f"{decimal(scaled).value} {name}"
    return f"{value:,f}"
