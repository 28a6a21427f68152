"""Under each row of an answer stand the sentences that say it, and no others."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.graph import Graph
from kg.query import ask, run
from kg.query.evidence import COLUMNS, table
from kg.types import Literal
from tests import example

SAID = "Sora is made by OpenAI, Sam Altman said."
DENIED = "OpenAI denies that it made Sora."


@pytest.fixture(scope="module")
def graph():
    return example.graph()


def quotes(result):
    place = result.variables.index("quote")
    return [row[place].value if row[place] else None for row in result.rows]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?m ?who { ?m kg:developer ?who }",
        "SELECT ?m { ?m kg:developer id:openai }",
        "SELECT ?m { ?m kg:developer <https://w3id.org/aikg/id/openai> } # with a comment at its end",
        "SELECT ?name { ?m kg:developer ?who . ?who rdfs:label ?name }",
        "SELECT ?name { ?m kg:developer/rdfs:label ?name }",
        "SELECT (COUNT(?m) AS ?n) { ?m kg:developer ?who } GROUP BY ?who",
        "SELECT (STR(?who) AS ?text) { ?m kg:developer ?who }",
        "SELECT ?text { ?m kg:developer ?who BIND(UCASE(STR(?who)) AS ?text) }",
        "SELECT ?m { SELECT ?m { ?m kg:developer ?who } }",
        "PREFIX o: <https://w3id.org/aikg/ontology#> SELECT (EXISTS { ?m a o:Model } AS ?is) { ?m o:developer ?who }",
        "SELECT ?s { ?s rdf:predicate kg:developer }",
    ],
)
def test_a_row_is_quoted_whatever_it_shows_of_its_statement(graph, sparql):
    found = run(graph, sparql, evidence=True)
    assert set(quotes(found)) == {SAID, DENIED}


def test_each_quote_comes_with_its_source_its_reserve_and_its_speaker(graph):
    found = run(graph, "SELECT ?m { ?m kg:developer id:openai }", evidence=True)
    assert found.variables == ("m", *COLUMNS)
    rows = {row[2].value: [term.value if isinstance(term, Literal) else term for term in row] for row in found.rows}
    base = "https://w3id.org/aikg/"
    said = rows[SAID]
    assert said[1] == base + "ontology#developer"
    assert said[4:8] == ["Sam Altman", 'Sora "leak"', "The Verge", "2024-11-27"]
    assert said[8:11] == [base + "doc/one-11111111", "0", "40"]
    assert said[11].startswith(base + "statement/")
    assert rows[DENIED][3] == "negated"


def test_only_the_statements_of_the_row_are_quoted(graph):
    found = run(graph, "SELECT ?e ?d { ?e kg:eventDate ?d } ORDER BY ?d", evidence=True)
    by_date = {}
    for row, quote in zip(found.rows, quotes(found), strict=True):
        by_date.setdefault(row[1].value, set()).add(quote)
    assert by_date["2023-11-14"] == {"The leak: 14 November 2023."}
    assert by_date["2024-11-26"] == {"The leak came on 26 November."}


def test_names_are_quoted_where_there_is_nothing_else(graph):
    found = run(graph, "SELECT ?n { id:openai rdfs:label ?n }", evidence=True)
    assert set(quotes(found)) == {"OpenAI"}


def test_a_row_without_evidence_stays_one(graph):
    found = run(graph, "SELECT ?x { VALUES ?x { 1 2 } }", evidence=True)
    assert [row[0].value for row in found.rows] == ["1", "2"]
    assert quotes(found) == [None, None]
    assert run(Graph(), "SELECT ?s { ?s ?p ?o }", evidence=True).rows == []


def test_columns_of_the_query_keep_their_names(graph):
    found = run(graph, "SELECT ?quote ?m { ?m kg:developer ?o BIND('mine' AS ?quote) }", evidence=True)
    assert found.variables[:4] == ("quote", "m", "relation", "quote_of_evidence")


@pytest.mark.parametrize("sparql", ["ASK { ?s ?p ?o }", "DESCRIBE id:sora", "CONSTRUCT WHERE { ?s kg:developer ?o }"])
def test_what_has_no_rows_has_no_evidence(graph, sparql):
    with pytest.raises(KgError, match="only the rows of SELECT have evidence"):
        run(graph, sparql, evidence=True)


def test_the_table_has_quotes_below_each_row(graph):
    found = run(graph, "SELECT ?name { ?m kg:developer/rdfs:label ?name }", evidence=True)
    lines = table(found).splitlines()
    assert lines[:3] == ["name", "------", "OpenAI"]
    assert "  developer: “" + SAID + '” [by Sam Altman] — Sora "leak", The Verge, 2024-11-27 (0–40)' in lines
    assert all(len(line) <= 40 for line in table(found, width=40).splitlines())


def test_hostile_text_stays_in_its_place():
    graph = Graph(
        [example.Statement(example.ID + "x", example.KG + "developer", Literal(text)) for text in example.HOSTILE]
    )
    found = run(graph, "SELECT ?o { ?s kg:developer ?o }", evidence=True)
    assert len(found) == len(graph)
    assert "\x1b" not in table(found, width=60)


def test_it_answers_in_a_process_of_its_own_and_for_named_questions(graph):
    sparql = "SELECT ?m { ?m kg:developer id:openai }"
    assert run(graph, sparql, evidence=True, timeout=60) == run(graph, sparql, evidence=True)
    assert SAID in quotes(ask(graph, "makers", {"thing": "sora"}, evidence=True))
