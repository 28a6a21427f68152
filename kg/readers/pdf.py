"""PDF files: the text of their pages, with title, author and date. Needs pypdf, an extra."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from kg.errors import SkipDocument
from kg.readers._source import Source, document, read_bytes
from kg.types import Document


def read(source: Source) -> Iterator[Document]:
    """One document: the text of the pages in their order, as far as a document may be long (ISO 32000).

    Pictures are not read: of a scan nothing is found. SkipDocument if it is too large, broken, locked, or has no text.
    """
    try:
        import pypdf
    except ImportError:
        raise SkipDocument("PDF needs pypdf: pip install 'ai-industry-kg[sources]'") from None
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        file = pypdf.PdfReader(io.BytesIO(read_bytes(source)))
        if file.is_encrypted and not file.decrypt(""):
            raise SkipDocument("locked by a password")
        pages: list[str] = []
        for page in file.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > source.longest:
                break
        known = file.metadata
    except (pypdf.errors.PyPdfError, RecursionError) as error:
        raise SkipDocument(f"a broken PDF file ({' '.join(str(error).split())[:100]})") from None
    made = known.creation_date if known else None
    told = {
        "title": known.title if known else None,
        "author": known.author if known else None,
        "published": made.date().isoformat() if made else None,
    }
    yield document(source, "\n".join(pages), told, source.metadata)
