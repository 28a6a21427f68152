from __future__ import annotations

import pytest

from kg.matchers.records import is_record, records
from kg.profiles import Profile

A, B = "http://a.example/a", "http://b.example/b"


def profile(iri, name, type_="Model", *ties):
    return Profile(iri, iri.partition("#")[0], type_, {name: 1}, {}, frozenset(ties))


def decided(*found):
    return {(item.one, item.two): item.same for item in records()({each.id: each for each in found}, lambda iri: iri)}


def made_by(one, two):
    """Two records called Tern 2, each with the maker given."""
    makers = profile(A + "#s1", one, "Company"), profile(B + "#s1", two, "Company")
    return (*makers, *(profile(f"{doc}#r1", "Tern 2", "Model", ("developer", f"{doc}#s1")) for doc in (A, B)))


def test_a_record_is_told_from_an_entity_of_an_article():
    assert is_record(A + "#r12")
    assert not is_record(A + "#e12")


def test_records_of_one_name_and_maker_are_one():
    assert decided(*made_by("Heron Works", "Heron Works"))[A + "#r1", B + "#r1"] is True


@pytest.mark.parametrize(("one", "two"), [("Heron Works", "Stork Labs")])
def test_makers_that_have_nothing_in_common_make_two_things(one, two):
    assert decided(*made_by(one, two))[A + "#r1", B + "#r1"] is False


def test_the_makers_of_one_house_are_no_evidence_against():
    assert decided(*made_by("Google", "Google DeepMind"))[A + "#r1", B + "#r1"] is True


def test_versions_are_other_things():
    assert decided(profile(A + "#r1", "GPT-4"), profile(B + "#r1", "GPT-4o")) in ({}, {(A + "#r1", B + "#r1"): False})


def test_what_one_source_has_as_two_stays_two_and_a_third_is_neither():
    found = decided(profile(A + "#r1", "Warbler"), profile(A + "#r2", "Warbler"), profile(B + "#r1", "Warbler"))
    assert set(found.values()) == {False}
    assert len(found) == 3


def test_entities_of_articles_alone_are_left_to_other_matchers():
    assert decided(profile(A + "#e1", "Tern 2"), profile(B + "#e1", "Tern 2")) == {}
