from __future__ import annotations

import pyoxigraph
import pytest

from kg.errors import KgError
from kg.merge import rdf
from kg.types import Literal

TURTLE = '<http://e/b> <http://e/p> [ <http://e/q> "x"@en ] , <http://e/a> .\n<http://e/a> <http://e/p> 1 .\n'


def read(path, text, form=None):
    path.write_text(text)
    return rdf.read(path, form or rdf.form(path, text.encode())[0])[0]


def test_records_are_the_same_in_whatever_form_the_graph_comes(tmp_path):
    wanted = read(tmp_path / "g.ttl", TURTLE)
    assert [record.subject for record in wanted] == ["_:c14n0", "http://e/a", "http://e/b"]
    assert wanted[0].triples[0].object == Literal("x", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "en")
    quads = list(pyoxigraph.parse(TURTLE, format=pyoxigraph.RdfFormat.TURTLE))
    for suffix, name in rdf.SUFFIXES.items():
        form = getattr(pyoxigraph.RdfFormat, name)
        given = quads if form.supports_datasets else [quad.triple for quad in quads]
        text = pyoxigraph.serialize(given, format=form).decode()
        assert read(tmp_path / f"g{suffix}", text) == wanted, suffix


def test_what_is_told_of_runs_of_kg_is_no_record(tmp_path):
    base, prov = "https://w3id.org/aikg/", "http://www.w3.org/ns/prov#"
    text = f"""<{base}run/1> a <{prov}Activity> ; <{prov}used> <{base}doc/a>, <{base}model/m> .
<{base}graph/1> a <{prov}Entity> . <{base}model/m> a <{prov}Entity> .
<{base}agent/kg> a <{prov}SoftwareAgent> . <http://e/kg> a <{prov}SoftwareAgent> ."""
    assert [record.subject for record in read(tmp_path / "g.ttl", text)] == ["http://e/kg"]


def test_a_broken_file_is_named_with_its_line(tmp_path):
    with pytest.raises(KgError, match=r"g\.ttl, line 2"):
        read(tmp_path / "g.ttl", "<http://e/a> <http://e/p> 1 .\n<http://e/a> oops 1 .\n")


def test_a_context_at_an_address_is_not_fetched(tmp_path):
    with pytest.raises(KgError, match="nothing is fetched"):
        read(tmp_path / "g.jsonld", '{"@context": "https://schema.org", "@id": "http://e/a", "name": "x"}')


def test_what_is_xml_whatever_its_suffix_is_read_as_that(tmp_path):
    text = '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    form, warning = rdf.form(tmp_path / "g.ttl", text.encode())
    assert form == "RDF_XML"
    assert "whatever its suffix" in warning


def test_a_subject_of_many_triples_makes_several_records(tmp_path):
    text = "".join(f"<http://e/a> <http://e/p> {number} .\n" for number in range(rdf.TOGETHER + 1))
    assert [len(record.triples) for record in read(tmp_path / "g.nt.ttl", text)] == [rdf.TOGETHER, 1]


def test_a_graph_tells_of_itself(tmp_path):
    text = """@prefix d: <http://purl.org/dc/terms/> . <http://e/> a <http://www.w3.org/ns/dcat#Dataset> ;
    d:title "Birds"@en ; d:license <http://l/> ; d:publisher "Kestrel" ."""
    path = tmp_path / "g.ttl"
    found = rdf.about(read(path, text), path)
    assert (found.title, found.licence, found.publisher) == ("Birds", "http://l/", "Kestrel")


def test_triples_about_triples_are_left_out_with_a_warning(tmp_path):
    path = tmp_path / "g.ttl"
    path.write_text("<http://e/a> <http://e/p> <<( <http://e/b> <http://e/q> 1 )>> , 2 .")
    records, warnings = rdf.read(path, "TURTLE")
    assert len(records[0].triples) == 1
    assert "1 triples about triples" in warnings[0]


def test_what_a_statement_of_wikidata_says_is_said_of_its_subject_unless_it_is_deprecated(tmp_path):
    text = """@prefix wd: <http://www.wikidata.org/entity/> . @prefix p: <http://www.wikidata.org/prop/> .
    @prefix ps: <http://www.wikidata.org/prop/statement/> . @prefix b: <http://wikiba.se/ontology#> .
    wd:Q1 p:P169 wd:s1, wd:s2 . wd:s1 ps:P169 wd:Q2 ; b:rank b:NormalRank .
    wd:s2 ps:P169 wd:Q3 ; b:rank b:DeprecatedRank ."""
    direct = "http://www.wikidata.org/prop/direct/P169"
    found = [triple for record in read(tmp_path / "g.ttl", text) for triple in record.triples]
    assert [each[::2] for each in found if each.predicate == direct] == [
        ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2")
    ]
