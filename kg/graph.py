"""A graph is a set of statements, indexed, with the documents that they were read from."""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from kg import packed, vocab
from kg.packed import Row
from kg.types import Activity, Document, Evidence, Literal, Statement, merge_activities, merge_evidence

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.query import Result

_VALUES = vocab.BASE + "value/"
_NAMES = {vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL}
_key = operator.attrgetter("key")
_ASIDE = {vocab.TYPE, *_NAMES, vocab.SAME_AS, vocab.DIFFERENT_FROM, vocab.SCHEMA + "url"}


@dataclasses.dataclass(frozen=True, slots=True)
class Entity:
    """A read-only view of what a graph says about one id.

    `type` is the class's IRI (of several the first in order, our ontology's before others; "" if none), `name` its
    label, `aliases` its other names, sorted.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Dispute:
    """Statements that can't all be so: `kind` is "value" (a functional property with two values) or "denial"."""

    kind: str
    subject: str
    predicate: str
    statements: tuple[Statement, ...]


class Said(Protocol):
    """What is said, to be read in the order of `Statement.key`, and by which documents: a graph, or what can be one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by their IRI, in order."""

    def __iter__(self) -> Iterator[Statement]:
        """The statements, each once."""

    def rows(self) -> Iterator[Row]:
        """The same as rows."""

    def saying(self, *predicates: str) -> Iterator[Statement]:
        """Those with one of these predicates."""


class Graph:
    """A set of statements with the union of their evidence, and the documents that the evidence names.

    Statements are held once per (subject, predicate, object) and iterated in the order of `Statement.key`. `activities`
    are the runs that read the documents, where that is known.
    """

    activities: tuple[Activity, ...] = ()

    def __init__(
        self,
        statements: Iterable[Statement] = (),
        documents: Iterable[Document] = (),
        disputes: Iterable[Dispute] = (),
    ) -> None:
        index = _indexed(statements)
        self._by_subject = {subject: _united(index.pop(subject)) for subject in sorted(index)}
        self._count = sum(map(len, self._by_subject.values()))
        # of two records of one document the greater stands
        self._documents = {
            document.id: document for document in sorted(documents, key=lambda item: (item.id, _order(item)))
        }
        self.disputes = tuple(disputes)

    def __iter__(self) -> Iterator[Statement]:
        return itertools.chain.from_iterable(self._by_subject.values())

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        same = len(self) == len(other) and all(map(operator.eq, self, other))
        return same and dict(self.documents) == dict(other.documents)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Graph({len(self)} statements, {len(self.entities)} entities, {len(self.documents)} documents)"

    def with_disputes(self, disputes: Iterable[Dispute]) -> Graph:
        """The same statements and documents with these disputes."""
        other = copy.copy(self)
        other.disputes = tuple(disputes)
        return other

    def with_activities(self, activities: Iterable[Activity]) -> Graph:
        """The same graph as read by these runs: each with its documents that are here, none without any."""
        here, other = set(self.documents), copy.copy(self)
        found = (dataclasses.replace(item, documents=tuple(sorted(here & {*item.documents}))) for item in activities)
        other.activities = merge_activities(item for item in found if item.documents)
        return other

    def replaced(self, statements: Iterable[Statement | None], more: Iterable[Statement] = ()) -> Graph:
        """The graph with others in place of its statements, in their order (None leaves one out), and with more."""
        others, groups, loose = iter(statements), dict[str, tuple[Statement, ...]](), list(more)
        for subject, items in self._by_subject.items():
            found = list(itertools.islice(others, len(items)))
            if all(map(operator.is_, found, items)):
                groups[subject] = items
            else:
                loose += filter(None, found)
        if len(groups) == len(self._by_subject) and not loose:
            return self
        for subject, group in _indexed(loose).items():
            groups[subject] = _united([*groups.get(subject, ()), *group])
        return self.of(groups, self.documents.values())

    @classmethod
    def of(cls, groups: Mapping[str, tuple[Statement, ...]], documents: Iterable[Document]) -> Graph:
        """The graph of statements by their subjects: each group in its order, each statement once."""
        graph = cls((), documents)
        graph._by_subject = {subject: groups[subject] for subject in sorted(groups)}
        graph._count = sum(map(len, groups.values()))
        return graph

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by their IRI, in order."""
        return self._documents

    def rows(self) -> Iterator[Row]:
        """The statements as rows, in order."""
        return map(packed.held, self)

    def saying(self, *predicates: str) -> Iterator[Statement]:
        """The statements with one of these predicates, in order."""
        wanted = frozenset(predicates)
        return (item for item in self if item.predicate in wanted)

    def leading(self, start: str) -> Iterator[Statement]:
        """The statements whose object is an IRI that begins so, in no fixed order."""
        return (item for item in self if isinstance(item.object, str) and item.object.startswith(start))

    def denied(self) -> Iterator[Statement]:
        """The statements that some evidence denies, in order."""
        return (item for item in self if item.denied)

    def about(self, subject: str) -> tuple[Statement, ...]:
        """The statements whose subject is this IRI."""
        return self._by_subject.get(subject, ())

    def mentioning(self, object: str) -> tuple[Statement, ...]:  # noqa: A002 - the field's own name
        """The statements whose object is this IRI."""
        return self._by_object.get(object, ())

    def leading_to(self, objects: Iterable[str]) -> dict[str, list[Statement]]:
        """By each of these IRIs what `mentioning` gives: of few of them at once, without an index of all."""
        found: dict[str, list[Statement]] = {iri: [] for iri in objects}
        for item in self if found else ():
            if isinstance(item.object, str) and item.object in found:
                found[item.object].append(item)
        return found

    @functools.cached_property
    def _by_object(self) -> dict[str, tuple[Statement, ...]]:
        index: dict[str, list[Statement]] = {}
        for statement in self:
            if isinstance(statement.object, str):
                index.setdefault(statement.object, []).append(statement)
        return {key: tuple(items) for key, items in index.items()}

    @functools.cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Every subject that has a type or a name, by its IRI, in order."""
        found = (entity(subject, statements) for subject, statements in self._by_subject.items())
        return {each.id: each for each in found if each}

    @functools.cached_property
    def relations(self) -> Collection[Statement]:
        """The statements other than types, names and links: what the articles say."""
        return tuple(filter(is_relation, self))

    def name(self, iri: str) -> str:
        """The name of an entity, or the last part of its IRI."""
        entity = self.entities.get(iri)
        return entity.name if entity else iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    def query(self, sparql: str) -> Result:
        """The answer to a SPARQL 1.1 query over this graph; see `kg.query.Result`."""
        from kg.query import run  # above this floor: the graph's own door to it

        return run(self, sparql)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Entities as nodes (`name`, `type`), relations between them as edges keyed by the predicate's local name."""
        from kg.writers.networkx import to_networkx

        return to_networkx(self)

    def to_rdflib(self) -> rdflib.Dataset:
        """All of it, with evidence and disputes, as an rdflib Dataset."""
        from kg.writers.rdf import to_rdflib

        return to_rdflib(self)


def entity(subject: str, statements: Iterable[Statement]) -> Entity | None:
    """The view of all that is said about a subject, in its order; None if that is neither a type nor a name."""
    types: list[str] = []
    called: dict[str, list[str]] = {vocab.LABEL: [], vocab.ALT_LABEL: []}
    for item in statements:
        if item.predicate == vocab.TYPE and isinstance(item.object, str):
            types.append(item.object)
        elif item.predicate in called and isinstance(item.object, Literal):
            called[item.predicate].append(item.object.value)
    names, aliases = called.values()
    if not (types or names):
        return None
    name = names[0] if names else subject.rsplit("/", 1)[-1]
    ours = [iri for iri in types if iri.startswith(vocab.KG)]
    return Entity(subject, (ours or types or [""])[0], name, tuple(sorted({*names[1:], *aliases} - {name})))


def is_relation(statement: Statement) -> bool:
    """Whether it is what articles say, rather than a type, a name, a link, or what an amount is."""
    return relates(statement.subject, statement.predicate)


def relates(subject: str, predicate: str) -> bool:
    """Whether a statement of these two is a relation."""
    return predicate not in _ASIDE and not subject.startswith(_VALUES)


def _indexed(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements by subject; those of one mostly follow each other."""
    index: dict[str, list[Statement]] = {}
    last, found = "", list[Statement]()
    for statement in statements:
        if statement.subject != last or not found:
            last = statement.subject
            found = index.setdefault(last, [])
        found.append(statement)
    return index


def _united(items: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements of one subject, each once with the union of its evidence, in order."""
    ordered = items if _rises(items) else sorted(items, key=_key)
    if ordered is not items and not _rises(ordered):  # some come twice
        return tuple([_one(list(same)) for _, same in itertools.groupby(ordered, _key)])
    return tuple([item if len(item.evidence) < 2 else _one([item]) for item in ordered])  # noqa: PLR2004 - nothing to sort


def _rises(items: Sequence[Statement]) -> bool:
    return all(map(_is_before, items, items[1:]))


def _is_before(one: Statement, two: Statement) -> bool:
    """Whether the first of two statements of one subject comes first: most come in order, and have other predicates."""
    if one.predicate is two.predicate or one.predicate == two.predicate:
        return one.key < two.key
    return one.predicate < two.predicate


def _one(same: Sequence[Statement]) -> Statement:
    """Of statements of one key the one with all their evidence, which is sorted once: there may be very much."""
    if len(same) == 1 and _is_sorted(same[0].evidence):
        return same[0]
    evidence = merge_evidence((), tuple(itertools.chain.from_iterable(item.evidence for item in same)))
    return dataclasses.replace(same[-1], evidence=evidence)


def _is_sorted(evidence: Sequence[Evidence]) -> bool:
    ids = [each.id for each in evidence]
    return all(map(operator.lt, ids, ids[1:]))


def merge(*graphs: Graph) -> Graph:
    """The union of statements with the union of their evidence: commutative, associative, idempotent.

    Disputes are not merged, since they follow from the statements: find them again in the result.
    """
    groups: dict[str, tuple[Statement, ...]] = {}
    for graph in graphs:
        for subject, group in itertools.groupby(graph, operator.attrgetter("subject")):
            found = tuple(group)
            groups[subject] = _united([*groups[subject], *found]) if subject in groups else found
    whole = Graph.of(groups, (document for graph in graphs for document in graph.documents.values()))
    return whole.with_activities(item for graph in graphs for item in graph.activities)


def _order(document: Document) -> tuple[str, ...]:
    return tuple(field or "" for field in dataclasses.astuple(document))
