"""What an agent may ask of a graph, as plain functions; whatever they tell comes with statement ids and quotes."""

from __future__ import annotations

import collections
import dataclasses
import difflib
import itertools
from collections.abc import Iterator

from kg import vocab
from kg.errors import KgError
from kg.explain import explain, find
from kg.graph import Graph
from kg.mcp.records import Answer, Said, Thing, is_thing, said, thing
from kg.types import Statement

_NO_LINKS = (vocab.SAME_AS, vocab.DIFFERENT_FROM, vocab.TYPE)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found(Answer):
    """Things of that name, and statements in whose sentences all the words stand; `more` if there are others."""

    things: tuple[Thing, ...]
    statements: tuple[Said, ...]
    more: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class About(Answer):
    """A thing, and what is said of it; `same_as` are its names elsewhere, such as in Wikidata."""

    thing: Thing
    same_as: tuple[str, ...]
    statements: tuple[Said, ...]
    more: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One relation to another thing: `direction` is "out" where the thing asked about is the subject, else "in"."""

    direction: str
    neighbour: Thing
    statement: Said


@dataclasses.dataclass(frozen=True, kw_only=True)
class Neighbours(Answer):
    """A thing and those that it is linked to."""

    thing: Thing
    links: tuple[Link, ...]
    more: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Way(Answer):
    """The things on a shortest way, and the statement that leads from each to the next; both empty if there is none."""

    things: tuple[Thing, ...]
    statements: tuple[Said, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Proof(Answer):
    """A statement with its quotes."""

    statement: Said


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Statements that can't all be so: `kind` is "value" (two where there is one) or "denial"."""

    kind: str
    subject: str
    relation: str
    statements: tuple[Said, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Disputes(Answer):
    """Where the articles contradict each other."""

    disputes: tuple[Contradiction, ...]
    more: bool


def search(graph: Graph, text: str, *, type_: str = "", limit: int) -> Found:
    """Things by a name or a part of it, and statements by words of their sentences. KgError without words."""
    words = text.casefold().split()
    if not words:
        raise KgError("nothing to search for; give a name or some words")
    things = _named(graph, words, type_)
    told = [] if type_ else [item for item in graph.relations if _tells(item, words)]
    told.sort(key=lambda item: (not item.asserted, -item.score, item.key))
    return Found(
        things=tuple(thing(graph, iri) for iri in things[:limit]),
        statements=said(graph, told[:limit]),
        more=max(len(things), len(told)) > limit,
    )


def entity(graph: Graph, name: str, *, relation: str = "", limit: int) -> About:
    """What is said of a thing, in both directions. KgError if nothing or several things are called so."""
    iri = find(graph, name)
    told = [item.statement for item in explain(graph, iri, relation or None)]
    known = (item.object for item in graph.about(iri) if item.predicate == vocab.SAME_AS)
    return About(
        thing=thing(graph, iri),
        same_as=tuple(str(term) for term in known),
        statements=said(graph, told[:limit]),
        more=len(told) > limit,
    )


def evidence(graph: Graph, statement: str, *, limit: int) -> Proof:
    """All that a statement rests on, by its id (or IRI). KgError if there is none of this id."""
    key = statement.strip("<> ").rpartition("/")[2].rpartition(":")[2]
    found = next((item for item in graph if item.id == key), None)
    if found is None:
        raise KgError(f"no statement has the id {statement!r}; take one of those that the other tools give")
    return Proof(statement=said(graph, [found], quotes=limit)[0])


def neighbours(graph: Graph, name: str, *, relation: str = "", limit: int) -> Neighbours:
    """The things that a thing is linked to. KgError as `entity`."""
    iri = find(graph, name)
    links = [each for each in _links(graph, iri) if not relation or each[1].predicate.endswith(f"#{relation}")]
    return Neighbours(
        thing=thing(graph, iri),
        links=tuple(_link(graph, iri, other, item) for other, item in links[:limit]),
        more=len(links) > limit,
    )


def path(graph: Graph, one: str, two: str, *, longest: int, reserved: bool = False) -> Way:
    """A shortest chain of statements between two things; with `reserved` also over those nobody states as fact."""
    start, end = find(graph, one), find(graph, two)
    came: dict[str, tuple[str, Statement] | None] = {start: None}
    front = collections.deque([(start, 0)])
    while front and end not in came:
        here, steps = front.popleft()
        for other, item in _links(graph, here) if steps < longest else ():
            if other not in came and (item.asserted or reserved):
                came[other] = (here, item)
                front.append((other, steps + 1))
    things, statements = _back(came, end)
    return Way(things=tuple(thing(graph, iri) for iri in things), statements=said(graph, statements))


def disputes(graph: Graph, name: str = "", *, limit: int) -> Disputes:
    """Contradictions, all or those about one thing."""
    iri = find(graph, name) if name else ""
    about = [each for each in graph.disputes if not iri or iri in {each.subject, *_objects(each.statements)}]
    return Disputes(
        disputes=tuple(
            Contradiction(
                kind=each.kind,
                subject=thing(graph, each.subject).name,
                relation=each.predicate.rpartition("#")[2],
                statements=said(graph, each.statements),
            )
            for each in about[:limit]
        ),
        more=len(about) > limit,
    )


def _named(graph: Graph, words: list[str], type_: str) -> list[str]:
    """The things that are called so, the likeliest first; where there are none, those with a name that is near."""
    known = {
        iri: [" ".join(name.casefold().split()) for name in (item.name, *item.aliases)]
        for iri, item in graph.entities.items()
        if is_thing(graph, iri) and (not type_ or item.type == vocab.KG + type_)
    }
    whole = " ".join(words)
    ranks = {iri: rank for iri, names in known.items() if (rank := min(_rank(name, whole, words) for name in names))}
    if not ranks:
        near = set(difflib.get_close_matches(whole, set(itertools.chain(*known.values())), n=5, cutoff=0.75))
        ranks = {iri: 0 for iri, names in known.items() if near & set(names)}
    return sorted(ranks, key=lambda iri: (ranks[iri], -len(graph.about(iri)) - len(graph.mentioning(iri)), iri))


def _rank(name: str, whole: str, words: list[str]) -> int:
    """How well a name fits: -3 the best, 0 not at all."""
    if name == whole:
        return -3
    if name.startswith(whole):
        return -2
    return -1 if all(word in name for word in words) else 0


def _tells(item: Statement, words: list[str]) -> bool:
    return any(all(word in each.quote.casefold() for word in words) for each in item.evidence)


def _links(graph: Graph, iri: str) -> Iterator[tuple[str, Statement]]:
    """The statements between this and other things, each with the other one."""
    for item in graph.about(iri):
        if item.predicate not in _NO_LINKS and is_thing(graph, item.object) and item.object != iri:
            yield str(item.object), item
    for item in graph.mentioning(iri):
        if item.predicate not in _NO_LINKS and is_thing(graph, item.subject) and item.subject != iri:
            yield item.subject, item


def _link(graph: Graph, iri: str, other: str, item: Statement) -> Link:
    direction = "out" if item.subject == iri else "in"
    return Link(direction=direction, neighbour=thing(graph, other), statement=said(graph, [item])[0])


def _back(came: dict[str, tuple[str, Statement] | None], end: str) -> tuple[list[str], list[Statement]]:
    """The way that was found, from its start."""
    if end not in came:
        return [], []
    things, statements = [end], list[Statement]()
    while (before := came[things[0]]) is not None:
        things.insert(0, before[0])
        statements.insert(0, before[1])
    return things, statements


def _objects(statements: tuple[Statement, ...]) -> set[str]:
    return {item.object for item in statements if isinstance(item.object, str)}
