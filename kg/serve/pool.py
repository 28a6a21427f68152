"""The workers of a server: a few for quick queries, more while long ones run, none beyond its time or memory."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import KgError
from kg.serve.frames import TEXT, Answer, Task
from kg.serve.line import Line, connected
from kg.serve.nursery import Nursery

Left: TypeAlias = Callable[[], Coroutine[None, None, None]]
"""Makes what returns when nobody waits for the answer any more."""

PATIENCE = 0.25
"""Seconds after which a query counts as long: its worker gets less of the CPU, and another one takes its place."""

_LONG = 4
"""Workers that may be busy with long queries beside those for quick ones."""

_NICE = 10
_QUEUE = 256
"""Queries that may wait for a worker; more are sent away at once."""

_BUSY = "all workers are busy with long queries; try again in a few seconds"
_CLOSING = "the server is closing"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of one query: seconds, bytes of memory beside the graph, bytes of its answer; and how many run side by side."""

    seconds: float = 10
    memory: int = 1 << 30
    size: int = 1 << 26
    workers: int = max(2, os.cpu_count() or 2)


@dataclasses.dataclass(slots=True, eq=False)
class _Worker:
    pid: int
    line: Line
    nursery: Nursery
    long: bool = False


class Pool:
    """Answers tasks with processes that can be killed. Reads the graph when made; raises KgError if it can't."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self._path = path
        self._nursery = self._made()
        self._making = asyncio.Lock()
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._waiting = self._long = 0
        self._stopped = False
        self._jobs: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Workers for quick queries; more come as they are needed."""
        await asyncio.gather(*(self._add() for _ in range(self.limits.workers)))

    def stop(self) -> None:
        """Ends what runs, so that whoever waits is told so and the server can close."""
        self._stopped = True
        for worker in self._all:
            with contextlib.suppress(OSError):
                os.kill(worker.pid, signal.SIGKILL)  # it stays a child of the nursery until that is told, so it is it
        for _ in range(self._waiting):
            self._idle.put_nowait(None)

    async def close(self) -> None:
        """Ends all of them, whatever they do."""
        for job in tuple(self._jobs):
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        for worker in self._all:
            worker.line.close()
        await asyncio.to_thread(self._nursery.close)

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return len(self._all)

    async def ask(self, task: Task, *, left: Left | None = None) -> Answer:
        """The answer to a task: 503 where it would pass a limit. A long query is given up when `left` returns."""
        worker = await self._take()
        if worker is None:
            return _told(503, _CLOSING if self._stopped else _BUSY)
        last = True
        try:
            found = await self._answer(worker, task, left)
            if found is None:
                ended = await asyncio.to_thread(worker.nursery.kill, worker.pid)
                return _told(503, _CLOSING if self._stopped else _fate(ended))
            last = found.last or worker.long
        except TimeoutError:
            return _told(503, f"no answer within {self.limits.seconds:g} s; narrow the query or set a LIMIT")
        else:
            return found
        finally:
            if last:
                self._retire(worker)
            else:
                self._idle.put_nowait(worker)

    async def _take(self) -> _Worker | None:
        """An idle worker, or the next one that becomes idle; None if that takes as long as a query may."""
        while not self._stopped and not self._idle.empty():
            if (worker := self._idle.get_nowait()) and not worker.line.lost:
                return worker
            if worker:
                self._retire(worker)  # it died while it had nothing to do
        if self._stopped or self._waiting >= _QUEUE:
            return None
        if not self._all and not self._jobs:  # none could be had before
            self._begin(self._add())
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._idle.get()
        except TimeoutError:
            return None
        finally:
            self._waiting -= 1

    async def _answer(self, worker: _Worker, task: Task, left: Left | None) -> Answer | None:
        answer = worker.line.ask(task)
        patience = min(PATIENCE, self.limits.seconds / 2)
        await asyncio.wait([answer], timeout=patience)
        if not answer.done():
            self._let_run(worker)
            await _first(answer, left, self.limits.seconds - patience)
        return answer.result()

    def _let_run(self, worker: _Worker) -> None:
        """A long query gives way to others: less of the CPU, and a place of its own as long as there is one."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, _NICE)
        if self._long < _LONG:
            self._long += 1
            worker.long = True
            self._begin(self._add())

    def _retire(self, worker: _Worker) -> None:
        """Ends a worker, and puts another one into its place unless that was done when its query became long."""
        self._all.discard(worker)
        worker.line.close()
        if worker.long:
            self._long -= 1
        if not self._stopped:
            self._begin(self._replace(worker))

    async def _replace(self, worker: _Worker) -> None:
        await asyncio.to_thread(worker.nursery.kill, worker.pid)
        if not worker.long:
            await self._add()

    async def _add(self) -> None:
        try:
            nursery = self._nursery
            try:
                pid, connection = await asyncio.to_thread(nursery.fork)
            except OSError:
                nursery = await self._renewed(nursery)
                pid, connection = await asyncio.to_thread(nursery.fork)
        except (OSError, KgError):  # queries are told that all are busy, /health says so, and the next one tries again
            return
        worker = _Worker(pid, await connected(connection), nursery)
        self._all.add(worker)
        self._idle.put_nowait(worker)

    async def _renewed(self, dead: Nursery) -> Nursery:
        """Another nursery in the place of one that died; the workers of that one go on until they are retired."""
        async with self._making:
            if self._nursery is dead:
                await asyncio.to_thread(dead.close)
                self._nursery = await asyncio.to_thread(self._made)
            return self._nursery

    def _made(self) -> Nursery:
        return Nursery(self._path, memory=self.limits.memory, size=self.limits.size)

    def _begin(self, job: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(job)
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)


async def _first(answer: asyncio.Future[Any], left: Left | None, seconds: float) -> None:
    """Returns when the answer is there; TimeoutError if it takes too long or nobody waits for it any more."""
    gone = asyncio.ensure_future(left()) if left else None
    try:
        await asyncio.wait({answer, gone} if gone else {answer}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise TimeoutError
    finally:
        if gone:
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)


def _fate(ended: int) -> str:
    """Why a worker ended by itself; the allocator of the engine aborts where memory is refused."""
    if ended == signal.SIGSEGV:
        return "the query is nested too deeply; simplify it"
    return "the query needs more memory than it may have; narrow it or set a LIMIT"


def _told(status: int, text: str) -> Answer:
    return Answer(status, TEXT, text.encode() + b"\n")
