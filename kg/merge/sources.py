"""What a path gives to a merge: a folder of outputs, a foreign graph, or a table."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import decisions, shelf, store, vocab
from kg.errors import KgError
from kg.graph import Graph, merge
from kg.lexicon import Entry
from kg.lift import lift
from kg.merge import mapping, rdf, stated, tables
from kg.merge.crosswalk import Crosswalk
from kg.merge.records import Record, stating
from kg.runs import place
from kg.stages import STEP, Clock
from kg.types import Annotation, Document, Statement

READ, STATED = "read", "state"
"""The stages of reading a source: what it says, and the same in our terms."""

LEXICONS = "lexicons.jsonl"
"""In a merged folder: the entries of users' lexicons, each with the documents that were read with it."""

_MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".tsv": "text/tab-separated-values",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
_RDF = {
    "JSON_LD": "application/ld+json",
    "N_QUADS": "application/n-quads",
    "N_TRIPLES": "application/n-triples",
    "RDF_XML": "application/rdf+xml",
    "TRIG": "application/trig",
    "TURTLE": "text/turtle",
}
_HEAD = 4096


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """What some sources state, with what was read in articles and what the user's lexicons told beside it.

    `entries` are those of the lexicons, each with the documents that were read with it. `warnings` are for a person:
    what was left out or is strange.
    """

    stated: Graph
    annotations: tuple[Annotation, ...] = ()
    entries: Mapping[Entry, frozenset[str]] = dataclasses.field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def lexicon(self) -> tuple[Entry, ...]:
        """The entries of all lexicons, in order."""
        return tuple(sorted(self.entries))


def union(sources: Iterable[Source]) -> Source:
    """All that they state: the order and repetition don't matter."""
    listed = list(sources)
    annotations = {item.document.id: item for each in listed for item in each.annotations}
    entries: dict[Entry, frozenset[str]] = {}
    for entry, documents in (pair for each in listed for pair in each.entries.items()):
        entries[entry] = entries.get(entry, frozenset()) | documents
    return Source(
        _together([each.stated for each in listed]),
        tuple(annotations[iri] for iri in sorted(annotations)),
        entries,
        tuple(dict.fromkeys(warning for each in listed for warning in each.warnings)),
    )


def _together(graphs: Sequence[Graph]) -> Graph:
    if place() is None:
        return merge(*graphs)
    documents = (document for graph in graphs for document in graph.documents.values())
    whole = shelf.graph(itertools.chain.from_iterable(graphs), documents)
    return whole.with_activities(item for graph in graphs for item in graph.activities)


def without(source: Source, gone: Collection[str]) -> Source:
    """What the other documents state: as if these had never been merged."""
    documents = [item for item in source.stated.documents.values() if item.id not in gone]
    entries = {entry: known - frozenset(gone) for entry, known in source.entries.items()}
    return Source(
        shelf.graph(_rest(source.stated, gone), documents).with_activities(source.stated.activities),
        tuple(item for item in source.annotations if item.document.id not in gone),
        {entry: known for entry, known in entries.items() if known},
        source.warnings,
    )


def entries(source: Source) -> Iterator[str]:
    """The lines of LEXICONS."""
    for entry in source.lexicon:
        record = {"documents": sorted(source.entries[entry]), **entry._asdict()}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def read(
    path: Path, *, mappings: Sequence[mapping.TableMapping] = (), crosswalk: Crosswalk, clock: Clock | None = None
) -> Source:
    """The source at a path: a folder that `kg` filled, RDF, or a table for which one of the mappings is.

    `clock` is told how many triples, rows or statements are READ, and how many are STATED in our terms.
    Raises KgError where it is none of these, or broken, with the line.
    """
    clock = clock or Clock()
    if path.is_dir():
        return folder(path, clock=clock)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise KgError(f"can't read {path}: {error.strerror}") from error
    if path.name in ("graph.ttl", "graph.trig", store.GRAPH) and (path.parent / store.ANNOTATED).is_file():
        return folder(path.parent, clock=clock)
    if rdf.is_rdf(path, head):
        return _graph(path, head, crosswalk, clock)
    if path.suffix.lower() in tables.SUFFIXES:
        return _table(path, mappings, crosswalk, clock)
    known = ", ".join((*sorted(rdf.SUFFIXES), *tables.SUFFIXES))
    raise KgError(f"{path} is neither a folder of outputs nor a file that ends in {known}; rename or convert it")


def folder(path: Path, *, clock: Clock | None = None) -> Source:
    """What a folder of outputs was made of: the articles as they were read, or what was merged there before."""
    store.check(path)
    if not (path / stated.FILE).is_file() and not (path / store.ANNOTATED).is_file():
        raise KgError(f"{path} does not tell what was read in each document; give {path / 'graph.ttl'} instead")
    annotated = (path / store.ANNOTATED).is_file()
    annotations = tuple(store.read_annotations(path)) if annotated else ()
    statements: Iterable[Statement]
    if (path / stated.FILE).is_file():
        statements = _undecided(path)
    else:
        threshold = float(store.manifest(path).get("options", {}).get("threshold", 0.0))
        statements = (statement for item in annotations for statement in lift(item, threshold=threshold))
    decided = decisions.read(path / decisions.FILE)
    found = (clock or Clock()).each(READ, itertools.chain(statements, decided), step=STEP)
    whole = shelf.graph(found, store.read_documents(path / store.DOCUMENTS))
    whole = whole.with_activities(store.activities(path, whole.documents))
    return Source(whole, annotations, _entries(path, whole.documents))


def _undecided(path: Path) -> Iterator[Statement]:
    """What the sources of a merged folder state, without the pairs of which its own people decided anew."""
    chosen = decisions.choices(path / decisions.FILE)
    anew = {frozenset((one, two)) for choice in chosen for one in choice.ones for two in choice.others}
    for item in stated.read(path / stated.FILE):
        decided = item.predicate in (vocab.SAME_AS, vocab.DIFFERENT_FROM)
        if not (decided and frozenset((item.subject, item.object)) in anew):
            yield item


def _entries(path: Path, documents: Iterable[str]) -> dict[Entry, frozenset[str]]:
    """The entries with which a folder was made, each with the documents that were read with it."""
    if not (path / LEXICONS).is_file():
        return dict.fromkeys(store.lexicon(path), frozenset(documents))
    found = {}
    try:
        for line in (path / LEXICONS).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            known = frozenset(record.pop("documents"))
            cells: dict[str, Any] = {key: tuple(it) if isinstance(it, list) else it for key, it in record.items()}
            found[Entry(**cells)] = known
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgError(f"{path / LEXICONS} is damaged ({error}); merge its sources again") from error
    return found


def _rest(stated: Graph, gone: Collection[str]) -> Iterator[Statement]:
    for item in stated:
        ends = (end.partition("#")[0] for end in (item.subject, item.object) if isinstance(end, str))
        if any(end in gone for end in ends):
            continue
        evidence = tuple(each for each in item.evidence if each.document not in gone)
        if evidence == item.evidence:
            yield item
        elif evidence:
            yield dataclasses.replace(item, evidence=evidence)


def _graph(path: Path, head: bytes, crosswalk: Crosswalk, clock: Clock) -> Source:
    form, warning = rdf.form(path, head)
    records, warnings = rdf.read(path, form, count=lambda found: clock.each(READ, found, step=STEP))
    found = stating(path.stem, _RDF[form], rdf.about(records, path), records, crosswalk)
    return _source(path, records, found, [*filter(None, [warning]), *warnings], clock)


def _table(path: Path, mappings: Sequence[mapping.TableMapping], crosswalk: Crosswalk, clock: Clock) -> Source:
    fitting = [each for each in mappings if mapping.fits(each, path)]
    if not fitting:
        names = ", ".join(mapping.shipped())
        given = f"none of the mappings given is for a file of this name; it has to fit the mapping's sources ({names})"
        raise KgError(
            f"{path} is a table; {given if mappings else f'say how to read it with --mapping: {names}, or a file'}"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KgError(f"can't read {path}: {error.strerror}") from error
    records = list(clock.each(READ, mapping.records(fitting[0], path, data), step=STEP))
    meta = fitting[0].meta._replace(title=": ".join(filter(None, (fitting[0].meta.title, path.stem))))
    found = stating(path.stem, _MEDIA[path.suffix.lower()], meta, records, crosswalk)
    return _source(path, records, found, [], clock)


def _source(
    path: Path, records: list[Record], found: tuple[Document, Iterator[Statement]], warnings: list[str], clock: Clock
) -> Source:
    document, statements = found
    graph = shelf.graph(clock.each(STATED, statements, step=STEP), [document])
    if not records:
        warnings.append(f"{path.name} holds no records, so that nothing comes from it")
    elif not any("#r" in item.subject for item in graph):
        warnings.append(
            f"nothing in {path.name} has both a name and a type, so that it is kept beside the rest, unmatched"
        )
    return Source(graph, warnings=tuple(warnings))
