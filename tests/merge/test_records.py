from __future__ import annotations

import pytest

from kg import vocab
from kg.merge import crosswalk
from kg.merge.records import KEPT, Meta, Record, Triple, date_literal, kind, state
from kg.ontology import ontology
from kg.types import Literal

E, S = "http://e.example/", "http://schema.org/"


@pytest.fixture(scope="module")
def known():
    return crosswalk.load()


def stated(known, *triples):
    subjects = dict.fromkeys(triple[0] for triple in triples)
    records = [
        Record(
            E + subject,
            f"row {number}",
            (("name", subject),),
            tuple(Triple(E + subject, predicate, item) for one, predicate, item in triples if one == subject),
        )
        for number, subject in enumerate(subjects, 1)
    ]
    return state("birds", "text/csv", Meta(licence="CC0"), records, known)


def said(found):
    return {
        (
            item.subject.partition("#")[2] or item.subject,
            item.predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1],
            item.key[2],
        )
        for item in found.statements
    }


TERN = (("tern", vocab.TYPE, S + "SoftwareApplication"), ("tern", S + "name", Literal("Tern 4")))
ADA = (("ada", vocab.TYPE, S + "Person"), ("ada", S + "name", Literal("Ada Quill")))


def test_a_source_is_a_document_and_what_it_says_has_the_record_as_its_quote(known):
    document, statements = found = stated(known, *TERN)
    assert document.format == "text/csv"
    assert document.licence == "CC0"
    (evidence,) = statements[0].evidence
    assert document.text[evidence.start : evidence.end] == evidence.quote == "row 1 · name: tern"
    assert ("r1", "label", "Tern 4") in said(found)
    assert ("r1", "sameAs", E + "tern") in said(found)
    assert ("r1", "type", vocab.KG + "Product") in said(found)


def test_a_foreign_class_stays_beside_ours(known):
    assert ("r1", "type", S + "SoftwareApplication") in said(stated(known, *TERN))


def test_an_inverse_property_is_turned_round(known):
    made = stated(known, *TERN, *ADA, ("ada", "http://xmlns.com/foaf/0.1/made", E + "tern"))
    assert ("r1", "developer", made.document.id + "#r2") in said(made)


def test_a_name_in_place_of_a_thing_becomes_one(known):
    made = stated(known, *TERN, ("tern", S + "creator", Literal("Kestrel University")))
    assert ("s1", "type", vocab.KG + "University") in said(made)
    assert ("s1", "label", "Kestrel University") in said(made)
    assert ("r1", "developer", made.document.id + "#s1") in said(made)


def test_a_name_that_one_record_has_means_that_record(known):
    made = stated(known, *TERN, *ADA, ("tern", S + "creator", Literal("Ada  Quill")))
    assert not [item for item in made.statements if "#s" in item.subject]


def test_what_does_not_fit_or_has_no_counterpart_is_kept_under_its_own_name(known):
    made = stated(known, *ADA, ("ada", S + "foundingDate", Literal("2015")), ("ada", E + "mood", Literal("merry")))
    assert {("r1", "foundingDate", "2015"), ("r1", "mood", "merry")} <= said(made)


def test_a_value_without_the_form_that_our_property_asks_for_is_kept_aside(known):
    made = stated(known, *TERN, ("tern", vocab.KG + "releaseDate", Literal("soon")))
    (item,) = [each for each in made.statements if each.key[2] == "soon"]
    assert item.predicate == KEPT + "releaseDate"


def test_things_without_a_name_keep_their_iri_and_blank_nodes_get_one(known):
    made = stated(known, ("x", E + "p", "_:c14n0"))
    (item,) = made.statements
    assert item.subject == E + "x"
    assert item.object == made.document.id + "#bc14n0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-02-15", "2024-02-15"),
        ("2024-02-15Z", "2024-02-15"),
        ("February 2024", "2024-02"),
        ("15 Feb 2024", "2024-02-15"),
        ("Feb 15, 2024", "2024-02-15"),
        ("October 2025 2025", "2025-10"),
        ("2024-02-15T00:00:00Z", "2024-02-15"),
        ("+2024-02-00T00:00:00Z", "2024-02"),
        ("2024-02-15T10:30:00Z", "2024-02-15T10:30:00Z"),
        ("2024-02-30", None),
        ("soon", None),
        ("Ma 2024", None),
    ],
)
def test_dates_as_foreign_sources_write_them(text, value):
    found = date_literal(Literal(text))
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("name", "relation", "type_"),
    [
        ("OpenAI", "developer", "Company"),
        ("Unheard Of Institute", "developer", "Lab"),
        ("Unheard Of", "developer", "Company"),
        ("Unheard Of", "trainedOn", "Dataset"),
        ("Unheard Of", "affects", "Product"),
        ("Unheard Of", "locatedIn", "Place"),
    ],
)
def test_the_type_of_what_is_only_named(name, relation, type_):
    assert kind(name, ontology().relations[relation].range) == type_


def test_what_may_be_a_developer_is_no_mere_creator(known):
    made = stated(known, *TERN, *ADA, ("tern", S + "creator", E + "ada"), ("tern", S + "author", E + "ada"))
    relations = [item.predicate for item in made.statements if item.predicate.startswith(vocab.KG)]
    assert vocab.KG + "developer" in relations


def test_an_address_of_a_whole_site_is_written_in_one_way(known):
    made = stated(known, *ADA, ("ada", S + "url", Literal("https://ada.example")))
    assert ("r1", "url", "https://ada.example/") in said(made)
