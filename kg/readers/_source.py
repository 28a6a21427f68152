"""One input, open for reading, and the steps that readers share: bytes within the limit, UTF-8, a Document."""

from __future__ import annotations

import codecs
import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, TypeAlias

from kg import names
from kg.errors import SkipDocument
from kg.readers import _metadata
from kg.readers._dateline import dateline
from kg.types import Document, Skipped

LONGEST = 200_000
"""The most characters of a document that are read, unless told otherwise: some thirty thousand words."""


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """One input, open for reading.

    `name` is the file's stem, `path` the name for messages, `stream` the bytes, `limit` the most bytes that are taken
    for one document, `metadata` the object in NAME.json beside it, `size` the bytes it has where that is known,
    `longest` the most characters that a document keeps.
    """

    name: str
    path: str
    stream: BinaryIO
    limit: int
    metadata: Mapping[str, object] = dataclasses.field(default_factory=dict)
    size: int | None = None
    longest: int = LONGEST


Reader: TypeAlias = Callable[[Source], Iterable[Document | Skipped]]
"""What an entry point of the group `kg.readers` names: documents, and what had to be left out, in the input's order.

It may raise SkipDocument, which leaves out the rest of the input. `kg.readers.document` makes the documents.
"""

_BYTE_ORDER_MARKS = {  # of two that start alike the longer comes first
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_SAMPLE = 1024
_LONGEST_CHARACTER, _WITHIN = 4, 0b10  # bytes, and how those after the first begin (RFC 3629)


def read_text(source: Source) -> str:
    """All of the input as text, line endings as they are; SkipDocument if it is too large, empty or not UTF-8."""
    return decode(read_bytes(source))


def read_bytes(source: Source) -> bytes:
    """All bytes of the input; SkipDocument if there are more than the limit. No more than that is ever in memory."""
    too_large = source.size is not None and source.size > source.limit
    data = b"" if too_large else source.stream.read(source.limit + 1)
    if too_large or len(data) > source.limit:
        found = "more bytes" if source.size is None else f"{source.size:,} bytes, more"
        raise SkipDocument(f"{found} than the limit of {source.limit:,}: split it or raise the limit")
    return data


def read_start(source: Source) -> tuple[str, Skipped | None]:
    """As much text as a document may have, and what is to be told if there is more; no more than that is held."""
    most = min(source.limit, 4 * (source.longest + 1))
    data = source.stream.read(most + 1)
    if len(data) <= most:
        return cut(decode(data), source)
    end = most
    while end > most - _LONGEST_CHARACTER and data[end] >> 6 == _WITHIN:
        end -= 1
    text, told = cut(decode(data[:end]), source)
    return (text, told) if told else cut(text, dataclasses.replace(source, longest=len(text) - 1))


def cut(text: str, source: Source) -> tuple[str, Skipped | None]:
    """A text that is not too long, as it is; else what comes before the last paragraph (line, sentence, word) within.

    With it goes what is to be told of that.
    """
    if len(text) <= source.longest:
        return text, None
    half = source.longest // 2
    ends = (text.rfind(mark, half, source.longest) + len(mark) for mark in ("\n\n", "\n", ". ", " "))
    end = next((end for end in ends if end > half), source.longest)
    return text[:end], Skipped(
        source.path, f"read up to character {end:,} and no further: split it to have the rest read"
    )


def decode(data: bytes) -> str:
    """The text in UTF-8 without its byte order mark, which is a signature and no text (Unicode, section 23.8).

    SkipDocument says which other encoding it seems to be and how to convert it.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise SkipDocument(f"{encoding} by its byte order mark, expected UTF-8: {_convert(encoding)}")
    if b"\0" in data:
        raise SkipDocument(_nul(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02X} at offset {error.start} is not UTF-8"
        raise SkipDocument(f"{found}{_guess(data)}") from None


def document(source: Source, text: str, *metadata: Mapping[str, object], name: str = "") -> Document:
    """A Document of this text, with what the metadata tell, later ones winning; `name` is the source's unless given.

    The text is kept as it is, but that a lone surrogate, which UTF-8 can't hold, becomes U+FFFD. Where no metadata tell
    when it was published, and its first lines do, that is taken, and the note says so. SkipDocument if there is nothing
    to read in it.
    """
    if not text.strip():
        raise SkipDocument("only white space: nothing to read" if text else "empty: nothing to read")
    if (position := text.find("\0")) >= 0:
        raise SkipDocument(f"binary: a NUL character at offset {position}, expected text")
    cleaned = [_metadata.clean(raw) for raw in metadata]
    fields = {key: value for one in cleaned for key, value in one.items()}
    notes = [one["note"] for one in cleaned if "note" in one]
    if "published" not in fields and (told := dateline(text)):
        fields["published"] = told.published
        notes.append(f"published: taken from {_metadata.quote(told.words)} in the text")
    if notes:
        fields["note"] = "; ".join(dict.fromkeys(notes))
    text = _metadata.storable(text)
    name = _metadata.one_line(name or source.name) or "untitled"
    return Document(id=names.document_id(name, text), name=name, text=text, **fields)


def _nul(data: bytes) -> str:
    sample = data[:_SAMPLE]
    for encoding, start in (("UTF-16BE", 0), ("UTF-16LE", 1)):
        if sample[start::2].count(0) * 2 > len(sample[start::2]) and not sample[1 - start :: 2].count(0):
            return f"{encoding} without a byte order mark, it seems, expected UTF-8: {_convert(encoding)}"
    return f"binary: a NUL byte at offset {data.index(0)}, expected text in UTF-8"


def _guess(data: bytes) -> str:
    try:
        data.decode("windows-1252")
    except UnicodeDecodeError:
        return ": convert it with iconv -f ENCODING -t UTF-8"
    return f", perhaps Windows-1252: {_convert('WINDOWS-1252')}"


def _convert(encoding: str) -> str:
    return f"convert it with iconv -f {encoding} -t UTF-8"
