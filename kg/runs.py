"""Sorts more records than memory holds: sorted runs on disk, merged as they are read."""

from __future__ import annotations

import collections
import contextlib
import contextvars
import heapq
import itertools
import marshal
import operator
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MOST = 1 << 16
"""So many records are held in memory at a time,"""
LARGEST = 1 << 25
"""or so many bytes, where records end with bytes."""

_place: contextvars.ContextVar[Path | None] = contextvars.ContextVar("place", default=None)


@contextlib.contextmanager
def on_disk(folder: Path | None) -> Iterator[None]:
    """Within it, what is more than MOST records, and each graph of `kg.shelf`, is kept in files of that folder.

    None of them keeps its name, so none is left over, whatever ends this process. None: in memory, as without it.
    """
    token = _place.set(folder)
    try:
        yield
    finally:
        _place.reset(token)


def place() -> Path | None:
    """The folder for what is too much for memory; None if all is to be held there."""
    return _place.get()


_AT_ONCE = 32  # records that are taken in before it is looked how much memory they take
_CHUNK = 256  # records that are read from a run at a time
_WIDTH = 64  # runs that are open at a time
_LENGTH = 8  # bytes that tell how long a chunk is


class Runs(Generic[T]):
    """Records that are added in any order and read in theirs, which takes no more memory the more there are.

    A record is a tuple of what `marshal` holds: texts, bytes, numbers, tuples of these; any two must be comparable.
    All stays in memory unless it is made within `on_disk`. One reader at a time.
    """

    def __init__(self, records: Iterable[T] = (), *, most: int = MOST) -> None:
        self._folder, self._most = place(), most
        self._length = self._size = 0
        self._new: list[T] = []
        self._runs: list[_Run] = []
        self.extend(records)

    def add(self, record: T) -> None:
        """Takes a record in. Raises OSError where the disk is full."""
        self._take([record])

    def extend(self, records: Iterable[T]) -> None:
        """Takes records in."""
        rest = iter(records)
        while some := list(itertools.islice(rest, min(_AT_ONCE, self._most))):
            self._take(some)

    def _take(self, some: list[T]) -> None:
        self._length += len(some)
        self._new += some
        if self._folder:
            self._size += sum(map(_size, some))
            if len(self._new) >= self._most or self._size > LARGEST:
                self._new.sort()
                self._write(self._new)
                self._new, self._size = [], 0

    def __iter__(self) -> Iterator[T]:
        """The records in their order, equal ones as often as they were added."""
        self._new.sort()
        return heapq.merge(self._new, *self._runs) if self._runs else iter(self._new)

    def __len__(self) -> int:
        return self._length

    def _write(self, records: Iterable[T]) -> None:
        if len(self._runs) == _WIDTH:
            runs, self._runs = self._runs, []
            self._write(heapq.merge(*runs))
        self._runs.append(_Run(records, self._folder))


class _Run:
    """Records in a file without a name, which goes with this."""

    def __init__(self, records: Iterable[object], folder: Path | None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        for chunk in _chunks(records):
            data = marshal.dumps(chunk)
            self._file.write(len(data).to_bytes(_LENGTH) + data)

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        while length := self._file.read(_LENGTH):
            data = self._file.read(int.from_bytes(length))
            yield from marshal.loads(data)  # noqa: S302 - from a file that nobody else could write

    def __del__(self) -> None:
        self._file.close()


def _chunks(records: Iterable[object]) -> Iterator[list[object]]:
    """What is read at a time: not many records, and not many bytes."""
    chunk, size = list[object](), 0
    for record in records:
        chunk.append(record)
        size += _size(record)
        if len(chunk) == _CHUNK or size > _CHUNK << 10:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(record: object) -> int:
    """The length of the bytes that a record ends with, 0 if it ends otherwise."""
    return len(record[-1]) if isinstance(record, tuple) and isinstance(record[-1], bytes) else 0


def gathered(records: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Records that have their first field in common, in their order."""
    if place():
        yield from (list(group) for _, group in itertools.groupby(Runs(records), operator.itemgetter(0)))
        return
    found: dict[Any, list[tuple[Any, ...]]] = {}
    for record in records:
        found.setdefault(record[0], []).append(record)
    for key in sorted(found):
        yield sorted(found.pop(key))


def grouped(records: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Records that have their first field in common, those that are alone left out; in their order, each once."""
    for group in gathered(records) if place() else _several(records):
        found = [record for record, _ in itertools.groupby(group)]
        if len(found) > 1:
            yield found


def _several(records: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """What `gathered` gives, without most of the records that are alone, which are not even sorted."""
    first: dict[Any, tuple[Any, ...]] = {}
    found: dict[Any, list[tuple[Any, ...]]] = {}
    for record in records:
        if (other := first.setdefault(record[0], record)) is not record:
            found.setdefault(record[0], [other]).append(record)
    del first
    for key in sorted(found):
        yield sorted(found.pop(key))


def counted(keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each key with how often it comes."""
    if place() is None:
        yield from collections.Counter(keys).items()
        return
    for key, group in itertools.groupby(Runs(keys)):
        yield key, sum(1 for _ in group)
