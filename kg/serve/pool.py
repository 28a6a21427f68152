"""The workers of a server: a few for quick queries, more while long ones run, none beyond its time or memory."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import signal
import socket
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeAlias

from kg.serve.frames import HEAD, TEXT, Answer, Task, read_head
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
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    long: bool = False


class Pool:
    """Answers tasks with processes that can be killed. Reads the graph when made; raises KgError if it can't."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self._nursery = Nursery(path, memory=limits.memory, size=limits.size)
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
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

    async def close(self) -> None:
        """Ends all of them, whatever they do."""
        for job in tuple(self._jobs):
            job.cancel()
        for worker in self._all:
            worker.writer.close()
        await asyncio.to_thread(self._nursery.close)

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return len(self._all)

    async def ask(self, task: Task, *, left: Left | None = None) -> Answer:
        """The answer to a task: 503 where it would pass a limit. A long query is given up when `left` returns."""
        worker = await self._take()
        if worker is None:
            return _told(503, "all workers are busy with long queries; try again in a few seconds")
        last = True
        try:
            worker.writer.write(task.packed())
            found = await self._answer(worker, left)
            last = found.last or worker.long
        except TimeoutError:
            found = _told(503, f"no answer within {self.limits.seconds:g} s; narrow the query or set a LIMIT")
        except (asyncio.IncompleteReadError, ConnectionError):
            found = _told(503, _fate(await asyncio.to_thread(self._nursery.kill, worker.pid)))
        finally:
            if last:
                self._retire(worker)
            else:
                self._idle.put_nowait(worker)
        return found

    async def _take(self) -> _Worker | None:
        """An idle worker, or the next one that becomes idle; None if that takes as long as a query may."""
        while not self._idle.empty():
            if not (worker := self._idle.get_nowait()).reader.at_eof():
                return worker
            self._retire(worker)  # it died while it had nothing to do
        if self._waiting >= _QUEUE:
            return None
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._idle.get()
        except TimeoutError:
            return None
        finally:
            self._waiting -= 1

    async def _answer(self, worker: _Worker, left: Left | None) -> Answer:
        patience = min(PATIENCE, self.limits.seconds / 2)
        try:
            async with asyncio.timeout(patience):
                head = await worker.reader.readexactly(HEAD.size)
        except TimeoutError:
            self._let_run(worker)
            head = await _first(worker.reader.readexactly(HEAD.size), left, self.limits.seconds - patience)
        status, last, media, length = read_head(head)
        return Answer(status, media, await worker.reader.readexactly(length), last)

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
        worker.writer.close()
        if worker.long:
            self._long -= 1
        if not self._stopped:
            self._begin(self._replace(worker.pid, again=not worker.long))

    async def _replace(self, pid: int, *, again: bool) -> None:
        await asyncio.to_thread(self._nursery.kill, pid)
        if again:
            await self._add()

    async def _add(self) -> None:
        try:
            pid, connection = await asyncio.to_thread(self._nursery.fork)
        except OSError:  # the nursery is gone: queries are told that all are busy, and /health says so
            return
        worker = _Worker(pid, *await _streams(connection))
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _begin(self, job: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(job)
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)


async def _first(reading: Coroutine[None, None, bytes], left: Left | None, seconds: float) -> bytes:
    """What is read, or TimeoutError if it takes too long or nobody waits for it any more."""
    wanted = asyncio.ensure_future(reading)
    tasks: set[asyncio.Future[Any]] = {wanted, *([asyncio.ensure_future(left())] if left else [])}
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not wanted.done():
            raise TimeoutError
        return await wanted
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _streams(connection: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    connection.setblocking(False)
    return await asyncio.open_unix_connection(sock=connection)


def _fate(ended: int) -> str:
    """Why a worker ended by itself; the allocator of the engine aborts where memory is refused."""
    if ended == signal.SIGSEGV:
        return "the query is nested too deeply; simplify it"
    return "the query needs more memory than it may have; narrow it or set a LIMIT"


def _told(status: int, text: str) -> Answer:
    return Answer(status, TEXT, text.encode() + b"\n")
