"""The day on which a text says it was published: a line with little but a date, or the date after the place of news."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

_LINES = 12
"""The lines of a text among which its date is looked for."""
_LONG = 90
"""Characters: a line with a date and nothing that matters is shorter."""
_PLACE = 60
"""Characters before the date of a dateline."""

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_NAMES})\.?,? (?P<year>\d{{4}})"
    rf"|(?P<month2>{_NAMES})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d))(?![\w-])",
    re.IGNORECASE,
)
_DAYS = "|".join([*calendar.day_name, *(f"{name}\\b" for name in calendar.day_abbr)])
_ASIDE = re.compile(
    rf"(?:{_DAYS})\.?"
    r"|\b(?:first |last )?(?:published|posted|updated|modified|released|date|issued|written)\b(?: on| at)?"
    r"|\bby\b(?: [^\W\d_][\w.'\u2019-]*){1,4}|\b(?:\d+ )?min(?:ute)?s? read\b"
    r"|\bat\b|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|\b[ap]\.?m\b\.?|\b(?:utc|gmt|cet|cest|est|edt|et|pst|pdt|pt|bst|ist)\b"
    r"|[\W_]",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:[^\W\d_][\w.'\u2019()-]*,? ){0,5}[^\W\d_][\w.'\u2019()-]*(?:, | [(/\u2013\u2014-]+ ?|, ?\()"
)
_AFTER = re.compile(r"\)?,? ?(?:\([^)]{1,30}\)|/[\w ]{1,30}/)? ?(?:--|[\u2013\u2014:-])")
_NEITHER = re.compile(r"updated|modified", re.IGNORECASE)


class Dateline(NamedTuple):
    """A date, in the form of ISO 8601, and the words that tell it."""

    published: str
    words: str


def dateline(text: str) -> Dateline | None:
    """The date that a text gives of itself, in full and among its first lines; None if it gives none, or no real one.

    Only days written out or in the form of ISO 8601 are taken: "3/4/2025" means two days.
    """
    lines = [line.strip() for line in text[: _LINES * 500].split("\n") if line.strip()][:_LINES]
    found = [(line, each) for line in lines if (match := _told(line)) and (each := _read(match))]
    found.sort(key=lambda each: bool(_NEITHER.search(each[0])))
    return found[0][1] if found else None


def _told(line: str) -> re.Match[str] | None:
    """The date of a line with nothing else of meaning, or after the place that a report begins with."""
    match = _DATE.search(line)
    if match is None:
        return None
    before, after = line[: match.start()], line[match.end() :]
    if len(line) <= _LONG and not _ASIDE.sub("", before + " " + after):
        return match
    placed = len(before) <= _PLACE and _DATELINE.fullmatch(before) and _AFTER.match(after)
    return match if placed else None


def _read(match: re.Match[str]) -> Dateline | None:
    if iso := match["iso"]:
        year, month, day = map(int, iso.split("-"))
    else:
        year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
        month = _MONTHS[(match["month"] or match["month2"]).lower()]
    try:
        return Dateline(dt.date(year, month, day).isoformat(), match[0])
    except ValueError:
        return None
