"""One id for one thing: decisions are gathered, guarded, laid over the statements, and kept beside them."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg import canonical, packed, shelf, vocab
from kg.clusters import Clusters
from kg.graph import Graph, Said
from kg.packed import Row, Told
from kg.profiles import Decision, Matcher, Profile, Profiles, fields, profiles
from kg.renaming import rename
from kg.runs import Runs
from kg.types import Statement, digest
from kg.weights import Feature

ROUNDS = 5
"""How often the matchers are asked at most: what one joins can be a tie for another."""

GIVEN = "given"
"""The matcher named in decisions that came with the call."""


def resolve(
    graph: Said,
    *,
    matchers: Sequence[Matcher] = (),
    decisions: Iterable[Statement] = (),
    known: Mapping[str, Profile] | None = None,
) -> Graph:
    """The graph with one IRI for each thing, and the decisions that led there among its statements.

    `matchers` propose, in turn; `decisions` are owl:sameAs and owl:differentFrom statements between ids of the graph,
    kept whatever the matchers say. Nothing is joined that was decided to be different, of which the types don't go
    together, or that one article tells apart. Of each entity `<document>#e1` the result says that it is owl:sameAs its
    IRI, with the reasons as evidence; evidence keeps its id. The order of statements and documents does not matter.
    `known` are the `kg.profiles` of the graph, in order, where they were made before; they are let go of.
    """
    found = resolution(graph, matchers=matchers, decisions=decisions, known=known)
    return shelf.ordered(found.kept, found.made, documents=graph.documents.values())


class Resolution(NamedTuple):
    """What resolving gives: the thing that each entity is, and the rows of a graph to be read once.

    `kept` are the statements about things, `made` the decisions, each in the order of their subjects.
    """

    ids: Mapping[str, str]
    kept: Iterator[Row]
    made: Iterator[Row]


def resolution(
    graph: Said,
    *,
    matchers: Sequence[Matcher] = (),
    decisions: Iterable[Statement] = (),
    known: Mapping[str, Profile] | None = None,
) -> Resolution:
    """As `resolve`, for who makes the graph: with more in it."""
    found = profiles(graph) if known is None else known
    clusters = _decided(found, matchers, decisions)
    things = canonical.things(found, clusters.members())
    ids, reasons = canonical.ids(things), _reasons(clusters.made())
    if isinstance(found, Profiles):
        found.forget()  # there may be no room for them and a new graph
    return Resolution(ids, rename(graph, things, ids), _statements(reasons, ids, graph))


def _decided(found: Mapping[str, Profile], matchers: Sequence[Matcher], given: Iterable[Statement]) -> Clusters:
    """Gathers the decisions, until the matchers have nothing new."""
    clusters = Clusters(found)
    for item in sorted(_given(given, found), key=_surest):  # a no holds against what follows from two yes
        clusters.decide(item, guarded=False)
    asked: dict[Matcher, int] = {}
    for _ in range(ROUNDS):
        before = clusters.decided
        for matcher in matchers:
            if asked.get(matcher) == clusters.decided:
                continue  # it would say the same
            asked[matcher] = clusters.decided
            for item in _ranked(matcher(found, clusters.find)):
                clusters.decide(item)
        if clusters.decided == before:
            break
    return clusters


def decisions(graph: Graph) -> tuple[Statement, ...]:
    """The statements of a graph that say which entities are the same, and which are not."""
    return tuple(item for item in graph.saying(vocab.SAME_AS, vocab.DIFFERENT_FROM) if _local(item.subject))


def _local(iri: str) -> bool:
    return "#" in iri and iri.startswith(vocab.BASE + "doc/")


def _surest(item: Decision) -> tuple[bool, float, Decision]:
    """What is different first, then the surest."""
    return (bool(item.same), -item.score, item)


def _ranked(proposed: Iterable[Decision]) -> Iterator[Decision]:
    """What is sure, each once, in the order of `_surest`."""
    records = Runs(
        (bool(each.same), -each.score, *fields(each), tuple(map(tuple, each.features)))
        for each in proposed
        if each.same is not None
    )
    for record, _ in itertools.groupby(records):
        yield Decision(*record[2:-1], features=tuple(Feature(*each) for each in record[-1]))


def _given(statements: Iterable[Statement], found: Mapping[str, Profile]) -> Iterator[Decision]:
    """The decisions that statements express; two that are the same as a third are the same."""
    first: dict[str, str] = {}
    for item in sorted(statements, key=lambda statement: statement.key):
        same = item.predicate == vocab.SAME_AS
        reason = next((evidence.reason for evidence in item.evidence if evidence.reason), "so it was decided")
        one, two = item.subject, str(item.object)
        if same and two not in found:
            one, two = first.setdefault(two, one), one
        if one in found and two in found and one != two:
            yield Decision(one, two, same=same, score=1.0, reason=reason, matcher=GIVEN)


def _reasons(made: Iterable[Decision]) -> Runs[tuple[Any, ...]]:
    """The decisions by the entities of whom they are told."""
    reasons = Runs[tuple[Any, ...]]()
    for item in made:
        ends = (item.one, item.two) if item.same else (item.one,)
        reasons.extend((iri, *fields(item)) for iri in ends)
    return reasons


def _statements(reasons: Iterable[tuple[Any, ...]], ids: Mapping[str, str], graph: Said) -> Iterator[Row]:
    """The decisions as statements: each entity the same as its IRI, and those apart that were decided to be."""
    known = itertools.groupby(reasons, operator.itemgetter(0))
    iri, records = next(known, _NONE)
    for one, where in _typed(graph):
        if (thing := ids.get(one)) is None:
            continue
        decided = list[Decision]()
        if iri == one:
            decided = [Decision(*record[1:]) for record in records]
            iri, records = next(known, _NONE)
        for item in decided:
            if not item.same:
                yield shelf.told((one, vocab.DIFFERENT_FROM, item.two, "", ""), [_evidence(item, one, where)])
        if one != thing:
            same = [item for item in decided if item.same]
            evidence = _each_once(_evidence(item, one, where) for item in same) if same else [_alone(one, where)]
            yield shelf.told((one, vocab.SAME_AS, thing, "", ""), evidence)


_NO_OTHER = "no other is known to be this one"
_NONE: tuple[str, Iterator[tuple[Any, ...]]] = ("", iter(()))
_START, _SCORE = 2, 7  # places among the fields of evidence


def _typed(graph: Said) -> Iterator[tuple[str, Told]]:
    """Where each thing that has a type is first named, in order."""
    for subject, group in itertools.groupby(graph.saying(vocab.TYPE), operator.attrgetter("subject")):
        evidence = (each for item in group for each in packed.told(item))
        if where := min(evidence, key=operator.itemgetter(_START), default=None):
            yield subject, where


def _evidence(item: Decision, iri: str, where: Told) -> Told:
    """The reason for a decision, and where the entity of whom it is made is first named."""
    other = item.two if iri == item.one else item.one
    reason = item.reason if other == iri else f"{item.reason} ({other})"
    key = digest((iri, other, item.same, item.matcher, item.reason))
    _, document, start, end, quote, stance, by, _, _, *spans, _ = where
    reader = f"matcher:{item.matcher}"
    return (key, document, start, end, quote, stance, by, round(item.score, 2), reader, *spans, reason)


def _alone(iri: str, where: Told) -> Told:
    return _evidence(Decision(iri, iri, same=True, score=1.0, reason=_NO_OTHER, matcher="alone"), iri, where)


def _each_once(evidence: Iterable[Told]) -> list[Told]:
    """Sorted by id; of what was decided twice for one reason the surest."""
    found = {each[0]: each for each in sorted(evidence, key=operator.itemgetter(0, _SCORE))}
    return list(found.values())
