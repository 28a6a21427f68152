"""A graph that somebody else made is drawn with its own names, and says that it has no sources."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.types import Literal
from kg.view.foreign import load, read
from kg.view.model import model

TURTLE = """
@prefix : <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:ann a foaf:Person ; foaf:name "Ann" ; rdfs:label "Anna"@de, "Ann Lee"@en ;
  :knows :bob, [ a foaf:Person ] ; :born 1990 .
:bob a :Wizard ; schema:name "Bob" ; :livesIn <http://example.org/place#Rome> .
:cat skos:prefLabel "Mia"@fr ; :ownedBy :ann .
:knows rdfs:label "is friends with" . :Wizard a rdfs:Class ; rdfs:label "Great wizard" .
"""


@pytest.fixture
def theirs(tmp_path):
    path = tmp_path / "theirs.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


def test_names_come_from_all_the_usual_properties_english_first(theirs):
    graph = read(theirs)
    names = {iri.rsplit("/", 1)[-1]: entity.name for iri, entity in graph.entities.items()}
    assert (names["ann"], names["bob"], names["cat"]) == ("Ann Lee", "Bob", "Mia")
    assert graph.entities["http://example.org/ann"].aliases == ("Ann", "Anna")


def test_the_page_says_types_and_relations_by_their_labels_and_draws_none_of_them(theirs):
    rows = model(read(theirs))
    assert {row["label"] for row in rows.entities} == {"Ann Lee", "Bob", "Mia", "unnamed", "Rome"}
    assert rows.relations == ["born", "is friends with", "lives in", "owned by"]
    assert {row["label"] for row in rows.types} == {"Great wizard", "Person", "No type"}
    assert [(row["value"], "evidence" in row) for row in rows.facts] == [("1990", False)]


def test_things_without_a_name_are_numbered_as_they_come(theirs):
    assert read(theirs) == read(theirs)
    assert any(one.object == "_:1" for one in read(theirs))


@pytest.mark.parametrize(("name", "text"), [("x.ttl", "<a> <b>"), ("x.csv", "a,b"), ("gone.ttl", None)])
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, name, text):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_json_ld_is_read_too(tmp_path):
    path = tmp_path / "x.jsonld"
    path.write_text('{"@id": "http://e.org/a", "http://xmlns.com/foaf/0.1/name": "A"}', encoding="utf-8")
    assert [one.object for one in load(path)] == [Literal("A")]
