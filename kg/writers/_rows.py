"""The relations of a graph as rows: what its tables have in common, whatever file they go to."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph import Graph
from kg.types import Evidence, Literal, Statement
from kg.writers._text import local

COLUMNS = (
    *("subject", "subject_type", "predicate", "object", "object_type", "stance", "by", "score", "quote"),
    *("title", "publisher", "published", "url", "document", "start", "end", "subject_id", "predicate_id", "object_id"),
)
"""`stance` is empty where the sentence states it as fact; the last three are IRIs."""

Row = tuple[str | int | float | None, ...]


def rows(graph: Graph) -> Iterator[Row]:
    """One row for each piece of evidence, one for a relation that has none; None is what is not known."""
    for statement in graph.relations:
        for evidence in statement.evidence or (None,):
            yield (*_ends(graph, statement), *_source(graph, evidence), *_ids(statement))


def _ends(graph: Graph, statement: Statement) -> Row:
    item = statement.object
    end = (
        (item.value, local(item.datatype)) if isinstance(item, Literal) else (graph.name(item), type_name(graph, item))
    )
    return (graph.name(statement.subject), type_name(graph, statement.subject), local(statement.predicate), *end)


def _source(graph: Graph, evidence: Evidence | None) -> Row:
    if evidence is None:
        return (None,) * 11
    document = graph.documents.get(evidence.document)
    known = (
        (document.title or document.name, document.publisher, document.published, document.url) if document else None
    )
    return (
        ", ".join(evidence.stance),
        graph.name(evidence.by) if evidence.by else None,
        round(evidence.score, 2),
        evidence.quote,
        *(known or (evidence.document, None, None, None)),
        *(evidence.document, evidence.start, evidence.end),
    )


def _ids(statement: Statement) -> Row:
    item = statement.object
    return (statement.subject, statement.predicate, None if isinstance(item, Literal) else item)


def type_name(graph: Graph, iri: str) -> str:
    """The local name of an entity's class, "" if it has none."""
    entity = graph.entities.get(iri)
    return local(entity.type) if entity else ""
