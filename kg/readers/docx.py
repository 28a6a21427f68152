"""Documents of word processors (Office Open XML): their paragraphs, with title, author and date."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import SkipDocument
from kg.readers._source import Source, document, read_bytes
from kg.types import Document

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TERMS = "{http://purl.org/dc/terms/}"
_ELEMENTS = "{http://purl.org/dc/elements/1.1/}"


def read(source: Source) -> Iterator[Document]:
    """One document: a line for each paragraph, table cells among them (ISO/IEC 29500-1, 17.3).

    Notes, comments, pictures and whatever it links to are left. No more than the limit is unpacked of any part.
    SkipDocument if it is none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(source))) as packed:
            body = _part(packed, "word/document.xml", source.limit)
            known = (
                _part(packed, "docProps/core.xml", source.limit) if "docProps/core.xml" in packed.namelist() else None
            )
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise SkipDocument(f"not a .docx file ({error})") from None
    lines = ("".join(_text(each) for each in paragraph.iter()) for paragraph in body.iter(f"{_WORD}p"))
    yield document(source, "\n".join(lines), _told(known), source.metadata)


def _part(packed: zipfile.ZipFile, name: str, limit: int) -> Any:
    from lxml import etree

    with packed.open(name) as part:
        data = part.read(limit + 1)
    if len(data) > limit:
        raise SkipDocument(f"more than {limit:,} bytes when unpacked: split it or raise the limit")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise SkipDocument(f"its XML is broken: {error.msg}") from None


def _text(element: Any) -> str:
    if element.tag == f"{_WORD}t":
        return element.text or ""
    return {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}.get(element.tag, "")


def _told(known: Any) -> dict[str, object]:
    if known is None:
        return {}
    fields = {
        "title": f"{_ELEMENTS}title",
        "author": f"{_ELEMENTS}creator",
        "published": f"{_TERMS}created",
    }
    return {field: known.findtext(f".//{name}") for field, name in fields.items()}
