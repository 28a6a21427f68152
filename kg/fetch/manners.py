"""How a host is asked: as its robots.txt allows, one question at a time, with a pause between two."""

from __future__ import annotations

import contextlib
import dataclasses
import http
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import SkipDocument
from kg.fetch.client import Client

if TYPE_CHECKING:
    from protego import Protego

PAUSE = 1.0
"""Seconds between two questions to one host, unless its robots.txt asks for more."""

LONGEST_PAUSE = 30.0
"""A host that asks for longer pauses, or to come back later than this, is left alone for this run."""

ROBOTS = 512_000
"""Bytes of a robots.txt that are heeded (RFC 9309, 2.5: at least 500 kibibytes)."""


@dataclasses.dataclass(slots=True)
class _Host:
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)
    next: float = 0.0
    closed: str = ""


class Manners:
    """Gives turns at hosts; `token` is the name that robots.txt files know this program by.

    Safe for threads. `stop` ends all waiting.
    """

    def __init__(self, client: Client, token: str, *, pause: float = PAUSE) -> None:
        self._client = dataclasses.replace(client, limit=ROBOTS)
        self._token, self._pause = token, pause
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, Protego | str] = {}
        self._lock = threading.Lock()
        self.stop = threading.Event()

    @contextlib.contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Waits until the address may be asked; SkipDocument if it may not."""
        rules = self._heeded(url)
        if not rules.can_fetch(url, self._token):
            raise SkipDocument("its site's robots.txt asks programs not to read it")
        delay = max(self._pause, rules.crawl_delay(self._token) or 0)
        if delay > LONGEST_PAUSE:
            raise SkipDocument(f"its site's robots.txt asks for pauses of {delay:g} seconds")
        with self._alone(url, delay):
            yield

    def later(self, url: str, seconds: float) -> None:
        """The host asked to be left alone for so long: waits at the next turn, or is not asked again at all."""
        host = self._host(url)
        with host.lock:
            host.next = max(host.next, time.monotonic() + seconds)
            if seconds > LONGEST_PAUSE:
                host.closed = f"its site asks to be left alone for {seconds:.0f} seconds: come back later"

    def _heeded(self, url: str) -> Protego:
        """The rules of an address's robots.txt, asked for once."""
        place = urlsplit(url)
        origin = f"{place.scheme}://{place.netloc}"
        with self._lock:
            known = self._rules.get(origin)
        if known is None:
            known = self._asked(f"{origin}/robots.txt")
            with self._lock:
                self._rules[origin] = known
        if isinstance(known, str):
            raise SkipDocument(known)
        return known

    def _asked(self, url: str) -> Protego | str:
        """The rules, none where there is no such file, or why nothing may be fetched (RFC 9309, 2.3.1)."""
        from protego import Protego

        try:
            answer = self._client.get(url, lambda each: self._alone(each, self._pause), cut=True)
        except SkipDocument as reason:
            return f"its site's robots.txt can't be read: {reason}"
        if answer.status == http.HTTPStatus.OK:
            return Protego.parse(answer.body.decode("utf-8-sig", "replace"))
        if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == http.HTTPStatus.TOO_MANY_REQUESTS:
            return f"its site's robots.txt can't be read: answered {answer.status}"
        return Protego.parse("")

    @contextlib.contextmanager
    def _alone(self, url: str, delay: float) -> Iterator[None]:
        host = self._host(url)
        with host.lock:
            if host.closed:
                raise SkipDocument(host.closed)
            self.stop.wait(max(0.0, host.next - time.monotonic()))
            if self.stop.is_set():
                raise SkipDocument("stopped")
            try:
                yield
            finally:
                host.next = time.monotonic() + delay

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(urlsplit(url).hostname or "", _Host())
