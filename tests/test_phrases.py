from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import phrases

SORA = frozenset({"sora"})


@pytest.mark.parametrize(
    ("surface", "type_"),
    [
        ("OpenAI", "Company"),
        ("The Verge", "Media"),
        ("the New York Times", "Media"),
        ("ohmlet", "Company"),
        ("grumpy_quant", "Person"),
        ("llama 4", "Model"),
        ("chief executive", "Role"),
        ("text-to-video generation", "Topic"),
        ("NeurIPS 2024", "Event"),
        ("Air Head", "Work"),
        ("EU AI Act", "Law"),
        ("Sora PR Puppets", "Group"),
    ],
)
def test_a_name_is_known_as_one(surface, type_):
    assert phrases.is_name(surface, type_)


@pytest.mark.parametrize(
    ("surface", "type_"),
    [
        ("the company", "Company"),
        ("the ChatGPT maker", "Company"),
        ("its chief executive", "Person"),
        ("it", "Model"),
        ("The", "Company"),
        ("our", "Company"),
        ("Their", "Group"),
        ("model", "Model"),
        ("six smaller models", "Model"),
        ("Several artists", "Group"),
        ("Artists", "Group"),
        ("the leak", "Event"),
        ("Series B round", "Event"),
        ("the Series A", "Event"),
        ("an open letter", "Work"),
        ("Contract", "Work"),
    ],
)
def test_a_description_or_a_pronoun_is_no_name(surface, type_):
    assert not phrases.is_name(surface, type_)


def test_an_event_described_by_the_name_of_another_thing_has_none_of_its_own():
    assert not phrases.is_name("Sora leak", "Event", known=SORA)
    assert not phrases.is_name("The Sora Leak", "Event", known=SORA)
    assert phrases.is_name("Sora Summit Lisbon", "Event", known=SORA)


@pytest.mark.parametrize(
    ("surface", "noun"),
    [
        ("the leak", "leak"),
        ("a controversial leak involving OpenAI", "leak"),
        ("the “alleged Sora leak”", "leak"),
        ("a group of early testers", "tester"),
        ("artists protesting", "artist"),
        ("the group responsible", "group"),
        ("policies", "policy"),
        ("the press", "press"),
        ("the second funding round, worth much", "round"),
    ],
)
def test_the_head_is_the_noun_that_a_description_turns_on(surface, noun):
    assert phrases.head(surface) == noun


def test_modifiers_stand_before_the_head():
    assert phrases.modifiers("OpenAI’s Sora leak") == ["OpenAI’s Sora", "Sora"]
    assert phrases.modifiers("the leak") == []


def test_marks_are_what_tells_one_from_others_of_its_kind():
    assert phrases.marks("the second Series B round of 2024") == {"second", "b"}
    assert phrases.marks("the leak") == frozenset()


def test_a_count_of_things_is_no_certain_group():
    assert phrases.is_quantified("hundreds of artists")
    assert phrases.is_quantified("600 signatories")
    assert not phrases.is_quantified("a group of artists")


def test_bare_drops_determiners_and_judgements():
    assert phrases.bare("the alleged Sora leak") == "Sora leak"
    assert phrases.bare("the") == "the"


def test_words_for_the_kind_are_no_part_of_a_name():
    assert phrases.without_kind("Sora Video Generator") == "Sora"
    assert phrases.without_kind("Model") == "Model"


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1).filter(str.strip))
def test_any_surface_can_be_judged(surface):
    for type_ in ("Company", "Event", "Group", "Role", "Work"):
        phrases.is_name(surface, type_)
    assert phrases.bare(surface)
    phrases.head(surface)
    phrases.marks(surface)
    phrases.is_quantified(surface)


@pytest.mark.parametrize(
    "surface", ["nearly 600 signatures", "7 billion parameters", "more than four hours", "two pages"]
)
def test_a_number_of_what_is_only_counted_is_a_measure(surface):
    assert phrases.is_measure(surface)


@pytest.mark.parametrize("surface", ["signatures", "600 people", "the pages", "Signatures 600", ""])
def test_what_has_no_number_or_may_be_a_group_is_no_measure(surface):
    assert not phrases.is_measure(surface)
