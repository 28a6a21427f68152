"""Plain text and Markdown: the file is the document, character by character."""

from __future__ import annotations

from collections.abc import Iterator

from kg.readers._source import Source, document, read_text
from kg.types import Document


def read(source: Source) -> Iterator[Document]:
    """One document, its text exactly as stored; SkipDocument if it is too large, not UTF-8 or has nothing to read."""
    yield document(source, read_text(source), source.metadata)
