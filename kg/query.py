"""SPARQL 1.1 over a graph or over the files that `kg build` wrote: read-only, and never over the network."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import subprocess
import sys
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg import database, outputs, vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.questions import literal, question
from kg.result import Result
from kg.types import Literal

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["Result", "ask", "run"]

_LOOKUP = """SELECT DISTINCT ?asked ?thing WHERE {
  VALUES ?asked { NAMES }
  ?thing rdfs:label|skos:altLabel ?name . FILTER(LCASE(STR(?name)) = LCASE(?asked))
} ORDER BY ?asked ?thing"""
_CHILD = "from kg.query import _answer_aside; _answer_aside()"
_MASKED = re.compile(  # where a word is no keyword: escapes, IRIs, strings, comments
    r"""\\.|<[^<>"{}|^`\x00-\x20]*>|'{3}(?:\\.|'{0,2}[^'\\])*'{3}|"{3}(?:\\.|"{0,2}[^"\\])*"{3}"""
    r"""|'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*"|\#[^\n\r]*""",
    re.DOTALL,
)
_NAMED = re.compile(r"[?$]\w+|:[\w.-]*")
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b[^\n]*\n\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_stores: dict[int, tuple[weakref.ref[Graph], pyoxigraph.Store]] = {}


def run(source: Graph | str | Path, sparql: str, *, timeout: float | None = None) -> Result:
    """The answer of a graph, or of a folder that `kg build` filled, to a SPARQL 1.1 query.

    Facts, documents, statements and evidence are all in the default graph, and the prefixes of `vocab.PREFIXES` are
    known. With `timeout` (seconds) the query runs in a process of its own, which is ended when they are over. Raises
    KgError with line and column where the query is no SPARQL, and where it would write or ask another server.
    """
    if _calls_out(sparql):
        raise KgError("the query calls SERVICE, another server; kg answers from its own graph alone: leave it out")
    if timeout is not None:
        return _run_aside(source, sparql, timeout)
    with _opened(source) as triples:
        return _answer(triples, sparql)


def ask(
    source: Graph | str | Path, name: str, values: Mapping[str, str] | None = None, *, timeout: float | None = None
) -> Result:
    """The answer to one of `kg.questions`, with values for its parameters: names, IRIs (`id:openai`), texts.

    Raises KgError for a question, a parameter or a name that is not known.
    """
    asked = question(name)
    kinds = {item.name: item.kind for item in asked.parameters}
    given: dict[str, str | list[str]] = dict(values or {})
    names = sorted({text for key, text in (values or {}).items() if kinds.get(key) == "name"})
    known = _named(source, names, timeout) if names else {}
    filled = {key: known[str(text)] if kinds.get(key) == "name" else text for key, text in given.items()}
    return run(source, asked.filled(filled), timeout=timeout)


def _named(source: Graph | str | Path, names: list[str], timeout: float | None) -> dict[str, list[str]]:
    """By name or IRI, the IRIs of the entities that have it, whatever its capitals."""
    found: dict[str, list[str]] = {name: [iri] if (iri := _full(name)) else [] for name in names}
    lookup = _LOOKUP.replace("NAMES", " ".join(literal(name) for name in names))
    for row in run(source, lookup, timeout=timeout):
        name, iri = (term.value if isinstance(term, Literal) else str(term) for term in row)
        found[name].append(iri)
    for name, iris in found.items():
        if not iris:
            raise KgError(f"nothing is called {name!r} in the graph; see: kg query --name names")
    return found


def _full(name: str) -> str:
    prefix, colon, rest = name.partition(":")
    if prefix in vocab.PREFIXES and colon:
        return vocab.PREFIXES[prefix] + rest
    return name if rest.startswith("//") else ""


def _answer(store_: pyoxigraph.Store, sparql: str) -> Result:
    import pyoxigraph

    try:
        found = store_.query(sparql, prefixes=vocab.PREFIXES, use_default_graph_as_union=True)
        if isinstance(found, pyoxigraph.QueryTriples):
            lines = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
            return Result("graph", b"".join(sorted(set(lines.splitlines(keepends=True)))))
        kind = "ask" if isinstance(found, pyoxigraph.QueryBoolean) else "select"
        return Result(kind, found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    except SyntaxError as error:
        raise KgError(_explain(sparql, str(error))) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"the query can't be answered: {error}") from None


@contextlib.contextmanager
def _opened(source: Graph | str | Path) -> Iterator[pyoxigraph.Store]:
    """The triples: from the disk where that pays, else in memory."""
    if isinstance(source, Graph):
        yield _kept(source)
        return
    folder = Path(source)
    outputs.check(folder)
    with contextlib.ExitStack() as held:
        try:
            on_disk = held.enter_context(database.opened(folder)) if database.worthwhile(folder) else None
        except OSError:  # nothing can be written there, for one
            on_disk = None
        except SyntaxError as error:
            raise _damaged(folder, error) from error
        yield on_disk or _load(folder)


def _kept(graph: Graph) -> pyoxigraph.Store:
    """The triples of a Graph, kept as long as it lives, since it does not change."""
    if id(graph) not in _stores:
        gone = weakref.ref(graph, functools.partial(_forget, id(graph)))
        _stores[id(graph)] = (gone, _fill(_trig(graph)))
    return _stores[id(graph)][1]


def _forget(key: int, _gone: object) -> None:
    _stores.pop(key, None)


def _load(folder: Path) -> pyoxigraph.Store:
    try:
        return _fill((folder / outputs.TRIG).read_bytes())
    except (OSError, SyntaxError) as error:
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> KgError:
    return KgError(f"can't read {folder / outputs.TRIG} ({error}); run kg build again")


def _fill(trig: bytes) -> pyoxigraph.Store:
    import pyoxigraph

    filled = pyoxigraph.Store()
    filled.load(trig, pyoxigraph.RdfFormat.TRIG)
    return filled


def _trig(graph: Graph) -> bytes:
    from kg.writers.rdf import trig

    return "".join(trig(graph)).encode()


def _run_aside(source: Graph | str | Path, sparql: str, timeout: float) -> Result:
    """A query in pyoxigraph can't be stopped, a process can."""
    own = isinstance(source, Graph)
    task = {"sparql": sparql, "folder": None if own else str(source)}
    message = json.dumps(task).encode() + b"\n" + (_trig(source) if isinstance(source, Graph) else b"")
    path = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, and the query goes through the pipe
            [sys.executable, "-c", _CHILD],
            input=message,
            stdout=subprocess.PIPE,
            timeout=timeout,
            check=True,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        raise KgError(f"no answer within {timeout:g} s; narrow the query, set a LIMIT, or allow more time") from None
    except subprocess.CalledProcessError as error:
        raise KgError(f"the query ended without an answer (status {error.returncode}); narrow it") from None
    kind, _, data = done.stdout.partition(b"\n")
    if kind == b"error":
        raise KgError(data.decode())
    return Result(kind.decode(), data)


def _answer_aside() -> None:
    """The other end of `_run_aside`."""
    task = json.loads(sys.stdin.buffer.readline())
    try:
        own = contextlib.nullcontext(_fill(sys.stdin.buffer.read())) if not task["folder"] else _opened(task["folder"])
        with own as triples:
            result = _answer(triples, task["sparql"])
        sys.stdout.buffer.write(result.kind.encode() + b"\n" + result.data)
    except KgError as error:
        sys.stdout.buffer.write(b"error\n" + str(error).encode())


def _calls_out(sparql: str) -> bool:
    """Whether SERVICE stands where it may be the keyword; rather too often than too seldom."""
    return "service" in _NAMED.sub(" ", _MASKED.sub(" ", sparql)).lower()


def _explain(sparql: str, message: str) -> str:
    place = _PLACE.match(message)
    if not place:
        return f"the query is not SPARQL: {' '.join(message.split())}"
    line, column = int(place[1]), int(place[2])
    return f"the query is not SPARQL at {line}:{column}: {_hint(sparql, line, column, place[3])}"


def _hint(sparql: str, line: int, column: int, expected: str) -> str:
    words = _MASKED.sub(" ", sparql)
    if update := _UPDATE.match(words):
        return f"{update[1].upper()} would change the graph, and kg only reads it"
    if not _FORM.search(words):
        return "it is none of SELECT, ASK, CONSTRUCT and DESCRIBE; try SELECT * { ?s ?p ?o } LIMIT 10"
    unknown = _unknown_prefix(sparql) if "Prefix not found" in expected else ""
    if unknown:
        return f"the prefix {unknown}: is unknown; declare it, or use one of {', '.join(vocab.PREFIXES)}"
    if "unbound" in expected:
        return "a variable after SELECT is neither in GROUP BY nor within COUNT, SAMPLE or the like"
    if "IRI parsing failed" in expected:
        return "what stands between < and > is no IRI"
    return _whereabouts(sparql, line, column)


def _whereabouts(sparql: str, line: int, column: int) -> str:
    rest = " ".join("\n".join(sparql.split("\n")[line - 1 :])[column - 1 :].split())
    if rest:
        return f"can't go on at “{rest[:40]}”"
    words = _MASKED.sub(" ", sparql)
    opened = [pair for pair in ("{}", "()", "[]") if words.count(pair[0]) > words.count(pair[1])]
    return f"it ends too early: a {opened[0][0]} is open" if opened else "something before its end does not fit"


def _unknown_prefix(sparql: str) -> str:
    text = _MASKED.sub(" ", sparql)
    declared = set(re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE)) | set(vocab.PREFIXES)
    return next((name for name in re.findall(r"(?<![\w:?$.-])([A-Za-z][\w.-]*):", text) if name not in declared), "")
