"""Where sources contradict each other: two values where there can be one, or what one says and another denies."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg import values, vocab
from kg.graph import Dispute, Graph
from kg.ontology import ontology
from kg.types import Evidence, Literal, Statement

ROUGH = Decimal("0.05")
"""How far, as a share, a rounded number may lie from the exact one."""


def find(graph: Graph) -> tuple[Dispute, ...]:
    """The disputes among the statements of a graph, in a fixed order.

    "value": a property of which one subject has one value (`singleValuedFor` in ontology.ttl), with values that don't
    agree. A rougher value agrees with a finer one: 2024 with 2024-11-26, a quarter with a day in it, 150 billion with
    149.7 billion. What is only planned, possible, past or denied is not counted.
    "denial": one and the same statement said and denied, in the same tense.
    """
    return tuple(sorted((*_values(graph), *_denials(graph)), key=_order))


def add(graph: Graph) -> Graph:
    """The graph with its disputes."""
    return graph.with_disputes(find(graph))


def _order(dispute: Dispute) -> tuple[str, str, str, tuple[tuple[str, ...], ...]]:
    return (dispute.subject, dispute.predicate, dispute.kind, tuple(item.key for item in dispute.statements))


def _values(graph: Graph) -> Iterator[Dispute]:
    properties = dict(_single_valued())
    for subject, group in itertools.groupby(graph.saying(*properties), operator.attrgetter("subject")):
        items, claims = list(group), dict[str, list[Statement]]()
        for item in items if len(items) > 1 else ():  # one value is at odds with nothing
            property_, types = properties[item.predicate]
            if _type(graph, subject) in types and any(map(_claimed, item.evidence)):
                claims.setdefault(property_, []).append(item)
        for property_, statements in claims.items():
            if opposed := _opposed(graph, statements):
                yield Dispute("value", subject, property_, opposed)


def _type(graph: Graph, subject: str) -> str:
    entity = graph.entities.get(subject)
    return entity.type.removeprefix(vocab.KG) if entity else ""


def _single_valued() -> Iterator[tuple[str, tuple[str, frozenset[str]]]]:
    """Each property of which some subjects have one value, the siblings for periods too, with the property meant."""
    for name, relation in ontology().relations.items():
        if relation.functional:
            yield vocab.KG + name, (vocab.KG + name, relation.functional_for)
            if relation.period:
                yield vocab.KG + relation.period, (vocab.KG + name, relation.functional_for)


def _claimed(evidence: Evidence) -> bool:
    return set(evidence.stance) <= {"alleged"}


def _opposed(graph: Graph, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Those with a value that does not agree with another's."""
    known = [(item, _value(graph, item.object)) for item in statements]
    pairs = itertools.combinations(range(len(known)), 2)
    found = {place for one, two in pairs if not _agree(known[one][1], known[two][1]) for place in (one, two)}
    return tuple(statements[place] for place in sorted(found))


class _Amount(NamedTuple):
    unit: str
    number: Decimal


_Value = values.Days | _Amount | None


def _value(graph: Graph, term: str | Literal) -> _Value:
    """The days or the amount that a literal or a value's node stands for; None if that is not known."""
    if isinstance(term, Literal):
        return values.days(term.value)
    facts = _facts(graph.about(term))
    first, last = (values.days(facts.get(vocab.KG + end, "")) for end in ("start", "end"))
    if first and last:
        return first[0], last[1]
    amount = values.number(facts.get(vocab.SCHEMA + "value", ""))
    return None if amount is None else _Amount(facts.get(vocab.SCHEMA + "currency", ""), amount)


def _facts(statements: Iterable[Statement]) -> Mapping[str, str]:
    return {item.predicate: item.object.value for item in statements if isinstance(item.object, Literal)}


def _agree(one: _Value, two: _Value) -> bool:
    if isinstance(one, _Amount) and isinstance(two, _Amount):
        return one.unit != two.unit or _rougher(one.number, two.number) or _rougher(two.number, one.number)
    if one is None or two is None or isinstance(one, _Amount) or isinstance(two, _Amount):
        return True
    return _within(one, two) or _within(two, one)


def _within(one: values.Days, two: values.Days) -> bool:
    return two[0] <= one[0] and one[1] <= two[1]


def _rougher(one: Decimal, two: Decimal) -> bool:
    """Whether the first is the second rounded to the digits that the first has, and not far from it."""
    if one == two:
        return True
    digits = one.normalize().as_tuple().exponent
    rounded = two.quantize(Decimal(1).scaleb(int(digits))) if abs(one) >= 1 else two
    return rounded == one and abs(one - two) <= ROUGH * abs(two)


def _denials(graph: Graph) -> Iterator[Dispute]:
    symmetric = {relation.iri for relation in ontology().relations.values() if relation.symmetric}

    def turned(item: Statement) -> Iterator[Statement]:
        end = item.object if item.predicate in symmetric else None
        around = graph.about(end) if isinstance(end, str) and end != item.subject else ()
        return (each for each in around if each.predicate == item.predicate and each.object == item.subject)

    told = (tuple(sorted((item, *turned(item)), key=operator.attrgetter("key"))) for item in graph.denied())
    for statements in dict.fromkeys(told):
        evidence = [each for item in statements for each in item.evidence]
        said = {_tense(each) for each in evidence if "negated" not in each.stance}
        if any(_tense(each) in said for each in evidence if "negated" in each.stance):
            yield Dispute("denial", statements[0].subject, statements[0].predicate, statements)


def _tense(evidence: Evidence) -> frozenset[str]:
    return frozenset(evidence.stance) - {"negated", "alleged"}
