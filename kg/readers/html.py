"""Web pages as saved: their main text, and what their markup tells of title, date, publisher and author."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import SkipDocument
from kg.readers._source import Source, document, read_text
from kg.types import Document


def read(source: Source) -> Iterator[Document]:
    """One document."""
    import trafilatura

    page = trafilatura.bare_extraction(read_text(source), with_metadata=True)
    if page is None or isinstance(page, dict) or not page.text:
        raise SkipDocument("no main text found in the page")
    yield document(source, page.text, {"title": page.title}, source.metadata)
