"""Pages and data of things, the description of the service, and that nothing else is sent."""

from __future__ import annotations

import html
import io
import json
import re

import pyoxigraph
import pytest

from kg import vocab
from kg.serve import openapi, things
from kg.serve import triples as serve_triples
from tests.serve.running import serving

OPENAI, SORA = vocab.BASE + "id/openai", vocab.BASE + "id/sora"
PARSERS = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
    "application/trig": "TRIG",
    "application/n-quads": "N_QUADS",
}


def triples(reply):
    """What an answer says, whatever its format."""
    form = getattr(pyoxigraph.RdfFormat, PARSERS[reply.media])
    return {str(quad.triple) for quad in pyoxigraph.parse(reply.body, form)}


def test_a_thing_is_told_of_at_its_own_path_in_every_format(articles):
    told = [triples(articles.get("/id/openai", accept=media)) for media in PARSERS]
    assert all(each == told[0] for each in told)
    assert f'<{OPENAI}> <{vocab.LABEL}> "OpenAI"' in told[0]
    assert f"<{SORA}> <{vocab.KG}developer> <{OPENAI}>" in told[0]


def test_a_thing_reads_as_plain_json(articles):
    told = json.loads(articles.get("/id/openai", accept="application/ld+json").body)
    nodes = {node["@id"]: node for node in told["@graph"]}
    assert (nodes["id:openai"]["@type"], nodes["id:openai"]["label"]) == ("Company", "OpenAI")
    assert nodes["id:sora"]["developer"] == "id:openai"
    assert told["@context"]["developer"] == {"@id": "kg:developer", "@type": "@id"}
    assert "sued" not in told["@context"]


def test_many_triples_are_written_as_they_come():
    node = pyoxigraph.NamedNode
    several = [pyoxigraph.Triple(node(OPENAI), node(vocab.KG + "uses"), node(f"{SORA}-{n}")) for n in range(10_000)]
    short, long = io.BytesIO(), io.BytesIO()
    serve_triples.write(several[1:], "application/ld+json", short)
    serve_triples.write(iter(several), "application/ld+json", long)
    assert short.getvalue().startswith(b'{"@context"')
    assert long.getvalue().startswith(b"[{")
    assert len(list(pyoxigraph.parse(long.getvalue(), pyoxigraph.RdfFormat.JSON_LD))) == 10_000


def test_a_browser_gets_a_page_with_the_sentences_behind_each_line(articles):
    found = articles.get("/id/openai", accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    text = html.unescape(re.sub(r"<[^>]+>", " ", found.text))
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>OpenAI</h1>" in found.text
    assert 'href="/id/sora"' in found.text
    assert 'href="/ontology#developer"' in found.text
    assert "ChatGPT-maker" in text
    assert "sentence" in text


def test_every_link_of_a_page_leads_somewhere(articles):
    found = articles.get("/id/sora", accept="text/html").text
    paths = {html.unescape(each).partition("#")[0] for each in re.findall(r'href="(/[^"]*)"', found)}
    assert len(paths) > 10
    for path in sorted(paths):
        assert articles.get(path, accept="text/html, */*;q=0.1").status == 200, path


def test_the_format_can_be_asked_for_in_the_address(articles):
    assert articles.get("/id/openai?format=application/ld%2Bjson").media == "application/ld+json"
    assert articles.get("/about?iri=" + OPENAI + "&format=text/html").media == "text/html"
    assert articles.get("/id/openai?format=image/png").status == 406


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_the_graph_does_not_know_is_not_found(articles, accept):
    assert articles.get("/id/nobody", accept=accept).status == 404
    assert articles.get("/about?iri=http%3A%2F%2Fe%2F", accept=accept).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "//etc/passwd",
        "/graph.trig",
        "/id/x%3E%20%7D%20INSERT",
        "/id/%00",
        "/about?iri=x%3E%20%7B%7D",
        "/%ff",
    ],
)
def test_no_path_leads_out_of_the_graph(articles, path):
    for accept in ("text/html", "text/turtle"):
        found = articles.get(path, accept=accept)
        assert found.status in (400, 404), path
        assert b"root:" not in found.body
        assert b"import" not in found.body


def test_the_terms_are_told_of_as_a_page_and_as_data(articles):
    page = articles.get("/ontology", accept="text/html").text
    assert 'id="developer"' in page
    assert 'id="Company"' in page
    told = triples(articles.get("/ontology", accept="application/n-triples"))
    assert told == triples(articles.get("/ontology", accept="text/turtle"))


def test_the_picture_is_the_page_in_the_folder(articles, folder):
    found = articles.get("/")
    assert found.media == "text/html"
    assert found.body == (folder / "graph.html").read_bytes()


def test_the_picture_of_a_file_is_drawn_when_asked_for(server):
    found = server.get("/")
    assert (found.status, found.media) == (200, "text/html")
    assert b"vis-network" in found.body


def test_health(articles):
    found = articles.get("/health")
    assert (found.status, json.loads(found.body)["status"]) == (200, "ok")


def test_the_openapi_document_names_every_address(articles):
    from kg.serve.app import make

    told = json.loads(articles.get("/openapi.json").body)
    assert told == openapi.document()
    routes = {re.sub(r":\w+", "", route.path) for route in make(None, None).routes}
    assert set(told["paths"]) == routes - {"/sparql/", "/static/{name}"}
    assert set(told["paths"]["/sparql"]) == {"get", "post"}


def test_without_a_query_the_endpoint_describes_itself(articles):
    told = triples(articles.get("/sparql", accept="text/turtle"))
    service = "http://www.w3.org/ns/sparql-service-description#"
    assert any(f"<{service}supportedLanguage> <{service}SPARQL11Query>" in each for each in told)


def test_text_of_the_graph_is_text_on_its_page(tmp_path):
    path = tmp_path / "hostile.nt"
    path.write_text(
        f'<{OPENAI}> <{vocab.LABEL}> "<script>alert(1)</script>" .\n'
        f'<{OPENAI}> <http://e/"onload=x> <javascript:alert(1)> .\n'.replace('"onload=x', "%22onload=x")
        + f'<{OPENAI}> <http://e/p> "<img src=x onerror=alert(1)>"@en .\n',
        encoding="utf-8",
    )
    with serving(path) as server:
        page = server.get("/id/openai", accept="text/html")
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert 'href="javascript:' not in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert server.get("/about?iri=javascript%3Aalert(1)", accept="text/html").status == 200


def test_a_link_leads_to_the_thing_itself():
    assert things.href(vocab.KG + "developer") == "/ontology#developer"
    assert things.href(OPENAI) == "/id/openai"
    assert things.href("http://e/?a=1&b=2") == "/about?iri=http%3A%2F%2Fe%2F%3Fa%3D1%26b%3D2"
