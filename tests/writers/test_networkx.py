"""networkx, GraphML and GEXF: nodes and edges with plain attributes that every reader takes."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings

from kg import vocab
from kg.graph import Graph
from kg.types import Evidence, Literal, Statement
from kg.writers import networkx as writer
from kg.writers._turtle import valid
from tests import example

OPENAI, SORA, LEAK = (example.ID + name for name in ("openai", "sora", "leak"))


def test_entities_are_nodes_with_name_type_and_facts():
    found = example.graph().to_networkx()
    assert isinstance(found, nx.MultiDiGraph)
    assert found.nodes[OPENAI] == {"name": "OpenAI", "type": "Company", "aliases": "OpenAI, Inc."}
    assert found.nodes[LEAK] == {"name": "leak", "type": "Event", "aliases": "", "eventDate": "2023-11-14 | 2024-11-26"}
    assert set(found) == {OPENAI, SORA, LEAK, example.ID + "sam-altman", example.MONEY}


def test_relations_are_edges_keyed_by_their_local_name():
    found = example.graph().to_networkx()
    assert set(found.edges(keys=True)) == {(SORA, OPENAI, "developer"), (OPENAI, example.MONEY, "valuation")}
    edge = found.edges[SORA, OPENAI, "developer"]
    assert {**edge, "id": None} == {
        "id": None,
        "predicate": "https://w3id.org/aikg/ontology#developer",
        "asserted": True,
        "stance": "negated",
        "score": 0.91,
        "sources": 2,
        "quote": "Sora is made by OpenAI, Sam Altman said.",
    }
    assert found.edges[OPENAI, example.MONEY, "valuation"]["asserted"] is False


def test_two_properties_of_one_local_name_stay_two_edges():
    ends = (OPENAI, SORA)
    statements = [Statement(ends[0], base + "owner", ends[1]) for base in (example.KG, "http://example.org/")]
    keys = {key for _, _, key in Graph(statements).to_networkx().edges(keys=True)}
    assert keys == {"owner", "https://w3id.org/aikg/ontology#owner"}


def test_a_fact_never_overwrites_what_is_ours():
    statements = [
        Statement(OPENAI, vocab.LABEL, Literal("OpenAI")),
        Statement(OPENAI, "http://example.org/name", Literal("other")),
        Statement(OPENAI, "http://example.org/start", Literal("2015")),
    ]
    node = Graph(statements).to_networkx().nodes[OPENAI]
    assert node["name"] == "OpenAI"
    assert node["http://example.org/name"] == "other"


def test_a_hedged_date_is_no_attribute():
    evidence = (Evidence("1", "https://example.org/d", 0, 1, "x", ("planned",)),)
    statement = Statement(SORA, example.KG + "releaseDate", Literal("2026", vocab.XSD + "gYear"), evidence)
    assert "releaseDate" not in Graph([statement]).to_networkx().nodes[SORA]


@settings(max_examples=50)
@given(example.graphs())
def test_graphml_is_read_back_with_all_nodes_and_edges(graph):
    read = nx.read_graphml(io.BytesIO(writer.graphml(graph)), force_multigraph=True)
    made = graph.to_networkx()
    assert set(read) == set(map(valid, made))
    assert sorted(data["predicate"] for *_, data in read.edges(data=True)) == sorted(
        writer.xml_safe(data["predicate"]) for *_, data in made.edges(data=True)
    )


@settings(max_examples=50)
@given(example.graphs())
def test_gexf_is_well_formed_and_has_all_nodes_and_edges(graph):
    root = ET.fromstring(writer.gexf(graph))
    names = {"g": "http://www.gexf.net/1.2draft"}
    made = graph.to_networkx()
    assert len(root.findall(".//g:node", names)) == made.number_of_nodes()
    assert len(root.findall(".//g:edge", names)) == made.number_of_edges()


@pytest.mark.parametrize("form", [writer.graphml, writer.gexf])
def test_no_date_of_writing_stands_in_the_files(form):
    assert b"lastmodified" not in form(example.graph())


def test_gephi_finds_labels():
    assert b'label="OpenAI"' in writer.gexf(example.graph())


def test_graphml_and_gexf_keep_all_evidence_of_an_edge():
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
    for name, reader in read.items():
        found = reader(io.BytesIO(getattr(writer, name)(example.graph())))
        (edge,) = [data for one, two, data in found.edges(data=True) if (one, two) == (SORA, OPENAI)]
        said, denied = json.loads(edge["evidence"])
        assert said == {
            "document": "https://w3id.org/aikg/doc/one-11111111",
            "start": 0,
            "end": 40,
            "quote": "Sora is made by OpenAI, Sam Altman said.",
            "by": "https://w3id.org/aikg/id/sam-altman",
            "score": 0.91,
        }
        assert denied["stance"] == "negated"
