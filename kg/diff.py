"""Where two graphs differ, statement by statement, and why: another source, another reading, another identity."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence

from kg import vocab
from kg.graph import Graph
from kg.types import Evidence, Statement

ADDED, REMOVED, EVIDENCE = "added", "removed", "evidence"
"""What can become of a statement: only in the second graph, only in the first, in both with other evidence."""

_OURS = {vocab.KG, vocab.RDF, vocab.RDFS, vocab.OWL, vocab.SKOS, vocab.SCHEMA, vocab.BASE + "id/"}
_LINKS = (vocab.SAME_AS, vocab.DIFFERENT_FROM)


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """A statement that differs: `kind` is ADDED, REMOVED or EVIDENCE, `cause` says in words where it comes from."""

    kind: str
    statement: Statement
    cause: str


def diff(one: Graph, two: Graph) -> Iterator[Change]:
    """The changes from the first graph to the second, in the order of `Statement.key`; none for equal graphs.

    A statement that only one graph has is put down to the first of these that holds: none of its documents is in the
    other graph; the other graph states it about another id, since identity was decided otherwise; the same document was
    read otherwise. Time grows with the statements of both.
    """
    before, after = ({item.key: item for item in graph} for graph in (one, two))
    known = _evidence(one), _evidence(two)
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            yield Change(REMOVED, before[key], _cause(before[key], two, known[1]))
        elif key not in before:
            yield Change(ADDED, after[key], _cause(after[key], one, known[0]))
        elif _ids(before[key]) != _ids(after[key]):
            yield Change(EVIDENCE, after[key], _other(before[key], after[key]))


def lines(changes: Sequence[Change], one: Graph, two: Graph) -> Iterator[str]:
    """The changes as text: a sign (+, -, ~), the statement in names, and the cause."""
    signs = {ADDED: "+", REMOVED: "-", EVIDENCE: "~"}
    for change in changes:
        graph, item = (one if change.kind == REMOVED else two), change.statement
        end = _named(graph, item.object) if isinstance(item.object, str) else item.object.value
        said = f"{_named(graph, item.subject)} · {_named(graph, item.predicate)} · {end}"
        yield f"{signs[change.kind]} {said}  ({change.cause})"


def _named(graph: Graph, iri: str) -> str:
    """The name of a thing, the last part of a term that we use, and else the IRI, which alone tells what is meant."""
    space, mark, name = iri.rpartition("#") if "#" in iri else iri.rpartition("/")
    ours = iri in graph.entities or (name and space + mark in _OURS)
    return graph.name(iri) if ours else iri


def _evidence(graph: Graph) -> Mapping[str, Statement]:
    """By id of evidence, what it is evidence of; decisions, which are about ids, left out."""
    return {each.id: item for item in graph if item.predicate not in _LINKS for each in item.evidence}


def _ids(item: Statement) -> frozenset[str]:
    return frozenset(each.id for each in item.evidence)


def _cause(item: Statement, other: Graph, known: Mapping[str, Statement]) -> str:
    if not item.evidence:
        return "it follows from other statements"
    documents = sorted({each.document for each in item.evidence if each.document})
    if not any(iri in other.documents for iri in documents):
        return f"from {_told(documents)}, which the other graph does not have"
    if item.predicate in _LINKS:
        return "identity was decided otherwise"
    elsewhere = (known[each.id] for each in item.evidence if each.id in known)
    moved = next((each for each in elsewhere if each.predicate == item.predicate and each.key != item.key), None)
    if moved:
        return f"there it is said of {moved.subject}: identity was decided otherwise"
    return f"{_told(documents)} was read otherwise"


def _other(before: Statement, after: Statement) -> str:
    gained, lost = (_places(one, two) for one, two in ((after, before), (before, after)))
    return "; ".join(filter(None, (gained and f"also said in {gained}", lost and f"no longer said in {lost}")))


def _places(one: Statement, two: Statement) -> str:
    """The documents of evidence that the first statement has and the second has not."""
    known = _ids(two)
    found: set[Evidence] = {each for each in one.evidence if each.id not in known}
    return _told(sorted({each.document for each in found}))


def _told(documents: Sequence[str]) -> str:
    names = [iri.rsplit("/", 1)[-1] for iri in itertools.islice(documents, 3)]
    return ", ".join(names) + (f" and {len(documents) - 3} more" if len(documents) > len(names) else "")
