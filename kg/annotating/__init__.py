"""Reads documents batch by batch: here or in other processes, and only those that were not read before."""

from __future__ import annotations

import concurrent.futures as cf
import functools
from collections.abc import Iterable, Iterator

from kg import engines
from kg.annotating.cache import Cache, Shard, keyed, shards
from kg.annotating.lifting import Lifting, Read, Wanted, known, work
from kg.annotating.model import Annotate, Model, Reader, Record, reader
from kg.types import Document, Skipped

__all__ = ["Annotate", "Cache", "Lifting", "Model", "Read", "Reader", "annotated", "reader"]

BATCH = 32
"""The most documents that are read at a time: enough for a network to be used well, few enough to be read again."""

Members = list[tuple[str, Wanted]]
"""What is wanted of documents, with their keys."""

_LEAST = 4  # batches for each process, so that all end at about the same time


def annotated(
    documents: Iterable[Document],
    reads: Reader,
    *,
    lifting: Lifting | None = None,
    cache: Cache | None = None,
    jobs: int = 1,
    executor: cf.Executor | None = None,
) -> Iterator[Read | Skipped]:
    """What was read in each document and lifted from it, or why nothing was; in no fixed order, each always the same.

    What the cache holds is not read again, what it lacks is added shard by shard. `jobs` and `executor` say where it
    is read; see `kg.engines.done`. Raises KgError where nothing can be read, OSError where nothing can be
    kept.
    """
    store, listed = cache or Cache(None, None), keyed(documents)
    lifts = lifting or Lifting()
    missing: set[Shard] = set()
    for shard, members in shards(listed):
        records = store.read(shard, (name for name, _ in members))
        found = [known(records.get(name, ""), document, lifts) for name, document in members]
        yield from (each for each in found if isinstance(each, Read))
        if all(isinstance(each, Read) for each in found):
            store.write(shard, records)
        else:
            missing.add(shard)
    yield from _read((each for each in shards(listed) if each[0] in missing), reads, lifts, store, jobs, executor)
    store.keep(shard for shard, _ in shards(listed))


def _read(
    missing: Iterable[tuple[Shard, list[tuple[str, Document]]]],
    reads: Reader,
    lifting: Lifting,
    store: Cache,
    jobs: int,
    executor: cf.Executor | None,
) -> Iterator[Read | Skipped]:
    """What is not in the cache: it is read, given and kept, a shard when all of it is there."""
    records: dict[Shard, dict[str, str]] = {}
    waiting: dict[Shard, int] = {}
    home: dict[str, tuple[Shard, str]] = {}

    def batches() -> Iterator[tuple[Wanted, ...]]:
        for shard, members in missing:
            kept = store.read(shard, (name for name, _ in members))
            told = [(name, known(kept.get(name, ""), document, lifting)) for name, document in members]
            lacking = [(name, each) for name, each in told if not isinstance(each, Read)]
            records[shard] = {name: kept[name] for name, each in told if isinstance(each, Read)}
            waiting[shard] = len(lacking)
            home.update({document.id: (shard, name) for name, (document, _) in lacking})
            size = max(1, min(BATCH, -(-len(lacking) // (jobs * _LEAST))))
            yield from (tuple(each for _, each in part) for part in _parts(lacking, size))

    does = functools.partial(work, reads.read, lifting)
    for (document, _), record in engines.done(does, batches(), jobs=jobs, executor=executor):
        shard, name = home.pop(document.id)
        if isinstance(record, str):
            records[shard][name] = record
        yield _told(record, document, lifting)
        waiting[shard] -= 1
        if not waiting[shard]:
            store.write(shard, records.pop(shard))


def _parts(items: Members, size: int) -> Iterator[Members]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _told(record: Record | None, document: Document, lifting: Lifting) -> Read | Skipped:
    if record is None:
        return Skipped(document.name, "reading it ended the process, perhaps for want of memory")
    if isinstance(record, Skipped):
        return record
    found = known(record, document, lifting)
    return found if isinstance(found, Read) else Skipped(document.name, "a process with another version of kg read it")
