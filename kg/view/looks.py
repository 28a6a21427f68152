"""How each type of a graph looks: by our ontology, by what its name says, else in a look that is left."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import vocab
from kg.ontology import Ontology
from kg.view import words

NO_TYPE = ""
"""The type of an entity without one."""

_GREY = ("#868d95", "#9aa1a9")
_SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "triangleDown", "star")
_LIKE: Mapping[str, tuple[str, ...]] = {
    "Company": ("organization", "organisation", "corporation", "company", "business"),
    "Group": ("group", "team", "audience", "agent"),
    "Person": ("person", "human"),
    "Product": ("product", "software", "application", "model"),
    "Work": ("creativework", "document", "article", "book", "movie", "film", "project"),
    "Event": ("event",),
    "Place": ("place", "city", "country", "location", "feature"),
    "Topic": ("concept", "topic", "subject"),
}
"""Ends of the names that common vocabularies (schema.org, FOAF, SKOS, DBpedia) give to what a class of ours is, too."""


class Look(NamedTuple):
    """Colour on a light page and on a dark one, and the shape of the glyph."""

    colour: str
    dark: str
    shape: str


def looks(types: Sequence[str], counts: Mapping[str, int], terms: Ontology) -> dict[str, Look]:
    """A look for each type (IRI, or NO_TYPE): its own if it is ours, that of our class which its name means.

    In a graph without any type of ours the others share what looks are left, the most frequent first; then they are
    grey in different shapes: there is no colour beyond those that can be told apart.
    """
    found = {iri: look for iri in types if (look := _known(iri, terms)) is not None}
    rest = sorted((iri for iri in types if iri not in found), key=lambda iri: (iri == NO_TYPE, -counts[iri], iri))
    free = [] if any(iri.startswith(vocab.KG) for iri in types) else _left(found.values(), terms)
    for iri in rest:
        if free and iri != NO_TYPE:
            found[iri] = free.pop(0)
    grey = (iri for iri in rest if iri not in found)
    return found | {iri: Look(*_GREY, _SHAPES[number % len(_SHAPES)]) for number, iri in enumerate(grey)}


def _known(iri: str, terms: Ontology) -> Look | None:
    name = words.local(iri)
    if iri.startswith(vocab.KG):
        return _look(name, terms)
    like = (ours for ours, ends in _LIKE.items() if name.lower().endswith(ends))
    return next((look for ours in like if (look := _look(ours, terms))), None)


def _look(name: str, terms: Ontology) -> Look | None:
    kind = terms.classes.get(name)
    return Look(kind.colour, kind.dark, kind.shape) if kind else None


def _left(taken: Iterable[Look], terms: Ontology) -> list[Look]:
    """The looks of our own types that none of these has, in the order of how often our ontology uses them."""
    ours = collections.Counter(_entities(terms))
    return [look for look, _ in ours.most_common() if look not in set(taken) and look.colour != _GREY[0]]


def _entities(terms: Ontology) -> Iterator[Look]:
    for name in sorted(terms.mentionable):
        kind = terms.classes[name]
        if kind.group != "fact":
            yield Look(kind.colour, kind.dark, kind.shape)
