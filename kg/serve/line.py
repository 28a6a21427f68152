"""The server's end of a worker's socket: a task goes out, an answer comes in, one after the other."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

from kg.serve.frames import HEAD, Answer, Task, read_head


class Line(asyncio.Protocol):
    """A worker to ask; `lost` when there is none any more. Plainer than asyncio's streams, and half their cost."""

    def __init__(self) -> None:
        self.lost = False
        self._data = bytearray()
        self._answer: asyncio.Future[Answer | None] | None = None
        self._transport: asyncio.Transport | None = None

    def ask(self, task: Task) -> asyncio.Future[Answer | None]:
        """What will be the answer; None if the worker ends before it. To be called when the one before is there."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None:
            self._answer.set_result(None)
        else:
            self._transport.write(task.packed())
        return self._answer

    def close(self) -> None:
        """Lets go of the worker, which ends when it has nothing to do."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As asyncio has it."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """A piece of an answer."""
        self._data += data
        if len(self._data) < HEAD.size:
            return
        status, last, media, length = read_head(bytes(self._data[: HEAD.size]))
        if len(self._data) == HEAD.size + length:
            self._tell(Answer(status, media, bytes(memoryview(self._data)[HEAD.size :]), last))
            self._data = bytearray()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's form
        """The worker has ended, or was let go."""
        self.lost, self._transport = True, None
        self._tell(None)

    def _tell(self, answer: Answer | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)


async def connected(connection: socket.socket) -> Line:
    """The line over a socket that leads to a worker."""
    connection.setblocking(False)
    _, line = await asyncio.get_running_loop().create_unix_connection(Line, sock=connection)
    return line
