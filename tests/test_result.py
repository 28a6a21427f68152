"""The answer to a query, as a table for people and in the formats of the standard."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.query import run
from kg.result import shorten
from kg.types import Literal, Statement
from tests import example

MAKERS = """
    SELECT ?what ?who { ?m rdfs:label ?what OPTIONAL { ?m kg:developer ?who } FILTER(?what IN ("Sora", "leak")) }
    ORDER BY ?what
"""


@pytest.fixture(scope="module")
def graph():
    return example.graph()


def test_the_table_is_aligned_and_short(graph):
    assert run(graph, MAKERS).to_table() == "what  who\n----  ---------\nSora  id:openai\nleak\n"


def test_csv_holds_whole_iris(graph):
    assert run(graph, MAKERS).to_csv() == "what,who\r\nSora,https://w3id.org/aikg/id/openai\r\nleak,\r\n"


def test_tsv_holds_terms_as_sparql_writes_them(graph):
    assert run(graph, MAKERS).to_tsv() == '?what\t?who\n"Sora"\t<https://w3id.org/aikg/id/openai>\n"leak"\t\n'


def test_json_is_that_of_the_standard(graph):
    assert json.loads(run(graph, MAKERS).to_json()) == {
        "head": {"vars": ["what", "who"]},
        "results": {
            "bindings": [
                {
                    "what": {"type": "literal", "value": "Sora"},
                    "who": {"type": "uri", "value": "https://w3id.org/aikg/id/openai"},
                },
                {"what": {"type": "literal", "value": "leak"}},
            ]
        },
    }


def test_xml_is_that_of_the_standard(graph):
    root = ET.fromstring(run(graph, MAKERS).to_xml())
    assert root.tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    assert [item.text for item in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["Sora", "leak"]


def test_an_ask_query_has_all_formats_but_turtle(graph):
    result = run(graph, "ASK { id:sora a kg:Model }")
    assert result.to_csv() == "true"
    assert json.loads(result.to_json())["boolean"] is True
    assert result.to_table() == "answer\n------\ntrue\n"
    with pytest.raises(KgError, match="only CONSTRUCT and DESCRIBE"):
        result.to_turtle()


def test_triples_are_written_as_turtle_with_our_prefixes_and_as_a_table_but_not_as_csv(graph):
    result = run(graph, "CONSTRUCT WHERE { ?m kg:developer ?who }")
    head, _, body = result.to_turtle().partition("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")
    assert head.splitlines() == sorted(head.splitlines())
    assert body == "id:sora kg:developer id:openai .\n"
    assert result.to_table().splitlines()[-1] == "id:sora  kg:developer  id:openai"
    with pytest.raises(KgError, match="ask SELECT for a table"):
        result.to_csv()


def test_triples_come_once_and_sorted(graph):
    rows = run(
        graph, "CONSTRUCT { ?s a kg:Thing } WHERE { ?s ?p ?o ; a ?c . FILTER(?c IN (kg:Model, kg:Company)) }"
    ).rows
    assert [subject for subject, _, _ in rows] == [example.ID + "openai", example.ID + "sora"]


def test_a_result_is_iterable_and_has_a_length(graph):
    result = run(graph, MAKERS)
    assert len(result) == len(list(result)) == 2
    assert result
    assert not run(graph, "SELECT * { ?s kg:owner ?o }")


def test_a_table_without_rows_has_its_heading(graph):
    assert run(graph, "SELECT ?who { ?who kg:owner ?o }").to_table() == "who\n---\n"


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, ""),
        ("https://w3id.org/aikg/id/openai", "id:openai"),
        ("https://w3id.org/aikg/value/money/usd-1", "money:usd-1"),
        ("http://example.org/x", "http://example.org/x"),
        (Literal("two\n lines"), "two lines"),
    ],
)
def test_terms_are_shortened_to_one_line(term, expected):
    assert shorten(term) == expected


def test_nodes_without_a_name_are_marked():
    graph = Graph([Statement(example.ID + "a", vocab.LABEL, Literal("a"))])
    ((node,),) = run(graph, "SELECT (BNODE() AS ?x) { id:a ?p ?o }").rows
    assert node.startswith("_:")
    ((subject, *_),) = run(graph, "CONSTRUCT { _:x a kg:Model } WHERE { id:a ?p ?o }").rows
    assert subject.startswith("_:")
