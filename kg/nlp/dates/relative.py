"""Rules for dates that count from another: "yesterday", "last week", "on Friday", "two years later", "the same day"."""

from __future__ import annotations

import datetime as dt
import re

from kg.nlp.dates import calendars
from kg.nlp.dates.calendars import ORDINALS, WEEKDAYS
from kg.nlp.dates.engine import YEAR_NAMED, Context, rule, year_by, year_of
from kg.nlp.numbers import number

_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DAYS_OF = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "hour": 1 / 24, "minute": 0}
DAY = dt.timedelta(days=1)
_SATURDAY = 5


@rule(rf"^(?:on )?(?P<count>\w+) (?P<weekday>{'|'.join(WEEKDAYS)})s ago$")
def _weekdays_ago(match: re.Match[str], context: Context) -> str | None:
    count = number(match["count"])
    back = (context.today.weekday() - WEEKDAYS[match["weekday"]]) % 7 or 7
    return str(context.today - (back + 7 * (int(count.value) - 1)) * DAY) if count else None


@rule(r"\bday (?P<way>before yesterday|after tomorrow)\b")
def _in_two_days(match: re.Match[str], context: Context) -> str | None:
    return str(context.today + 2 * (DAY if "after" in match["way"] else -DAY))


@rule(r"\byesterday\b|\blast night\b|^(?:on )?the night before$")
def _yesterday(match: re.Match[str], context: Context) -> str | None:
    return str((context.base if "before" in match[0] else context.today) - DAY)


@rule(r"\b(?:today|tonight|this (?:morning|afternoon|evening)|immediately|now)\b")
def _now(match: re.Match[str], context: Context) -> str | None:
    if ago := re.match(r"(.+) years? ago today", match.string):
        count = number(ago[1])
        return str(context.today.replace(year=context.today.year - int(count.value))) if count else None
    return str(context.today)


@rule(r"\btomorrow\b")
def _tomorrow(_: re.Match[str], context: Context) -> str | None:
    return str(context.today + DAY)


@rule(r"(?:{WEEKDAY} )?the {DAY}$|^{DAY2}(?: day)?$|{WEEKDAY2} {DAY3}$")
def _bare_day(match: re.Match[str], context: Context) -> str | None:
    day = int(match["day"] or match["day2"] or match["day3"])
    if match["day2"] and not re.search(r"(?:st|nd|rd|th|day)$", match[0]):
        return None
    today = context.today
    shift = (day < today.day) if context.outlook > 1 else -(day > today.day)
    first = calendars.start(calendars.month(today.year, today.month + shift))
    return calendars.day(first.year, first.month, day)


@rule(
    r"\b(?:christmas|new year|valentine|hallowe|michaelmas|easter\b|good friday|pentecost|ascension|epiphany"
    r"|bastille|canada day|waitangi|st \w+'s day|candlemas|fourth of july|midsummer|independence day|boxing day"
    r"|veterans|labor day|thanksgiving|memorial day)"
)
def _feast(match: re.Match[str], context: Context) -> str | None:
    today = context.today
    years = (
        [year_of(named[0])]
        if (named := YEAR_NAMED.search(match.string))
        else [today.year - 1, today.year, today.year + 1]
    )
    days = [day for year in years if year and (day := calendars.feast(match.string, year))]
    if not days:
        return None
    if re.search(r"\b(?:since|last)\b", f"{context.before[-7:]} {match.string}"):
        return str(max((day for day in days if day < today), default=days[0]))
    before = context.outlook > 0 or re.search(r"\b(?:by|before|until|for|next)\W*$", context.before)
    found = (
        min((day for day in days if day >= today), default=days[-1])
        if before
        else min(days, key=lambda day: abs(day - today))
    )
    return str(found)[:7] if re.search(r"\b(?:shortly|just|soon|around)\b", match.string) else str(found)


@rule(r"{WEEKDAY}(?:.* of (?P<which>last|next|this) week| (?P<week>week)\b)?")
def _weekday(match: re.Match[str], context: Context) -> str | None:
    wanted, today = WEEKDAYS[match["weekday"]], context.today
    monday = today - today.weekday() * DAY
    if match["which"]:
        return str(monday + (wanted + 7 * {"last": -1, "this": 0, "next": 1}[match["which"]]) * DAY)
    back = (today.weekday() - wanted) % 7
    if match["week"]:
        return str(today + (7 - back + 7) * DAY)
    if re.search(r"\b(?:last|past)\b", match.string):
        return str(today - (back or 7) * DAY)
    if "next" in match.string or (back and context.outlook > 1):
        return str(today + (7 - back) * DAY)
    return str(today - back * DAY)


@rule(r"^(?:on |in )?(?:the |that )?(?P<which>same|next|following|previous|that) (?:morning|afternoon|evening)$")
@rule(r"^(?:on |in )?the (?:morning|afternoon|evening) (?P<which>before|after)$")
def _part_of_day(match: re.Match[str], context: Context) -> str | None:
    """What day "the next morning" is, counted from the day named before it."""
    if calendars.precision(context.anchor or "") != "day":
        return None
    step = {"next": 1, "following": 1, "after": 1, "previous": -1, "before": -1}.get(match["which"], 0)
    return str(context.base + step * DAY)


@rule(r"^the year before last$")
def _before_last(_: re.Match[str], context: Context) -> str | None:
    return str(context.today.year - 2)


@rule(r"^week (?P<week>\d\d?)(?: (?:of )?{YEAR})?$")
def _numbered_week(match: re.Match[str], context: Context) -> str | None:
    return f"{year_of(match['year']) or context.today.year}-W{int(match['week']):02}"


@rule(r"\b(?P<which>this|last|past|next|coming|the|same|that|following|previous)(?: past)? weekend\b")
def _weekend(match: re.Match[str], context: Context) -> str | None:
    today, which = context.today, match["which"]
    saturday = today + (_SATURDAY - today.weekday()) * DAY
    coming = today.weekday() < _SATURDAY
    if which in {"last", "past", "previous"} or (coming and which == "the" and context.outlook <= 1):
        saturday -= 7 * DAY
    elif which == "next" and not coming:
        saturday += 7 * DAY
    return calendars.span(saturday, 2)


@rule(r"^(?P<count>.+?) {UNIT} (?P<way>ago|earlier|later|before|after|from now|hence|on)\b")
@rule(r"^(?P<way>in |within |after )?(?:about )?(?P<count>(?!.*\b(?:last|next|past)\b).+?) {UNIT}$")
def _counted(match: re.Match[str], context: Context) -> str | None:
    count = number(match["count"])
    amount = float(count.value) if count else 1.0 if re.search(r"\ban?\b", match["count"]) else None
    if amount is None or YEAR_NAMED.fullmatch(match["count"].removeprefix("the ").partition(" ")[0]):
        return None
    way, unit = (match["way"] or "").strip(), match["unit"]
    if not way and not re.search(r"\b(?:in|within) $", context.before):
        return None
    base = context.anchor or str(context.today)
    if way in {"", "ago", "from now", "in", "within", "hence"}:
        base = str(context.today)
    elif way == "earlier" and unit == "year" and (found := _quarter_around(context)):
        return found
    return _move(base, -amount if way in {"ago", "earlier", "before"} else amount, unit)


def _quarter_around(context: Context) -> str | None:
    """In a report on a quarter "a year earlier" is the same quarter of the year before."""
    found = re.search(r"\b(first|second|third|fourth)[- ]quarter", context.before)
    return f"{context.today.year - 1}-Q{ORDINALS[found[1]]}" if found else None


def _move(base: str, amount: float, unit: str) -> str | None:
    """A date so many units later, as fine as the unit and the date allow."""
    start = calendars.start(base)
    if unit in _DAYS_OF:
        if calendars.precision(base) != "day" and unit != "week":
            return None
        moved = start + dt.timedelta(days=round(amount * _DAYS_OF[unit]))
        return str(moved) if calendars.precision(base) == "day" else calendars.month(moved.year, moved.month)
    months = round(amount * _MONTHS_OF[unit])
    if unit in {"year", "decade"} and months % 12 == 0:
        return f"{start.year + months // 12:04}"
    return calendars.month(start.year, start.month + months)


@rule(r"\b(?:the )?(?P<which>last|past|next|coming|previous) (?P<count>[\w ]+?) {UNIT}$")
def _stretch(match: re.Match[str], context: Context) -> str | None:
    count = number(match["count"])
    if count is None:
        return None
    today, amount, unit = context.today, int(count.value), match["unit"]
    ahead = match["which"] in {"next", "coming"}
    if unit in _DAYS_OF:
        other = today + round(amount * _DAYS_OF[unit]) * (DAY if ahead else -DAY)
        return f"{today}/{other}" if ahead else f"{other}/{today}"
    months = amount * _MONTHS_OF[unit]
    if unit == "year":
        return f"{today.year}/{today.year + amount}" if ahead else f"{today.year - amount}/{today.year}"
    if ahead:
        return f"{today}/{calendars.month(today.year, today.month + months)}-{min(today.day, 28):02}"
    return f"{calendars.month(today.year, today.month - months)}/{calendars.month(today.year, today.month - 1)}"


@rule(r"\b(?:end|beginning|start|middle) of (?:the |this |next |last )?(?P<unit>year|month)$")
def _part_of(match: re.Match[str], context: Context) -> str | None:
    year = year_by(context.today, "next" if "next" in match[0] else "last" if "last" in match[0] else None)
    if match["unit"] == "month":
        return calendars.month(context.today.year, context.today.month)
    return calendars.day(year, 12, 31) if match[0].startswith("end") and "before" not in match.string else str(year)


@rule(
    r"\b(?P<which>this|last|past|next|coming|previous|prior|following|current|same|that|the|earlier|later)"
    r"(?P<past> past)?(?: full)? {UNIT}(?P<side> (?:before|after))?$"
)
def _named_unit(match: re.Match[str], context: Context) -> str | None:
    which, unit = match["which"], match["unit"]
    step = {"last": -1, "past": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    step = {" before": -1, " after": 1}.get(match["side"] or "", -1 if match["past"] else step)
    told = which in {"same", "that", "following", "previous"} or (which == "next" and match.string.startswith("the "))
    told = told or bool(match["side"])
    if told and unit in {"day", "night"} and calendars.precision(context.anchor or "") != "day":
        return None
    return _step(context.base if told else context.today, step, unit, night_before=which == "last")


def _step(base: dt.date, step: int, unit: str, *, night_before: bool) -> str | None:
    """The unit of the calendar in which a day lies, or one some steps from it."""
    if unit in {"day", "night"}:
        return str(base - DAY if unit == "night" and night_before else base + step * DAY if unit == "day" else base)
    if unit == "week":
        return calendars.span(base + (7 * step - base.weekday()) * DAY, 7)
    if unit == "month":
        return calendars.month(base.year, base.month + step)
    if unit == "quarter":
        return calendars.quarter(base, step)
    if unit == "decade":
        return f"{base.year + 10 * step}/{base.year}" if step else None
    return f"{base.year + step:04}" if unit == "year" else None


@rule(r"(?<!\d){YEAR}(?!\d)")
def _only_year(match: re.Match[str], _: Context) -> str | None:
    return f"{year_of(match['year']):04}"


@rule(r"^(?:by |before )?(?:the )?(?:year[- ]end|year is (?:out|over))$")
def _year_end(_: re.Match[str], context: Context) -> str | None:
    return str(context.today.year)


@rule(r"\b(?:(?P<season>springs?|summers?|autumns?|falls?|winters?)|year)\b")
def _loose(match: re.Match[str], context: Context) -> str | None:
    if match["season"] and (ago := re.search(r"(\w+) \w+s? ago", match.string)) and (count := number(ago[1])):
        return str(context.today.year - int(count.value))
    return str(context.today.year) if match.string.split()[0] in {"earlier", "later", "this"} else None
