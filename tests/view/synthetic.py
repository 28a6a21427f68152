"""Graphs of any size with the shape of a real one: a few hubs, many small things, groups that hang together."""

from __future__ import annotations

import random

from kg import vocab
from kg.graph import Graph
from kg.types import Document, Evidence, Literal, Span, Statement, digest

_WORDS = (
    "Nova",
    "Atlas",
    "Lumen",
    "Vector",
    "Orchid",
    "Delta",
    "Quill",
    "Sable",
    "Ember",
    "Helix",
    "Cobalt",
    "Juniper",
)
_KINDS = ("Labs", "Systems", "AI", "Research", "Capital", "Media", "Institute", "Group")
_TYPES = ("Company", "Media", "Person", "Model", "Product", "Work", "Event", "Place", "Topic", "Group")
_RELATIONS = ("developer", "partnerOf", "investedIn", "competitorOf", "criticizes", "about", "uses", "leaked")


def synthetic_graph(count: int, *, seed: int = 3, sourced: bool = True) -> Graph:
    """A graph of `count` entities with about twice as many relations, each with one sentence if `sourced`."""
    chance = random.Random(seed)
    pairs = _pairs(count, chance)
    names = [f"{_WORDS[n % 12]} {_KINDS[n // 12 % 8]} {n}" for n in range(count)]
    statements = []
    for number, name in enumerate(names):
        statements += [
            Statement(_id(number), vocab.TYPE, vocab.KG + _TYPES[number % len(_TYPES)]),
            Statement(_id(number), vocab.LABEL, Literal(name)),
        ]
    sentences, at = [], 0
    document = f"{vocab.BASE}doc/wire"
    for one, other in pairs:
        relation = chance.choice(_RELATIONS)
        sentence = f"{names[one]} {relation} {names[other]}, people familiar with the matter said."
        evidence = _evidence(document, at, sentence, names[one], names[other]) if sourced else ()
        statements.append(Statement(_id(one), vocab.KG + relation, _id(other), evidence))
        sentences.append(sentence)
        at += len(sentence) + 1
    documents = [Document(document, "wire", " ".join(sentences), "Wire", "2025-01-02")] if sourced else []
    return Graph(statements, documents)


def _pairs(count: int, chance: random.Random) -> list[tuple[int, int]]:
    """Each newcomer joins things that are already well joined, mostly in its own group."""
    pools: list[list[int]] = [[] for _ in range(max(4, int(count**0.5 / 2)))]
    everywhere: list[int] = []
    pairs = []
    for number in range(count):
        pool = chance.choice(pools)
        for _ in range(chance.choice((1, 1, 2, 4))):
            near = pool if pool and chance.random() < 0.95 else everywhere
            if near and (other := chance.choice(near)) != number:
                pairs.append((number, other))
                pool += [number, other]
                everywhere.append(other)
        pool.append(number)
    return pairs


def _evidence(document: str, at: int, sentence: str, subject: str, object_: str) -> tuple[Evidence, ...]:
    end = at + sentence.rindex(object_)
    spans = Span(at, at + len(subject)), Span(end, end + len(object_))
    key = digest((document, at))
    return (Evidence(key, document, at, at + len(sentence), sentence, subject=spans[0], object=spans[1]),)


def _id(number: int) -> str:
    return f"{vocab.BASE}id/{number}"
