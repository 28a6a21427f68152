"""pyvis gets what is drawn and no text."""

from __future__ import annotations

import json

from kg.view.model import model
from kg.view.network import network
from kg.view.picture import picture
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph


def assembled(graph) -> dict:
    rows = model(graph)
    return network(rows, picture(rows))


def test_nodes_and_edges_hold_numbers_and_shapes_alone():
    found = assembled(seeds_graph())
    assert {key for node in found["nodes"] for key in node} == {"id", "x", "y", "size", "shape"}
    assert {key for edge in found["edges"] for key in edge} == {"id", "from", "to"}
    assert "OpenAI" not in json.dumps(found)


def test_nothing_moves_once_it_is_drawn():
    options = assembled(seeds_graph())["options"]
    assert options["physics"] == {"enabled": False}
    assert options["layout"]["improvedLayout"] is False


def test_every_pair_with_a_line_is_one_edge_numbered_in_order():
    rows = model(seeds_graph())
    edges = network(rows, picture(rows))["edges"]
    assert [(edge["from"], edge["to"]) for edge in edges] == list(rows.pairs)
    assert [edge["id"] for edge in edges] == list(range(len(edges)))


def test_of_a_large_graph_the_most_central_are_drawn_first():
    rows = model(synthetic_graph(510))
    found = network(rows, picture(rows), most=90)
    assert [node["id"] for node in found["nodes"]] == list(range(90))
    assert all(edge["from"] < 90 and edge["to"] < 90 for edge in found["edges"])


def test_up_to_500_all_are_drawn_at_once():
    rows = model(synthetic_graph(300))
    found = network(rows, picture(rows), most=90)
    assert len(found["nodes"]) == 300
    assert len(found["edges"]) == len(rows.pairs)


def test_an_empty_graph_gives_an_empty_drawing():
    found = assembled(synthetic_graph(0))
    assert (found["nodes"], found["edges"]) == ([], [])
