"""Web pages, whether saved or sent: their main text, and what their markup tells of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from kg.errors import SkipDocument

_DATES = {
    "original_date": True,
    "extensive_search": False,  # else a year in a footer or a sentence passes for the day of publishing
    "max_date": "2100-01-01",  # else it is today, and the same page would tell another date tomorrow
}
_SILENCE = logging.NullHandler()  # what they complain of is told as a reason, not on standard error
_WHOLE_PAGE = re.compile(r"<(html|body|frameset)\b", re.IGNORECASE)
_ROW = re.compile(r"\| (?P<cells>.*) \| ?")
_RULE = re.compile(r"\|(-+\|)+")


def main_text(html: str) -> tuple[str, Mapping[str, object]]:
    """The main text of a page as trafilatura finds it, one line for each paragraph, item, table row; and its metadata.

    Menus, comments and adverts are left out as far as it knows them. The date is taken from markup alone. SkipDocument
    if there is no main text.
    """
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(_SILENCE)
    page = trafilatura.bare_extraction(
        _whole(html), include_comments=False, with_metadata=True, date_extraction_params=_DATES
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
    return _plain(page.text), told


def _whole(html: str) -> str:
    """A page around what is only a part of one."""
    return html if _WHOLE_PAGE.search(html) else f"<html><body>{html}</body></html>"


def _plain(text: str) -> str:
    """The text without the Markdown that trafilatura draws around table rows."""
    return "\n".join(_cells(line) for line in text.split("\n") if not _RULE.fullmatch(line))


def _cells(line: str) -> str:
    row = _ROW.fullmatch(line)
    return row["cells"].replace(r"\|", "|") if row else line
