"""The page of a build: the same whoever draws it."""

from __future__ import annotations

import pytest

from kg import disputes
from kg.graph import Graph
from kg.writers import html
from kg.writers._drawn import drawn
from tests import example


@pytest.fixture
def graph():
    whole = disputes.add(example.graph())
    assert whole.disputes
    return whole


def test_a_small_graph_is_drawn_whole(graph):
    with drawn(graph, "Here", jobs=2) as page:
        assert list(page) == [html.render(graph, title="Here")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_main_part_of_a_large_one_is_drawn_here_or_in_another_process(graph, monkeypatch, jobs):
    part = Graph(list(graph)[:-2], graph.documents.values(), graph.disputes)
    monkeypatch.setattr("kg.writers._drawn.excerpt", lambda _: part)
    with drawn(graph, "Here", jobs=jobs) as page:
        assert list(page) == [html.render(part, title="Here (main part)")]
