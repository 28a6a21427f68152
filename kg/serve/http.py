"""HTTP as uvicorn speaks it, with a bound on what comes before a request's body, and answers sent in one piece."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 1 << 16
"""Bytes of a request's first line and headers, a query by GET among them."""

_SMALL = 1 << 16
"""Bytes that are rather copied than sent by themselves."""


class Joined:
    """A transport that sends small pieces of one turn of the event loop as one: each would wake the client anew."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keeps it until the turn is over."""
        if not self._pieces:
            asyncio.get_running_loop().call_soon(self.flush)
        self._pieces.append(data)
        if len(data) > _SMALL:
            self.flush()

    def close(self) -> None:
        """When all is sent."""
        self.flush()
        self._transport.close()

    def flush(self) -> None:
        """Sends what is there."""
        pieces, self._pieces = self._pieces, []
        if pieces:
            self._transport.write(b"".join(pieces))


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, which would take headers without end into memory."""

    _taken: int | None = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn."""
        super().connection_made(cast("asyncio.Transport", Joined(transport)))

    def data_received(self, data: bytes) -> None:
        """As uvicorn, but a head that does not end is answered with 400 and the connection is closed."""
        super().data_received(data)
        if self._taken is not None:
            self._taken += len(data)
            if self._taken > HEAD and not self.transport.is_closing():
                self.send_400_response(
                    f"the head of the request is larger than {HEAD >> 10} KB; send the query by POST"
                )

    def on_message_begin(self) -> None:
        """A head begins."""
        self._taken = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A head ends; what comes now is read by the application, within its limits."""
        self._taken = None
        super().on_headers_complete()


class Server(uvicorn.Server):
    """uvicorn's server, which would wait at its end for queries that run long: `stop` ends them."""

    def __init__(self, config: uvicorn.Config, *, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """As uvicorn, but a second Ctrl-C does not cut short what ends at once anyway."""
        super().handle_exit(sig, frame)
        self.force_exit = False

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn, when nothing runs any more."""
        self._stop()
        await super().shutdown(sockets)
