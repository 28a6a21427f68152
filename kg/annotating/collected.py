"""What was read in all documents, put in order: in memory, or on disk where there is much of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator

from kg import packed
from kg.annotating.lifting import Read
from kg.annotating.model import annotation
from kg.lifted import Lifted, from_texts
from kg.runs import Runs
from kg.types import Annotation, Document, Skipped

_BETWEEN = b"\n"  # of texts without ends of lines


class Collected(Collection[Annotation]):
    """What was read, in the order of the documents' names; on disk within `kg.runs.on_disk`.

    As a collection it gives annotations; they are made when they are asked for. What was lifted comes in the order of
    the documents' ids, as graphs are.
    """

    def __init__(self) -> None:
        self._read = Runs[tuple[str, str, bytes, bytes]]()
        self._lifted = Runs[tuple[str, bytes, bytes]]()

    def add(self, item: Read) -> None:
        """Takes one in. Raises OSError where the disk is full."""
        document = packed.pack_document(item.document)
        self._read.add((item.document.name, item.document.id, document, _bytes(item.line)))
        self._lifted.add((item.document.id, document, _BETWEEN.join(map(_bytes, item.lifted.texts))))

    def documents(self) -> Iterator[Document]:
        """The documents alone."""
        return (packed.unpack_document(document) for _, document, _ in self._lifted)

    def lines(self) -> Iterator[str]:
        """The lines of annotated.jsonl."""
        return (f"{_text(line)}\n" for _, _, _, line in self._read)

    def lifted(self) -> Iterator[tuple[Document, Lifted]]:
        """What was lifted from each document, by their ids."""
        for _, document, texts in self._lifted:
            yield packed.unpack_document(document), from_texts([_text(each) for each in texts.split(_BETWEEN)])

    def __iter__(self) -> Iterator[Annotation]:
        for _, _, document, line in self._read:
            yield annotation(_text(line), packed.unpack_document(document))

    def __len__(self) -> int:
        return len(self._read)

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


def collected(read: Iterable[Read | Skipped]) -> tuple[Collected, list[Skipped]]:
    """What was read, and what failed, each in order; it comes in any."""
    found, failed = Collected(), list[Skipped]()
    for item in read:
        if isinstance(item, Skipped):
            failed.append(item)
        else:
            found.add(item)
    return found, sorted(failed, key=dataclasses.astuple)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
