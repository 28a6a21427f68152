"""Annotates documents batch by batch: here or in other processes, and only those that were not read before."""

from __future__ import annotations

import concurrent.futures as cf
from collections.abc import Iterable, Iterator, Sequence

from kg.annotating import engines
from kg.annotating.cache import Cache, Shard, key, shards
from kg.annotating.model import Annotate, Model, Reader, Record, annotation, reader
from kg.errors import KgError
from kg.types import Annotation, Document, Skipped

__all__ = ["Annotate", "Cache", "Model", "Reader", "annotated", "reader"]

BATCH = 32
"""The most documents that are read at a time: enough for a network to be used well, few enough to be read again."""

_LEAST = 4  # batches for each process, so that all end at about the same time


def annotated(
    documents: Sequence[Document],
    reads: Reader,
    *,
    cache: Cache | None = None,
    jobs: int = 1,
    executor: cf.Executor | None = None,
) -> Iterator[Annotation | Skipped]:
    """What was read in each document, or why nothing was; in no fixed order, but each always the same.

    What the cache holds is not read again, what it lacks is added shard by shard. `jobs` and `executor` say where it
    is read; see `kg.annotating.engines.done`. Raises KgError where nothing can be read, OSError where nothing can be
    kept.
    """
    store = cache or Cache(None, None)
    divided = shards(documents)
    known: dict[Shard, dict[str, str]] = {}
    missing: dict[Shard, dict[str, Document]] = {}
    for shard, members in divided.items():
        records, lacking = store.read(shard, (name for name, _ in members)), dict[str, Document]()
        for name, doc in members:
            if found := _parsed(records.get(name), doc):
                yield found
            else:
                lacking[name] = doc
                records.pop(name, None)
        if lacking:
            known[shard], missing[shard] = records, lacking
        else:
            store.write(shard, records)
    size = max(1, min(BATCH, -(-sum(map(len, missing.values())) // (jobs * _LEAST))))
    home = {doc.id: shard for shard, lacking in missing.items() for doc in lacking.values()}
    waiting = {shard: len(lacking) for shard, lacking in missing.items()}
    for doc, record in engines.done(reads.read, _batches(missing.values(), size), jobs=jobs, executor=executor):
        shard = home[doc.id]
        if isinstance(record, str):
            known[shard][key(doc)] = record
        yield _told(record, doc)
        waiting[shard] -= 1
        if not waiting[shard]:
            store.write(shard, known.pop(shard))
    store.keep(divided)


def _batches(missing: Iterable[dict[str, Document]], size: int) -> Iterator[tuple[Document, ...]]:
    for lacking in missing:
        items = list(lacking.values())
        yield from (tuple(items[start : start + size]) for start in range(0, len(items), size))


def _told(record: Record | None, document: Document) -> Annotation | Skipped:
    if record is None:
        return Skipped(document.name, "reading it ended the process, perhaps for want of memory")
    if isinstance(record, Skipped):
        return record
    found = _parsed(record, document)
    if found is None:
        raise KgError(f"what was read in {document.name} can't be stored: it is no record of annotated.jsonl")
    return found


def _parsed(record: str | None, document: Document) -> Annotation | None:
    """The annotation that a record holds, None if it is damaged."""
    try:
        return annotation(record, document) if record else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
