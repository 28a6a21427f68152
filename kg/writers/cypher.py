"""A script of openCypher that builds the graph in Neo4j, Memgraph and their like; run twice, it adds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import vocab
from kg.graph import Graph
from kg.types import Document, Literal, Statement
from kg.writers._text import local

_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{ord(char): f"\\{letter}" for char, letter in zip("\t\n\r\b\f\"'\\", "tnrbf\"'\\", strict=True)},
}
_HEADER = """// The graph as openCypher: (:Entity), (:Literal) and (:Document) nodes, a relationship a statement, and
// on it the evidence as lists of one length: documents, starts, ends, quotes, stances ("": none), speakers, scores.
// What is stated without reserve has asserted: true. With many nodes, make an index first; in Neo4j:
// CREATE INDEX FOR (n:Entity) ON (n.id); CREATE INDEX FOR (n:Literal) ON (n.id);
"""

_NAMES = {"altLabel", "hiddenLabel", "id", "label", "type"}

Value = str | float | bool | list[str] | list[int] | list[float]


def script(graph: Graph) -> Iterator[str]:
    """One statement a line: documents, entities, literals, then relationships in the order of `Statement.key`."""
    yield _HEADER
    yield from (_merge("Document", item.id, _document(item)) for item in graph.documents.values())
    for iri, entity in graph.entities.items():
        known: dict[str, Value] = {**_facts(graph, iri), "name": entity.name, "aliases": list(entity.aliases)}
        yield _merge("Entity", iri, known, label=local(entity.type))
    ends = sorted({item.object for item in graph.relations if isinstance(item.object, Literal)}, key=_key)
    for end in ends:
        kind = {"value": end.value, "datatype": end.datatype, "language": end.language}
        yield _merge("Literal", _key(end), {key: text for key, text in kind.items() if text})
    others = {end for item in graph.relations for end in (item.subject, item.object) if isinstance(end, str)}
    yield from (_merge("Entity", iri, {"name": graph.name(iri)}) for iri in sorted(others - set(graph.entities)))
    yield from map(_relation, graph.relations)


def _document(item: Document) -> dict[str, Value]:
    known = {
        "name": item.name,
        "title": item.title,
        "publisher": item.publisher,
        "published": item.published,
        "author": item.author,
        "url": item.url,
        "sha256": item.hash,
    }
    return {key: value for key, value in known.items() if value}


def _facts(graph: Graph, iri: str) -> dict[str, Value]:
    """The literals that some source states of an entity, or that need no source: what an amount is, for one."""
    found: dict[str, list[str]] = {}
    for item in graph.about(iri):
        name = local(item.predicate)
        if isinstance(item.object, Literal) and (item.asserted or not item.evidence) and name not in _NAMES:
            found.setdefault(name, []).append(item.object.value)
    return {name: texts[0] if len(texts) == 1 else list(texts) for name, texts in found.items()}


def _relation(item: Statement) -> str:
    end = ("Literal", _key(item.object)) if isinstance(item.object, Literal) else ("Entity", item.object)
    found = item.evidence
    known: dict[str, Value] = {
        "predicate": item.predicate,
        "asserted": item.asserted or not found,
        "score": round(item.score, 2),
        "documents": [each.document for each in found],
        "starts": [each.start for each in found],
        "ends": [each.end for each in found],
        "quotes": [each.quote for each in found],
        "stances": [", ".join(each.stance) for each in found],
        "speakers": [each.by or "" for each in found],
        "scores": [round(each.score, 2) for each in found],
    }
    return (
        f"MATCH (a:Entity {{id: {_value(item.subject)}}}), (b:{end[0]} {{id: {_value(end[1])}}}) "
        f"MERGE (a)-[r:{_name(local(item.predicate))} {{id: {_value(item.id)}}}]->(b) SET {_set('r', known)};\n"
    )


def _merge(kind: str, key: str, known: dict[str, Value], *, label: str = "") -> str:
    more = f"n:{_name(label)}, " if label else ""
    return f"MERGE (n:{kind} {{id: {_value(key)}}}) SET {more}{_set('n', known)};\n"


def _set(variable: str, known: dict[str, Value]) -> str:
    return ", ".join(f"{variable}.{_name(key)} = {_value(value)}" for key, value in known.items())


def _key(item: Literal) -> str:
    """A literal as a text of its own: two that differ in datatype or language are two nodes."""
    tail = f"@{item.language}" if item.language else f"^^{item.datatype.removeprefix(vocab.XSD)}"
    return f"{item.value}{tail}"


def _value(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value.translate(_ESCAPES)}'" if isinstance(value, str) else repr(value)


def _name(text: str) -> str:
    """A label, type or property; between backticks unless it is a plain word."""
    cleaned = text.translate(dict.fromkeys((*range(0x20), 0x7F, 0x5C, *range(0xD800, 0xE000)), "_")) or "_"
    return cleaned if _PLAIN.fullmatch(cleaned) else f"`{cleaned.replace('`', '``')}`"
