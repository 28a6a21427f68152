"""JSON Lines: one document a line, with `text` and what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import SkipDocument
from kg.readers._metadata import one_line
from kg.readers._source import Source, decode, document
from kg.types import Document, Skipped

_PATIENCE = 10


def read(source: Source) -> Iterator[Document | Skipped]:
    """A document for each line that holds a JSON object with a string `text` (jsonlines.org; RFC 8259).

    `id` or `name` names it, else the file's stem and the line's number; `title`, `published` or `date`, `publisher` or
    `source`, `author`, `url` and `note` are read, other keys ignored. Blank lines are passed over. A line that can't be
    read is skipped alone, named FILE:LINE; a file whose first ten lines all fail is given up. The limit holds for each
    line, and no more than one line is held in memory.
    """
    good = bad = 0
    for number, data in _lines(source):
        try:
            yield _document(source, number, data)
            good += 1
        except SkipDocument as reason:
            yield Skipped(f"{source.path}:{number}", str(reason))
            bad += 1
        if bad == _PATIENCE and not good:
            raise SkipDocument(f"none of its first {_PATIENCE} lines is a document: expected JSON Lines")
    if not good and not bad:
        raise SkipDocument("empty: nothing to read")


def _lines(source: Source) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, by number; of a line over the limit one byte too many, and no more."""
    number = 0
    while data := source.stream.readline(source.limit + 1):
        number += 1
        rest = data
        while len(rest) > source.limit and not rest.endswith(b"\n"):
            rest = source.stream.readline(source.limit + 1)
        if data.strip():
            yield number, data


def _document(source: Source, number: int, data: bytes) -> Document:
    if len(data) > source.limit and not data.endswith(b"\n"):
        raise SkipDocument(f"a line of more bytes than the limit of {source.limit:,}: split it or raise the limit")
    try:
        value = json.loads(decode(data.rstrip(b"\r\n")))
    except json.JSONDecodeError as error:
        raise SkipDocument(f"not valid JSON: {error.msg} at column {error.colno}") from None
    except (RecursionError, ValueError) as error:  # nested, or a number, beyond what Python reads
        raise SkipDocument(f"not readable JSON: {one_line(str(error))}") from None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise SkipDocument('expected an object with a string "text"')
    name = one_line(value.get("id")) or one_line(value.get("name")) or f"{source.name}-{number}"
    return document(source, value["text"], source.metadata, value, name=name)
