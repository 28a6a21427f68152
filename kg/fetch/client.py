"""One address asked over HTTP: redirects followed one by one, sizes and times bounded, nothing told of the user."""

from __future__ import annotations

import dataclasses
import email.message
import functools
import http
import re
import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore2

from kg.errors import SkipDocument
from kg.fetch.network import CONNECT, READ, WHOLE, Block, Network

REDIRECTS = 5

_MOVED = {301, 302, 303, 307, 308}
_LONGEST_URL = 4_000
_URL = r"!#$%&'()*+,/:;=?@[]~-._"
_ZIP = 47  # zlib's word for gzip or zlib, told by the head
_NAME = re.compile(r"[a-z0-9_.-]{1,253}|[0-9a-f:.]+", re.ASCII)

Turn = Callable[[str], AbstractContextManager[None]]
"""Whether and when an address may be asked: raises SkipDocument, or waits."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the address that gave it in the end, status, fields by lower-case name, body unpacked."""

    url: str
    status: int
    fields: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type, lower-case, without parameters; "" where none was told."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that was told beside the media type."""
        message = email.message.Message()
        message["content-type"] = self.fields.get("content-type", "")
        return message.get_content_charset()


@dataclasses.dataclass(frozen=True, slots=True)
class Client:
    """Asks as `agent`, for bodies of up to `limit` bytes, at public addresses and those of `allowed` blocks.

    There are no cookies, no passwords, no proxies, and nothing is kept between two questions.
    """

    agent: str
    limit: int
    allowed: Sequence[Block] = ()
    seconds: float = WHOLE

    def get(self, url: str, turn: Turn, *, fields: Mapping[str, str] | None = None, cut: bool = False) -> Answer:
        """The answer to GET (RFC 9110), after at most `REDIRECTS` redirects, for each of which `turn` is asked too.

        With `cut` a longer body is cut at the limit. SkipDocument says in one line why there is no answer.
        """
        for _ in range(REDIRECTS + 1):
            with turn(url):
                answer = self._once(url, fields or {}, cut=cut)
            if answer.status not in _MOVED or "location" not in answer.fields:
                return answer
            url = plain(answer.fields["location"], url)
        raise SkipDocument(f"redirected more than {REDIRECTS} times")

    def _once(self, url: str, fields: Mapping[str, str], *, cut: bool) -> Answer:
        sent = {"User-Agent": self.agent, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close", **fields}
        times = {"connect": CONNECT, "read": READ, "write": READ, "pool": CONNECT}
        trust = _trust() if url.startswith("https:") else None
        network = Network(self.allowed, seconds=self.seconds)
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=trust, network_backend=network) as pool,
                pool.stream("GET", url, headers=[*sent.items()], extensions={"timeout": times}) as response,
            ):
                found = {name.decode("latin-1").lower(): _text(value) for name, value in reversed(response.headers)}
                wanted = response.status == http.HTTPStatus.OK
                body = _body(response.iter_stream(), found, self.limit, cut=cut) if wanted else b""
                return Answer(url, response.status, found, body)
        except httpcore2.TimeoutException:
            raise SkipDocument("no answer in time") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
            raise SkipDocument(f"no answer: {' '.join(str(error).split())[:100] or 'broken off'}") from None


def plain(url: str, base: str = "") -> str:
    """An address as it is sent: http or https, host in ASCII, the rest escaped, without fragment (RFC 3986).

    It may be relative to `base`. SkipDocument if it is none, or one with a name and password.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError:  # UnicodeError is one
        raise SkipDocument("not an address that can be fetched") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise SkipDocument(f"only http and https are fetched, not {quote(parts.scheme, safe='') or 'this'}")
    if not _NAME.fullmatch(host) or len(url) > _LONGEST_URL:
        raise SkipDocument("not an address that can be fetched")
    if "@" in parts.netloc:
        raise SkipDocument("addresses with a name and password are not fetched")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return urlunsplit(
        (parts.scheme.lower(), place, quote(parts.path or "/", safe=_URL), quote(parts.query, safe=_URL), "")
    )


def _body(chunks: Iterable[bytes], fields: Mapping[str, str], limit: int, *, cut: bool) -> bytes:
    """The chunks put together and unpacked, never more of them in memory than the limit and one chunk."""
    packing = fields.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise SkipDocument(f"packed as {packing[:20]!r}, which was not asked for")
    body = bytearray()
    for chunk in _unpacked(chunks, limit) if packing not in ("", "identity") else chunks:
        body += chunk
        if len(body) > limit and cut:
            return bytes(body[:limit])
        if len(body) > limit:
            raise SkipDocument(f"more than {limit:,} bytes")
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """What is packed by gzip or zlib, in pieces of at most the limit and one byte, however small it was packed."""
    unpack, taken = zlib.decompressobj(_ZIP), 0
    try:
        for chunk in chunks:
            taken += len(chunk)
            yield unpack.decompress(chunk, limit + 1)
            if unpack.eof:
                return
            if taken > limit or unpack.unconsumed_tail:
                raise SkipDocument(f"more than {limit:,} bytes")
    except zlib.error:
        raise SkipDocument("its packing (gzip) is broken") from None
    if taken:
        raise SkipDocument("broken off before its end")


def _text(value: bytes) -> str:
    """A field's value; addresses in it may be UTF-8, though they should not."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


@functools.cache
def _trust() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()
