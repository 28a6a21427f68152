"""Web pages, whether saved or sent: their main text, and what their markup tells of them."""

from __future__ import annotations

import codecs
import contextlib
import itertools
import logging
import re
from collections.abc import Mapping

from kg.errors import SkipDocument
from kg.readers._source import decode

_DATES = {
    "original_date": True,
    "extensive_search": False,  # else a year in a footer or a sentence passes for the day of publishing
    "max_date": "2100-01-01",  # else it is today, and the same page would tell another date tomorrow
}
_SILENCE = logging.NullHandler()  # what they complain of is told as a reason, not on standard error
MOST_TAGS = 30_000
"""The most tags of a page that is read: what is looked for in a page takes time by the square of their number."""

_TAG = re.compile("<[a-z]", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_PRESCAN = 1024
_ENCODING = re.compile(
    r"cp(125\d|874|932|949)|iso8859-\d+|koi8-[ru]|mac-\w+|gbk|gb18030|gb2312|big5|euc_(jp|kr)|shift_jis"
)
_LATIN = {"ascii", "iso8859-1"}
_WHOLE_PAGE = re.compile(r"<(html|body|frameset)\b", re.IGNORECASE)
_ROW = re.compile(r"\| (?P<cells>.*) \| ?")
_RULE = re.compile(r"\|(-+\|)+")


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of a page: UTF-8 if it can be that, else in the encoding that its server or its markup tells.

    The order of the HTML standard (13.2.3.2: byte order mark, `charset`, `<meta>` in the first 1,024 bytes), with UTF-8
    tried first: no other text looks like it by chance, and it is often declared to be something else. "ISO-8859-1" and
    "ASCII" mean Windows-1252 there. SkipDocument if it is in none of these.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = _META.search(data[:_PRESCAN])
        for name in filter(None, (charset, found and found[1].decode())):
            with contextlib.suppress(LookupError, UnicodeError):
                known = codecs.lookup(name).name
                known = "cp1252" if known in _LATIN else known
                if _ENCODING.fullmatch(known):
                    return data.decode(known)
        return decode(data)  # which says what is wrong


def main_text(html: str) -> tuple[str, Mapping[str, object]]:
    """The main text of a page as trafilatura finds it, one line for each paragraph, item, table row; and its metadata.

    Menus, comments and adverts are left out as far as it knows them. The date is taken from markup alone. SkipDocument
    if there is no main text, or more than `MOST_TAGS` tags.
    """
    if next(itertools.islice(_TAG.finditer(html), MOST_TAGS, None), None):
        raise SkipDocument(f"a page of more than {MOST_TAGS:,} tags: save its text as .txt")
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
