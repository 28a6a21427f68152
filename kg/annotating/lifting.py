"""From what was read in documents to what is kept of them: a line of annotated.jsonl, and what is lifted from it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import TypeAlias

from kg.annotating.model import Record, annotation, code, failed
from kg.errors import KgError
from kg.lexicon import Entry, table, using
from kg.lifted import Lifted, from_texts, lifted
from kg.matchers import KEYS
from kg.types import Annotation, Document, Skipped, digest
from kg.writers import jsonl

_BETWEEN = "\t"  # which JSON holds as an escape only


@dataclasses.dataclass(frozen=True)
class Lifting:
    """How documents are lifted: evidence from which score on, and which entries the lexicon has besides its own."""

    threshold: float = 0.0
    entries: tuple[Entry, ...] = ()

    @functools.cached_property
    def fingerprint(self) -> str:
        """Tells two apart that may lift otherwise."""
        return digest((code(), self.threshold, *table.lines(sorted(self.entries))))


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """A document, what was read in it as a line of annotated.jsonl, and what is lifted from that."""

    document: Document
    line: str
    lifted: Lifted


Wanted: TypeAlias = tuple[Document, str]
"""A document, with what was read in it if that is known; else an empty text."""

Reads: TypeAlias = Callable[[tuple[Document, ...]], Sequence[Record]]


def work(reads: Reads, lifting: Lifting, wanted: tuple[Wanted, ...]) -> list[Record]:
    """What is kept of documents, in any process; those of which nothing is known are read."""
    unread = tuple(document for document, line in wanted if not line)
    records = iter(reads(unread) if unread else ())
    with using(lifting.entries):
        return [_record(line or next(records), document, lifting) for document, line in wanted]


def of(item: Annotation, lifting: Lifting) -> Read:
    """What was read before, lifted."""
    line = next(jsonl.annotated([item])).rstrip("\n")
    return Read(item.document, line, lifted(item, threshold=lifting.threshold, keys=KEYS))


def known(record: str, document: Document, lifting: Lifting) -> Read | Wanted:
    """What a record tells of its document; what it lacks is wanted."""
    fingerprint, line, *rest = record.split(_BETWEEN) if record else ("", "")
    return Read(document, line, from_texts(rest)) if fingerprint == lifting.fingerprint else (document, line)


def _record(record: Record, document: Document, lifting: Lifting) -> Record:
    """Whatever reads, the line is written from the annotation that is read from it, so that it is always the same."""
    if isinstance(record, Skipped):
        return record
    try:
        found = of(annotation(record, document), lifting)
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - what no graph can take costs its document alone
        return failed(document, error)
    return _BETWEEN.join((lifting.fingerprint, found.line, *found.lifted.texts))
