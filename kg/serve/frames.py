"""How the server and its workers talk: a task goes one way, an answer comes back, each a frame on a socket."""

from __future__ import annotations

import dataclasses
import json
import socket
import struct

TEXT = "text/plain; charset=utf-8"

HEAD = struct.Struct(">HB63sI")
"""Of an answer: status, whether the worker wants to be replaced, media type, length of the body."""

_LENGTH = struct.Struct(">I")
_PIECE = 1 << 16


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """A query and how it is to be answered.

    `default` and `named` are the graphs that the protocol names (SPARQL 1.1 Protocol, 2.1.4); where both are None the
    query's own FROM counts. `solutions` and `triples` are the media types for the two kinds of answer, "" where the
    client wants none of that kind.
    """

    query: str
    solutions: str
    triples: str
    default: list[str] | None = None
    named: list[str] | None = None

    def packed(self) -> bytes:
        """As it goes over the socket."""
        data = json.dumps([self.query, self.solutions, self.triples, self.default, self.named]).encode()
        return _LENGTH.pack(len(data)) + data


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: a status of HTTP, the media type and the body; `last` if the worker wants to be replaced."""

    status: int
    media: str
    body: bytes
    last: bool = False

    def packed(self) -> bytes:
        """Its head, as it goes over the socket before the body."""
        return HEAD.pack(self.status, self.last, self.media.encode(), len(self.body))


def receive_task(connection: socket.socket) -> Task:
    """The next task, of which the server sends one at a time. Raises EOFError when the server is gone."""
    data = bytearray(_piece(connection))
    while len(data) < _LENGTH.size or len(data) < _LENGTH.size + _LENGTH.unpack_from(data)[0]:
        data += _piece(connection)
    return Task(*json.loads(memoryview(data)[_LENGTH.size :].tobytes()))


def send_answer(connection: socket.socket, answer: Answer) -> None:
    """The other direction, in one go where the socket takes it: each piece would wake the server anew."""
    head = answer.packed()
    sent = connection.sendmsg([head, answer.body])
    connection.sendall(memoryview(head)[sent:])
    connection.sendall(memoryview(answer.body)[max(sent - len(head), 0) :])


def read_head(head: bytes) -> tuple[int, bool, str, int]:
    """Status, last, media type and the length of the body that follows."""
    status, last, media, length = HEAD.unpack(head)
    return status, bool(last), media.rstrip(b"\0").decode(), length


def _piece(connection: socket.socket) -> bytes:
    if not (data := connection.recv(_PIECE)):
        raise EOFError
    return data
