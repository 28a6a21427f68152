"""What is known of a document beside its text: title, publisher, date, author, address, note."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping

KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "published": ("published", "date"),
    "publisher": ("publisher", "source"),
    "author": ("author",),
    "url": ("url",),
    "note": ("note",),
}
"""Each field of a Document, and the keys under which it is looked for, the first one present winning."""

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII)
_URL = re.compile(r'https?://[^\s<>"{}|\\^`]+', re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_QUOTE = 40


def parse(data: bytes) -> Mapping[str, object]:
    """The metadata object that a JSON file holds (RFC 8259, UTF-8); ValueError says what it holds instead."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise ValueError(message) from None
    except RecursionError:
        raise ValueError("not metadata: nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    if not isinstance(value, dict):
        raise ValueError("not metadata: expected one JSON object") from None  # noqa: TRY004
    return value


def clean(raw: Mapping[str, object]) -> dict[str, str]:
    """The fields of a Document that `raw` tells, each on one line; what it does not tell has no key.

    Unknown keys and values that are neither text, number nor list of those are ignored. A date that is not ISO 8601 and
    an address that is not http(s) are left out, and the note says so.
    """
    found = {field: value for field, keys in KEYS.items() if (value := _first(raw, keys))}
    notes = [found.pop("note", "")]
    if given := found.pop("published", ""):
        if date := iso(given):
            found["published"] = date
        else:
            notes.append(f"published left out: {quote(given)} is not an ISO 8601 date")
    if "url" in found and not _URL.fullmatch(found["url"]):
        notes.append(f"url left out: {quote(found.pop('url'))} is not an http address")
    note = "; ".join(filter(None, notes))
    return {**found, "note": note} if note else found


def iso(value: str) -> str | None:
    """A year, month, day or moment in the extended form of ISO 8601, None if `value` is none or does not exist."""
    if not _ISO.fullmatch(value):
        return None
    try:
        moment = dt.datetime.fromisoformat((value + "-01-01")[:10] + value[10:])
    except ValueError:
        return None
    return value if len(value) <= len("2024-11-27") else moment.isoformat().replace("+00:00", "Z")


def one_line(value: object) -> str:
    """Text on one line without control characters; numbers as written, lists joined by commas, "" for the rest."""
    if isinstance(value, list):
        return ", ".join(filter(None, (one_line(item) for item in value if not isinstance(item, list))))
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    spaced = "".join(" " if unicodedata.category(char) == "Cc" else char for char in storable(str(value)))
    return " ".join(spaced.split())


def storable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which UTF-8 can't hold: as many characters as before."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def quote(value: str) -> str:
    """The value in quotes for a message: one line, printable, bounded."""
    return repr(value if len(value) <= _LONGEST_QUOTE else value[:_LONGEST_QUOTE] + "…")


def _first(raw: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next(filter(None, (one_line(raw.get(key)) for key in keys)), "")
