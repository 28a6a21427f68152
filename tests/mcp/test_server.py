"""`kg mcp` asked by the SDK's own client, over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys

import anyio
import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters, stdio_client

from kg import store
from kg.mcp.records import NOTE

TOOLS = {"search", "entity", "evidence", "neighbours", "path", "sparql", "disputes"}
COMMAND = ["-m", "kg", "mcp"]


@pytest.fixture(scope="module")
def asked(outputs):
    """All that one client asks of one server, by a name."""
    calls = {
        "search": ("search", {"text": "Sora"}),
        "entity": ("entity", {"name": "OpenAI", "limit": 3}),
        "neighbours": ("neighbours", {"name": "id:sora", "limit": 3}),
        "path": ("path", {"one": "Sora", "two": "OpenAI"}),
        "disputes": ("disputes", {}),
        "select": ("sparql", {"query": "SELECT ?x { ?x kg:developer id:openai } ORDER BY ?x", "limit": 1}),
        "plain": ("sparql", {"query": "SELECT ?x { ?x kg:developer id:openai }", "evidence": False}),
        "ask": ("sparql", {"query": "PREFIX ask: <http://e/> ASK { id:sora kg:developer id:openai }"}),
        "no": ("sparql", {"query": "ASK { id:sora kg:developer id:sora }"}),
        "construct": ("sparql", {"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"}),
        "update": ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
        "service": ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
        "huge": ("sparql", {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}),
        "unknown": ("entity", {"name": "Nobody Known"}),
        "too many": ("search", {"text": "a", "limit": 1000}),
        "none": ("search", {}),
        "no tool": ("write", {}),
        "after": ("search", {"text": "Sora"}),
    }

    return anyio.run(conversation, outputs, calls)


async def conversation(outputs, calls, *options):
    """What a server says of itself, its tools, and its answers to calls by their names."""
    arguments = [*COMMAND, str(outputs), *options]
    server = StdioServerParameters(command=sys.executable, args=arguments, cwd=outputs.parent)
    async with Client(stdio_client(server)) as client:
        told = {name: await client.call_tool(*call) for name, call in calls.items()}
        return client.instructions, (await client.list_tools()).tools, told


@pytest.fixture(scope="module")
def tell(asked):
    """The answer of a call, once its text is seen to say the same."""

    def answer(name):
        found = asked[2][name]
        assert not found.is_error, found.content[0].text
        assert json.loads(found.content[0].text) == found.structured_content
        return found.structured_content

    return answer


def statements(value):
    """All statements in an answer, wherever they stand."""
    if isinstance(value, dict):
        if "quotes" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from statements(item)


def test_there_are_seven_tools_that_only_read_and_tell_the_form_of_their_answers(asked):
    tools = {tool.name: tool for tool in asked[1]}
    assert set(tools) == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description and tool.output_schema for tool in tools.values())


def test_the_client_is_told_that_texts_are_data(asked, tell):
    assert NOTE in asked[0]
    assert all(tell(name)["note"] == NOTE for name in ("search", "entity", "path", "disputes", "select", "ask"))


@pytest.mark.parametrize("name", ["search", "entity", "neighbours", "path"])
def test_every_statement_has_an_id_of_the_graph_and_a_quote_of_an_article(tell, outputs, name):
    graph = store.load(outputs)
    known = {item.id: item for item in graph}
    texts = {document.text for document in graph.documents.values()}
    found = list(statements(tell(name)))
    assert found
    assert all(item["statement"] in known for item in found)
    assert all(any(quote["quote"][:20] in text for text in texts) for item in found for quote in item["quotes"][:1])


def test_rows_are_cut_and_proved(tell):
    found = tell("select")
    (row,) = found["rows"]
    assert (found["variables"], found["more"]) == (["x"], True)
    assert row["evidence"][0]["relation"] == "developer"
    assert len(row["evidence"][0]["statement"]) == 16
    assert all(row["evidence"] == [] for row in tell("plain")["rows"])


def test_what_is_affirmed_is_proved_and_what_is_not_is_told(tell):
    assert (tell("ask")["answer"], tell("no")["answer"]) == (True, False)
    assert tell("ask")["rows"][0]["evidence"][0]["quote"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("construct", "only SELECT and ASK are answered"),
        ("update", "kg only reads"),
        ("service", "SERVICE"),
        ("huge", "larger than 16 MB"),
        ("unknown", "nothing is called 'Nobody Known'"),
        ("too many", "limit: Input should be less than or equal to 100"),
        ("none", "text: Field required"),
        ("no tool", "Unknown tool: write"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(asked, name, fault):
    found = asked[2][name]
    assert found.is_error
    assert fault in found.content[0].text
    assert "\n" not in found.content[0].text


def test_a_query_that_never_ends_is_ended(outputs):
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c > ?f) }"
    told = anyio.run(conversation, outputs, {"endless": ("sparql", {"query": query})}, "--timeout", "1")[2]
    assert told["endless"].is_error
    assert "no answer within 1 s" in told["endless"].content[0].text


def test_after_all_that_it_answers_as_before(tell):
    assert tell("after") == tell("search")


def test_it_ends_when_its_client_leaves(outputs):
    done = subprocess.run([sys.executable, *COMMAND, outputs], input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_folder_without_a_graph_is_told_in_one_line(tmp_path):
    done = subprocess.run([sys.executable, *COMMAND, tmp_path], input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: found no graph in ")


def test_without_the_extra_it_says_how_to_get_it(monkeypatch, outputs):
    from kg import mcp
    from kg.errors import KgError

    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(KgError, match=r"pip install 'ai-industry-kg\[mcp\]'"):
        mcp.serve(outputs)
