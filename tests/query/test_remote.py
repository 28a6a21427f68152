"""An endpoint elsewhere (a server within the test): the same answers, and one line whatever it does."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
import time
import urllib.parse

import pytest

from kg import vocab
from kg.errors import KgError
from kg.query import Endpoint, ask, remote, run
from tests import example

MAKERS = "SELECT ?what ?who { ?m kg:developer ?who ; rdfs:label ?what }"
JSON = "application/sparql-results+json"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the function in `server.answer`, from method, query and headers."""

    def do_GET(self):
        self._give(urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query))

    def do_POST(self):
        self._give(urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def _give(self, form):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.answer(self, form.get("query", [""])[0])

    def send(self, body, kind=JSON, code=200, **headers):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    servers = []

    def serve(answer):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads, server.answer = True, answer
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return Endpoint(f"http://127.0.0.1:{server.server_port}/sparql")

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def graph():
    return example.graph()


def test_it_answers_as_the_graph_behind_it(endpoint, graph):
    def answer(handler, sparql):
        handler.send(run(graph, sparql).data)

    there = endpoint(answer)
    assert run(there, MAKERS).rows == run(graph, MAKERS).rows
    assert run(there, "ASK { id:sora kg:developer id:openai }")
    assert ask(there, "makers", {"maker": "OpenAI"}).rows == ask(graph, "makers", {"maker": "OpenAI"}).rows
    assert run(there, MAKERS, evidence=True).rows == run(graph, MAKERS, evidence=True).rows


@pytest.mark.parametrize(("kind", "form"), [("text/turtle; charset=utf-8", "to_turtle"), ("application/n-triples", "")])
def test_triples_come_in_any_form(endpoint, graph, kind, form):
    made = run(graph, "DESCRIBE id:sora")
    data = getattr(made, form)().encode() if form else made.data
    there = endpoint(lambda handler, _: handler.send(data, kind))
    assert run(there, "DESCRIBE id:sora") == made


def test_solutions_come_as_xml_too(endpoint, graph):
    data = run(graph, MAKERS).to_xml().encode()
    there = endpoint(lambda handler, _: handler.send(data, "application/sparql-results+xml"))
    assert run(there, MAKERS).rows == run(graph, MAKERS).rows


def test_what_is_sent_is_the_protocols_and_declares_our_prefixes(endpoint):
    asked = []

    def answer(handler, sparql):
        asked.append((handler.command, sparql, handler.headers["Accept"], handler.headers["Content-Type"]))
        handler.send(b'{"head":{},"boolean":true}')

    there = endpoint(answer)
    run(there, "PREFIX kg: <http://mine/> ASK { ?s kg:x wd:Q1, 'id:no', <schema:no> }")
    run(there, "ASK { FILTER('" + "x" * 3000 + "' = 'y') }")
    assert asked[0][:2] == (
        "GET",
        f"PREFIX wd: <{vocab.WD}> PREFIX kg: <http://mine/> ASK {{ ?s kg:x wd:Q1, 'id:no', <schema:no> }}",
    )
    assert JSON in asked[0][2]
    assert (asked[1][0], asked[1][3]) == ("POST", "application/x-www-form-urlencoded")


def slowly(handler, _):
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for _ in range(50):
        handler.wfile.write(b"X-More: 1\r\n")
        time.sleep(0.05)


def endlessly(handler, _):
    handler.send(b'{"head":{"vars":["x"]},"results":{"bindings":[')
    for _ in range(100):
        handler.wfile.write(b" " * 100_000)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (lambda h, _: h.send(b"<h1>No such\nprefix</h1>", "text/html", 400), r"answers 400: No such prefix$"),
        (lambda h, _: h.send(b"", code=503), "answers 503: Service Unavailable$"),
        (lambda h, _: h.send(b"<html>hello", "text/html"), "answers with text/html, which is no answer of SPARQL"),
        (lambda h, _: h.send(b'{"head":'), "sends a damaged answer"),
        (lambda h, _: h.send(b"<<<", "text/turtle"), "sends a damaged answer"),
        (lambda h, _: h.send(b"{}", **{"Content-Length": "100"}), "can't be asked: the connection broke off"),
        (lambda h, _: h.wfile.write(b"hello\r\n\r\n"), "can't be asked: it speaks no HTTP that we know"),
        (lambda h, _: h.send(b"", code=302, Location="file:///etc/passwd"), "answers 302|can't be asked"),
        (lambda h, _: h.send(b"", code=302, Location="/sparql"), "answers 302"),
        (slowly, "gave no whole answer in time"),
        (endlessly, "sends more than 1,000,000 bytes"),
    ],
)
def test_whatever_it_does_is_told_in_one_line(endpoint, monkeypatch, answer, message):
    monkeypatch.setattr(remote, "LARGEST", 1_000_000)
    started = time.monotonic()
    with pytest.raises(KgError, match=message) as caught:
        run(endpoint(answer), MAKERS, timeout=1)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "localhost/sparql", "http://", "http://a:b@127.0.0.1/", ""]
)
def test_other_addresses_are_refused(url):
    with pytest.raises(KgError, match="expected an endpoint's address"):
        run(Endpoint(url), MAKERS)


def test_a_closed_door_is_told():
    with pytest.raises(KgError, match=r"127\.0\.0\.1:9 can't be asked: .*refused"):
        run(Endpoint("http://127.0.0.1:9/"), MAKERS, timeout=5)


def test_an_answer_may_be_hostile(endpoint):
    cell = {"type": "literal", "value": "\x1b[31m\u202ered\n"}
    data = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": cell}]}}).encode()
    shown = run(endpoint(lambda handler, _: handler.send(data)), MAKERS).to_table()
    assert shown == "x\n------\n[31m red\n" or "\x1b" not in shown
