"""From a graph to files: everything that `kg build` leaves in its folder, and the formats of `kg export`."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import folder as folders
from kg.errors import KgError
from kg.graph import Graph
from kg.lexicon.table import FILE as LEXICON
from kg.lexicon.table import Entry, lines
from kg.store import ANNOTATED, DOCUMENTS, FORMAT, GRAPH, MANIFEST, runs
from kg.types import Annotation, Skipped, Statement
from kg.writers import _merged, _pieces, _triples, csv, cypher, jsonl, jsonld, networkx, parquet, rdf
from kg.writers._spool import Progress
from kg.writers.report import report

FORMATS = (
    *("csv", "csv-nodes", "cypher", "gexf", "graphml", "jsonl", "jsonld", "nq", "nt", "parquet", "rdfxml", "trig"),
    "ttl",
)
"""What `export` can make."""

_BLOCK = 1 << 18  # characters that go to a file at a time, at least

TITLE = "What the articles say"
"""The heading of a page that was given none."""

_RDF12: dict[str, Callable[..., Iterator[str]]] = {"nq": rdf.nquads, "nt": rdf.ntriples, "trig": rdf.trig}

RDF12 = tuple(_RDF12)
"""Those that can hold triple terms of RDF 1.2."""


def write(  # noqa: PLR0913 - each option has a name
    graph: Graph,
    folder: str | Path,
    *,
    annotations: Iterable[Annotation] | None = None,
    skipped: Sequence[Skipped] = (),
    unsure: Iterable[Statement] = (),
    lexicon: Sequence[Entry] = (),
    options: Mapping[str, Any] | None = None,
    model: str = "",
    title: str = TITLE,
    extra: Mapping[str, Iterable[str]] | None = None,
    page: bool = True,
    index: Path | None = None,
    jobs: int = 1,
    progress: Progress = lambda done, of: None,  # noqa: ARG005 - nobody listens
) -> list[Path]:
    """Fills a folder with the graph in all its forms and returns the files, in the order of their names.

    All is written aside first and then moved into place, so that a run that is stopped leaves the old files whole.
    `annotations` (what was read in each document), `skipped`, `unsure` and `lexicon` (the user's own entries) come from
    the build; `options` (what JSON can hold, no paths) and `model` (name and version) go into the manifest; `extra` are
    more files of text by their names; without `page` there is no graph.html. What is said is put into text in so many
    processes as `jobs`; where `index` (in a folder of this folder) tells that the last run wrote the same, it is copied
    from there. `progress` is told how many statements are put into text. Raises KgError where it can't write there, and
    for a relation or type of ours that the ontology lacks.
    """
    folder = Path(folder)
    texts: dict[str, Iterable[str]] = {
        **(extra or {}),
        DOCUMENTS: jsonl.documents(graph.documents.values()),
        "report.md": report(graph, skipped=skipped, unsure=unsure),
    }
    if annotations is not None:
        texts[ANNOTATED] = jsonl.annotated(_by_name(annotations))
    if lexicon:
        texts[LEXICON] = lines(lexicon)
    facts = {"model": model, "options": dict(options or {}), "title": title, "skipped": _named(skipped)}
    with folders.writing(folder), folders.filled(folder) as new, contextlib.ExitStack() as meanwhile:
        if page:
            texts["graph.html"] = meanwhile.enter_context(_page(graph, title, jobs))
        merged = _triples.is_merged(graph)
        texts |= _stated(graph, new, progress) if merged else _made(graph, new, index, jobs, progress)
        hashes = {name: _save(new / name, texts[name]) for name in sorted(texts)}
        _save(new / MANIFEST, _manifest(graph, hashes, facts))
    return sorted(folder / name for name in (*hashes, MANIFEST))


def export(graph: Graph, form: str, *, rdf12: bool = False) -> bytes:
    """The graph in one of FORMATS; with `rdf12`, statement nodes in one of RDF12 are reifiers of RDF 1.2.

    Raises KgError if the format is unknown or can't hold this graph, and for a relation that the ontology lacks.
    """
    return b"".join(stream(graph, form, rdf12=rdf12))


def stream(graph: Graph, form: str, *, rdf12: bool = False) -> Iterator[bytes]:
    """As `export`, piece by piece where the format allows it."""
    _triples.check(graph)
    if rdf12:
        if form not in RDF12:
            raise KgError(f"{form} can't hold triple terms of RDF 1.2; choose one of {', '.join(RDF12)}")
        return map(str.encode, _RDF12[form](graph, rdf12=True))
    if form in _FILES:
        return iter([_FILES[form](graph)])
    if form in _TEXTS:
        return map(str.encode, _TEXTS[form](graph))
    raise KgError(f"unknown format {form!r}; choose one of {', '.join(FORMATS)}")


_TEXTS: dict[str, Callable[[Graph], Iterator[str]]] = {
    "csv": csv.table,
    "csv-nodes": csv.nodes,
    "cypher": cypher.script,
    "jsonl": jsonl.graph,
    "jsonld": jsonld.write,
    "nq": rdf.nquads,
    "nt": rdf.ntriples,
    "trig": rdf.trig,
    "ttl": rdf.turtle,
}
_FILES: dict[str, Callable[[Graph], bytes]] = {
    "gexf": networkx.gexf,
    "graphml": networkx.graphml,
    "parquet": parquet.table,
    "rdfxml": rdf.rdfxml,
}


def _stated(graph: Graph, folder: Path, progress: Progress) -> Mapping[str, Iterable[str]]:
    made = _merged.made(graph, folder, progress=progress)
    turtle = rdf.turtle(graph, made={_triples.FACTS: made[_merged.STATED]})
    return {"graph.ttl": turtle, "graph.trig": rdf.trig(graph, made=made), GRAPH: made[_merged.LINES]}


def _made(graph: Graph, folder: Path, index: Path | None, jobs: int, progress: Progress) -> Mapping[str, Iterable[str]]:
    made = _pieces.made(graph, folder, index=index, jobs=jobs, progress=progress)
    turtle = rdf.turtle(graph, made={_triples.FACTS: made[_pieces.STATED]})
    return {"graph.ttl": turtle, "graph.trig": rdf.trig(graph, made=made), GRAPH: made[_pieces.LINES]}


def _by_name(annotations: Iterable[Annotation]) -> Iterable[Annotation]:
    """In the order of their documents' names; what is no list comes so, since there may be more than memory holds."""
    if not isinstance(annotations, Sequence):
        return annotations
    return sorted(annotations, key=lambda item: (item.document.name, item.document.id))


def _page(graph: Graph, title: str, jobs: int) -> contextlib.AbstractContextManager[Iterable[str]]:
    from kg.writers._drawn import drawn  # brings the templates

    return drawn(graph, title, jobs=jobs)


def _named(skipped: Iterable[Skipped]) -> list[dict[str, str]]:
    """What was left out, by the names of the files: where they lay is nobody's business."""
    names = sorted((re.split(r"[/\\]", item.path.rstrip("/\\"))[-1], item.reason) for item in skipped)
    return [{"path": name, "reason": reason} for name, reason in names]


def _manifest(graph: Graph, hashes: Mapping[str, str], facts: Mapping[str, Any]) -> Iterator[str]:
    """What made these files, and the hashes of what was read and written."""
    record = {
        **facts,
        "format": FORMAT,
        "kg": version(),
        "inputs": {iri: document.hash for iri, document in graph.documents.items()},
        "outputs": dict(hashes),
        "runs": runs(graph.activities, graph.documents),
    }
    yield json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def version() -> str:
    """The version of kg that is running."""
    try:
        return importlib.metadata.version("ai-industry-kg")
    except importlib.metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"


def _save(path: Path, chunks: Iterable[str]) -> str:
    """Writes a file so that it is on the disk when this returns; the SHA-256 of its bytes."""
    sha = hashlib.sha256()
    with path.open("xb") as file:
        for data in _blocks(chunks):
            sha.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return sha.hexdigest()


def _blocks(chunks: Iterable[str]) -> Iterator[bytes]:
    some, size = list[str](), 0
    for chunk in chunks:
        some.append(chunk)
        size += len(chunk)
        if size >= _BLOCK:
            yield "".join(some).encode()
            some, size = [], 0
    yield "".join(some).encode()
