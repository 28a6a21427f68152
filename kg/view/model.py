"""What the page shows, as plain rows of numbers and strings: entities, statements, facts, sentences, disputes.

Rows name each other by their number in their list. Entities are in the order of their rank, so that the first are the
ones to show when there is no room for all.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from kg import vocab
from kg.graph import Dispute, Graph
from kg.ontology import Ontology, ontology
from kg.types import Evidence, Literal, Statement, digest
from kg.view import words
from kg.view.geometry import Pairs
from kg.view.looks import NO_TYPE, looks
from kg.view.passages import Embed, Passage, Place, cut, named
from kg.view.rank import pagerank
from kg.view.tongue import tongue

Row: TypeAlias = dict[str, Any]
"""What becomes one JSON object; keys without a value are left out."""

_NAMING = frozenset((vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL, vocab.TYPE))
_DATES = frozenset(("date", "dateTime", "gYear", "gYearMonth"))


@dataclasses.dataclass(frozen=True, slots=True)
class Model:
    """The rows of the page, see the functions below for the keys of each.

    `relations` are the words of the `predicates`, which are IRIs; `pairs` join entities that have a line.
    """

    types: list[Row]
    relations: list[str]
    predicates: list[str]
    entities: list[Row]
    statements: list[Row]
    facts: list[Row]
    documents: list[Row]
    passages: list[Row]
    disputes: list[Row]
    pairs: Pairs


def model(graph: Graph, *, embed: Embed = "context") -> Model:
    """The rows for a graph; `embed` says how much of the documents' text goes along."""
    terms = ontology()
    spoken = _vocabulary(graph)
    said, facts = _split(graph, terms, spoken)
    order, ranks = _ranked(_members(graph, said, facts, terms, spoken), said)
    index = {iri: number for number, iri in enumerate(order)}
    quoted = [item for statement in (*said, *facts) for item in statement.evidence]
    passages, places = cut(quoted, graph.documents, embed)
    documents = sorted({passage.document for passage in passages} | set(graph.documents))
    document_of = {iri: number for number, iri in enumerate(documents)}
    quote = _Quoter(graph, index, places, document_of)
    types, kinds = _types(graph, order, terms)
    relations = sorted({statement.predicate for statement in (*said, *facts)})
    number_of = {iri: number for number, iri in enumerate(relations)}
    disputed = {one.id: number for number, dispute in enumerate(graph.disputes) for one in dispute.statements}
    statements = [_statement(one, index, number_of, quote, disputed) for one in said]
    return Model(
        types=types,
        relations=[_relation(graph, iri, terms) for iri in relations],
        predicates=relations,
        entities=_entities(graph, order, ranks, kinds, quote),
        statements=statements,
        facts=[_fact(one, graph, index, number_of, quote, disputed) for one in facts],
        documents=[_document(graph, iri) for iri in documents],
        passages=_passages(graph, passages, index, document_of),
        disputes=[_dispute(one, graph, index, number_of) for one in graph.disputes],
        pairs=_pairs(statements),
    )


def _vocabulary(graph: Graph) -> frozenset[str]:
    """The properties and classes that a graph uses: it may describe them too, but they are no things of its world."""
    kinds = {one.object for one in graph if one.predicate == vocab.TYPE and isinstance(one.object, str)}
    return frozenset(kinds | {one.predicate for one in graph})


def _split(graph: Graph, terms: Ontology, spoken: frozenset[str]) -> tuple[list[Statement], list[Statement]]:
    """The statements that are lines between entities, and those that are facts about one."""
    said: list[Statement] = []
    facts: list[Statement] = []
    is_value = functools.cache(lambda iri: _is_value(graph, iri, terms))
    for statement in graph.relations:
        if statement.subject in graph.documents or statement.subject in spoken:
            continue
        if is_value(statement.subject):
            continue
        is_fact = isinstance(statement.object, Literal) or is_value(statement.object)
        (facts if is_fact else said).append(statement)
    return said, facts


def _is_value(graph: Graph, iri: str, terms: Ontology) -> bool:
    if iri.startswith(vocab.BASE + "value/"):
        return True
    entity = graph.entities.get(iri)
    kind = terms.classes.get(words.local(entity.type)) if entity and entity.type.startswith(vocab.KG) else None
    return kind is not None and kind.group == "fact"


def _members(
    graph: Graph, said: Sequence[Statement], facts: Sequence[Statement], terms: Ontology, spoken: frozenset[str]
) -> list[str]:
    """The IRIs of all that is drawn or listed as an entity, in order."""
    aside = spoken | set(graph.documents)
    named = {iri for iri in graph.entities if iri not in aside and not _is_value(graph, iri, terms)}
    ends = {str(end) for statement in said for end in (statement.subject, statement.object)}
    return sorted(named | ends | {statement.subject for statement in facts})


def _ranked(members: list[str], said: Sequence[Statement]) -> tuple[list[str], list[float]]:
    """The members from the most to the least central, and their rank from 1 to 0."""
    index = {iri: number for number, iri in enumerate(members)}
    pairs = [(index[one.subject], index[str(one.object)]) for one in said]
    ranks = pagerank(len(members), pairs, [max(1, len(one.evidence)) for one in said])
    order = sorted(range(len(members)), key=lambda number: (-round(ranks[number], 9), members[number]))
    most = max(ranks, default=1.0)
    return [members[number] for number in order], [round(ranks[number] / most, 4) for number in order]


def _types(graph: Graph, order: Sequence[str], terms: Ontology) -> tuple[list[Row], list[int]]:
    """One row a type that occurs: name, label, group, colour, dark, shape; and each entity's number among them."""
    known = list(terms.classes)
    of = [graph.entities[iri].type if iri in graph.entities else NO_TYPE for iri in order]
    ours = [vocab.KG + name for name in known if vocab.KG + name in of]
    foreign = sorted(set(of) - set(ours) - {NO_TYPE})
    found = [*ours, *foreign, *([NO_TYPE] if NO_TYPE in of else [])]
    look = looks(found, collections.Counter(of), terms)
    rows = []
    for iri in found:
        kind = terms.classes.get(words.local(iri)) if iri in ours else None
        label = words.spaced(kind.label) if kind else _named(graph, iri, terms) or "No type"
        name = words.local(iri) or "none"
        rows.append({"name": name, "label": label, "group": kind.group if kind else label} | look[iri]._asdict())
    number = {iri: place for place, iri in enumerate(found)}
    return rows, [number[iri] for iri in of]


def _relation(graph: Graph, iri: str, terms: Ontology) -> str:
    phrase = terms.phrases.get(words.local(iri)) if iri.startswith(vocab.KG) else None
    return phrase or _named(graph, iri, terms)


def _named(graph: Graph, iri: str, terms: Ontology) -> str:
    """A class or property in words: by our ontology, by the graph's own label, by the end of its IRI."""
    label = terms.labels.get(words.local(iri)) if iri.startswith(vocab.KG) else None
    own = graph.name(iri) if any(_is_label(one) for one in graph.about(iri)) else None
    return words.spaced(label or own or words.local(iri))


def _is_label(one: Statement) -> bool:
    return one.predicate == vocab.LABEL


def _label(graph: Graph, iri: str) -> str:
    """An entity's name, else the end of its IRI, else that it has none."""
    if any(_is_label(one) for one in graph.about(iri)):
        return graph.name(iri) or iri
    return "unnamed" if iri.startswith("_:") else words.local(iri)


def _entities(
    graph: Graph, order: Sequence[str], ranks: Sequence[float], kinds: Sequence[int], quote: _Quoter
) -> list[Row]:
    """Keys: id (address in the page), label, rows (the label broken in two), type, aliases, rank, documents."""
    ids = _addresses(order)
    found = []
    for iri, rank, kind, address in zip(order, ranks, kinds, ids, strict=True):
        entity = graph.entities.get(iri)
        label = _label(graph, iri)
        rows = words.rows(label)
        row = {"id": address, "label": label, "rows": rows if rows != [label] else None, "type": kind, "rank": rank}
        aliases = list(entity.aliases) if entity else None
        found.append(_full(row | {"aliases": aliases, "documents": quote.mentioning(_around(graph, iri))}))
    return found


def _around(graph: Graph, iri: str) -> Iterable[Statement]:
    return (*graph.about(iri), *graph.mentioning(iri))


def _addresses(order: Sequence[str]) -> list[str]:
    """Short ids for the page's address: the last part of our own IRIs, the whole of others."""
    return [iri.removeprefix(vocab.BASE + "id/") or iri for iri in order]


class _Quoter:
    """Turns evidence into rows.

    Keys: document (number), passage (number), at, subject, object (spans in the passage), chars (span in the document,
    in code points), stance, by (an entity's number, or a name), score, reason.
    """

    def __init__(
        self, graph: Graph, index: Mapping[str, int], places: Mapping[Evidence, Place], documents: Mapping[str, int]
    ) -> None:
        self._graph, self._index, self._places = graph, index, places
        self._documents = documents

    def mentioning(self, statements: Iterable[Statement]) -> list[int]:
        """The numbers of the documents that these statements come from."""
        found = {self._documents.get(document, -1) for one in statements for document in one.documents}
        return sorted(found - {-1})

    def rows(self, evidence: Sequence[Evidence]) -> list[Row]:
        if len(evidence) < 2:  # noqa: PLR2004 - by far the most
            return [self._row(item) for item in evidence]
        ordered = sorted(evidence, key=lambda item: (item.document, item.start, item.id))
        return [self._row(item) for item in ordered]

    def _row(self, item: Evidence) -> Row:
        place = self._places[item]
        by = None if item.by is None else self._index.get(item.by, self._graph.name(item.by))
        row = {"document": self._documents[item.document], "passage": place.passage, "at": place.at}
        row |= {"subject": place.subject, "object": place.object, "chars": (item.start, item.end)}
        row |= {"stance": list(item.stance), "by": by, "score": round(item.score, 2), "reason": item.reason}
        return _full(row)


def _statement(
    one: Statement,
    index: Mapping[str, int],
    relations: Mapping[str, int],
    quote: _Quoter,
    disputed: Mapping[str, int],
) -> Row:
    """Keys: id, s, p, o (numbers of entity, relation, entity), evidence, dispute (number)."""
    name = one.id  # a hash, computed anew each time
    row = {"id": name, "s": index[one.subject], "p": relations[one.predicate], "o": index[str(one.object)]}
    return _full(row | {"evidence": quote.rows(one.evidence), "dispute": disputed.get(name)})


def _fact(
    one: Statement,
    graph: Graph,
    index: Mapping[str, int],
    relations: Mapping[str, int],
    quote: _Quoter,
    disputed: Mapping[str, int],
) -> Row:
    """Keys: id, s, p, value (in words), iso (a date as the graph has it), object (see _term), evidence, dispute."""
    name = one.id
    row = {"id": name, "s": index[one.subject], "p": relations[one.predicate]}
    row |= _full({"evidence": quote.rows(one.evidence), "dispute": disputed.get(name)})
    return row | _value(one.object, graph) | {"object": _term(one.object)}


def _term(value: str | Literal) -> str | list[str]:
    """An IRI, or a literal as its form, datatype and language."""
    return value if isinstance(value, str) else [value.value, value.datatype, value.language]


def _value(value: str | Literal, graph: Graph) -> Row:
    if isinstance(value, str):
        return {"value": graph.name(value)}
    is_date = value.datatype.removeprefix(vocab.XSD) in _DATES
    return {"value": words.date(value.value), "iso": value.value} if is_date else {"value": value.value}


def _document(graph: Graph, iri: str) -> Row:
    """Keys: id, iri, title, untitled (its text begins so), publisher, date, iso, author, url (http or https), note.

    Also lang, if the document is not in English as the page is.
    """
    document = graph.documents.get(iri)
    if document is None:
        return {"id": words.local(iri), "iri": iri, "title": words.local(iri)}
    url = document.url if (document.url or "").lower().startswith(("https://", "http://")) else None
    return _full(
        {
            "id": words.local(iri),
            "iri": iri,
            "title": words.title(document),
            "untitled": not document.title or None,
            "publisher": document.publisher,
            "date": words.date(document.published) if document.published else None,
            "iso": document.published,
            "author": document.author,
            "url": url,
            "note": document.note,
            "lang": None if (lang := tongue(document.text)) == "en" else lang,
        }
    )


def _passages(
    graph: Graph, passages: list[Passage], index: Mapping[str, int], documents: Mapping[str, int]
) -> list[Row]:
    """Keys: document (number), start (code point in the document), text, names (start, end, number of the entity)."""
    mentions = (
        (item.document, item.subject, index[one.subject])
        for one in graph
        if one.predicate in _NAMING and one.subject in index
        for item in one.evidence
        if item.subject
    )
    names = named(passages, mentions, graph.documents)
    return [
        {"document": documents[one.document], "start": one.start, "text": one.text}
        | _full({"names": names.get(number)})
        for number, one in enumerate(passages)
    ]


def _dispute(one: Dispute, graph: Graph, index: Mapping[str, int], relations: Mapping[str, int]) -> Row:
    """Keys: id, kind ("value", "denial"), s (an entity's number, or a name), p, statements (ids)."""
    row = {"id": digest((one.kind, one.subject, one.predicate, *(item.id for item in one.statements)))}
    subject = index.get(one.subject, graph.name(one.subject))
    relation = relations.get(one.predicate, -1)
    return row | {"kind": one.kind, "s": subject, "p": relation, "statements": [item.id for item in one.statements]}


def _pairs(statements: Iterable[Row]) -> Pairs:
    """Entities joined by a line, the smaller number first, with the number of sentences for it."""
    found: dict[tuple[int, int], int] = {}
    for row in statements:
        if row["s"] != row["o"]:
            pair = (min(row["s"], row["o"]), max(row["s"], row["o"]))
            found[pair] = found.get(pair, 0) + max(1, len(row.get("evidence", ())))
    return dict(sorted(found.items()))


def _full(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in (None, [], "")}
