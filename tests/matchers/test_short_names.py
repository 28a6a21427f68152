from __future__ import annotations

from kg.matchers import short_names
from kg.profiles import Profile


def profile(key, names, type_, *ties, document=None):
    document = document or f"doc{key}"
    return Profile(f"{document}#e{key}", document, type_, dict.fromkeys(names, 1), {}, frozenset(ties))


def same(*found):
    return {
        (item.one, item.two) for item in short_names({each.id: each for each in found}, lambda iri: iri) if item.same
    }


MISTRAL = profile(1, ["Mistral AI", "Mistral"], "Company")


def test_the_one_thing_with_this_short_form_is_meant():
    assert same(MISTRAL, profile(2, ["Mistral"], "Company")) == {("doc1#e1", "doc2#e2")}


def test_of_two_with_this_short_form_neither():
    other = profile(3, ["Mistral Capital", "Mistral"], "Company")
    assert same(MISTRAL, profile(2, ["Mistral"], "Company"), other) == set()


def test_a_unit_is_not_its_brand():
    assert same(profile(1, ["Google Cloud", "Google"], "Company"), profile(2, ["Google"], "Company")) == set()


def test_a_version_is_not_lost():
    tie = ("developer", "https://w3id.org/aikg/id/meta")
    full, short = profile(1, ["Llama 3.1", "Llama"], "Model", tie), profile(2, ["Llama"], "Model", tie)
    assert same(full, short) == set()


def test_a_last_name_needs_a_common_tie_or_article():
    tie = ("leads", "https://w3id.org/aikg/id/mistral-ai")
    full = profile(1, ["Arthur Mensch"], "Person", tie)
    assert same(full, profile(2, ["Mensch"], "Person")) == set()
    assert same(full, profile(2, ["Mensch"], "Person", tie)) == {("doc1#e1", "doc2#e2")}
    assert same(full, profile(2, ["Mensch"], "Person", document="doc1")) == {("doc1#e1", "doc1#e2")}


def test_the_same_place_or_title_is_no_common_tie():
    tie = ("locatedIn", "https://w3id.org/aikg/id/paris")
    full, short = profile(1, ["Arthur Mensch"], "Person", tie), profile(2, ["Mensch"], "Person", tie)
    assert same(full, short) == set()
