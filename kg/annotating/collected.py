"""What was read in all documents, put in order: in memory, or on disk where there is much of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator

from kg import packed
from kg.annotating.lifting import Read
from kg.lifted import from_texts
from kg.runs import Runs
from kg.types import Annotation, Document, Skipped

_BETWEEN = b"\n"  # of texts without ends of lines


class Collected(Collection[Annotation]):
    """What was read, in the order of the documents' names; on disk within `kg.runs.on_disk`.

    As a collection it gives annotations; they are made when they are asked for.
    """

    def __init__(self) -> None:
        self._records = Runs[tuple[str, str, bytes, bytes]]()

    def add(self, item: Read) -> None:
        """Takes one in. Raises OSError where the disk is full."""
        texts = _BETWEEN.join(each.encode("utf-8", "surrogatepass") for each in (item.line, *item.lifted.texts))
        self._records.add((item.document.name, item.document.id, packed.pack_document(item.document), texts))

    def documents(self) -> Iterator[Document]:
        """The documents alone."""
        return (packed.unpack_document(document) for _, _, document, _ in self._records)

    def lines(self) -> Iterator[str]:
        """The lines of annotated.jsonl."""
        return (f"{item.line}\n" for item in self.reads())

    def reads(self) -> Iterator[Read]:
        """All that is known of each."""
        for _, _, document, texts in self._records:
            line, *lifted = (text.decode("utf-8", "surrogatepass") for text in texts.split(_BETWEEN))
            yield Read(packed.unpack_document(document), line, from_texts(lifted))

    def __iter__(self) -> Iterator[Annotation]:
        return (item.annotation for item in self.reads())

    def __len__(self) -> int:
        return len(self._records)

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
