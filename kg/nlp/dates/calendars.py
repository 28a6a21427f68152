"""The calendar as the date rules need it: ISO 8601 strings of days, months and periods, names, seasons and feasts."""

from __future__ import annotations

import calendar
import datetime as dt
import re

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: i for name, i in list(WEEKDAYS.items())} | {"tues": 1, "thur": 3, "thurs": 3}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENTH_ON = (
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
DAYS = {word: number for number, word in enumerate((*_ONES, *_TENTH_ON), start=1)}
DAYS |= {f"twenty-{word}": 20 + number for number, word in enumerate(_ONES, start=1)}
DAYS |= {"thirtieth": 30, "thirty-first": 31}
_FEASTS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31), "new year": (1, 1),
    "valentine": (2, 14), "hallowe": (10, 31), "michaelmas": (9, 29), "epiphany": (1, 6), "bastille day": (7, 14),
    "canada day": (7, 1), "waitangi day": (2, 6), "st david's day": (3, 1), "st patrick's day": (3, 17),
    "st andrew's day": (11, 30), "candlemas": (2, 2), "fourth of july": (7, 4), "midsummer": (6, 24),
    "independence day": (7, 4), "boxing day": (12, 26), "veterans day": (11, 11),
}  # fmt: skip
_MONDAY, _THURSDAY = 0, 3
_WEEKDAY_OF_MONTH = {"labor day": (9, _MONDAY, 1), "thanksgiving": (11, _THURSDAY, 4), "memorial day": (6, _MONDAY, 0)}
_MOVING = {"easter monday": 1, "good friday": -2, "easter": 0, "whit": 49, "pentecost": 49, "ascension": 39}
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


def day(year: int, month: int, number: int) -> str:
    """A day; ValueError where the month has no such day."""
    return dt.date(year, month, number).isoformat()


def month(year: int, number: int) -> str:
    """A month; number may be below 1 or beyond 12: months of the years before and after."""
    return f"{year + (number - 1) // 12:04}-{(number - 1) % 12 + 1:02}"


def last_day(year: int, number: int) -> str:
    """The last day of a month."""
    return day(year, number, calendar.monthrange(year, number)[1])


def span(start: dt.date, days: int) -> str:
    """The period of so many days from a day on."""
    return f"{start}/{start + dt.timedelta(days=days - 1)}"


def season(year: int, first: int) -> str:
    """The three months from the first on."""
    return f"{month(year, first)}/{month(year, first + 2)}"


def quarter(value: dt.date, shift: int = 0) -> str:
    """The quarter of a day, or one some quarters later."""
    count = value.year * 4 + (value.month - 1) // 3 + shift
    return f"{count // 4}-Q{count % 4 + 1}"


def start(value: str) -> dt.date:
    """The first day of a date or period; ValueError where it isn't one."""
    if part := re.match(r"(\d{4})-([QH])(\d)", value):
        return dt.date(int(part[1]), (int(part[3]) - 1) * (3 if part[2] == "Q" else 6) + 1, 1)
    if week := re.match(r"(\d{4})-W(\d\d)", value):
        return dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
    year, number, rest = [*re.split(r"\D", value.partition("/")[0][:10]), "1", "1"][:3]
    return dt.date(int(year), int(number), int(rest))


def precision(value: str) -> str:
    """How fine a value is: "day", "month" or "year"; "month" for other periods."""
    return _PRECISIONS.get(len(value.partition("T")[0]), "month")


def feast(name: str, year: int) -> dt.date | None:
    """The day of a feast that the phrase names, in that year."""
    for phrase, (number, rest) in _FEASTS.items():
        if phrase in name:
            return dt.date(year, number, rest)
    for phrase, (number, weekday, count) in _WEEKDAY_OF_MONTH.items():
        if phrase in name:
            first = dt.date(year, number, 1)
            return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
    shift = next((shift for phrase, shift in _MOVING.items() if phrase in name), None)
    return None if shift is None else _easter(year) + dt.timedelta(days=shift)


def _easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar, after Meeus, Astronomical Algorithms, chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)
