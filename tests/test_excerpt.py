"""What of a large graph goes onto a page."""

from __future__ import annotations

from kg import vocab
from kg.excerpt import excerpt
from kg.graph import Graph
from kg.types import Literal, Statement


def thing(name):
    return vocab.BASE + "id/" + name


def partners(one, *others):
    yield Statement(thing(one), vocab.LABEL, Literal(one))
    yield from (Statement(thing(one), vocab.KG + "partnerOf", thing(other)) for other in others)


GRAPH = Graph([*partners("a", "b", "c", "d"), *partners("b", "c"), *partners("d", "e"), *partners("e")])


def test_a_small_graph_is_shown_whole():
    assert excerpt(GRAPH, most=5) is GRAPH


def test_of_a_large_one_what_is_said_of_its_main_things_is_shown():
    # a stands at three ends of relations, b, c and d at two, e at one: a and b make five, with c they would be seven
    assert excerpt(GRAPH, most=5) is GRAPH
    assert list(excerpt(Graph([*GRAPH, *partners("e", "f")]), most=5)) == [
        *Graph([*partners("a", "b"), *partners("b")])
    ]
