"""Dates and periods as ISO 8601, relative ones ("on Tuesday", "last year") resolved by the day of publication.

The rules are in `clock`, `named` and `relative`, tried in that order; `calendars` writes what they find.
"""

from __future__ import annotations

import datetime as dt
import re

from kg.nlp.dates import clock, named, relative
from kg.nlp.dates.engine import YEAR_NAMED, Context, resolved

__all__ = ["clock", "date", "named", "relative"]
_LONG = 120  # characters; no mention of a date is longer
_BEFORE, _AFTER = 200, 60


def date(
    text: str, published: str | None, *, before: str = "", after: str = "", anchor: str | None = None
) -> str | None:
    """The date or period that `text` names: "2024-11-26", "2024-11", "2024", "2024-Q3", "2024-H2", "A/B"; or None.

    `published` (ISO 8601; a year or month alone resolves less) is the day from which it counts, `before` and `after`
    are the text around the mention, `anchor` is the value of the date named before it ("the following year").
    """
    known = (published or "")[:10]
    phrase = re.sub(r"\s+", " ", text[:_LONG].replace("\u2019", "'")).strip(' .,;:()"').lower()
    exact = len(known) == len("2024-11-26")
    context = Context(_today(known), before[-_BEFORE:].lower(), after[:_AFTER].lower(), anchor, exact)
    value = resolved(phrase, context)
    if value is None:
        return None
    told = YEAR_NAMED.search(phrase) or (anchor and not exact and value.startswith(anchor[:4]))
    return value if told or _fits(value, known) else None


def _today(known: str) -> dt.date:
    """The day of publication; one in the middle where only year or month are known; the first of days if nothing is."""
    full = {4: f"{known}-07-01", 7: f"{known}-15", 10: known}.get(len(known), "")
    try:
        return dt.date.fromisoformat(full)
    except ValueError:
        return dt.date.min


def _fits(value: str, known: str) -> bool:
    """Whether a value counted from `known` is no finer than that, and not counted from nothing."""
    return value > "1000" and (len(known) == len("2024-11-26") or len(value) <= len(known))
