"""The server: SPARQL 1.1 Protocol, linked data, an editor and the picture of a graph, read-only, for this machine."""

from __future__ import annotations

import contextlib
import importlib.util
import ipaddress
import socket
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.serve.pool import Limits

NEEDED = ("httptools", "starlette", "uvicorn")

CONNECTIONS = 1000
"""That many clients at once; more are answered with 503."""


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    names: Collection[str] = (),
    origins: Collection[str] = (),
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serves a folder that `kg build` filled, or a file of RDF, until it is stopped.

    `port` 0 takes any that is free. `names` and `origins` as in `kg.serve.app.make`. `ready` is called with the
    server's address when it listens. Raises KgError where the graph can't be read, the port is taken, or what a
    server needs is not installed.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise KgError(f"kg serve needs {' and '.join(missing)}; install with: pip install {' '.join(missing)}")
    import uvicorn

    from kg.serve.app import make
    from kg.serve.http import BoundedProtocol, Server
    from kg.serve.pool import Limits, Pool

    with _listening(host, port) as listener:
        pool = Pool(path, limits or Limits())
        hosts = (*names, *([] if _is_address(host) else [host]))
        config = uvicorn.Config(
            make(pool, path, hosts=hosts, origins=origins),
            http=BoundedProtocol,
            ws="none",
            limit_concurrency=CONNECTIONS,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=2,
        )
        if ready:
            ready(_address(listener))
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn says it again when all is closed
            Server(config, stop=pool.stop).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise KgError(f"can't listen at {host}:{port} ({error.strerror}); choose another --port") from error
    # connections take it over; else a small answer waits for the client to acknowledge its head (Nagle), 40 ms
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
