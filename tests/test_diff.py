from __future__ import annotations

import dataclasses

from kg import vocab
from kg.diff import ADDED, EVIDENCE, REMOVED, diff, lines
from kg.graph import Graph
from kg.types import Document, Evidence, Statement

ID = vocab.BASE + "id/"
ONE, TWO = (Document(f"{vocab.BASE}doc/{name}-1", name, "Tern by Kestrel.") for name in ("one", "two"))
MADE = Statement(ID + "tern", vocab.KG + "developer", ID + "kestrel")


def said(item, *documents):
    evidence = tuple(
        Evidence(f"{document.name}-{item.predicate[-4:]}", document.id, 0, 4, "Tern") for document in documents
    )
    return dataclasses.replace(item, evidence=evidence)


def told(one, two):
    return [(change.kind, change.cause) for change in diff(one, two)]


def test_equal_graphs_do_not_differ():
    graph = Graph([said(MADE, ONE)], [ONE])
    assert told(graph, graph) == []


def test_what_another_document_brings_is_put_down_to_it():
    more = Graph([said(MADE, ONE)], [ONE])
    assert told(Graph([], []), more) == [(ADDED, "from one-1, which the other graph does not have")]
    assert told(more, Graph([], [])) == [(REMOVED, "from one-1, which the other graph does not have")]


def test_other_evidence_for_the_same_is_told():
    found = told(Graph([said(MADE, ONE)], [ONE]), Graph([said(MADE, ONE, TWO)], [ONE, TWO]))
    assert found == [(EVIDENCE, "also said in two-1")]


def test_what_moved_to_another_thing_is_put_down_to_identity():
    moved = dataclasses.replace(said(MADE, ONE), subject=ID + "tern-2")
    found = told(Graph([said(MADE, ONE)], [ONE]), Graph([moved], [ONE]))
    assert [kind for kind, _ in found] == [REMOVED, ADDED]
    assert all("identity was decided otherwise" in cause for _, cause in found)


def test_what_one_document_says_no_more_was_read_otherwise():
    assert told(Graph([said(MADE, ONE)], [ONE]), Graph([], [ONE])) == [(REMOVED, "one-1 was read otherwise")]


def test_changes_as_lines():
    one, two = Graph([], []), Graph([said(MADE, ONE)], [ONE])
    (line,) = lines(list(diff(one, two)), one, two)
    assert line == "+ tern · developer · kestrel  (from one-1, which the other graph does not have)"
