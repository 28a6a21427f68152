"""What holds for every request, whatever it asks: which host it names, and which headers the answer carries."""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?"
"""Pages of this machine may read the answers (CORS), and no others unless they are named."""

_FOREIGN = "the Host header names another server; if this one has that name, start it with --name"
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]/@\s]+)(?::\d{1,5})?", re.IGNORECASE)
_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}


@functools.lru_cache(maxsize=256)
def names_us(host: str, known: frozenset[str]) -> bool:
    """Whether a Host header may stand before our address.

    A page of another site that had its own name lead to this machine (DNS rebinding) sends that name; an address in
    digits can't be made to lead elsewhere.
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found[1].strip("[]").lower().rstrip(".")
    return name in known or name == "localhost" or _is_address(name)


class Guard:
    """An ASGI application around another one: 421 for a foreign host, and headers that keep browsers from harm."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started = False

        async def headed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _ALWAYS.items() if pair[0] not in given)]
            await send(message)

        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not names_us(hosts[0].decode("latin-1"), self._hosts):
            await _refuse(headed, 421, _FOREIGN)
            return
        try:
            await self._app(scope, receive, headed)
        except asyncio.CancelledError:  # the server closes, and waited for this as long as it does
            if not started:
                await _refuse(headed, 503, "the server is closing")


async def _refuse(send: Send, status: int, text: str) -> None:
    from kg.serve.frames import TEXT

    data = f"{text}\n".encode()
    head = [(b"content-type", TEXT.encode()), (b"content-length", str(len(data)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": data})


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
