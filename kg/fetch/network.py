"""Connections that hostile names and servers can't misuse: to checked addresses alone, and over by a fixed time."""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore2

from kg.errors import SkipDocument

CONNECT, READ, WHOLE = 10.0, 15.0, 45.0
"""The most seconds for a connection, between two pieces of an answer, and from the look-up of a name to the end."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Block = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_PROTOCOLS = ipaddress.IPv4Network("192.0.0.0/24")  # RFC 6890; Python 3.11.9 and before take parts for public


class Network(httpcore2.NetworkBackend):
    """Connects to public addresses, and to those of the `allowed` blocks; whatever it does is over in `seconds`.

    A name is looked up once, all its addresses are checked, and the connection goes to the very address that was
    checked: a name that leads elsewhere the next time (DNS rebinding) wins nothing. SkipDocument tells of an address
    that is not public, the exceptions of httpcore2 of all else.
    """

    def __init__(self, allowed: Sequence[Block] = (), *, seconds: float = WHOLE) -> None:
        self._allowed, self._end = allowed, time.monotonic() + seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first of the host's addresses that takes one."""
        error: Exception = httpcore2.ConnectError("the name has no address")
        for address in self._checked(host, port, timeout):
            try:
                found = httpcore2.SyncBackend().connect_tcp(
                    str(address), port, _left(self._end, timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as again:
                error = again
            else:
                return _Stream(found, self._end)
        raise error

    def _checked(self, host: str, port: int, timeout: float | None) -> list[Address]:
        found = _look_up(host, port, _left(self._end, timeout))
        for address in found:
            if not (public(address) or any(address in block for block in self._allowed)):
                raise SkipDocument(f"{host} is at {address}, which is no public address: allow it with --allow")
        return found


class _Stream(httpcore2.NetworkStream):
    """A connection on which each step waits no longer than until `end`, however slowly the bytes come."""

    def __init__(self, stream: httpcore2.NetworkStream, end: float) -> None:
        self._stream, self._end = stream, end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._end, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._end, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same, encrypted, with a server that proves to be the one of the name."""
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(self._end, timeout)), self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def public(address: Address) -> bool:
    """Whether an address is one of the internet's at large, also by the IPv4 address that it may carry in itself.

    By the registries of special addresses (RFC 6890): not this machine, its network, its links, its provider's.
    """
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None,))[-1]
        if address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if carried:
            return public(carried)
    return address.is_global and not address.is_multicast and address not in _PROTOCOLS


def _look_up(host: str, port: int, seconds: float) -> list[Address]:
    """The addresses of a name, in the system's order; the system's look-up knows no time limit of its own."""
    answer: queue.SimpleQueue[list[Any] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.put(OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise httpcore2.ConnectTimeout("the name was not found in time") from None
    if isinstance(found, OSError):
        raise httpcore2.ConnectError(f"the name is not known ({found})")
    return [ipaddress.ip_address(each[4][0].partition("%")[0]) for each in found]


def _left(end: float, timeout: float | None) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is over")
    return left if timeout is None else min(left, timeout)
