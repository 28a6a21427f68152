from __future__ import annotations

import pytest

from kg.matchers import nominals
from kg.profiles import Profile

SORA = Profile("id/sora", "", "Model", {"Sora": 1}, {}, frozenset())
OPENAI = Profile("id/openai", "", "Company", {"OpenAI": 1}, {}, frozenset())
AFFECTS, AGENT, HOSTED = ("affects", "id/sora"), ("agent", "id/openai"), ("hostedOn", "id/face")


def profile(key, description, *ties, type_="Event", published="", document=None):
    document = document or f"doc{key}"
    return Profile(f"{document}#{key}", document, type_, {}, {description: 1}, frozenset(ties), published)


def same(*found):
    listed = {each.id: each for each in (*found, SORA, OPENAI)}
    return [item.reason for item in nominals(listed, lambda iri: iri) if item.same]


def test_one_noun_for_what_happened_to_one_model_is_one_event():
    found = same(profile(1, "leak", AFFECTS), profile(2, "controversial leak involving OpenAI", AFFECTS))
    assert found == [
        "own tie +2.5 (affects Sora); same noun +1 (both are described as “leak”); same type +0.5 (Event)",
    ]


def test_what_happened_to_one_company_needs_more_in_common():
    tie = ("affects", "id/openai")
    assert same(profile(1, "lawsuit", tie), profile(2, "lawsuit", tie)) == []
    more = ("agent", "id/times")
    assert len(same(profile(1, "lawsuit", tie, more), profile(2, "lawsuit", tie, more))) == 1


def test_a_common_participant_and_outlet_are_not_enough():
    ties = (("participant", "id/nvidia"), ("reportedBy", "id/reuters"))
    assert same(profile(1, "round", *ties), profile(2, "round", *ties)) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (profile(1, "leak", AFFECTS), profile(2, "launch", AFFECTS)),
        (profile(1, "incident", AFFECTS), profile(2, "incident", AFFECTS)),
        (profile(1, "first leak", AFFECTS), profile(2, "second leak", AFFECTS)),
        (profile(1, "leak", AFFECTS, published="2023-01-05"), profile(2, "leak", AFFECTS, published="2024-11-27")),
        (profile(1, "leak"), profile(2, "leak")),
    ],
)
def test_other_nouns_numbers_and_times_tell_events_apart(one, two):
    assert same(one, two) == []


def test_an_incident_may_be_any_unless_the_articles_tell_one_story():
    told = [
        Profile(f"doc{n}#x{k}", f"doc{n}", "Person", {f"P{k}": 1}, {}, frozenset()) for n in (1, 2) for k in range(3)
    ]
    one, two = profile(1, "leak", AFFECTS), profile(2, "incident", AFFECTS)
    listed = {each.id: each for each in (one, two, SORA, *told)}
    assert [item.same for item in nominals(listed, lambda iri: iri)] == [None]
    (joined,) = nominals(listed, lambda iri: iri.replace("doc2#x", "doc1#x"))
    assert joined.same
    assert "same story +0.5 (their articles tell of 3 same things)" in joined.reason


def test_the_group_that_did_it_is_one_and_hundreds_of_artists_are_not_it():
    leak = Profile("id/leak", "", "Event", {}, {"leak": 1}, frozenset())
    tie = ("^agent", "id/leak")
    one = profile(1, "group of artists", tie, type_="Group")
    two = profile(2, "artists protesting", tie, type_="Group")
    many = profile(3, "hundreds of artists", tie, type_="Group")
    listed = {each.id: each for each in (one, two, many, leak)}
    found = [(item.one, item.two) for item in nominals(listed, lambda iri: iri)]
    assert found == [("doc1#1", "doc2#2")]


def test_letters_to_one_company_in_one_place_are_one():
    ties = (("addressedTo", "id/openai"), HOSTED)
    assert len(same(profile(1, "open letter", *ties, type_="Work"), profile(2, "letter", *ties, type_="Work"))) == 1
    assert same(profile(1, "letter", ties[0], type_="Work"), profile(2, "letter", ties[0], type_="Work")) == []


def test_a_description_that_names_the_thing_is_a_tie_to_it():
    here = Profile("doc2#sora", "doc2", "Model", {"Sora": 1}, {}, frozenset())
    listed = [profile(1, "leak", ("affects", "doc2#sora")), profile(2, "Sora leak", document="doc2"), here]
    found = list(nominals({each.id: each for each in listed}, lambda iri: iri))
    assert [(item.one, item.two) for item in found] == [("doc1#1", "doc2#2")]
