"""The texts of a merged graph, made in one walk: the same as those that are made in a walk each."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings

from kg import runs, shelf, vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Statement
from kg.writers import _merged, _triples, jsonl, rdf
from tests import example


def foreign(graph):
    """The graph as if its documents were tables."""
    documents = [dataclasses.replace(each, format="text/csv") for each in graph.documents.values()]
    return Graph(graph, documents, graph.disputes)


def texts(graph, folder):
    made = _merged.made(graph, folder, progress=lambda done, of: None)  # noqa: ARG005
    stated = {_triples.FACTS: made[_merged.STATED]}
    return ["".join(each) for each in (made[_merged.LINES], rdf.turtle(graph, made=stated), rdf.trig(graph, made=made))]


def whole(graph):
    return ["".join(each) for each in (jsonl.graph(graph), rdf.turtle(graph), rdf.trig(graph))]


@settings(max_examples=60, deadline=None)
@given(example.graphs())
def test_one_walk_makes_what_a_walk_for_each_makes(tmp_path_factory, graph):
    merged = foreign(graph)
    assert texts(merged, tmp_path_factory.mktemp("walk")) == whole(merged)


def test_a_graph_on_disk_is_written_as_one_in_memory(tmp_path):
    graph = foreign(example.graph())
    with runs.on_disk(tmp_path):
        assert texts(shelf.graph(graph, graph.documents.values(), graph.disputes), tmp_path) == whole(graph)


def test_it_tells_how_many_statements_are_written(tmp_path, monkeypatch):
    monkeypatch.setattr(_merged, "_STATEMENTS", 1)
    told = []
    graph = foreign(example.graph())
    _merged.made(graph, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert {of for _, of in told} == {len(graph)}
    assert told[-1][0] == len(graph)


@pytest.mark.parametrize("item", [("kg:made", "x:b"), (vocab.TYPE, vocab.KG + "Firm")])
def test_a_term_that_the_ontology_lacks_is_named(tmp_path, item):
    predicate, end = (each.replace("kg:", vocab.KG) for each in item)
    graph = foreign(Graph([*example.graph(), Statement("x:a", predicate, end)], example.graph().documents.values()))
    with pytest.raises(KgError, match=r"found kg:(made|Firm), which ontology\.ttl lacks"):
        texts(graph, tmp_path)
