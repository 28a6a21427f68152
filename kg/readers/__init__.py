"""From paths to documents: each format has a reader, found by a file's suffix; what can't be read is told of."""

from __future__ import annotations

import dataclasses
import functools
import io
import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from kg import names
from kg.errors import KgError, SkipDocument
from kg.readers import _files
from kg.readers._metadata import one_line, quote
from kg.readers._pages import decode_page
from kg.readers._source import LONGEST, Reader, Source, cut, document, read_start, read_text
from kg.types import Document, Skipped, digest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "BUILT_IN",
    "GROUP",
    "LIMIT",
    "LONGEST",
    "Reader",
    "Source",
    "decode_page",
    "document",
    "read",
    "read_start",
    "read_text",
    "suffixes",
]

LIMIT = 5_000_000
"""The most bytes of a file, or of a line in JSON Lines, that are parsed for one document, unless told otherwise."""

GROUP = "kg.readers"
"""The group of entry points under which readers are found; an entry's name is the suffix that it reads."""

BUILT_IN: Mapping[str, str] = {
    "docx": "kg.readers.docx:read",
    "eml": "kg.readers.eml:read",
    "gz": "kg.readers.warc:read",
    "htm": "kg.readers.html:read",
    "html": "kg.readers.html:read",
    "jsonl": "kg.readers.jsonl:read",
    "md": "kg.readers.text:read",
    "pdf": "kg.readers.pdf:read",
    "txt": "kg.readers.text:read",
    "warc": "kg.readers.warc:read",
}
"""The entry points that the project itself declares; known here too, so that a checkout works uninstalled."""

_HEAD = 1024
_STARTS = {
    ".html": re.compile(rb"(\xef\xbb\xbf)?\s*<(!--.*?--\s*>\s*<)?(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL),
    ".jsonl": re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"'),
}


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    limit: int = LIMIT,
    longest: int = LONGEST,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Skipped]:
    """The documents that the paths hold, in their order, and a Skipped for each input that could not be read.

    A path is a file, a folder (read recursively, sorted by name) or "-" for standard input: text, or HTML or JSON Lines
    if it starts like it. NAME.json beside a file tells its title, publisher, published, author, url and note. What
    has more than `limit` bytes to be parsed for one document is left out. A text of more than `longest` characters is
    cut at the end of a paragraph, and a Skipped tells where. Nothing is raised for what an input holds, and nothing is
    fetched.

    A document is given once, but once for each address that it is known to have; the later one's name gets the first
    digits of the address's hash. Where another text has the same name, the later one's gets those of its text. Skipped
    paths are relative as given; of an absolute path only the last part is told.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    seen: dict[str, tuple[str, str | None]] = {}
    taken: set[str] = set()
    for file in _files.find(given, suffixes()):
        if isinstance(file, Skipped):
            yield file
            continue
        for item in _bounded(_read_file(file, limit, longest, stdin), file.label, longest):
            if isinstance(item, Skipped):
                yield item
                continue
            found = _elsewhere(item, seen)
            if found.id in seen:
                reason = f"{quote(item.name)} was read before with the same text, from {seen[found.id][0]}"
                yield Skipped(file.label, reason)
            else:
                seen[found.id] = file.label, found.url
                yield _rename(found, taken)


@functools.cache
def suffixes() -> Mapping[str, EntryPoint]:
    """The reader of each suffix (".txt"): the built-in ones, over them those of installed packages."""
    from importlib.metadata import EntryPoint, entry_points

    built_in = [EntryPoint(name, value, GROUP) for name, value in BUILT_IN.items()]
    foreign = sorted((point for point in entry_points(group=GROUP) if point not in built_in), key=lambda p: p.value)
    return {f".{point.name.lower()}": point for point in (*built_in, *foreign)}


def _bounded(items: Iterable[Document | Skipped], label: str, longest: int) -> Iterator[Document | Skipped]:
    """The documents, cut where they are too long."""
    source = Source("", label, io.BytesIO(), 0, longest=longest)
    for item in items:
        text, told = cut(item.text, source) if isinstance(item, Document) else ("", None)
        if isinstance(item, Document) and told:
            yield dataclasses.replace(item, text=text, id=names.document_id(item.name, text))
            yield told
        else:
            yield item


def _read_file(file: _files.File, limit: int, longest: int, stdin: BinaryIO | None) -> Iterator[Document | Skipped]:
    try:
        if file.label == _files.STDIN:
            yield from _read_stream(stdin or getattr(sys.stdin, "buffer", None), limit, longest)
            return
        stream, size = _files.open_file(file.path)
        with stream:
            metadata = yield from _metadata_beside(file, limit)
            reader: Reader = suffixes()[file.path.suffix.lower()].load()
            yield from reader(Source(file.path.stem, file.label, stream, limit, metadata, size, longest))
    except KgError:
        raise
    except SkipDocument as reason:
        yield Skipped(file.label, str(reason))
    except Exception as error:  # noqa: BLE001 - a reader's fault, ours or a plugin's, must not cost the other documents
        yield Skipped(file.label, f"its reader failed: {type(error).__name__}: {one_line(str(error))}")


def _read_stream(stream: BinaryIO | None, limit: int, longest: int) -> Iterator[Document | Skipped]:
    if stream is None:
        raise SkipDocument("there is no standard input")
    reader: Reader = suffixes()[_sniff(stream)].load()
    yield from reader(Source("stdin", _files.STDIN, stream, limit, longest=longest))


def _sniff(stream: BinaryIO) -> str:
    """The suffix that a file starting like this stream would have; nothing is taken from the stream."""
    if peek := getattr(stream, "peek", None):
        head = peek(_HEAD)
    else:
        head = stream.read(_HEAD)
        stream.seek(-len(head), os.SEEK_CUR)
    return next((suffix for suffix, start in _STARTS.items() if start.match(head)), ".txt")


def _metadata_beside(file: _files.File, limit: int) -> Generator[Skipped, None, Mapping[str, object]]:
    try:
        return _files.metadata(file.path, limit)
    except SkipDocument as reason:
        label = file.label.removesuffix(file.path.suffix) + _files.METADATA
        yield Skipped(label, f"{reason}; {one_line(file.path.name)} is read without it")
        return {}


def _elsewhere(document: Document, seen: Mapping[str, tuple[str, str | None]]) -> Document:
    """The document; where one of its name and text is at another address, as a document of its own: a copy."""
    known = seen.get(document.id)
    if known is None or document.url in (None, known[1]):
        return document
    name = f"{document.name}-{digest((str(document.url),))[:8]}"
    return dataclasses.replace(document, name=name, id=names.document_id(name, document.text))


def _rename(document: Document, taken: set[str]) -> Document:
    """The document, under another name if the name is taken by another text."""
    if document.name in taken:
        document = dataclasses.replace(document, name=f"{document.name}-{document.hash[:8]}")
    taken.add(document.name)
    return document
