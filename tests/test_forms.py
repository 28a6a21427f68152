from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import forms
from kg.ontology import ontology


@pytest.mark.parametrize(
    ("names", "type_", "expected"),
    [
        ({"Universal Music Group": 1, "Universal": 6}, "Company", ["Universal Music Group"]),
        ({"Mistral": 5, "Mistral AI": 2}, "Company", ["Mistral", "Mistral AI"]),
        ({"Google": 9, "Google DeepMind": 1}, "Company", ["Google"]),
        ({"Meta": 9, "Meta AI": 1}, "Company", ["Meta"]),
        ({"Uncharted Labs": 1, "Udio": 5}, "Company", ["Uncharted Labs", "Udio"]),
        ({"Federal Trade Commission": 1, "FTC": 4}, "Government", ["Federal Trade Commission", "FTC"]),
        ({"Sora": 7, "Sora Turbo": 2}, "Model", ["Sora"]),
        ({"iPhone": 1, "iPhone 4": 6}, "Product", ["iPhone 4"]),
        ({"Mensch": 9, "Arthur Mensch": 1, "Dr. Arthur Mensch": 1}, "Person", ["Arthur Mensch", "Dr. Arthur Mensch"]),
        ({"Mensch": 9}, "Person", ["Mensch"]),
        ({}, "Company", []),
    ],
)
def test_the_full_names_are_those_that_can_stand_for_it_elsewhere(names, type_, expected):
    assert forms.full(names, type_) == expected


@pytest.mark.parametrize(
    ("name", "type_"), [("Mensch", "Person"), ("2.5", "Model"), ("Pro", "Product"), ("Board", "Work")]
)
def test_a_part_of_a_name_is_not_strong(name, type_):
    assert not forms.is_strong(name, type_)


@pytest.mark.parametrize(("name", "type_"), [("Arthur Mensch", "Person"), ("@kobold", "Person"), ("X", "Product")])
def test_a_whole_one_is(name, type_):
    assert forms.is_strong(name, type_)


@given(st.text(min_size=1), st.sampled_from(ontology().mentionable))
def test_any_name_has_a_key_and_is_its_own_full_name(name, type_):
    assert forms.key(name, type_)
    assert forms.full({name: 1}, type_) == [name]
    assert not forms.extends(name, name, type_)
