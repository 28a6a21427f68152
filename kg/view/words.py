"""How the page words things: relations, dates, titles, and names broken into short lines."""

from __future__ import annotations

import re

from kg.types import Document

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NARROW = frozenset("fijlrtI.,:;'\u2019|!()[]{} -")
_WIDE = frozenset("mwMW@%&—…")
_FIRST_WIDE = "\u2e80"  # where the scripts of East Asia begin

LINE = 20
"""Characters that one line of a name on the picture aims at."""


def local(iri: str) -> str:
    """The last part of an IRI, the whole where it ends in a separator."""
    return re.split(r"[#/:]", iri)[-1] or iri


def spaced(name: str) -> str:
    """A local name as words: "hostedOn" becomes "hosted on", "GPT4" stays."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])(?=[a-z])", lambda found: " " + found[1].lower(), name).replace("_", " ")


def date(value: str) -> str:
    """An ISO 8601 date in words ("2024-11-26" → "26 November 2024"), anything else as it is.

    Only the part up to the day is told; years, months, moments and ranges ("2024-11-26/2024-11-28") are known.
    """
    parts = value.split("/")
    if len(parts) == 2 and all(date(part) != part or part.isdigit() for part in parts):  # noqa: PLR2004
        return " to ".join(date(part) for part in parts)
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", value)
    if not found or not 1 <= int(found[2] or 1) <= len(_MONTHS):
        return value
    day = [str(int(found[3]))] if found[3] else []
    month = [_MONTHS[int(found[2]) - 1]] if found[2] else []
    return " ".join([*day, *month, found[1]])


def title(document: Document, *, longest: int = 72) -> str:
    """A document's title, else how the first line of its text begins, else its name."""
    if document.title:
        return document.title
    begins = " ".join(document.text.lstrip()[: 4 * longest].partition("\n")[0].split())
    if not begins:
        return document.name
    return begins if len(begins) <= longest else begins[: begins.rfind(" ", 0, longest) or longest].rstrip(",;:") + " …"


def rows(name: str) -> list[str]:
    """A name in at most two lines of about LINE characters, the second cut with "…" where it is longer."""
    words = name.split() or [name]
    if len(name) <= LINE + 2 or len(words) == 1:
        return [_cut(name, 2 * LINE)]
    cuts = range(1, len(words))
    best = min(cuts, key=lambda cut: (abs(len(" ".join(words[:cut])) - min(LINE, len(name) / 2)), cut))
    return [_cut(" ".join(words[:best]), 2 * LINE), _cut(" ".join(words[best:]), LINE + 4)]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def width(text: str) -> float:
    """About how wide a text is, in units of its font size: a little more than in most fonts."""
    return sum(_width(char) for char in text)


def _width(char: str) -> float:
    if char in _NARROW:
        return 0.36
    if char in _WIDE or char >= _FIRST_WIDE:
        return 0.95
    return 0.7 if char.isupper() else 0.6
