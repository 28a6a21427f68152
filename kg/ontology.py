"""The types and relations that `ontology.ttl` declares, as plain mappings by local name."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg import vocab
from kg.errors import KgError

_OWL_SYMMETRIC = vocab.OWL + "SymmetricProperty"
_MENTIONABLE = vocab.KG + "Mentionable"
_PHRASE = vocab.KG + "phrase"

Facts = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Subject IRI → predicate IRI → object values, each in the order of the file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Class:
    """A type of things that articles mention, or a superclass of such types.

    `parents` are the local names of its direct superclasses. `group`, `colour` (on a light page), `dark` (on a dark
    one) and `shape` say how it is drawn; the group "fact" is shown in text, not as a node.
    """

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]
    group: str
    colour: str
    dark: str
    shape: str


@dataclasses.dataclass(frozen=True, slots=True)
class Relation:
    """A relation that can be read in an article.

    `domain` and `range` hold local names of mentionable classes (superclasses are spelled out). `functional_for` are
    the subject's types for which two different values are a dispute, `functional` says whether there are any.
    `inverse` is the local name of the inverse property; `period` that of the sibling property whose objects are
    periods where this one's are dates. `order` is its place among the relations, from 1.
    """

    name: str
    iri: str
    label: str
    comment: str
    domain: frozenset[str]
    range: frozenset[str]
    functional: bool
    symmetric: bool
    inverse: str | None
    order: int
    functional_for: frozenset[str] = frozenset()
    period: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Ontology:
    """What `ontology.ttl` says.

    `classes` are all that can be mentioned and their superclasses, `relations` all that can be read, each by local name
    and in order; `mentionable` the types of mentions; `labels` the label of every term by local name, those of inverse
    and sibling properties among them; `phrases` how a relation is said in a sentence where its label would not do.
    """

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    mentionable: tuple[str, ...]
    labels: Mapping[str, str]
    phrases: Mapping[str, str]

    def allows(self, head_type: str, relation: str, tail_type: str) -> bool:
        """Whether the relation may hold between things of these types, all given as local names; no if unknown."""
        found = self.relations.get(relation)
        return found is not None and head_type in found.domain and tail_type in found.range


@functools.cache
def ontology() -> Ontology:
    """The ontology that comes with this package, read once. Raises KgError if the file is missing or broken."""
    return read(locate())


@functools.cache
def facts() -> Facts:
    """All that the ontology of this package says, term by term, for what needs more than types and relations."""
    return _facts(locate())


def read(path: Path) -> Ontology:
    """The ontology in a Turtle file. Raises KgError if the file can't be read, is no Turtle or lacks a kg:order."""
    facts = _facts(path)
    if _MENTIONABLE not in facts:
        raise KgError(f"found no kg:Mentionable in {path.name}, expected the root of all types: take the one of kg")
    leaves = _leaves(facts)
    mentionable = tuple(_local(iri) for iri in _ordered(facts, leaves[_MENTIONABLE]))
    relations = _ordered(facts, (iri for iri in facts if vocab.KG + "Relation" in _all(facts, iri, vocab.TYPE)))
    classes = {_local(iri): _class(facts, iri) for iri in leaves if iri in facts}
    return Ontology(
        classes={name: classes[name] for name in (*mentionable, *(sorted(set(classes) - set(mentionable))))},
        relations={_local(iri): _relation(facts, iri, leaves) for iri in relations},
        mentionable=mentionable,
        labels={_local(iri): _one(facts, iri, vocab.LABEL) for iri in sorted(facts) if iri.startswith(vocab.KG)},
        phrases={_local(iri): _one(facts, iri, _PHRASE) for iri in sorted(facts) if _all(facts, iri, _PHRASE)},
    )


def locate() -> Path:
    """Where `ontology.ttl` is: beside this module in an installed wheel, above the package in a checkout."""
    here = Path(__file__).parent
    for path in (here / "ontology.ttl", here.parent / "ontology.ttl"):
        if path.is_file():
            return path
    raise KgError(f"found no ontology.ttl in {here.name}/ or above it: install the package again")


def _facts(path: Path) -> Facts:
    import pyoxigraph

    facts: dict[str, dict[str, list[str]]] = {}
    try:
        for triple in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            objects = facts.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, [])
            objects.append(triple.object.value)
    except (OSError, SyntaxError) as error:
        raise KgError(f"can't read {path.name} as Turtle: {error}") from error
    return {subject: {key: tuple(values) for key, values in found.items()} for subject, found in facts.items()}


def _leaves(facts: Facts) -> dict[str, frozenset[str]]:
    """For each class under kg:Mentionable, itself included, the types of mentions that it covers."""
    children: dict[str, list[str]] = {}
    for iri in facts:
        for parent in _all(facts, iri, vocab.RDFS + "subClassOf"):
            children.setdefault(parent, []).append(iri)

    found: dict[str, frozenset[str]] = {}

    def visit(iri: str) -> frozenset[str]:
        below = frozenset[str]().union(*(visit(child) for child in children.get(iri, ())))
        found[iri] = below | {iri} if _all(facts, iri, vocab.KG + "order") else below
        return found[iri]

    visit(_MENTIONABLE)
    return found


def _class(facts: Facts, iri: str) -> Class:
    style = _one(facts, iri, vocab.KG + "style")
    parents = _all(facts, iri, vocab.RDFS + "subClassOf")
    return Class(
        name=_local(iri),
        iri=iri,
        label=_one(facts, iri, vocab.LABEL),
        comment=_one(facts, iri, vocab.RDFS + "comment"),
        parents=tuple(_local(parent) for parent in parents if parent.startswith(vocab.KG)),
        group=_one(facts, style, vocab.LABEL),
        colour=_one(facts, style, vocab.KG + "colour"),
        dark=_one(facts, style, vocab.KG + "darkColour"),
        shape=_one(facts, style, vocab.KG + "shape"),
    )


def _relation(facts: Facts, iri: str, leaves: Mapping[str, frozenset[str]]) -> Relation:
    def covered(predicate: str) -> frozenset[str]:
        names = (leaves.get(value, frozenset()) for value in _all(facts, iri, predicate))
        return frozenset(_local(leaf) for group in names for leaf in group)

    functional_for = covered(vocab.KG + "singleValuedFor")
    return Relation(
        name=_local(iri),
        iri=iri,
        label=_one(facts, iri, vocab.LABEL),
        comment=_one(facts, iri, vocab.RDFS + "comment"),
        domain=covered(vocab.SCHEMA + "domainIncludes"),
        range=covered(vocab.SCHEMA + "rangeIncludes"),
        functional=bool(functional_for),
        symmetric=_OWL_SYMMETRIC in _all(facts, iri, vocab.TYPE),
        inverse=_local(_one(facts, iri, vocab.OWL + "inverseOf")) or None,
        order=_order(facts, iri),
        functional_for=functional_for,
        period=_local(_one(facts, iri, vocab.KG + "periodProperty")) or None,
    )


def _ordered(facts: Facts, iris: Iterable[str]) -> Iterator[str]:
    return iter(sorted(iris, key=lambda iri: _order(facts, iri)))


def _order(facts: Facts, iri: str) -> int:
    order = _one(facts, iri, vocab.KG + "order")
    if not order.isdecimal():
        raise KgError(f"found kg:order {order!r} of {iri}, expected a number: give the term its place in ontology.ttl")
    return int(order)


def _all(facts: Facts, subject: str, predicate: str) -> tuple[str, ...]:
    return facts.get(subject, {}).get(predicate, ())


def _one(facts: Facts, subject: str, predicate: str) -> str:
    """The first value, "" if there is none."""
    return next(iter(_all(facts, subject, predicate)), "")


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]
