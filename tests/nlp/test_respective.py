"""Two lists that "respectively" pairs."""

from __future__ import annotations

import pytest

from kg.nlp import respective


def found(text: str, names: list[str]):
    words = text.lower().split()
    spans = [(words.index(name.lower()), words.index(name.lower())) for name in names]
    return [([names[i] for i in one], [names[i] for i in two]) for one, two in respective.pairs(words, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Loom and Veld come from Marlow and Ode , respectively .", [(["Loom", "Veld"], ["Marlow", "Ode"])]),
        ("Loom and Veld come respectively from Marlow and Ode .", [(["Loom", "Veld"], ["Marlow", "Ode"])]),
        ("Loom , Veld and Marlow come from Ode , respectively .", []),  # not as many
        ("Loom and Veld come from Marlow and Ode .", []),
        ("Loom and Veld left . Marlow and Ode stayed , respectively .", []),  # another sentence
    ],
)
def test_the_items_of_two_lists_belong_together_one_by_one(text, expected):
    names = [name for name in ("Loom", "Veld", "Marlow", "Ode") if name in text]
    assert found(text, names) == expected
