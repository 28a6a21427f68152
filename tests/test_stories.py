"""Five stories, each told by four outlets: which entities of the four are one, as a careful reader has it."""

from __future__ import annotations

import pytest

from kg import vocab
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import MATCHERS
from kg.resolve import resolve
from tests import gold

FILES = tuple(f"mixed-{number}.txt" for number in range(1, 6))
VALUES = {"Date", "Money", "Quantity", "Role"}
STORIES = {
    (1, 2, 3, 4): """
        1.c1 2.c1 3.c1 4.c1 | 1.c5 4.c3 | 1.a1 2.a1 3.a1 4.a1 | 1.ev2 4.ev2 | 2.o1 4.o1 | 1.p1 4.p3
    """,
    (5, 6, 7, 8): """
        5.c1 6.c1 7.c1 8.c1 | 5.c2 6.c3 7.c4 8.c4 | 6.c2 7.c2 8.c3 | 6.c4 7.c5 | 5.h1 6.h1 7.h1 8.h1
        | 5.h2 6.h3 7.h4 8.h5 | 5.h3 6.h2 7.h5 8.h2 | 7.h3 8.h3 | 5.p1 6.p1 7.p1 | 5.ev1 7.ev1 | 6.ev1 8.ev2
        | 5.g2 6.g1 7.g1 8.g2 | 5.o1 7.o1 | 5.a1 6.a1 7.a1 8.a1 | 6.w1 7.w1
    """,
    (13, 14, 15, 16): """
        13.c1 14.c1 15.c2 16.c1 | 14.c4 16.c3 | 13.p1 15.p2 | 13.b1 14.b1 15.b1 | 13.a1 14.a1 | 13.ds2 14.ds1
        | 13.k1 14.k1 16.k1 | 13.ev1 14.ev1 15.ev1 16.ev2
    """,
    (33, 34, 35, 36): """
        33.c1 34.c1 35.c1 36.c1 | 33.c3 35.c3 | 33.a1 34.a2 36.a2 | 34.a1 35.a1 36.a1 | 33.ds1 35.ds1 36.ds1
    """,
    (45, 46, 47, 48): """
        45.c1 46.c1 47.c1 48.c1 | 45.c2 46.c2 | 46.c3 47.c2 | 45.ev1 46.ev1 47.ev1 48.ev1 | 45.h2 48.h2 | 45.h3 46.h2
        | 47.h1 48.h1 | 45.p2 46.p1 | 46.b1 47.b1 | 46.t1 48.t1 | 47.u1 48.u1 | 47.a3 48.b1
    """,
}
"""By the numbers of the articles, the entities that are one, "4.c3" being c3 of mixed-004; all others stand alone."""


@pytest.fixture(scope="module")
def articles():
    return {item.document.name: item for item in gold.annotations(*FILES)}


def entities(annotations):
    return {
        f"{int(item.document.name[-3:])}.{mention.entity}": f"{item.document.id}#{mention.entity}"
        for item in annotations
        for mention in item.mentions
        if mention.type not in VALUES
    }


def wanted(story, keys):
    clusters = [frozenset(cluster.split()) for cluster in STORIES[story].split("|")]
    named = {key: cluster for cluster in clusters for key in cluster}
    assert set(named) <= keys
    return {key: named.get(key, frozenset([key])) for key in keys}


def found(annotations):
    statements = (statement for item in annotations for statement in lift(item))
    graph = resolve(Graph(statements, (item.document for item in annotations)), matchers=MATCHERS)
    things = {item.subject: item.object for item in graph if item.predicate == vocab.SAME_AS}
    together = {}
    for key, iri in entities(annotations).items():
        together.setdefault(things.get(iri, iri), set()).add(key)
    return {key: frozenset(cluster) for cluster in together.values() for key in cluster}


def b_cubed(gold_, system):
    """Precision and recall over entities (Bagga and Baldwin 1998), and their harmonic mean."""
    shared = {key: len(gold_[key] & system[key]) for key in gold_}
    precision = sum(shared[key] / len(system[key]) for key in gold_) / len(gold_)
    recall = sum(shared[key] / len(gold_[key]) for key in gold_) / len(gold_)
    return precision, recall, 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize("story", STORIES)
def test_one_story_in_four_outlets_gives_one_thing_for_one_thing(articles, story):
    chosen = [articles[f"mixed-{number:03}"] for number in story]
    gold_ = wanted(story, set(entities(chosen)))
    precision, recall, mean = b_cubed(gold_, found(chosen))
    assert precision == 1
    assert recall >= 0.87
    assert mean >= 0.93
