from __future__ import annotations

import pytest

from kg.matchers import full_names
from kg.profiles import Profile


def profile(key, name, type_, **more):
    return Profile(f"doc{key}#e", f"doc{key}", type_, {name: 1}, {}, frozenset(), **more)


def decided(one, two, type_, other=None):
    found = [profile(1, one, type_), profile(2, two, other or type_)]
    return {item.same for item in full_names({each.id: each for each in found}, lambda iri: iri)}


@pytest.mark.parametrize(
    ("one", "two", "type_"),
    [
        ("OpenAI", "Open AI", "Company"),
        ("OpenAI", "OpenAI, Inc.", "Company"),
        ("ohmlet", "ohmlet BV", "Company"),
        ("The Verge", "Verge", "Media"),
        ("GPT-4", "GPT 4", "Model"),
        ("Dall-E 3", "DALL·E 3", "Model"),
        ("LLaMA", "Llama", "Model"),
        ("Sora", "Sora Video Generator", "Model"),
        ("Dr. Ada Okafor", "Ada Okafor", "Person"),
        ("U.S.", "US", "Place"),
        ("chief executive", "Chief Executive", "Role"),
        ("copyright", "copyright", "Topic"),
        ("Sabiá-3", "Sabia-3", "Model"),
    ],
)
def test_spellings_of_one_name_are_one_thing(one, two, type_):
    assert decided(one, two, type_) == {True}


@pytest.mark.parametrize(
    ("one", "two", "type_"),
    [
        ("GPT-4", "GPT-4o", "Model"),
        ("Llama 3.1", "Llama 3.2", "Model"),
        ("Llama 3.1", "Llama 31", "Model"),
        ("Command R", "Command R+", "Model"),
        ("Claude 3 Haiku", "Claude 3 Opus", "Model"),
        ("OpenAI", "OpenAI Foundation", "Company"),
        ("Google", "Google Cloud", "Company"),
        ("The Verge", "The Edge", "Media"),
        ("Sora", "Sora Turbo", "Model"),
        ("Gemma 2 2B", "Gemma 2 27B", "Model"),
        ("Mistral", "Mistral", "Company-Person"),
        ("Krogh", "Krogh", "Person"),
        ("2.5", "2.5", "Model"),
    ],
)
def test_versions_brands_units_and_homonyms_are_not(one, two, type_):
    first, _, second = type_.partition("-")
    assert True not in decided(one, two, first, second or None)


@pytest.mark.parametrize(("one", "two"), [("Company", "Media"), ("Product", "Company"), ("Model", "Product")])
def test_types_that_go_together_are_one_thing(one, two):
    assert decided("Hugging Face", "Hugging Face", one, two) == {True}


@pytest.mark.parametrize(("one", "two"), [("Person", "Model"), ("Company", "Model"), ("Place", "Government")])
def test_types_that_do_not_are_two(one, two):
    assert decided("Gemini Nova", "Gemini Nova", one, two) == {False}


def test_candidates_are_as_many_as_the_entities():
    found = {each.id: each for each in (profile(key, "OpenAI", "Company") for key in range(500))}
    assert len(list(full_names(found, lambda iri: iri))) == 499


def test_a_yearly_event_is_another_one_next_year():
    days = ("2005-06-06", "2005-06-08", "2010-06-07", "")
    found = [profile(key, "WWDC", "Event", published=day) for key, day in enumerate(days)]
    pairs = [(item.one, item.two) for item in full_names({each.id: each for each in found}, lambda iri: iri)]
    assert pairs == [("doc0#e", "doc1#e"), ("doc0#e", "doc3#e")]
