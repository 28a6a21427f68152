"""Web archives (WARC): each page that was answered with success, with its address. Needs warcio, an extra."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from kg.errors import SkipDocument
from kg.readers._pages import decode_page, main_text
from kg.readers._source import Source, document
from kg.types import Document, Skipped

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_RECORD = 1_000_000_000  # bytes, unpacked; films in archives have less, and bombs more
_LONGEST_HEAD, _LONGEST_LINE = 1 << 20, 1 << 14  # bytes, of what a record says of itself
_CHUNK = 1 << 20


def read(source: Source) -> Iterator[Document | Skipped]:
    """A document for each response of status 200 that is a page (ISO 28500, 6.3); other records are passed over.

    The limit holds for each page, and one page at a time is in memory. SkipDocument if it is no archive, has no page,
    or from a record on that is longer than any should be.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise SkipDocument("WARC needs warcio: pip install 'ai-industry-kg[sources]'") from None
    try:
        pages = 0
        for number, record in enumerate(_each(ArchiveIterator(source.stream)), 1):
            if _is_page(record):
                pages += 1
                try:
                    yield _document(source, record, number)
                except SkipDocument as reason:
                    yield Skipped(f"{source.path}:{number}", str(reason))
        if not pages:
            raise SkipDocument("an archive without a page that was answered with success")
    except (ArchiveLoadFailed, AttributeError) as error:  # the latter where a record lacks what it must have
        raise SkipDocument(f"not a web archive, or a broken one ({' '.join(str(error).split())[:100]})") from None


def _each(records: Any) -> Iterator[Any]:
    """The records, each read to its end; warcio's complaints about them, which quote them, are for nobody.

    It would read lines of any length, which takes time in the square of that, and any number of them.
    """
    readline, left = records.reader.readline, _LONGEST_HEAD

    def line(length: int | None = None) -> bytes:
        nonlocal left
        found: bytes = readline(min(length or left, left))
        left -= len(found)
        if left <= 0 or (len(found) > _LONGEST_LINE and not found.endswith(b"\n")):
            raise SkipDocument(f"not a web archive, or one of records with heads of more than {_LONGEST_HEAD:,} bytes")
        return found

    records.reader.readline = line
    while True:
        left = _LONGEST_HEAD
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record
        with contextlib.redirect_stderr(io.StringIO()):
            _pass_over(record.raw_stream)


def _pass_over(stream: Any) -> None:
    left = _LONGEST_RECORD
    while left > 0 and (data := stream.read(_CHUNK)):
        left -= len(data)
    if left <= 0:
        raise SkipDocument(f"a record of more than {_LONGEST_RECORD:,} bytes: the rest of the archive is left")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or not record.http_headers:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in _PAGES


def _document(source: Source, record: Any, number: int) -> Document:
    data = record.content_stream().read(source.limit + 1)
    if len(data) > source.limit:
        raise SkipDocument(f"a page of more bytes than the limit of {source.limit:,}")
    text, told = main_text(decode_page(data, _charset(record)))
    address = {"url": record.rec_headers.get_header("WARC-Target-URI")}
    return document(source, text, told, address, source.metadata, name=f"{source.name}-{number}")


def _charset(record: Any) -> str | None:
    """The encoding that the server told."""
    message = EmailMessage()
    message["Content-Type"] = record.http_headers.get_header("Content-Type")
    return message.get_content_charset()
