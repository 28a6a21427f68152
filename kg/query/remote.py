"""A SPARQL 1.1 endpoint elsewhere, asked over HTTP: used only where somebody names its address."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kg import vocab
from kg.errors import KgError
from kg.query.messages import masked
from kg.result import Result

if TYPE_CHECKING:
    import http.client
    import urllib.request

_T = TypeVar("_T")

PATIENCE = 60.0
"""Seconds for a whole answer unless told otherwise."""
LARGEST = 100_000_000
"""Bytes of an answer; more is refused."""

_SOLUTIONS = {
    "application/json": "JSON",
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
}
_TRIPLES = {
    "application/n-triples": "N_TRIPLES",
    "text/turtle": "TURTLE",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N_QUADS",
    "application/trig": "TRIG",
}
_ACCEPT = "application/sparql-results+json, application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_ACCEPT += ", application/sparql-results+xml;q=0.5"
_LONG = 2000  # a query that makes the address longer goes into the body: not every server takes it
_CHUNK = 1 << 16
_TOLD = 200


class Endpoint(NamedTuple):
    """The address of a SPARQL 1.1 endpoint: http or https, without a password."""

    url: str

    def answer(self, sparql: str, *, timeout: float | None = None) -> Result:
        """Its answer to a query, which may use the prefixes of `vocab.PREFIXES` undeclared.

        SPARQL 1.1 Protocol, 2.1: by GET, or by POST of a form where the query is long. Raises KgError where the server
        can't be reached, refuses, sends more than `LARGEST` bytes, something else than an answer, or nothing within
        `timeout` seconds (else `PATIENCE`).
        """
        end = time.monotonic() + (timeout or PATIENCE)
        try:
            kind, body = _in_time(lambda: self._fetch(_with_prefixes(sparql), end), end)
        except TimeoutError:
            raise KgError(f"{self._host} gave no whole answer in time; narrow the query, or see --timeout") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "reason", None) or error
            raise KgError(f"{self._host} can't be asked: {_line(str(why))}") from None
        return self._read(kind, body)

    @property
    def _host(self) -> str:
        import urllib.parse

        return urllib.parse.urlsplit(self.url).netloc or self.url

    def _fetch(self, sparql: str, end: float) -> tuple[str, bytes]:
        import http.client
        import urllib.error

        try:
            with _opener().open(self._request(sparql), timeout=max(end - time.monotonic(), 0.01)) as response:
                kind = response.headers.get_content_type()
                return kind, self._body(response, end)
        except urllib.error.HTTPError as error:
            with error:
                said = _line(error.read(_CHUNK).decode("utf-8", "replace")) or _line(str(error.reason))
            raise KgError(f"{self._host} answers {error.code}: {said}") from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise error.reason from None
            raise
        except http.client.HTTPException as error:
            raise ValueError(f"it speaks no HTTP that we know ({type(error).__name__})") from None

    def _request(self, sparql: str) -> urllib.request.Request:
        import urllib.parse
        import urllib.request

        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise KgError(f"found {self.url!r}, expected an endpoint's address, such as http://localhost:8000/sparql")
        form = urllib.parse.urlencode({"query": sparql})
        headers = {"Accept": _ACCEPT, "User-Agent": "kg (https://pypi.org/project/ai-industry-kg/)"}
        address = parts._replace(query=f"{parts.query}&{form}" if parts.query else form, fragment="").geturl()
        if len(address) <= _LONG:
            return urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme is looked at above
        bare = parts._replace(fragment="").geturl()
        return urllib.request.Request(bare, data=form.encode(), headers=headers)  # noqa: S310 - the same

    def _body(self, response: http.client.HTTPResponse, end: float) -> bytes:
        """What is sent, as long as it is neither too much nor too slow, however it comes in drops."""
        chunks, size = [], 0
        while chunk := response.read1(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST:
                raise KgError(f"{self._host} sends more than {LARGEST:,} bytes; set a LIMIT")
            if time.monotonic() > end:
                raise TimeoutError
        if response.length:  # what was announced and did not come
            raise ValueError("the connection broke off")
        return b"".join(chunks)

    def _read(self, kind: str, body: bytes) -> Result:
        import pyoxigraph

        try:
            if kind in _SOLUTIONS:
                found = pyoxigraph.parse_query_results(body, getattr(pyoxigraph.QueryResultsFormat, _SOLUTIONS[kind]))
                data = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""
                return Result("ask" if isinstance(found, pyoxigraph.QueryBoolean) else "select", data)
            if kind in _TRIPLES:
                quads = pyoxigraph.parse(body, getattr(pyoxigraph.RdfFormat, _TRIPLES[kind]), base_iri=self.url)
                triples = (quad.triple for quad in quads)
                lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
                return Result("graph", b"".join(sorted(set(lines.splitlines(keepends=True)))))
        except (SyntaxError, ValueError) as error:
            raise KgError(f"{self._host} sends a damaged answer: {_line(str(error))}") from None
        raise KgError(f"{self._host} answers with {kind}, which is no answer of SPARQL; is it an endpoint's address?")


def _in_time(work: Callable[[], _T], end: float) -> _T:
    """What the work gives, within its time even if a server sends a byte a second: a socket's own limit begins anew."""
    done: list[_T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised below
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(end - time.monotonic(), 0.01))
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


def _opener() -> urllib.request.OpenerDirector:
    """HTTP alone: no files, no FTP, whatever a server redirects to."""
    import urllib.request

    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _with_prefixes(sparql: str) -> str:
    """The query with those of our prefixes declared that it uses and does not declare."""
    text = masked(sparql)
    declared = set(re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE))
    used = set(re.findall(r"(?<![\w:?$.-])([A-Za-z][\w.-]*):", text))
    needed = sorted((used & set(vocab.PREFIXES)) - declared)
    return "".join(f"PREFIX {name}: <{vocab.PREFIXES[name]}> " for name in needed) + sparql


def _line(text: str) -> str:
    """What a server says, on one line and short; tags of a page left out."""
    return " ".join(re.sub(r"<[^>]{0,500}>", " ", text).split())[:_TOLD]
