"""Web pages as saved: their main text, and what their markup tells of title, date, publisher, author and address."""

from __future__ import annotations

from collections.abc import Iterator

from kg.readers._pages import decode_page, main_text
from kg.readers._source import Source, document, read_bytes
from kg.types import Document


def read(source: Source) -> Iterator[Document]:
    """One document: the main text of the page, without its menus, comments and adverts.

    Offsets count the text so found, which is what is stored. SkipDocument if the page is too large, in an
    encoding that it does not tell, or without main text.
    """
    text, told = main_text(decode_page(read_bytes(source)))
    yield document(source, text, told, source.metadata)
