"""The working form on disk, JSON a line: reads what `kg build` wrote back as a Graph and as Annotations."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.graph import Graph
from kg.lexicon import Entry
from kg.lexicon import table as lexicons
from kg.outputs import ANNOTATED, DOCUMENTS, FORMAT, GRAPH, MANIFEST, check, manifest
from kg.types import Activity, Annotation, Document, Evidence, Literal, Mention, Span, Statement, merge_evidence

__all__ = ["ANNOTATED", "DOCUMENTS", "FORMAT", "GRAPH", "MANIFEST", "activities", "check", "load", "manifest", "runs"]

Record = dict[str, Any]
_T = TypeVar("_T")


def load(folder: str | Path) -> Graph:
    """The graph in a folder that `kg build` or `kg.write` filled, equal to the one that was written.

    Disputes are not stored, since they follow from the statements: they are found again. Raises KgError where there is
    no graph, where a newer `kg` wrote it, or where a file is damaged.
    """
    from kg import disputes  # brings the ontology, which whoever only asks for `check` has no need of

    folder = Path(folder)
    check(folder)
    documents = read_documents(folder / DOCUMENTS) if (folder / DOCUMENTS).exists() else ()
    graph = Graph(read_statements(folder / GRAPH), documents)
    return disputes.add(graph.with_activities(activities(folder, graph.documents)))


def lexicon(folder: str | Path) -> tuple[Entry, ...]:
    """The user's own entries with which the graph in a folder was made; none if there were none."""
    path = Path(folder) / lexicons.FILE
    return lexicons.read_all(path) if path.exists() else ()


def read_statements(path: Path) -> Iterator[Statement]:
    """The statements of a graph.jsonl. Raises KgError with the line that is damaged."""
    return read(path, _statement)


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a documents.jsonl. Raises KgError with the line that is damaged or altered."""
    return read(path, _document)


def read_annotations(folder: str | Path) -> Iterator[Annotation]:
    """What was read in each document, with its text, from the documents.jsonl and annotated.jsonl of a folder.

    Statements of one subject, predicate and object come united. Raises KgError with the line that is damaged.
    """
    folder = Path(folder)
    documents = {document.id: document for document in read_documents(folder / DOCUMENTS)}
    return read(folder / ANNOTATED, lambda record: annotation(record, documents))


def activities(folder: Path, documents: Iterable[str]) -> Iterator[Activity]:
    """The runs that read the documents of a folder, by its manifest. Raises KgError where that is damaged."""
    found = manifest(folder)
    try:
        for each in found.get("runs", ()):
            options = json.dumps(each["options"], sort_keys=True)
            read = tuple(sorted(each.get("documents", documents)))
            yield Activity(each["id"], each["kg"], each["model"], options, read)
    except (AttributeError, KeyError, TypeError) as error:
        raise KgError(f"{folder / MANIFEST} tells no runs that can be read ({error}); run kg build again") from error


def runs(activities: Iterable[Activity], documents: Iterable[str]) -> list[dict[str, Any]]:
    """How the manifest tells the runs; the documents only where a run did not read them all."""
    found, every = [], tuple(sorted(documents))
    for each in activities:
        told = {"id": each.id, "kg": each.version, "model": each.model, "options": json.loads(each.options)}
        found.append(told if each.documents == every else {**told, "documents": list(each.documents)})
    return found


def read(path: Path, make: Callable[[Record], _T]) -> Iterator[_T]:
    """What is made of each line of JSON. Raises KgError with the line that is damaged."""
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):  # noqa: B007 - the number is for the message below
                yield make(json.loads(line))
    except OSError as error:
        raise KgError(f"can't read {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{type(error).__name__}: {error}"
        raise KgError(f"{path.name} is damaged at line {number} ({what}); run kg build again") from error


def _statement(record: Record) -> Statement:
    return Statement(
        record["subject"],
        record["predicate"],
        term(record["object"]),
        tuple(map(evidence, record.get("evidence", ()))),
    )


def term(item: str | Record) -> str | Literal:
    """An IRI or a literal, as `kg.writers.jsonl` writes it."""
    return Literal(**item) if isinstance(item, dict) else item


def evidence(record: Record) -> Evidence:
    """A place where a statement is made, as `kg.writers.jsonl` writes it."""
    return Evidence(
        **{
            **record,
            "stance": tuple(record.get("stance", ())),
            "subject": _span(record.get("subject")),
            "object": _span(record.get("object")),
        }
    )


def _document(record: Record) -> Document:
    known = {key: value for key, value in record.items() if key not in ("id", "iri", "sha256")}
    document = Document(id=record["iri"], name=record["id"], **known)
    if record.get("sha256", document.hash) != document.hash:
        raise ValueError(f"the text of {document.name} is not the one that was read")
    return document


def annotation(record: Record, documents: Mapping[str, Document]) -> Annotation:
    """What a record of annotated.jsonl says of its document. Raises KeyError, TypeError or ValueError."""
    document = documents[record["iri"]]
    mentions = tuple(Mention(**mention) for mention in record["mentions"])
    found: dict[tuple[str, ...], list[Statement]] = {}
    for item in record["statements"]:
        statement = _local_statement(item, document)
        found.setdefault(statement.key, []).append(statement)
    united = (
        dataclasses.replace(same[0], evidence=merge_evidence((), tuple(each for one in same for each in one.evidence)))
        for same in found.values()
    )
    return Annotation(document, mentions, tuple(united))


def _local_statement(record: Record, document: Document) -> Statement:
    evidence = Evidence(
        id=record["id"],
        document=document.id,
        start=record["start"],
        end=record["end"],
        quote=document.text[record["start"] : record["end"]],
        stance=tuple(record["modifiers"]),
        by=record["by"],
        score=record["score"],
        reader=record.get("reader", ""),
        subject=_span(record.get("subject_span")),
        object=_span(record.get("object_span")),
        reason=record.get("reason", ""),
    )
    item = record["object"]
    item = Literal(item, **record["literal"]) if "literal" in record else item
    return Statement(record["subject"], record["predicate"], item, (evidence,))


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None
