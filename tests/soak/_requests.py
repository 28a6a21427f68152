"""Hostile requests to a SPARQL server: queries, forms, headers and bytes that no client would send."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from urllib.parse import quote_from_bytes

WORDS = (
    *Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split(),
    *("\x00", "\ud7ff", "𝔘", "\u202e", "9" * 400),
)
PIECES = ("{", "(", "[", "!", "-", "?s ?p ?o .", "OPTIONAL {", "UNION {}", "((((", '"', "<http://e/a>/", "|^")
TYPES = (
    *("application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update", "text/plain", ""),
    *("application/sparql-query; charset=utf-16", "a/b" * 500, "multipart/form-data; boundary=x", ";;;=", "\x7f\xff"),
)
ACCEPTS = (
    *("*/*", "", "text/csv", "text/html", "application/json;q=nan", "text/turtle;q=2,*/*;q=-1"),
    *(",;q=1" * 300, "*/*;" * 900),
)
PATHS = (
    *["/sparql"] * 20,
    *(
        "/about",
        "/id/openai",
        "/health",
        "/openapi.json",
        "/static/page.css",
        "/ontology",
        "/sparql/",
    ),
    *("/../../etc/passwd", "/%2e%2e/%00", "/id/%ff", "/" + "x" * 3000, "/static/../app.py", "//e/", "/%"),
)
POINT = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def query(chance) -> bytes:
    """Words of SPARQL in any order, one repeated beyond measure, or bytes."""
    kind = chance.random()
    if kind < 0.6:
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 40)))
        text = f"SELECT * {{ {text} }}" if chance.random() < 0.5 else text
    elif kind < 0.8:
        text = "SELECT * { " + chance.choice(PIECES) * chance.choice((10, 1000, 20000))
    else:
        return chance.randbytes(chance.randint(0, 300))
    return text.encode("utf-8", "surrogatepass")


def request(chance) -> tuple[bytes, bool]:
    """A request over HTTP, more or less, and whether all that it promises is there."""
    path, method = chance.choice(PATHS), chance.choice((*["GET", "POST"] * 9, "PUT", "HEAD", "OPTIONS", "\x00"))
    body, line = b"", path.encode("utf-8")
    asked = b"query=" + quote_from_bytes(query(chance)).encode()
    if method == "POST":
        body = chance.choice((asked, query(chance), chance.randbytes(chance.randint(0, 5000)), b""))
    elif chance.random() < 0.8 and len(asked) < 60_000:
        line += b"?" + chance.choice((asked, asked + b"&" + asked, b"iri=" + asked[6:], b"%ff=%", b"&" * 500))
    head = [
        b"Host: " + chance.choice((*[b"localhost"] * 18, b"evil.example", b"")),
        b"Connection: close",
    ]
    head += [b"Accept: " + chance.choice(ACCEPTS).encode(), b"Content-Type: " + chance.choice(TYPES).encode("latin-1")]
    length = len(body) if chance.random() < 0.95 else chance.choice((-1, 10**12, "x", 3))
    head += [f"Content-Length: {length}".encode()] if body else []
    data = b" ".join((method.encode(), line, b"HTTP/1.1\r\n")) + b"\r\n".join(head) + b"\r\n\r\n" + body
    return data, not body or (isinstance(length, int) and length <= len(body))


def exchange(address: str, data: bytes, *, wait: float, ends: bool = True) -> bytes:
    """What the server sends until it closes; nothing where it breaks off. Raises TimeoutError if it hangs.

    A request that promises more than it sends does not end, so the client breaks off.
    """
    host, port = address.removeprefix("http://").split(":")
    found = bytearray()
    with socket.create_connection((host, int(port)), timeout=wait) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(data)
        if not ends:
            connection.shutdown(socket.SHUT_WR)
        while more := connection.recv(1 << 16):
            found += more
    return bytes(found)
