"""Web pages as saved: their main text, and what their markup tells of title, date, publisher, author and address."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from kg.errors import SkipDocument
from kg.readers._source import Source, document, read_text
from kg.types import Document

_DATES = {
    "original_date": True,
    "extensive_search": False,  # else a year in a footer or a sentence passes for the day of publishing
    "max_date": "2100-01-01",  # else it is today, and the same page would tell another date tomorrow
}
_SILENCE = logging.NullHandler()  # what they complain of is told as a reason, not on standard error
_WHOLE_PAGE = re.compile(r"<(html|body|frameset)\b", re.IGNORECASE)
_ROW = re.compile(r"\| (?P<cells>.*) \| ?")
_RULE = re.compile(r"\|(-+\|)+")


def read(source: Source) -> Iterator[Document]:
    """One document: the main text of the page as trafilatura finds it, one line for each paragraph, item, table row.

    Menus, comments and adverts are left out as far as it knows them. Offsets count the text so found, which is what is
    stored. The date is taken from markup alone. SkipDocument if the page is too large, not UTF-8 or without main text.
    """
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(_SILENCE)
    page = trafilatura.bare_extraction(
        _whole(read_text(source)), include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise SkipDocument("no main text found in the page")
    told = {
        "title": page.title,
        "published": page.date,
        "publisher": page.sitename,
        "author": page.author,
        "url": page.url,
    }
    yield document(source, _plain(page.text), told, source.metadata)


def _whole(html: str) -> str:
    """A page around what is only a part of one."""
    return html if _WHOLE_PAGE.search(html) else f"<html><body>{html}</body></html>"


def _plain(text: str) -> str:
    """The text without the Markdown that trafilatura draws around table rows."""
    return "\n".join(_cells(line) for line in text.split("\n") if not _RULE.fullmatch(line))


def _cells(line: str) -> str:
    row = _ROW.fullmatch(line)
    return row["cells"].replace(r"\|", "|") if row else line
