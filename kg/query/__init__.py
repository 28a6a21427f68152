"""SPARQL 1.1 over a graph, the files that `kg build` wrote, or another server where that is asked for: read-only."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg import database, guards, outputs, vocab
from kg.errors import KgError
from kg.query.messages import calls_out, explain, masked
from kg.query.remote import Endpoint
from kg.result import Result

if TYPE_CHECKING:
    import weakref

    import pyoxigraph

    from kg.graph import Graph

__all__ = ["Endpoint", "Result", "Source", "ask", "filled", "run"]

Source: TypeAlias = "Graph | str | Path | Endpoint"
"""What can be asked: a graph, the folder of one, or a server."""

_LOOKUP = """SELECT DISTINCT ?asked ?thing WHERE {
  VALUES ?asked { NAMES }
  ?thing rdfs:label|skos:altLabel ?name . FILTER(LCASE(STR(?name)) = LCASE(?asked))
} ORDER BY ?asked ?thing"""
_CHILD = "from kg.query import _answer_aside; _answer_aside()"
_stores: dict[int, tuple[weakref.ref[Graph], pyoxigraph.Store]] = {}


def run(source: Source, sparql: str, *, timeout: float | None = None, evidence: bool = False) -> Result:
    """The answer of a graph, or of a folder that `kg build` filled, or of an endpoint, to a SPARQL 1.1 query.

    In ours facts, documents, statements and evidence are all in the default graph, and the prefixes of
    `vocab.PREFIXES` are known. With `timeout` (seconds) the query runs in a process of its own, which is ended when
    they are over. Raises KgError with line and column where the query is no SPARQL, and where it would write or ask
    another server. Nothing is asked over the network unless the source is an Endpoint. With `evidence`, the rows of
    SELECT come with the quotes behind them: see `kg.query.evidence.widened`.
    """
    if isinstance(source, Endpoint):
        return _told(functools.partial(source.answer, timeout=timeout), sparql, evidence=evidence)
    if calls_out(sparql):
        raise KgError("the query calls SERVICE, another server; kg answers from its own graph alone: leave it out")
    guards.query(masked(sparql))
    if timeout is not None:
        return _run_aside(source, sparql, timeout, evidence=evidence)
    with _opened(source) as triples:
        return _told(functools.partial(_answer, triples), sparql, evidence=evidence)


def ask(
    source: Source,
    name: str,
    values: Mapping[str, str] | None = None,
    *,
    timeout: float | None = None,
    evidence: bool = False,
) -> Result:
    """The answer to one of `kg.questions`, with values for its parameters: names, IRIs (`id:openai`), texts.

    Raises KgError for a question, a parameter or a name that is not known.
    """
    return run(source, filled(source, name, values, timeout=timeout), timeout=timeout, evidence=evidence)


def filled(source: Source, name: str, values: Mapping[str, str] | None = None, *, timeout: float | None = None) -> str:
    """The SPARQL that `ask` runs; the names among the values are looked up in the graph. Raises KgError as it does."""
    from kg.questions import question

    asked = question(name)
    kinds = {item.name: item.kind for item in asked.parameters}
    given: dict[str, str | list[str]] = dict(values or {})
    names = sorted({text for key, text in (values or {}).items() if kinds.get(key) == "name"})
    known = _named(source, names, timeout) if names else {}
    return asked.filled({key: known[str(text)] if kinds.get(key) == "name" else text for key, text in given.items()})


def _told(answer: Callable[[str], Result], sparql: str, *, evidence: bool) -> Result:
    result = answer(sparql)
    if not evidence:
        return result
    from kg.query.evidence import widened

    return widened(answer, sparql, result)


def _named(source: Source, names: list[str], timeout: float | None) -> dict[str, list[str]]:
    """By name or IRI, the IRIs of the entities that have it, whatever its capitals."""
    from kg.questions import literal
    from kg.types import Literal

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
        default = pyoxigraph.DefaultGraph()  # what named graphs say again must not be counted twice
        union = not any(True for _ in store_.quads_for_pattern(None, None, None, default))
        found = store_.query(sparql, prefixes=vocab.PREFIXES, use_default_graph_as_union=union)
        if isinstance(found, pyoxigraph.QueryTriples):
            lines = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
            return Result("graph", b"".join(sorted(set(lines.splitlines(keepends=True)))))
        kind = "ask" if isinstance(found, pyoxigraph.QueryBoolean) else "select"
        return Result(kind, found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    except SyntaxError as error:
        raise KgError(explain(sparql, str(error))) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"the query can't be answered: {' '.join(str(error).split())}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, which is no Exception
            raise
        raise KgError("the query made the engine fail; write it otherwise") from None


@contextlib.contextmanager
def _opened(source: Graph | str | Path) -> Iterator[pyoxigraph.Store]:
    """The triples: from the disk where that pays, else in memory."""
    if not isinstance(source, (str, Path)):
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
        yield _load(folder) if on_disk is None else on_disk


def _kept(graph: Graph) -> pyoxigraph.Store:
    """The triples of a Graph, kept as long as it lives, since it does not change."""
    import weakref

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
    return KgError(f"can't read {folder / outputs.TRIG} ({' '.join(str(error).split())}); run kg build again")


def _fill(trig: bytes) -> pyoxigraph.Store:
    import pyoxigraph

    filled = pyoxigraph.Store()
    filled.load(trig, pyoxigraph.RdfFormat.TRIG)
    return filled


def _trig(graph: Graph) -> bytes:
    from kg.writers.rdf import trig

    return "".join(trig(graph)).encode()


def _run_aside(source: Graph | str | Path, sparql: str, timeout: float, *, evidence: bool) -> Result:
    """A query in pyoxigraph can't be stopped, a process can."""
    import subprocess

    folder = str(source) if isinstance(source, (str, Path)) else None
    task = {"sparql": sparql, "folder": folder, "evidence": evidence}
    message = json.dumps(task).encode() + b"\n" + (b"" if isinstance(source, (str, Path)) else _trig(source))
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
            result = _told(functools.partial(_answer, triples), task["sparql"], evidence=task["evidence"])
        sys.stdout.buffer.write(result.kind.encode() + b"\n" + result.data)
    except KgError as error:
        sys.stdout.buffer.write(b"error\n" + str(error).encode())
