"""SPARQL over a graph or a folder: the right rows, one clear line where a query is wrong, and never a network."""

from __future__ import annotations

import contextlib
import gc
import importlib
import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.query import run
from kg.types import Literal, Statement
from kg.writers import jsonl, rdf
from tests import example

MAKERS = "SELECT ?what ?who { ?m kg:developer ?who ; rdfs:label ?what }"


@pytest.fixture
def graph():
    return example.graph()


@pytest.fixture
def folder(tmp_path, graph):
    (tmp_path / "graph.jsonl").write_text("".join(jsonl.graph(graph)), encoding="utf-8")
    (tmp_path / "graph.trig").write_text("".join(rdf.trig(graph)), encoding="utf-8")
    return tmp_path


def test_a_graph_answers_in_rows_of_iris_and_literals(graph):
    result = graph.query(MAKERS)
    assert result.kind == "select"
    assert result.variables == ("what", "who")
    assert result.rows == [(Literal("Sora"), "https://w3id.org/aikg/id/openai")]


def test_a_folder_answers_the_same(graph, folder):
    for sparql in (MAKERS, "ASK { id:sora a kg:Model }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"):
        assert run(folder, sparql) == run(str(folder), sparql) == run(graph, sparql)


def test_ask_is_true_or_false(graph):
    assert run(graph, "ASK { id:sora kg:developer id:openai }")
    no = run(graph, "ASK { id:openai kg:valuation ?amount }")
    assert not no
    assert no.rows == [(Literal("false", vocab.XSD + "boolean"),)]


def test_construct_and_describe_give_triples(graph):
    made = run(graph, "CONSTRUCT { ?who kg:made ?m } WHERE { ?m kg:developer ?who }")
    assert made.kind == "graph"
    assert made.variables == ("subject", "predicate", "object")
    assert made.rows == [(example.ID + "openai", example.KG + "made", example.ID + "sora")]
    assert (example.ID + "sora", vocab.LABEL, Literal("Sora")) in run(graph, "DESCRIBE id:sora").rows


def test_facts_and_their_sources_are_reached_by_one_query(graph):
    result = run(
        graph,
        """SELECT ?quote ?title ?who {
             ?s rdf:subject id:sora ; rdf:predicate kg:developer ; prov:wasDerivedFrom ?e .
             ?e oa:exact ?quote ; oa:hasSource/rdfs:label ?title ; kg:claimedBy/rdfs:label ?who
           }""",
    )
    quote = Literal("Sora is made by OpenAI, Sam Altman said.")
    assert result.rows == [(quote, Literal('Sora "leak"'), Literal("Sam Altman"))]


def test_a_variable_without_a_value_is_none(graph):
    rows = run(graph, "SELECT ?l ?d { ?s a kg:Person ; rdfs:label ?l OPTIONAL { ?s kg:developer ?d } }").rows
    assert rows == [(Literal("Sam Altman"), None)]


def test_language_and_datatype_of_a_literal_are_kept():
    statements = [
        Statement(example.ID + "a", vocab.LABEL, Literal("chat", language="fr")),
        Statement(example.ID + "a", example.KG + "eventDate", Literal("2024", vocab.XSD + "gYear")),
    ]
    rows = run(Graph(statements), "SELECT ?o { id:a ?p ?o } ORDER BY ?o").rows
    assert {row[0] for row in rows} == {Literal("chat", language="fr"), Literal("2024", vocab.XSD + "gYear")}


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (
            "SELECT * { ?s foo:x ?o }",
            "not SPARQL at 1:15: the prefix foo: is unknown; declare it, or use one of dcterms, ",
        ),
        ("SELECT ?s {\n ?s ?p ?o\n} LIMIT ten", "not SPARQL at 3:3: LIMIT wants a number after it"),
        ("SELECT * {\n ?s ?p ?o", "not SPARQL at 1:10: this { is never closed"),
        ("SELECT * { ?s <no iri> ?o }", "at 1:23: what stands between < and > is no IRI"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "a variable after SELECT is neither in GROUP BY nor within COUNT"),
        ("", "at 1:1: it is none of SELECT, ASK, CONSTRUCT and DESCRIBE"),
        ("show me everything", "at 1:1: 'show' is none of SELECT, ASK, CONSTRUCT and DESCRIBE"),
        ("SELECT * { ?s ?p }", "at 1:12: a triple has three parts"),
        ("SELECT ?s { ?s ?p ?o . BIND(2 AS ?s) }", "something before its end does not fit"),
        ("INSERT DATA { id:a id:b id:c }", "INSERT would change the graph, and kg only reads it"),
        ("PREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("LOAD <http://example.org/>", "LOAD would change the graph"),
    ],
)
def test_a_wrong_query_is_told_where_and_why(graph, sparql, message):
    with pytest.raises(KgError) as caught:
        run(graph, sparql)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.fixture
def server():
    """A port that notes who knocks, and hangs up."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def wait():
            connection, _ = listening.accept()
            knocks.append(connection.recv(10))
            connection.close()

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", knocks
        if thread.is_alive():
            socket.create_connection(listening.getsockname()).close()
        thread.join()


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o .service  SILENT<{url}>{{ ?s ?p ?o }} }}",
        'SELECT * {{ ?s ?p "#" }} #\n{{ SERVICE <{url}> {{ ?s ?p ?o }} }}',
        "SELECT * {{ ?s ?p '''\"''' . sErViCe <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p id:a\\#b . SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p <http://x/\\u0041#y> . SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{url}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p 1SERVICE<{url}>{{ ?s ?p ?o }} }}",
        "PREFIX : <{url}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
        "SELECT * {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "LOAD <{url}>",
        "DESCRIBE <{url}>",
    ],
)
def test_no_query_ever_asks_another_server(graph, server, sparql):
    url, knocks = server
    with contextlib.suppress(KgError):
        run(graph, sparql.format(url=url))
    assert not knocks


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service a kg:Model }",
        "SELECT * { ?s rdfs:label 'SERVICE' }",
        "SELECT * { ?s rdfs:label '''it's SERVICE''' } # SERVICE",
        "SELECT * { ?s <http://example.org/service#SERVICE> ?o }",
        "SELECT * { ?s schema:service ?o }",
    ],
)
def test_the_word_service_is_allowed_where_it_is_no_keyword(graph, sparql):
    run(graph, sparql)


def test_the_word_service_as_a_keyword_is_explained(graph):
    with pytest.raises(KgError, match="kg answers from its own graph alone"):
        run(graph, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


def test_a_timeout_ends_a_query_that_would_take_forever(graph):
    with pytest.raises(KgError, match=r"no answer within 0\.5 s; narrow the query"):
        run(graph, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }", timeout=0.5)


def test_a_query_that_ends_in_time_answers_as_without_a_timeout(graph, folder):
    for source in (graph, folder):
        assert run(source, MAKERS, timeout=60) == run(graph, MAKERS)
    with pytest.raises(KgError, match="not SPARQL at 1:1"):
        run(graph, "", timeout=60)


def test_a_folder_without_a_graph_is_told(tmp_path):
    with pytest.raises(KgError, match="found no graph in"):
        run(tmp_path, MAKERS)


def test_a_damaged_file_is_told(folder):
    (folder / "graph.trig").write_text("@prefix", encoding="utf-8")
    with pytest.raises(KgError, match=r"can't read .*graph\.trig"):
        run(folder, MAKERS)


def test_the_triples_of_a_graph_are_loaded_once_and_let_go_with_it():
    module = importlib.import_module("kg.query")  # kg.query itself is the function
    graph = example.graph()
    key = id(graph)
    run(graph, "ASK {}")
    assert module._kept(graph) is module._kept(graph)
    assert key in module._stores
    del graph
    gc.collect()
    assert key not in module._stores


@settings(max_examples=200)
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from([*example.HOSTILE, "SELECT", "*", "{", "}", "?s", "<", ">", "a:b"])).map(" ".join)
)
def test_any_text_is_answered_or_refused_in_one_line(text):
    said = ""
    try:
        run(EMPTY, text)
    except KgError as error:
        said = str(error)
    assert "\n" not in said


EMPTY = Graph()
