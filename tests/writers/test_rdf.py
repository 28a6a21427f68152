"""RDF: what is asserted stands as plain triples, all else on statement nodes, the same in every format and parser."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings

from kg import vocab, writers
from kg.errors import KgError
from kg.graph import Graph
from kg.ontology import ontology
from kg.types import Activity, Literal, Statement
from kg.writers import _triples, _turtle, rdf
from tests import example

pytestmark = [
    pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*Dataset:DeprecationWarning"),  # of rdflib's own parsers
]

TTL = """
id:leak a kg:Event ;
    rdfs:label "leak" ;
    kg:eventDate "2023-11-14"^^xsd:date, "2024-11-26"^^xsd:date .

id:openai a kg:Company ;
    rdfs:label "OpenAI" ;
    skos:altLabel "OpenAI, Inc." .

id:sam-altman a kg:Person ;
    rdfs:label "Sam Altman" .

id:sora a kg:Model ;
    rdfs:label "Sora" ;
    kg:developer id:openai .
"""

STATED_AND_DENIED = """ a rdf:Statement ;
    rdf:subject id:sora ;
    rdf:predicate kg:developer ;
    rdf:object id:openai ;
    kg:stance "negated" ;
    kg:claimedBy id:sam-altman ;
    kg:confidence 0.91 ;
    prov:wasDerivedFrom evidence:e1, evidence:e2 .

evidence:e1 a kg:Evidence ;
    oa:exact "Sora is made by OpenAI, Sam Altman said." ;
    oa:hasSource doc:one-11111111 ;
    oa:start 0 ;
    oa:end 40 ;
    kg:selector <https://w3id.org/aikg/doc/one-11111111#char=0,40> ;
    kg:subjectSelector <https://w3id.org/aikg/doc/one-11111111#char=0,4> ;
    kg:objectSelector <https://w3id.org/aikg/doc/one-11111111#char=16,22> ;
    kg:claimedBy id:sam-altman ;
    kg:confidence 0.91 ;
    kg:reader "model" .

evidence:e2 a kg:Evidence ;
    oa:exact "OpenAI denies that it made Sora." ;
    oa:hasSource doc:two-22222222 ;
    oa:start 0 ;
    oa:end 32 ;
    kg:selector <https://w3id.org/aikg/doc/two-22222222#char=0,32> ;
    kg:stance "negated" ;
    kg:confidence 0.80 .
"""

DOCUMENT = """
doc:one-11111111 a kg:Document ;
    rdfs:label "Sora \\"leak\\"" ;
    dcterms:identifier "one" ;
    dcterms:title "Sora \\"leak\\"" ;
    schema:author "Ada" ;
    schema:datePublished "2024-11-27"^^xsd:date ;
    schema:publisher "The Verge" ;
    schema:url "https://example.org/sora?a=1"^^xsd:anyURI ;
    kg:sha256 "5bfeb103"""


@pytest.fixture(autouse=True, scope="module")
def literals_as_they_stand():
    """Keeps rdflib from rewriting "007" as "7", and from telling at length that "x" is no integer."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    logging.getLogger("rdflib.term").disabled = True
    yield
    rdflib.NORMALIZE_LITERALS = before
    logging.getLogger("rdflib.term").disabled = False


def turtle(graph):
    return "".join(rdf.turtle(graph))


def trig(graph):
    return "".join(rdf.trig(graph))


def plain(term):
    """A term of either library as an IRI, or as text, datatype and language."""
    if isinstance(term, rdflib.URIRef):
        return str(term)
    if isinstance(term, rdflib.Literal):
        return (str(term), str(term.datatype or vocab.XSD + "string") if not term.language else "", term.language or "")
    if isinstance(term, pyoxigraph.Literal):
        return (term.value, "" if term.language else term.datatype.value, term.language or "")
    assert isinstance(term, pyoxigraph.NamedNode)
    return term.value


def by_pyoxigraph(data, form=pyoxigraph.RdfFormat.TRIG):
    quads = list(pyoxigraph.parse(data.encode() if isinstance(data, str) else data, form))
    assert all(quad.graph_name == pyoxigraph.DefaultGraph() for quad in quads)
    return {tuple(map(plain, quad.triple)) for quad in quads}


def by_rdflib(data, form="trig"):
    return triples(rdflib.Dataset().parse(data=data, format=form))


def triples(dataset):
    return {tuple(map(plain, quad[:3])) for quad in dataset.quads((None, None, None, None))}


def test_graph_ttl_holds_the_plain_facts_subject_by_subject():
    header, _, body = turtle(example.graph()).partition("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")
    assert header.startswith("# What the articles state as fact")
    assert body == TTL


def test_a_statement_node_carries_stance_speaker_confidence_and_evidence():
    item = next(item for item in example.graph() if item.predicate == example.KG + "developer")
    assert f"\nstatement:{item.id}{STATED_AND_DENIED}" in trig(example.graph())


@settings(max_examples=30)
@given(example.graphs())
def test_the_nodes_of_statements_are_written_as_all_else_is(graph):
    blocks = (_turtle.block(*block) for block in _triples.statements(graph))
    made = rdf.nodes(graph, disputed=_triples.disputed(graph), merged=_triples.is_merged(graph))
    assert "".join(made) == "".join(blocks)


def test_a_document_has_what_is_known_of_it_and_the_hash_of_its_text():
    assert DOCUMENT in trig(example.graph())
    assert '\ndoc:two-22222222 a kg:Document ;\n    rdfs:label "two" ;' in trig(example.graph())


RUN = """
# Runs: what read the documents

<https://w3id.org/aikg/run/0123456789abcdef> a prov:Activity ;
    rdfs:label "kg 1.2.3 with network 4" ;
    rdfs:comment "{\\"threshold\\": 0.5}" ;
    prov:used doc:one-11111111, doc:two-22222222, <https://w3id.org/aikg/model/network-4> ;
    prov:wasAssociatedWith <https://w3id.org/aikg/agent/kg-1-2-3> .

<https://w3id.org/aikg/graph/0123456789abcdef> a prov:Entity ;
    rdfs:label "graph of run 0123456789abcdef" ;
    prov:wasGeneratedBy <https://w3id.org/aikg/run/0123456789abcdef> .

<https://w3id.org/aikg/agent/kg-1-2-3> a prov:SoftwareAgent ;
    rdfs:label "kg 1.2.3" ;
    schema:softwareVersion "1.2.3" .

<https://w3id.org/aikg/model/network-4> a prov:Entity ;
    rdfs:label "network 4" .

# Statements and the evidence for them
"""
READ = Activity("0123456789abcdef", "1.2.3", "network 4", '{"threshold": 0.5}', (example.ONE.id, example.TWO.id))


def test_a_run_tells_what_it_used_and_made_and_which_program_it_was():
    graph = example.graph().with_activities([READ])
    assert RUN in trig(graph)
    assert turtle(graph) == turtle(example.graph())
    assert trig(graph).replace(RUN.rpartition("\n#")[0], "") == trig(example.graph())


def test_every_format_that_holds_evidence_holds_the_run():
    graph, formats = example.graph().with_activities([READ]), pyoxigraph.RdfFormat
    expected = by_pyoxigraph(trig(graph))
    forms = {"nt": formats.N_TRIPLES, "nq": formats.N_QUADS, "jsonld": formats.JSON_LD, "rdfxml": formats.RDF_XML}
    assert all(by_pyoxigraph(writers.export(graph, name), form) == expected for name, form in forms.items())
    assert as_rdf11(writers.export(graph, "trig", rdf12=True), formats.TRIG) == expected
    assert triples(graph.to_rdflib()) == expected


def test_a_run_is_no_thing_among_the_others():
    graph = example.graph().with_activities([READ])
    assert graph.entities == example.graph().entities
    assert set(graph.to_networkx()) == set(example.graph().to_networkx())


def test_what_is_only_alleged_is_in_the_trig_as_a_node_and_nowhere_as_a_plain_triple():
    plain_triple = (example.ID + "openai", example.KG + "valuation", example.MONEY)
    assert plain_triple not in by_pyoxigraph(trig(example.graph()))
    assert plain_triple[1:] not in {triple[1:] for triple in by_pyoxigraph(turtle(example.graph()))}
    assert 'rdf:object money:usd-150000000000 ;\n    kg:stance "alleged", "possible" ;' in trig(example.graph())


def test_an_amount_is_told_where_it_is_used():
    assert "money:usd-150000000000" not in turtle(example.graph())
    assert 'schema:value "150000000000"^^xsd:decimal .' in trig(example.graph())


def test_the_speaker_alone_does_not_hinder_a_plain_triple():
    assert (example.ID + "sora", example.KG + "developer", example.ID + "openai") in by_pyoxigraph(
        turtle(example.graph())
    )


def test_a_dispute_names_its_statements():
    dates = [item.id for item in example.graph() if item.predicate == example.KG + "eventDate"]
    text = trig(example.graph())
    assert text.count(" a kg:Dispute ;") == 2
    assert (
        'kg:disputeKind "value" ;\n    kg:disputedSubject id:leak ;\n    kg:disputedPredicate kg:eventDate ;\n' in text
    )
    assert f"kg:disputes {', '.join(f'statement:{id_}' for id_ in sorted(dates))} ." in text


def test_decisions_are_in_the_trig_with_their_reason_and_not_among_the_facts():
    assert "owl:sameAs" not in turtle(example.graph()).partition("@prefix xsd:")[2]
    assert "<https://w3id.org/aikg/doc/one-11111111#e1> owl:sameAs id:openai .\n" in trig(example.graph())
    assert " a rdf:Statement, kg:Decision ;\n" in trig(example.graph())
    assert 'kg:reason "the same name (https://w3id.org/aikg/doc/two-22222222#e1)" .' in trig(example.graph())


def test_every_term_of_ours_stands_in_the_ontology():
    used = {term for triple in by_pyoxigraph(trig(example.graph())) for term in triple if isinstance(term, str)}
    ours = {term.removeprefix(vocab.KG) for term in used if term.startswith(vocab.KG)}
    assert ours <= set(ontology().labels)


@settings(max_examples=30)
@given(example.graphs())
def test_both_parsers_read_the_same_from_any_graph(graph):
    for text in (turtle(graph), trig(graph)):
        assert by_pyoxigraph(text) == by_rdflib(text)


@settings(max_examples=30)
@given(example.graphs())
def test_rdflib_is_handed_the_triples_of_the_trig(graph):
    assert triples(graph.to_rdflib()) == by_pyoxigraph(trig(graph))


@given(example.graphs())
def test_what_is_in_the_ttl_is_in_the_trig(graph):
    assert by_pyoxigraph(turtle(graph)) <= by_pyoxigraph(trig(graph))


@settings(max_examples=30)
@given(example.graphs())
def test_other_formats_hold_the_same_triples(graph):
    expected = by_pyoxigraph(trig(graph))
    formats = pyoxigraph.RdfFormat
    for name, form in (("nq", formats.N_QUADS), ("nt", formats.N_TRIPLES), ("jsonld", formats.JSON_LD)):
        assert by_pyoxigraph(writers.export(graph, name), form) == expected


def test_rdflib_reads_the_same_from_the_other_formats():
    graph = example.graph()
    expected = by_pyoxigraph(trig(graph))
    for name, form in (("nt", "nt"), ("nq", "nquads")):
        assert by_rdflib(writers.export(graph, name), form) == expected


def as_rdf11(data, form):
    """The triples of RDF 1.2, each reifier said by the three parts of RDF 1.1."""
    found = set()
    for quad in pyoxigraph.parse(data, form):
        if isinstance(quad.object, pyoxigraph.Triple):
            assert quad.predicate.value == vocab.RDF + "reifies"
            parts = zip(("subject", "predicate", "object"), quad.object, strict=True)
            found |= {(quad.subject.value, vocab.RDF + name, plain(part)) for name, part in parts}
        else:
            found.add(tuple(map(plain, quad.triple)))
    return found


@settings(max_examples=30)
@given(example.graphs())
def test_reifiers_of_rdf_12_say_the_same(graph):
    expected = by_pyoxigraph(trig(graph))
    formats = pyoxigraph.RdfFormat
    for name, form in (("trig", formats.TRIG), ("nq", formats.N_QUADS), ("nt", formats.N_TRIPLES)):
        assert as_rdf11(writers.export(graph, name, rdf12=True), form) == expected


def test_a_reifier_leads_to_its_triple():
    item = next(item for item in example.graph() if item.predicate == example.KG + "developer")
    text = writers.export(example.graph(), "trig", rdf12=True).decode()
    assert (
        f"\nstatement:{item.id} a rdf:Statement ;\n    rdf:reifies <<( id:sora kg:developer id:openai )>> ;\n"
        '    kg:stance "negated" ;\n'
    ) in text
    assert "rdf:subject" not in text


def test_sparql_12_finds_the_evidence_of_a_triple():
    store = pyoxigraph.Store()
    store.load(writers.export(example.graph(), "trig", rdf12=True), pyoxigraph.RdfFormat.TRIG)
    query = """SELECT ?quote { ?reifier rdf:reifies <<( id:sora kg:developer id:openai )>> ;
        prov:wasDerivedFrom/oa:exact ?quote }"""
    quotes = {row["quote"].value for row in store.query(query, prefixes=vocab.PREFIXES)}
    assert quotes == {"Sora is made by OpenAI, Sam Altman said.", "OpenAI denies that it made Sora."}


def test_a_format_without_triple_terms_refuses_them():
    with pytest.raises(KgError, match=r"jsonld can't hold triple terms of RDF 1\.2; choose one of nq, nt, trig"):
        writers.export(example.graph(), "jsonld", rdf12=True)


def test_rdfxml_holds_the_same_triples_but_for_what_xml_cannot_hold():
    graph = example.graph()
    written = rdf.rdfxml(graph)
    assert (
        by_pyoxigraph(written, pyoxigraph.RdfFormat.RDF_XML) == by_pyoxigraph(trig(graph)) == by_rdflib(written, "xml")
    )
    bad = Graph([Statement(example.ID + "a", vocab.LABEL, Literal("a\x00\x1b\ufffeb"))])
    assert b">ab</rdfs:label>" in rdf.rdfxml(bad)


def test_rdfxml_says_which_property_it_cannot_write():
    graph = Graph([Statement(example.ID + "a", "http://example.org/1", Literal("x"))])
    with pytest.raises(KgError, match="ends in no XML name"):
        rdf.rdfxml(graph)


def test_the_bytes_do_not_hang_on_the_seed_of_hashing():
    code = (
        "import hashlib; from kg import writers; from tests import example; "
        "print([hashlib.sha256(writers.export(example.graph(), form)).hexdigest() for form in writers.FORMATS])"
    )
    run = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert run[0] == run[1]
    assert run[0]
