"""What was read in all documents, put in order: in memory, or on disk where there is much of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator

from kg import packed
from kg.runs import Runs
from kg.types import Annotation, Document, Skipped


class Collected(Collection[Annotation]):
    """Annotations in the order of their documents' names, held as bytes; on disk within `kg.runs.on_disk`."""

    def __init__(self) -> None:
        self._records = Runs[tuple[str, str, bytes, bytes]]()

    def add(self, item: Annotation) -> None:
        """Takes one in. Raises OSError where the disk is full."""
        document = packed.pack_document(item.document)
        self._records.add((item.document.name, item.document.id, document, packed.pack_annotation(item)))

    def documents(self) -> Iterator[Document]:
        """The documents alone."""
        return (packed.unpack_document(document) for _, _, document, _ in self._records)

    def __iter__(self) -> Iterator[Annotation]:
        return (packed.unpack_annotation(record) for *_, record in self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


def collected(read: Iterable[Annotation | Skipped]) -> tuple[Collected, list[Skipped]]:
    """What was read, and what failed, each in order; it comes in any."""
    found, failed = Collected(), list[Skipped]()
    for item in read:
        if isinstance(item, Skipped):
            failed.append(item)
        else:
            found.add(item)
    return found, sorted(failed, key=dataclasses.astuple)
