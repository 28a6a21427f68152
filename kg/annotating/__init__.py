"""Annotates documents batch by batch: here or in other processes, and only those that were not read before."""

from __future__ import annotations

import concurrent.futures as cf
from collections.abc import Iterable, Iterator

from kg import engines
from kg.annotating.cache import Cache, Shard, keyed, shards
from kg.annotating.model import Annotate, Model, Reader, Record, annotation, reader
from kg.errors import KgError
from kg.types import Annotation, Document, Skipped

__all__ = ["Annotate", "Cache", "Model", "Reader", "annotated", "reader"]

BATCH = 32
"""The most documents that are read at a time: enough for a network to be used well, few enough to be read again."""

Members = list[tuple[str, Document]]
"""Documents with their keys."""

_LEAST = 4  # batches for each process, so that all end at about the same time


def annotated(
    documents: Iterable[Document],
    reads: Reader,
    *,
    cache: Cache | None = None,
    jobs: int = 1,
    executor: cf.Executor | None = None,
) -> Iterator[Annotation | Skipped]:
    """What was read in each document, or why nothing was; in no fixed order, but each always the same.

    What the cache holds is not read again, what it lacks is added shard by shard. `jobs` and `executor` say where it
    is read; see `kg.engines.done`. Raises KgError where nothing can be read, OSError where nothing can be
    kept.
    """
    store, known = cache or Cache(None, None), keyed(documents)
    missing: set[Shard] = set()
    for shard, members in shards(known):
        records = store.read(shard, (name for name, _ in members))
        lacking = []
        for name, doc in members:
            if found := _parsed(records.get(name), doc):
                yield found
            else:
                lacking.append(name)
        if lacking:
            missing.add(shard)
        else:
            store.write(shard, records)
    yield from _read((each for each in shards(known) if each[0] in missing), reads, store, jobs, executor)
    store.keep(shard for shard, _ in shards(known))


def _read(
    missing: Iterable[tuple[Shard, Members]], reads: Reader, store: Cache, jobs: int, executor: cf.Executor | None
) -> Iterator[Annotation | Skipped]:
    """What is not in the cache: it is read, given and kept, a shard when all of it is there."""
    records: dict[Shard, dict[str, str]] = {}
    waiting: dict[Shard, int] = {}
    home: dict[str, tuple[Shard, str]] = {}

    def batches() -> Iterator[tuple[Document, ...]]:
        for shard, members in missing:
            kept = store.read(shard, (name for name, _ in members))
            records[shard] = {name: kept[name] for name, doc in members if _parsed(kept.get(name), doc)}
            lacking = [(name, doc) for name, doc in members if name not in records[shard]]
            waiting[shard] = len(lacking)
            home.update({doc.id: (shard, name) for name, doc in lacking})
            size = max(1, min(BATCH, -(-len(lacking) // (jobs * _LEAST))))
            yield from (tuple(doc for _, doc in part) for part in _parts(lacking, size))

    for doc, record in engines.done(reads.read, batches(), jobs=jobs, executor=executor):
        shard, name = home.pop(doc.id)
        if isinstance(record, str):
            records[shard][name] = record
        yield _told(record, doc)
        waiting[shard] -= 1
        if not waiting[shard]:
            store.write(shard, records.pop(shard))


def _parts(items: Members, size: int) -> Iterator[Members]:
    return (items[start : start + size] for start in range(0, len(items), size))


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
