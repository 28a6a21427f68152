"""HTTP as uvicorn speaks it, with a bound on what comes before a request's body."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 1 << 16
"""Bytes of a request's first line and headers, a query by GET among them."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, which would take headers without end into memory."""

    _taken: int | None = 0

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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn, when nothing runs any more."""
        self._stop()
        await super().shutdown(sockets)
