"""The usual clients are answered: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from kg import vocab

QUERY = f"SELECT ?name {{ ?x <{vocab.KG}developer> <{vocab.BASE}id/openai> ; <{vocab.LABEL}> ?name }} ORDER BY ?name"
DESCRIBE = f"DESCRIBE <{vocab.BASE}id/openai>"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_reads_solutions(articles, method, form):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(articles.address + "/sparql")
    client.setMethod(method)
    client.setQuery(QUERY)
    client.setReturnFormat(form)
    found = client.query().convert()
    if form == "json":
        assert "Sora" in [row["name"]["value"] for row in found["results"]["bindings"]]
    else:
        assert "Sora" in (found.toxml() if form == "xml" else found.decode())


def test_sparqlwrapper_reads_triples_and_is_told_of_its_mistakes(articles):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(articles.address + "/sparql", returnFormat="turtle")
    client.setQuery(DESCRIBE)
    assert b"OpenAI" in client.query().convert()
    client.setReturnFormat("json")
    client.setQuery("SELECT * {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="not SPARQL at 1:"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_as_if_the_graph_were_its_own(articles, method):
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(articles.address + "/sparql", method=method))
    openai, sora = (rdflib.URIRef(vocab.BASE + "id/" + name) for name in ("openai", "sora"))
    assert "Sora" in [str(row.name) for row in graph.query(QUERY)]
    assert graph.query(f"ASK {{ <{sora}> ?p <{openai}> }}").askAnswer
    assert (sora, rdflib.URIRef(vocab.KG + "developer"), openai) in graph
    assert rdflib.Literal("OpenAI") in set(graph.objects(openai, rdflib.RDFS.label))
    assert len(graph.query(DESCRIBE).graph) > 3


def test_rdflib_reads_a_thing_from_its_address(articles):
    import rdflib

    graph = rdflib.Graph().parse(articles.address + "/id/openai")
    assert (rdflib.URIRef(vocab.BASE + "id/openai"), rdflib.RDFS.label, rdflib.Literal("OpenAI")) in graph


def test_curl(articles):
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")

    def run(*arguments):
        return subprocess.run([curl, "-sS", "--max-time", "30", *arguments], check=True, capture_output=True).stdout

    address = articles.address + "/sparql"
    assert json.loads(run(address, "--data-urlencode", f"query={QUERY}"))["head"] == {"vars": ["name"]}
    assert b"Sora" in run("-G", address, "--data-urlencode", f"query={QUERY}", "-H", "Accept: text/csv")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", QUERY)
    assert b"<literal>Sora</literal>" in run(address, *direct, "-H", "Accept: application/sparql-results+xml")
    assert b'"OpenAI"' in run("-H", "Accept: text/turtle", articles.address + "/id/openai")


def test_our_own_client(articles):
    from kg.query import Endpoint, run

    assert "Sora" in {row[0].value for row in run(Endpoint(articles.address + "/sparql"), QUERY)}
