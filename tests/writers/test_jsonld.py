"""JSON-LD: plain JSON under the names of the ontology, and the same triples for those who read it as RDF."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Literal, Statement
from kg.writers import jsonld, rdf
from tests import example

pytestmark = pytest.mark.filterwarnings("ignore:.*Dataset:DeprecationWarning")  # of rdflib's own parsers


def written(graph):
    return "".join(jsonld.write(graph))


def nodes(graph):
    return {node["@id"]: node for node in json.loads(written(graph))["@graph"]}


def test_a_node_reads_as_plain_json():
    assert nodes(example.graph())["id:sora"] == {
        "@id": "id:sora",
        "@type": "Model",
        "label": "Sora",
        "developer": "id:openai",
    }
    assert nodes(example.graph())["id:leak"]["eventDate"] == [
        {"@value": "2023-11-14", "@type": "xsd:date"},
        {"@value": "2024-11-26", "@type": "xsd:date"},
    ]


def test_evidence_keeps_quote_place_and_speaker():
    assert nodes(example.graph())["evidence:e1"] == {
        "@id": "evidence:e1",
        "@type": "Evidence",
        "quote": "Sora is made by OpenAI, Sam Altman said.",
        "source": "doc:one-11111111",
        "from": 0,
        "to": 40,
        "selector": "https://w3id.org/aikg/doc/one-11111111#char=0,40",
        "subjectSelector": "https://w3id.org/aikg/doc/one-11111111#char=0,4",
        "objectSelector": "https://w3id.org/aikg/doc/one-11111111#char=16,22",
        "claimedBy": "id:sam-altman",
        "confidence": "0.91",
        "reader": "model",
    }


def test_each_node_has_a_line():
    lines = written(example.graph()).split('"@graph": [\n')[1].splitlines()
    assert all(json.loads(line.removesuffix(","))["@id"] for line in lines[:-1])
    assert lines[-1] == "]}"


def test_rdflib_reads_the_same_triples():
    graph = example.graph()
    found = rdflib.Graph().parse(data=written(graph), format="json-ld")
    expected = rdflib.Graph().parse(data="".join(rdf.turtle(graph)), format="turtle")
    assert set(expected) <= set(found)
    assert len(found) == len(list(pyoxigraph.parse("".join(rdf.trig(graph)), pyoxigraph.RdfFormat.TRIG)))


def test_values_of_an_unexpected_kind_say_what_they_are():
    thing = example.ID + "a"
    statements = [
        Statement(thing, example.KG + "developer", Literal("OpenAI")),
        Statement(thing, vocab.LABEL, thing),
        Statement(thing, vocab.TYPE, Literal("Model")),
        Statement(thing, vocab.SCHEMA + "value", Literal("7", vocab.XSD + "integer")),
        Statement(thing, example.KG + "reason", Literal("007", vocab.XSD + "integer")),
    ]
    assert nodes(Graph(statements))["id:a"] == {
        "@id": "id:a",
        vocab.TYPE: "Model",
        "label": {"@id": "id:a"},
        "developer": {"@value": "OpenAI"},
        "reason": {"@value": "007", "@type": "xsd:integer"},
        "value": {"@value": "7", "@type": "xsd:integer"},
    }


def test_an_iri_that_looks_like_a_prefixed_name_is_refused():
    with pytest.raises(KgError, match="would read the IRI wd:Q42 as a prefixed name"):
        written(Graph([Statement("wd:Q42", vocab.LABEL, Literal("x"))]))


ODD = """
PREFIX e: <http://e.example/>
e:a a e:Thing, <https://w3id.org/aikg/ontology#Model> ; e:p _:b, "x"@en, 1, 1.5, true ;
    <https://w3id.org/aikg/ontology#developer> _:b, "by name" ; <http://e.example/#odd(1)> <urn:isbn:1> .
_:b <http://www.w3.org/2000/01/rdf-schema#label> "b \\"quoted\\"" .
"""


def test_triples_of_anybody_are_written_with_as_much_of_the_context_as_they_need():
    triples = [quad.triple for quad in pyoxigraph.parse(ODD, pyoxigraph.RdfFormat.TURTLE)]
    text = jsonld.compact(triples)
    assert set(json.loads(text)["@context"]) == {"@version", "kg", "rdfs", "xsd", "Model", "developer", "label"}
    assert canonical(text, pyoxigraph.RdfFormat.JSON_LD) == canonical(ODD, pyoxigraph.RdfFormat.TURTLE)
    assert isomorphic(rdflib.Graph().parse(data=text, format="json-ld"), rdflib.Graph().parse(data=ODD))


def canonical(text, form):
    """The triples, blank nodes by names that follow from what is said of them."""
    found = pyoxigraph.Dataset(pyoxigraph.parse(text, form))
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in found}


def test_what_the_context_can_not_name_is_refused():
    quoted = '<http://e.example/a> <http://e.example/b> <<( <http://e.example/a> <http://e.example/b> "c" )>> .'
    for text, message in ((quoted, "triple terms"), ('<wd:Q42> <http://e.example/b> "c" .', "prefixed name")):
        with pytest.raises(KgError, match=message):
            jsonld.compact(quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES))
