"""Dates and periods as ISO 8601, relative ones ("on Tuesday", "last year") resolved by the day of publication."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.nlp import calendars
from kg.nlp.calendars import MONTHS, ORDINALS, SEASONS, WEEKDAYS
from kg.nlp.numbers import number

_SOON = 60
_LONG_AGO = 400  # days since the date named before, from which on an old story is told
_HALF_YEAR = 200
_DAY = datetime.timedelta(days=1)
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DAYS_OF = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "hour": 1 / 24, "minute": 0}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_PIECES = {
    "MONTH": rf"(?P<month>{_any(MONTHS)})\b\.?",
    "DAY": r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b",
    "YEAR": r"(?P<year>(?:1[5-9]|20|21)\d\d|['\u2018]\d\d)\b",
    "WEEKDAY": rf"(?P<weekday>{_any(WEEKDAYS)})\b\.?",
    "SEASON": rf"(?P<season>{_any(SEASONS)})\b",
    "ORDINAL": rf"(?P<ordinal>{_any(ORDINALS)})\b",
    "UNIT": r"(?P<unit>minute|hour|day|night|week|fortnight|month|quarter|year|decade)s?\b",
    "TO": r"\s?(?:-|\u2013|/|to|and|or|through|until|till)\s?(?:the )?",
}
# How a sentence looks ahead or back: the last such word before a date tells, and the preposition next to it.
_VERBS = (
    (4, r"(?:will|shall|should|would|may|to) (?:\w+ )?(?:be|have been) (?:\w+ed|put|set|made|held|built)"),
    (
        4,
        r"will|won't|shall|'ll|(?:is|are) due|due (?:out|in|on|back)|scheduled|(?:is|are) to|going to|set (?:for|to)|hearing",
    ),
    (
        3,
        r"plann?(?:ed|s|ing)?|expect(?:s|ed)?|deadline|hopes?|promises|promised for|targets?|on track|delays?|upcoming|coming|next|put off",
    ),
    (2, r"would|should|could|may|to be|to begin|to talks|as early as|perhaps|ready|release day|invited|falls?"),
    (
        2,
        r"takes? (?:place|effect)|meets|follows|comes|goes|starts|begins|opens|closes|ends|runs (?:to|until|from)|returns|"
        r"premieres|arrives|ships|launches|stops|replaces|reports|has its|(?:is|are) (?:in|on|out)|out on|at home|in shops",
    ),
    (
        -2,
        r"was|were|had|did|has|have|went|came|left|began|said|told|wrote|sold|bought|made|gave|took|won|lost|quit|ran|broke|"
        r"held|led|put|set up|met|got|sent|agreed|\w{2,}(?<!e)ed",
    ),
)
_OUTLOOK = re.compile("|".join(rf"(?P<v{i}>\b(?:{pattern})(?!\w))" for i, (_, pattern) in enumerate(_VERBS)))
_UNTIL = re.compile(r"\b(?:until|from|starting|by|before)\W*(?:the )?$")
_SINCE = re.compile(r"\b(?:since|as of|back in|already|dated|late|early)\W*(?:in )?(?:the )?$")
_YEAR_NAMED = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")


class _Context(NamedTuple):
    """What a date is resolved by: the day of publication, the text around it, the date named before it."""

    today: datetime.date
    before: str
    after: str
    anchor: str | None

    @property
    def outlook(self) -> int:
        """Above 0 where the sentence looks ahead, below where it looks back."""
        clause = re.split(r"[.;:!?\n]", self.before)[-1]
        last = None
        for last in _OUTLOOK.finditer(clause):  # noqa: B007 - the last one
            pass
        weight = _VERBS[int((last.lastgroup or "v0")[1:])][0] if last else 0
        return weight + bool(_UNTIL.search(clause)) - 8 * bool(_SINCE.search(clause))

    @property
    def base(self) -> datetime.date:
        return calendars.start(self.anchor) if self.anchor else self.today


_Rule = Callable[[re.Match[str], _Context], str | None]
_RULES: list[tuple[re.Pattern[str], _Rule]] = []


def _rule(pattern: str) -> Callable[[_Rule], _Rule]:
    """Register a rule, tried in the order of this file; "{MONTH2}" stands for a piece whose group is "month2"."""

    def piece(match: re.Match[str]) -> str:
        return re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{match[2]}>", _PIECES[match[1]])

    def register(rule: _Rule) -> _Rule:
        _RULES.append((re.compile(re.sub(r"\{([A-Z]+)(\d?)\}", piece, pattern)), rule))
        return rule

    return register


def date(
    text: str, published: str | None, *, before: str = "", after: str = "", anchor: str | None = None
) -> str | None:
    """The date or period that `text` names: "2024-11-26", "2024-11", "2024", "2024-Q3", "2024-H2", "A/B"; or None.

    `published` (ISO 8601; a year or month alone resolves less) is the day from which it counts, `before` and `after`
    are the text around the mention, `anchor` is the value of the date named before it ("the following year").
    """
    known = (published or "")[:10]
    phrase = re.sub(r"\s+", " ", text[:120].replace("\u2019", "'")).strip(' .,;:()"').lower()
    context = _Context(_today(known), before[-200:].lower(), after[:60].lower(), anchor)
    for pattern, rule in _RULES:
        if match := pattern.search(phrase):
            try:
                value = rule(match, context)
            except (ValueError, OverflowError):  # 31 February, or counted from no date at all
                continue
            if value:
                return value if _YEAR_NAMED.search(phrase) or _fits(value, known) else None
    return None


def _today(known: str) -> datetime.date:
    """The day of publication; one in the middle where only year or month are known; the first of days if nothing is."""
    full = {4: f"{known}-07-01", 7: f"{known}-15", 10: known}.get(len(known), "")
    try:
        return datetime.date.fromisoformat(full)
    except ValueError:
        return datetime.date.min


def _fits(value: str, known: str) -> bool:
    """Whether a value counted from `known` is no finer than that, and not counted from nothing."""
    return value > "1000" and (len(known) == len("2024-11-26") or len(value) <= len(known))


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text[0].isdigit():
        return int(text)
    return int(text[1:]) + (2000 if int(text[1:]) < 70 else 1900)  # noqa: PLR2004 - '98 and '22


def _guess_year(context: _Context, month: int, day: int | None = None) -> int:
    """The year of a month or day named without one: the last or the next such, by distance and the sentence's outlook."""
    today, base = context.today, context.base
    if (today - base).days > _LONG_AGO and str(base.year) in context.before and len(context.anchor or "") > len("2024"):
        return base.year + ((month, day or 31) < (base.month, base.day))
    now, then = (today.month, today.day), (month, day or today.day)
    if then == now:
        return today.year
    ahead = ((month - today.month) * 30 + (day - today.day if day else 0)) % 365
    nearness = 2 if ahead <= _SOON else 0 if ahead <= _HALF_YEAR else -2
    future = context.outlook + nearness > 0
    return today.year + (then < now) if future else today.year - (then > now)


def _shift(today: datetime.date, word: str | None) -> int:
    """The year meant by "last", "this" or "next"."""
    return today.year + {"last": -1, "past": -1, "next": 1, "coming": 1}.get(word or "", 0)


@_rule(r"^(\d{4})-(\d\d)(?:-(\d\d))?$")
def _iso(match: re.Match[str], _: _Context) -> str | None:
    return calendars.day(int(match[1]), int(match[2]), int(match[3])) if match[3] else match[0]


@_rule(r"^(\d\d?)([/.])(\d\d?)\2(\d{4})$")
def _slashes(match: re.Match[str], _: _Context) -> str | None:
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    european = match[2] == "." or one > 12  # noqa: PLR2004 - months
    return calendars.day(year, two, one) if european else calendars.day(year, one, two)


@_rule(r"{DAY1}(?: of)?(?: {MONTH1})?(?:,? {YEAR1})?{TO}{DAY2}(?: of)? {MONTH2}(?:,? {YEAR2})?")
@_rule(r"{MONTH1} {DAY1}(?:,? {YEAR1})?{TO}(?:{MONTH2} )?{DAY2}(?:,? {YEAR2})?$")
def _days(match: re.Match[str], context: _Context) -> str | None:
    first = MONTHS[match["month1"] or match["month2"]]
    last = MONTHS[match["month2"] or match["month1"]]
    year = _year(match["year2"]) or _guess_year(context, last, int(match["day2"]))
    start = calendars.day(_year(match["year1"]) or year - (first > last), first, int(match["day1"]))
    return f"{start}/{calendars.day(year, last, int(match['day2']))}"


@_rule(r"{MONTH1}(?: {YEAR1})?{TO}{MONTH2}(?: {YEAR2})?$")
def _months(match: re.Match[str], context: _Context) -> str | None:
    first, last = MONTHS[match["month1"]], MONTHS[match["month2"]]
    year = _year(match["year2"]) or _guess_year(context, last)
    return f"{calendars.month(_year(match['year1']) or year - (first > last), first)}/{calendars.month(year, last)}"


@_rule(r"^(?:the years )?{YEAR1}{TO}{YEAR2}$")
def _years(match: re.Match[str], _: _Context) -> str | None:
    return f"{_year(match['year1'])}/{_year(match['year2'])}"


@_rule(r"^(?:the )?(?P<part>early|mid|late)?(?: |-)?(?:the )?(?P<decade>(?:1[5-9]|20)\d0)'?s$")
def _decade(match: re.Match[str], _: _Context) -> str | None:
    low, high = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}.get(match["part"], (0, 9))
    return f"{int(match['decade']) + low}/{int(match['decade']) + high}"


@_rule(r"{DAY}(?: of)? (?:the )?{MONTH}(?: of)?(?:,? {YEAR})?(?: (?P<shift>last|this|next) year)?")
@_rule(r"{MONTH} (?:the )?{DAY}(?!:)(?:,? (?:of )?{YEAR})?(?: (?P<shift>last|this|next) year)?")
def _full(match: re.Match[str], context: _Context) -> str | None:
    month, day = MONTHS[match["month"]], int(match["day"])
    if match["year"] or match["shift"]:
        return calendars.day(_year(match["year"]) or _shift(context.today, match["shift"]), month, day)
    if weekday := re.search(_PIECES["WEEKDAY"], match.string[: match.start()]):
        return _agreeing(context.today, month, day, WEEKDAYS[weekday["weekday"]])
    return calendars.day(_guess_year(context, month, day), month, day)


def _agreeing(today: datetime.date, month: int, day: int, weekday: int) -> str | None:
    """The nearest such day that falls on that day of the week."""
    days = [datetime.date(today.year + shift, month, day) for shift in (0, -1, 1, -2, 2)]
    return next((str(found) for found in days if found.weekday() == weekday), str(days[0]))


@_rule(r"(?P<by>by (?:the )?)?(?P<edge>end|last day) of (?:the )?{MONTH}(?:,? {YEAR})?$")
def _end_of_month(match: re.Match[str], context: _Context) -> str | None:
    month = MONTHS[match["month"]]
    year = _year(match["year"]) or _guess_year(context, month)
    return calendars.month(year, month) if match["by"] else calendars.last_day(year, month)


@_rule(
    r"(?P<shift>last|this|next|past|coming)? ?\b{MONTH}(?: of)?(?: (?P<year0>last|this|next|the same|that) year)?(?:,? {YEAR})?"
)
def _month(match: re.Match[str], context: _Context) -> str | None:
    month, today = MONTHS[match["month"]], context.today
    if match["year"]:
        year = _year(match["year"]) or 0
    elif match["year0"]:
        year = context.base.year if match["year0"] in {"the same", "that"} else _shift(today, match["year0"])
    elif match["shift"] in {"last", "past"}:
        year = today.year - (month >= today.month)
    elif match["shift"] in {"next", "coming"}:
        year = today.year + (month <= today.month)
    else:
        year = today.year if match["shift"] else _guess_year(context, month)
    return calendars.month(year, month)


@_rule(r"(?:\b{ORDINAL} quarter|\bq(?P<q>[1-4]))\b(?: of)?(?: (?P<shift>last|this|next) year)?(?:,? ?{YEAR})?")
@_rule(r"^{YEAR}[ -]?q(?P<q>[1-4])(?P<ordinal>)(?P<shift>)$")
def _quarter(match: re.Match[str], context: _Context) -> str | None:
    count = int(match["q"]) if match["q"] else ORDINALS[match["ordinal"]]
    year = _year(match["year"]) or (_shift(context.today, match["shift"]) if match["shift"] else None)
    if year is None:
        current = (context.today.month - 1) // 3 + 1
        ahead = context.outlook > 0
        year = context.today.year + (ahead and count < current) - (not ahead and count > current)
    return f"{year}-Q{count}"


@_rule(
    r"(?:\b(?P<ordinal>first|second|1st|2nd) half|\bh(?P<h>[12]))\b(?: of)?(?: (?P<shift>last|this|next) year)?(?:,? ?{YEAR})?"
)
def _half(match: re.Match[str], context: _Context) -> str | None:
    count = int(match["h"]) if match["h"] else ORDINALS[match["ordinal"]]
    return f"{_year(match['year']) or _shift(context.today, match['shift'])}-H{count}"


@_rule(r"(?:(?P<shift>last|this|next|past|coming|that) )?\b{SEASON}(?: of)?(?:,? {YEAR})?$")
def _season(match: re.Match[str], context: _Context) -> str | None:
    first, today = SEASONS[match["season"]], context.today
    if year := _year(match["year"]):
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


@_rule(r"\byesterday\b|\blast night\b|^(?:on )?the night before$")
def _yesterday(match: re.Match[str], context: _Context) -> str | None:
    return str((context.base if "before" in match[0] else context.today) - _DAY)


@_rule(r"\b(?:today|tonight|this (?:morning|afternoon|evening)|immediately|now)\b")
def _now(match: re.Match[str], context: _Context) -> str | None:
    if ago := re.match(r"(.+) years? ago today", match.string):
        count = number(ago[1])
        return str(context.today.replace(year=context.today.year - int(count.value))) if count else None
    return str(context.today)


@_rule(r"\btomorrow\b")
def _tomorrow(_: re.Match[str], context: _Context) -> str | None:
    return str(context.today + _DAY)


@_rule(r"(?:{WEEKDAY} )?the {DAY}$|^{DAY2}(?: day)?$|{WEEKDAY2} {DAY3}$")
def _bare_day(match: re.Match[str], context: _Context) -> str | None:
    day = int(match["day"] or match["day2"] or match["day3"])
    if match["day2"] and not re.search(r"(?:st|nd|rd|th|day)$", match[0]):
        return None
    today = context.today
    shift = (day < today.day) if context.outlook > 1 else -(day > today.day)
    return calendars.day(*map(int, calendars.month(today.year, today.month + shift).split("-")), day)


@_rule(
    r"\b(?:christmas|new year|valentine|hallowe|michaelmas|easter\b|good friday|pentecost|ascension|epiphany|may day|bastille)"
)
def _feast(match: re.Match[str], context: _Context) -> str | None:
    today = context.today
    years = (
        [_year(found[0])]
        if (found := _YEAR_NAMED.search(match.string))
        else [today.year - 1, today.year, today.year + 1]
    )
    days = [day for year in years if year and (day := calendars.feast(match.string, year))]
    if not days:
        return None
    before = context.outlook > 0 or re.search(r"\b(?:by|before|until|for|next)\W*$", context.before)
    return str(
        min((day for day in days if day >= today), default=days[-1])
        if before
        else min(days, key=lambda day: abs(day - today))
    )


@_rule(r"{WEEKDAY}(?:.* of (?P<which>last|next|this) week| (?P<week>week)\b)?")
def _weekday(match: re.Match[str], context: _Context) -> str | None:
    wanted, today = WEEKDAYS[match["weekday"]], context.today
    monday = today - today.weekday() * _DAY
    if match["which"]:
        return str(monday + (wanted + 7 * {"last": -1, "this": 0, "next": 1}[match["which"]]) * _DAY)
    back = (today.weekday() - wanted) % 7
    if match["week"]:
        return str(today + (7 - back + 7) * _DAY)
    if re.search(r"\b(?:last|past)\b", match.string):
        return str(today - (back or 7) * _DAY)
    if "next" in match.string or (back and context.outlook > 1):
        return str(today + (7 - back) * _DAY)
    return str(today - back * _DAY)


@_rule(r"\b(?P<which>this|last|past|next|coming|the|same|that|following|previous)(?: past)? weekend\b")
def _weekend(match: re.Match[str], context: _Context) -> str | None:
    today = context.today
    saturday = today + (5 - today.weekday()) * _DAY
    if match["which"] in {"last", "past", "previous"} or (today.weekday() < 3 and match["which"] == "the"):  # noqa: PLR2004
        saturday -= 7 * _DAY
    elif today.weekday() < 5 and match["which"] == "the" and context.outlook <= 0:  # noqa: PLR2004 - not yet Saturday
        saturday -= 7 * _DAY
    elif match["which"] == "next":
        saturday += (7 if today.weekday() >= 5 else 0) * _DAY  # noqa: PLR2004 - Saturday
    return calendars.span(saturday, 2)


@_rule(r"^(?P<count>.+?) {UNIT} (?P<way>ago|earlier|later|before|after|from now|hence|on)\b")
@_rule(r"^(?P<way>in |within |after )?(?:about )?(?P<count>(?!.*\b(?:last|next|past)\b).+?) {UNIT}$")
def _counted(match: re.Match[str], context: _Context) -> str | None:
    count = number(match["count"])
    amount = float(count.value) if count else 1.0 if re.search(r"\ban?\b", match["count"]) else None
    if amount is None:
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


def _quarter_around(context: _Context) -> str | None:
    """ "A year earlier" in a report on a quarter: the same quarter, a year before."""
    found = re.search(r"\b(first|second|third|fourth)[- ]quarter", context.before)
    return f"{context.today.year - 1}-Q{ORDINALS[found[1]]}" if found else None


def _move(base: str, amount: float, unit: str) -> str | None:
    """A date so many units later, as fine as the unit and the date allow."""
    start = calendars.start(base)
    if unit in _DAYS_OF:
        if calendars.precision(base) != "day" and unit != "week":
            return None
        moved = start + datetime.timedelta(days=round(amount * _DAYS_OF[unit]))
        return str(moved) if calendars.precision(base) == "day" else calendars.month(moved.year, moved.month)
    months = round(amount * _MONTHS_OF[unit])
    if unit in {"year", "decade"} and months % 12 == 0:
        return f"{start.year + months // 12:04}"
    return calendars.month(start.year, start.month + months)


@_rule(r"\b(?:the )?(?P<which>last|past|next|coming|previous) (?P<count>[\w ]+?) {UNIT}$")
def _stretch(match: re.Match[str], context: _Context) -> str | None:
    count = number(match["count"])
    if count is None:
        return None
    today, amount, unit = context.today, int(count.value), match["unit"]
    ahead = match["which"] in {"next", "coming"}
    if unit in _DAYS_OF:
        other = today + round(amount * _DAYS_OF[unit]) * (_DAY if ahead else -_DAY)
        return f"{today}/{other}" if ahead else f"{other}/{today}"
    months = amount * _MONTHS_OF[unit]
    if unit == "year":
        return f"{today.year}/{today.year + amount}" if ahead else f"{today.year - amount}/{today.year}"
    if ahead:
        return f"{today}/{calendars.month(today.year, today.month + months)}-{min(today.day, 28):02}"
    return f"{calendars.month(today.year, today.month - months)}/{calendars.month(today.year, today.month - 1)}"


@_rule(
    r"\b(?P<which>this|last|past|next|coming|previous|following|current|same|that|the|earlier|later)(?: past| full)? {UNIT}(?P<part> (?:before|after))?$"
)
def _named_unit(match: re.Match[str], context: _Context) -> str | None:
    which, unit = match["which"], match["unit"]
    which = "past" if " past " in match[0] else which
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    told = which in {"same", "that", "following", "previous"} or (which == "next" and match.string.startswith("the "))
    base = context.base if told or (which == "the" and match["part"]) else context.today
    if match["part"]:
        step = 1 if match["part"] == " after" else -1
    if told and unit in {"day", "night"} and calendars.precision(context.anchor or "") != "day":
        return None
    if unit == "day":
        return str(base + step * _DAY)
    if unit == "night":
        return str(base - (which == "last") * _DAY)
    if unit == "week":
        monday = base - base.weekday() * _DAY + 7 * (0 if match[0].startswith("this") else step) * _DAY
        return calendars.span(monday, 7)
    if unit == "month":
        return calendars.month(base.year, base.month + step)
    if unit == "quarter":
        return calendars.quarter(base, step)
    if unit == "decade":
        return f"{base.year - 10}/{base.year}" if step else None
    return f"{base.year + step:04}" if unit == "year" else None


@_rule(r"\b(?:end|beginning|start|middle) of (?:the|this|next|last) (?P<unit>year|month)$")
def _part_of(match: re.Match[str], context: _Context) -> str | None:
    year = _shift(context.today, "next" if "next" in match[0] else "last" if "last" in match[0] else None)
    if match["unit"] == "month":
        return calendars.month(context.today.year, context.today.month)
    return calendars.day(year, 12, 31) if match[0].startswith("end") and "before" not in match.string else str(year)


@_rule(r"\b(?P<by>before )?(?:the )?end of {YEAR}$")
def _end_of_year(match: re.Match[str], _: _Context) -> str | None:
    return f"{match['year']}" if match["by"] else f"{match['year']}-12-31"


@_rule(
    r"^(?:about |around |at |from )*(?:(?P<hour>\d\d?)(?::(?P<minute>\d\d))? ?(?P<half>[ap]\.?m)?|(?P<word>noon|midnight))\b(?P<zone> utc| gmt)?"
)
def _time(match: re.Match[str], context: _Context) -> str | None:
    """A time of the day that was named before, or of the day of publication."""
    if match["hour"] and not (match["minute"] or match["half"]):
        return None
    hour = {"noon": 12, "midnight": 0}.get(match["word"]) if match["word"] else int(match["hour"])
    if hour is None or hour > 23:  # noqa: PLR2004
        return None
    hour = hour % 12 + 12 * match["half"].startswith("p") if match["half"] else hour
    near = (
        context.anchor and calendars.precision(context.anchor) == "day" and abs((context.base - context.today).days) < 8
    )  # noqa: PLR2004
    zone = "Z" if match["zone"] or re.search(r"\b(?:utc|gmt)\b", context.before + context.after) else ""
    return f"{context.base if near else context.today}T{hour:02}:{match['minute'] or '00'}{zone}"


@_rule(r"(?<!\d){YEAR}(?!\d)")
def _only_year(match: re.Match[str], _: _Context) -> str | None:
    return f"{_year(match['year']):04}"


@_rule(r"\b(?:(?P<season>spring|summer|autumn|fall|winter)|year)\b")
def _loose(match: re.Match[str], context: _Context) -> str | None:
    if match["season"] and (ago := re.search(r"(\w+) \w+s? ago", match.string)) and (count := number(ago[1])):
        return str(context.today.year - int(count.value))
    return str(context.today.year) if match.string.split()[0] in {"earlier", "later", "this"} else None
