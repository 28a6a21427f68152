"""SPARQL 1.1 Protocol, section 2: the ways to ask, the data set, the formats, and what is refused.

The names in the tables are those of the W3C's protocol tests that concern a server which only reads; the requests are
written after the specification.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
from urllib.parse import urlencode

import pytest

from tests.serve.running import DATA, JSON, XML

ONE, TWO, THREE = (DATA + name for name in ("one", "two", "three"))
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
BOTH = f"ASK {{ <{ONE}> a ?one . <{TWO}> a ?two }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{ONE}> a ?one }} GRAPH ?h {{ <{TWO}> a ?two }} }}"
FULL = f"ASK {{ <{THREE}> a ?three . GRAPH ?g {{ <{ONE}> a ?one }} GRAPH ?h {{ <{TWO}> a ?two }} }}"
FROM = f"ASK FROM <{ONE}> {{ <{TWO}> a ?two }}"
NOTHING = "INSERT DATA {}"


def yes(reply):
    """The answer of an ASK query, in any of the formats."""
    assert reply.status == 200, reply.text
    if reply.media == JSON:
        return json.loads(reply.body)["boolean"]
    assert reply.media == XML
    return "<boolean>true</boolean>" in reply.text


def address(**parameters):
    return "?" + urlencode(parameters, doseq=True)


DATA_SETS = {
    "query_dataset_default_graphs": (BOTH, {"default-graph-uri": [ONE, TWO]}),
    "query_dataset_named_graphs": (NAMED, {"named-graph-uri": [ONE, TWO]}),
    "query_dataset_full": (FULL, {"default-graph-uri": THREE, "named-graph-uri": [ONE, TWO]}),
    "query_multiple_dataset": (FROM, {"default-graph-uri": TWO}),
}


@pytest.mark.parametrize("name", DATA_SETS)
def test_the_protocol_names_the_data_set_in_each_way_to_ask(server, name):
    query, graphs = DATA_SETS[name]
    assert yes(server.query(query, **graphs))
    assert yes(server.post(query, DIRECT, query=address(**graphs)))
    assert yes(server.post(urlencode({"query": query, **graphs}, doseq=True), FORM))
    assert yes(server.post(urlencode({"query": query}), FORM, query=address(**graphs)))


@pytest.mark.parametrize("name", DATA_SETS)
def test_what_is_not_in_that_data_set_is_not_asked(server, name):
    query, graphs = DATA_SETS[name]
    assert not yes(server.query(query, **dict.fromkeys(graphs, DATA + "unknown")))


def test_query_get(server):
    assert yes(server.query("ASK {}"))


def test_query_post_form(server):
    assert yes(server.post("query=ASK%20%7B%7D", FORM))
    assert yes(server.post("query=ASK+%7B%7D", FORM + "; charset=UTF-8"))


def test_query_post_direct(server):
    assert yes(server.post("ASK {}", DIRECT))
    assert yes(server.post("ASK {}", DIRECT + ";charset=utf-8"))


def test_without_a_data_set_the_default_graph_is_asked_and_from_counts(server):
    rows = server.query("SELECT ?in { ?s <http://data.example/in> ?in } ORDER BY ?in", accept="text/csv").text.split()
    assert rows == ["in", "default"]
    assert yes(server.query(f"ASK FROM <{ONE}> {{ <{ONE}> ?p ?o }}"))
    assert not yes(server.query(f"ASK FROM <{ONE}> {{ <{TWO}> ?p ?o }}"))


@pytest.mark.parametrize(
    ("query", "media"),
    [
        ("SELECT (1 AS ?value) {}", {JSON, XML, "text/csv", "text/tab-separated-values"}),  # query_content_type_select
        ("ASK {}", {JSON, XML}),  # query_content_type_ask
        ("DESCRIBE <http://data.example/one>", {"text/turtle", "application/rdf+xml"}),  # query_content_type_describe
        ("CONSTRUCT { <s> <p> 1 } {}", {"text/turtle", "application/rdf+xml"}),  # query_content_type_construct
    ],
)
def test_each_kind_of_query_has_its_formats(server, query, media):
    found = server.query(f"BASE <{DATA}> {query}")
    assert found.status == 200
    assert found.media in media
    assert "Accept" in found.headers["vary"].split(", ")


def posted(body, media=None, query=""):
    return lambda server: server.post(body, media, query=query)


REFUSED = {
    "bad_query_method": (lambda server: server.ask("PUT", "/sparql?query=ASK%20%7B%7D"), 405),
    "bad_multiple_queries": (posted("query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", FORM), 400),
    "bad_query_wrong_media_type": (posted("ASK {}", "text/plain"), 415),
    "bad_query_missing_form_type": (posted("query=ASK%20%7B%7D"), 415),
    "bad_query_missing_direct_type": (posted("ASK {}"), 415),
    "bad_query_non_utf8": (posted("ASK {}".encode("utf-16"), DIRECT + "; charset=UTF-16"), 415),
    "bad_query_syntax": (lambda server: server.query("ASK {"), 400),
    "bad_update_get": (lambda server: server.get("/sparql?update=CLEAR%20ALL"), 403),
    "bad_multiple_updates": (posted("update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM), 403),
    "bad_update_wrong_media_type": (posted("CLEAR NAMED", "text/plain"), 415),
    "bad_update_missing_form_type": (posted("update=CLEAR%20NAMED"), 415),
    "bad_update_non_utf8": (posted(NOTHING.encode("utf-16"), UPDATE + "; charset=UTF-16"), 415),
    "bad_update_syntax": (posted("update=CLEAR%20XXX", FORM), 403),
    "bad_update_dataset_conflict": (
        posted(
            "update=WITH%20%3Chttp%3A%2F%2Fe%2F%3E%20DELETE%20WHERE%20%7B%7D",
            FORM,
            "?using-graph-uri=http%3A%2F%2Fe%2F",
        ),
        403,
    ),
    "update via POST": (posted(NOTHING, UPDATE), 403),
    "update as a form": (posted(urlencode({"update": NOTHING}), FORM), 403),
    "an update beside a query": (posted(urlencode({"query": "ASK {}", "update": NOTHING}), FORM), 403),
    "an update as a query": (lambda server: server.query("LOAD <http://data.example/one>"), 400),
    "deletion": (lambda server: server.ask("DELETE", "/sparql"), 405),
    "no query": (lambda server: server.get("/sparql?default-graph-uri=http%3A%2F%2Fe%2F", accept=JSON), 400),
    "an empty form": (posted("", FORM), 400),
    "not UTF-8 in the address": (lambda server: server.get("/sparql?query=ASK%20%7B%7D%FF"), 400),
    "not UTF-8 in the body": (posted(b"ASK {} #\xff", DIRECT), 400),
    "not UTF-8 in the form": (posted(b"query=ASK+%7B%7D%23%ff", FORM), 400),
    "a relative graph": (lambda server: server.query("ASK {}", **{"default-graph-uri": "data1"}), 400),
    "a graph that is no IRI": (lambda server: server.query("ASK {}", **{"named-graph-uri": "http://e/> <x"}), 400),
    "another server": (lambda server: server.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 403),
    "a body without end": (posted(b"#" * (1 << 20) + b"#", DIRECT), 413),
    "a hundred parameters too many": (lambda server: server.get("/sparql?" + "&".join(["query=ASK%7B%7D"] * 300)), 400),
    "a type that nobody writes": (lambda server: server.query("ASK {}", accept="image/png"), 406),
    "no type that this kind has": (lambda server: server.query("ASK {}", accept="text/turtle"), 406),
    "solutions of triples": (lambda server: server.query("DESCRIBE <http://e/>", accept="text/csv, */*;q=0"), 406),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told_in_one_clear_line(server, name):
    request, status = REFUSED[name]
    found = request(server)
    assert found.status == status, found.text
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(r"[^\n]{10,400}\n?|Method Not Allowed", found.text), found.text
    assert "Traceback" not in found.text


@pytest.mark.parametrize("head", [b"GET /sparql?query=", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_a_head_without_end_is_not_taken_in(server, head):
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(head)
        sent = 0
        while sent < 1 << 24:
            sent += connection.send(b"x" * (1 << 14))
    assert sent < 1 << 23


def test_a_long_query_by_get_is_answered(server):
    assert yes(server.query("ASK {} #" + "x" * 50_000))


def test_an_error_says_where_the_query_stops_being_one(server):
    assert server.query("SELECT * {\n ?s ?p }").text.startswith("the query is not SPARQL at 2:")


def test_which_methods_there_are_is_told_with_their_refusal(server):
    assert set(server.ask("PUT", "/sparql").headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_head_tells_what_get_would_send_without_sending_it(server):
    found = server.ask("HEAD", "/sparql?query=ASK%20%7B%7D")
    assert (found.status, found.media, found.body) == (200, JSON, b"")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", XML),
        ("text/tab-separated-values, */*;q=0.1", "text/tab-separated-values"),
        ("application/json", JSON),
        ("application/sparql-results+json;q=0, */*", XML),
        ("text/*", "text/csv"),
        ("*/*", JSON),
    ],
)
def test_the_client_chooses_the_format(server, accept, media):
    assert server.query("SELECT (1 AS ?one) {}", accept=accept).media == media
