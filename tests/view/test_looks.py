"""Types look as our ontology says, foreign ones as what they mean, and none has a colour that others have already."""

from __future__ import annotations

import collections

from kg import vocab
from kg.ontology import ontology
from kg.view.looks import NO_TYPE, looks

ORGANISATION = ("#1d4c8f", "#4f86ea", "square")
GREY = "#868d95"


def look(types: list[str]) -> dict[str, tuple[str, str, str]]:
    return {iri: tuple(found) for iri, found in looks(types, collections.Counter(types), ontology()).items()}


def test_our_own_types_look_as_the_ontology_says():
    assert look([vocab.KG + "Company"]) == {vocab.KG + "Company": ORGANISATION}


def test_types_of_common_vocabularies_look_like_ours_of_that_meaning():
    found = look(["https://schema.org/NewsMediaOrganization", "http://xmlns.com/foaf/0.1/Person"])
    assert found["https://schema.org/NewsMediaOrganization"] == ORGANISATION
    assert found["http://xmlns.com/foaf/0.1/Person"][2] == "dot"


def test_other_types_share_the_looks_that_are_left_and_then_are_grey_in_different_shapes():
    types = [f"http://example.org/T{number}" for number in range(10)]
    found = look(types)
    assert len(set(found.values())) == 10
    assert [one[0] == GREY for one in found.values()].count(True) == 3  # seven colours beside the grey of topics


def test_beside_our_types_foreign_ones_stay_grey():
    found = look([vocab.KG + "Company", "http://example.org/Wizard"])
    assert found["http://example.org/Wizard"][0] == GREY


def test_what_has_no_type_is_grey():
    assert look([NO_TYPE])[NO_TYPE][0] == GREY
