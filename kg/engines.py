"""Where work is done: here, in processes of this machine, or in whatever else takes functions: an Executor."""

from __future__ import annotations

import collections
import concurrent.futures as cf
import contextlib
import functools
import multiprocessing as mp
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")
Work: TypeAlias = Callable[[tuple[T, ...]], Sequence[R]]
"""Gives a result for each item, always the same; where it is to run elsewhere, a function that `pickle` can send."""

_AHEAD = 2  # batches in hand for each process
_WIDTH = 64  # batches in hand where the number of workers is not known
_TRIES = 3  # of a batch that an engine lost, and of an item that ended its process


def done(
    work: Work[T, R], batches: Iterable[tuple[T, ...]], *, jobs: int = 1, executor: cf.Executor | None = None
) -> Iterator[tuple[T, R | None]]:
    """Each item with its result, as they come in; None for one that ends every process that works on it.

    `executor` is anything shaped like `concurrent.futures.Executor`; without one the work is done here or, with `jobs`
    above 1, in so many new processes. A process that is killed costs nothing but time: what it had in hand is done
    again. Raises KgError where the engine gives up.
    """
    if executor is not None:
        return _foreign(work, batches, executor)
    return _processes(work, batches, jobs) if jobs > 1 else _here(work, batches)


@contextlib.contextmanager
def beside(work: Callable[[T], R], item: T, *, jobs: int = 1) -> Iterator[Callable[[], R]]:
    """Gives the result of an item when it is asked for; with `jobs` above 1 it is made meanwhile, in a new process.

    Where that process is killed the work is done here.
    """
    if jobs == 1:
        yield functools.partial(work, item)
        return

    def result() -> R:
        try:
            return future.result()
        except cf.BrokenExecutor:
            return work(item)

    with _pool(1) as pool:
        future = pool.submit(work, item)
        yield result


def _here(work: Work[T, R], batches: Iterable[tuple[T, ...]]) -> Iterator[tuple[T, R]]:
    for batch in batches:
        yield from zip(batch, work(batch), strict=True)


def _foreign(work: Work[T, R], batches: Iterable[tuple[T, ...]], executor: cf.Executor) -> Iterator[tuple[T, R | None]]:
    tries: collections.Counter[tuple[T, ...]] = collections.Counter()
    waiting = _Queue(batches)
    for batch, found in _flow(work, waiting, executor, _WIDTH):
        if not isinstance(found, Exception):
            yield from zip(batch, found, strict=True)
            continue
        tries[batch] += 1
        if tries[batch] == _TRIES or isinstance(found, KgError):
            why = " ".join(f"{type(found).__name__}: {found}".split())[:200]
            raise KgError(f"the engine could not do a batch of {len(batch)} ({why})") from found
        waiting.again.append(batch)


def _processes(work: Work[T, R], batches: Iterable[tuple[T, ...]], jobs: int) -> Iterator[tuple[T, R | None]]:
    _check(work)
    waiting, lost = _Queue(batches), [tuple[T, ...]()]
    while lost:
        lost = []
        with _pool(jobs) as pool:
            for batch, found in _flow(work, waiting, pool, jobs * _AHEAD):
                if isinstance(found, cf.BrokenExecutor):
                    lost.append(batch)
                elif isinstance(found, Exception):
                    raise found
                else:
                    yield from zip(batch, found, strict=True)
        if lost:
            yield from _carefully(work, lost)


def _carefully(work: Work[T, R], lost: Iterable[tuple[T, ...]]) -> Iterator[tuple[T, R | None]]:
    """What a dead process had in hand, batch by batch; where one dies again in halves, down to the item to blame."""
    waiting, whole = _Queue(lost), False
    tries: collections.Counter[tuple[T, ...]] = collections.Counter()
    while not whole:
        whole = True
        with _pool(1) as pool:
            for batch, found in _flow(work, waiting, pool, 1):
                if not isinstance(found, Exception):
                    yield from zip(batch, found, strict=True)
                    continue
                if not isinstance(found, cf.BrokenExecutor):
                    raise found
                whole, half = False, len(batch) // 2
                tries[batch] += 1
                if half:
                    waiting.again.extendleft((batch[half:], batch[:half]))
                elif tries[batch] < _TRIES:
                    waiting.again.appendleft(batch)
                else:
                    yield batch[0], None


class _Queue(Iterator[T]):
    """What is waiting, and what is to be done again."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = iter(items)
        self.again: collections.deque[T] = collections.deque()

    def __next__(self) -> T:
        return self.again.popleft() if self.again else next(self._items)


def _flow(
    work: Work[T, R], waiting: Iterator[tuple[T, ...]], executor: cf.Executor, width: int
) -> Iterator[tuple[tuple[T, ...], Sequence[R] | Exception]]:
    """Each batch with what came of it, `width` of them in hand at a time; ends early where the executor is broken."""
    hand: dict[cf.Future[Sequence[R]], tuple[T, ...]] = {}
    whole = True
    while True:
        while whole and len(hand) < width and (batch := next(waiting, None)) is not None:
            try:
                hand[executor.submit(work, batch)] = batch
            except cf.BrokenExecutor as broken:
                whole = False
                yield batch, broken
        if not hand:
            return
        for future in cf.wait(hand, return_when=cf.FIRST_COMPLETED).done:
            batch, error = hand.pop(future), future.exception()
            whole = whole and not isinstance(error, cf.BrokenExecutor)
            if error is not None and not isinstance(error, Exception):
                raise error
            yield batch, error or future.result()


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[cf.Executor]:
    """New processes, started afresh (`spawn`), so that they share neither threads nor locks with this one."""
    pool = cf.ProcessPoolExecutor(jobs, mp_context=mp.get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Ctrl-C is the parent's business; where the parent is killed, nobody would end its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := mp.parent_process():
        parent.join()
        os._exit(1)


def _check(work: object) -> None:
    try:
        pickle.dumps(work)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise KgError(
            f"what annotates can't be sent to other processes ({error}): give the folder of a model, or a function of "
            "a module"
        ) from error
