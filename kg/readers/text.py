"""Plain text and Markdown: the file is the document, character by character."""

from __future__ import annotations

from collections.abc import Iterator

from kg.readers._source import Source, document, read_start
from kg.types import Document, Skipped


def read(source: Source) -> Iterator[Document | Skipped]:
    """One document, its text exactly as stored, cut if it is too long; SkipDocument if it is no text in UTF-8."""
    text, told = read_start(source)
    yield document(source, text, source.metadata)
    if told:
        yield told
