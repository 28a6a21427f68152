"""The relations of a graph as a table for a spreadsheet: one line for each sentence that states one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kg.graph import Graph
from kg.types import Document, Evidence, Literal, Statement
from kg.writers._text import local

COLUMNS = (
    *("subject", "subject_type", "predicate", "object", "object_type", "stance", "by", "score", "quote"),
    *("title", "publisher", "published", "url", "document", "start", "end", "subject_id", "predicate_id", "object_id"),
)


def table(graph: Graph) -> Iterator[str]:
    """CSV (RFC 4180) in UTF-8 with a heading; `stance` is empty where the sentence states it as fact.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that it stays text.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for statement in graph.relations:
        for evidence in statement.evidence or (None,):
            writer.writerow([_cell(value) for value in _row(graph, statement, evidence)])
        yield _taken(buffer)
    yield _taken(buffer)


def _row(graph: Graph, statement: Statement, evidence: Evidence | None) -> Iterator[object]:
    item = statement.object
    yield from (graph.name(statement.subject), _type(graph, statement.subject), local(statement.predicate))
    if isinstance(item, Literal):
        yield from (item.value, local(item.datatype))
    else:
        yield from (graph.name(item), _type(graph, item))
    yield from _source(graph, evidence) if evidence else [""] * 11
    yield from (statement.subject, statement.predicate, "" if isinstance(item, Literal) else item)


def _source(graph: Graph, evidence: Evidence) -> Iterator[object]:
    yield from (", ".join(evidence.stance), graph.name(evidence.by) if evidence.by else "", f"{evidence.score:.2f}")
    yield evidence.quote
    document = graph.documents.get(evidence.document) or Document(evidence.document, evidence.document, "")
    yield from (document.title or document.name, document.publisher, document.published, document.url)
    yield from (evidence.document, evidence.start, evidence.end)


def _type(graph: Graph, iri: str) -> str:
    entity = graph.entities.get(iri)
    return local(entity.type) if entity else ""


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
