"""PDF files: the text of their pages, with title, author and date. Needs pypdf, an extra."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.errors import SkipDocument
from kg.readers._source import Source, document, read_bytes
from kg.types import Document

if TYPE_CHECKING:
    import pypdf

SECONDS = 20.0
"""CPU that a file may take: what is packed and repeated in a PDF can be work without end."""


def read(source: Source) -> Iterator[Document]:
    """One document: the text of the pages in their order, as far as a document may be long (ISO 32000).

    Pictures are not read: of a scan nothing is found. No more than the limit is unpacked of any part. SkipDocument if
    it is too large, broken, locked, takes more than `SECONDS`, or has no text.
    """
    try:
        import pypdf
    except ImportError:
        raise SkipDocument("PDF needs pypdf: pip install 'ai-industry-kg[sources]'") from None
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    data, most = read_bytes(source), source.limit
    try:
        with pypdf.apply_configuration(
            zlib_maximum_output_length=most,
            lzw_maximum_output_length=most,
            run_length_maximum_output_length=most,
            array_based_stream_maximum_output_length=most,
        ):
            text, told = _text(pypdf.PdfReader(io.BytesIO(data)), source.longest)
    except (pypdf.errors.PyPdfError, RecursionError) as error:
        raise SkipDocument(f"a broken PDF file ({' '.join(str(error).split())[:100]})") from None
    yield document(source, text, told, source.metadata)


def _text(file: pypdf.PdfReader, longest: int) -> tuple[str, Mapping[str, object]]:
    if file.is_encrypted and not file.decrypt(""):
        raise SkipDocument("locked by a password")
    pages: list[str] = []
    watch = _watch()
    for page in file.pages:
        watch()
        pages.append(page.extract_text(visitor_operand_before=watch))
        if sum(map(len, pages)) > longest:
            break
    known = file.metadata
    made = known.creation_date if known else None
    return "\n".join(pages), {
        "title": known.title if known else None,
        "author": known.author if known else None,
        "published": made.date().isoformat() if made else None,
    }


def _watch() -> Callable[..., None]:
    """Called before each step; SkipDocument when the time is over."""
    end = time.thread_time() + SECONDS

    def watch(*_: object) -> None:
        if time.thread_time() > end:
            raise SkipDocument(f"it takes more than {SECONDS:g} seconds to read")

    return watch
