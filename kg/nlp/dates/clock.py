"""Rules for times of day: "10:45", "3 p.m. UTC", "9:30 on Tuesday", "Friday at 5 p.m."; of noon the day is enough."""

from __future__ import annotations

import datetime as dt
import re

from kg.nlp.dates import calendars
from kg.nlp.dates.engine import Context, resolved, rule

_SAME_STORY = 7  # days between a time's day, named before it, and publication
_CLOCK = r"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))?(?: ?(?P<half>[ap]\.?m))?\b\.?"
_ZONE = (
    r"(?: ?\(?(?:(?P<utc>utc|gmt|z)\b|(?:(?:pacific|eastern|central|mountain|local) (?:\w+ )?time|[a-z]{1,3}t\b))\)?)?"
)
_LEAD = r"(?:about |around |at |from |by |shortly |just |after |before )*"


@rule(rf"^{_LEAD}(?:{_CLOCK}|(?P<word>noon|midnight)){_ZONE}$")
@rule(rf"^{_LEAD}{_CLOCK}{_ZONE},? (?:on |that |this )?(?P<date>.+)$")
@rule(rf"^(?P<date>.*(?:day|night|morning|afternoon|evening|\d))(?:,? at |,? ){_CLOCK}{_ZONE}$")
def _time(match: re.Match[str], context: Context) -> str | None:
    """A time on the day that is named with it, on that named before it, or on the day of publication."""
    told = match.groupdict()
    if told["hour"] and not (told["minute"] or told["half"]):
        return None
    hour = int(told["hour"] or 12 * (told["word"] == "noon"))
    hour = hour % 12 + 12 * told["half"].startswith("p") if told["half"] else hour
    moment = dt.time(hour, int(told["minute"] or 0))
    day = _day(told.get("date"), context)
    zone = "Z" if told["utc"] or re.search(r"\b(?:utc|gmt)\b", context.before + context.after) else ""
    return f"{day}T{moment.isoformat('minutes')}{zone}" if day else None


def _day(phrase: str | None, context: Context) -> str | None:
    """The day that a phrase names; without one the day named before, or of publication."""
    if phrase and not phrase.startswith(("in the ", "at night")):
        day = resolved(phrase, context)
        return day if day and calendars.precision(day) == "day" else None
    near = (
        calendars.precision(context.anchor or "") == "day" and abs((context.base - context.today).days) <= _SAME_STORY
    )
    return str(context.base if near else context.today)
