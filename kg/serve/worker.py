"""A worker: answers one query after the other from a store, in a process that may be killed at any time."""

from __future__ import annotations

import io
import os
import resource
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg import guards, vocab
from kg.errors import KgError
from kg.serve import formats, triples
from kg.serve.frames import TEXT, Answer, Task, receive_task, send_answer

if TYPE_CHECKING:
    import pyoxigraph

_STATM = Path("/proc/self/statm")
_SLACK = 1 << 26
"""Bytes that a process may take for itself beside the query: arenas of the allocator, buffers."""


class TooLargeError(Exception):
    """The answer has more bytes than the server sends."""


class _Bounded:
    """A file for pyoxigraph to write to, which ends the query when too much comes."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self._left = limit

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def work(connection: socket.socket, store: pyoxigraph.Store, *, memory: int, size: int) -> None:
    """Answers tasks until the server is gone.

    A query gets `memory` bytes (address space, so on Linux alone) beside what the store holds already, and an answer
    `size` bytes. Nothing can be opened in this process any more, neither a file nor a connection, so that no query
    can reach the network whatever it says.
    """
    _confine(memory)
    start, union = _peak(), _is_named(store)
    while True:
        try:
            task = receive_task(connection)
        except (EOFError, OSError):
            return
        found = answer(store, task, size=size, union=union)
        last = found.last or _peak() - start > memory // 4
        send_answer(connection, Answer(found.status, found.media, found.body, last))


def prepare() -> None:
    """Loads what an answer may need: in a worker nothing can be opened any more."""
    from kg.query.messages import calls_out, explain

    calls_out("")
    explain("SELECT * {", "error at 1:10: expected more")
    triples.write([], formats.JSON_LD, io.BytesIO())


def _is_named(store: pyoxigraph.Store) -> bool:
    """Whether all that it holds is in named graphs; what a default graph says too must not be counted twice."""
    import pyoxigraph

    default = pyoxigraph.DefaultGraph()
    return not any(True for _ in store.quads_for_pattern(None, None, None, default)) and any(store.named_graphs())


def answer(store: pyoxigraph.Store, task: Task, *, size: int, union: bool = False) -> Answer:
    """The answer to one task, errors included. With `union` all graphs are the default one unless others are named."""
    from kg.query.messages import calls_out, masked

    if calls_out(task.query):
        return _told(403, "the query calls SERVICE, another server; this one answers from its own graph alone")
    try:
        guards.query(masked(task.query))
    except KgError as error:
        return _told(400, str(error))
    try:
        return _found(store, task, size=size, union=union)
    except BaseException as error:  # noqa: BLE001 - a panic of the engine is no Exception
        return _failed(task, error, size)


def _failed(task: Task, error: BaseException, size: int) -> Answer:
    """What the client is told of an error; never a traceback."""
    match error:
        case SyntaxError():
            return _told(400, _explained(task.query, str(error)))
        case KgError():
            return _told(406, str(error))
        case TooLargeError():
            text = f"the answer is larger than {size >> 20} MB; narrow the query or set a LIMIT"
            return _told(503, text, last=True)
        case MemoryError():
            return _told(503, "the query needs more memory than it may have; narrow it or set a LIMIT", last=True)
        case OSError() | RuntimeError() | ValueError():
            return _told(400, f"the query can't be answered: {' '.join(str(error).split())}")
        case _:
            return _told(500, f"the query made the engine fail ({type(error).__name__})", last=True)


def _explained(query: str, message: str) -> str:
    """Where a query is wrong, with a hint where one is found."""
    from kg.query.messages import explain

    try:
        return explain(query, message)
    except Exception:  # noqa: BLE001 - what is said of a mistake is no reason to fail
        return f"the query is not SPARQL: {' '.join(message.split())}"


def _found(store: pyoxigraph.Store, task: Task, *, size: int, union: bool) -> Answer:
    import pyoxigraph

    found = store.query(task.query, prefixes=vocab.PREFIXES, **_dataset(task, union=union))  # type: ignore[arg-type]
    sink = _Bounded(size)
    if isinstance(found, pyoxigraph.QueryTriples):
        media = _chosen(task.triples, formats.TRIPLES, "CONSTRUCT and DESCRIBE")
        triples.write(found, media, sink)  # type: ignore[arg-type]
    else:
        media = _chosen(task.solutions, formats.SOLUTIONS, "SELECT and ASK")
        found.serialize(sink, getattr(pyoxigraph.QueryResultsFormat, formats.SOLUTIONS[media]))  # type: ignore[arg-type]
    return Answer(200, formats.charset(media), b"".join(sink.parts))


def _dataset(task: Task, *, union: bool) -> dict[str, object]:
    """Which graphs are asked: those of the protocol, else those after FROM, else the default one."""
    import pyoxigraph

    if task.default is not None or task.named is not None:
        node = pyoxigraph.NamedNode
        return {
            "default_graph": [node(iri) for iri in task.default or ()],
            "named_graphs": [node(iri) for iri in task.named or ()],
        }
    # pyoxigraph's union of all graphs would silently win over FROM; rather no union than that
    return {"use_default_graph_as_union": union and "from" not in task.query.lower()}


def _chosen(media: str, offers: dict[str, str], asked: str) -> str:
    if not media:
        raise KgError(f"{asked} are answered as {', '.join(offers)}; the Accept header takes none of them")
    return media


def _told(status: int, text: str, *, last: bool = False) -> Answer:
    return Answer(status, TEXT, text.encode("utf-8", "replace") + b"\n", last)


def _confine(memory: int) -> None:
    """From here on nothing can be opened, memory is limited, and what the engine says when it dies goes nowhere."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    if _STATM.exists():
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory + _SLACK
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _peak() -> int:
    """The most memory that this process ever held, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most << 10
