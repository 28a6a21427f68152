from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import canonical


@pytest.mark.parametrize(
    ("called", "type_", "expected"),
    [
        ({"Mistral": 9, "Mistral AI": 2}, "Company", "Mistral AI"),
        ({"Google": 20, "Google DeepMind": 1}, "Company", "Google"),
        ({"Van Roon": 8, "Wietske van Roon": 3, "Dr W.M. (Wietske) van Roon": 1}, "Person", "Wietske van Roon"),
        ({"OPENAI": 1, "OpenAI": 1}, "Company", "OpenAI"),
        ({"mistral": 1, "Mistral": 1}, "Company", "Mistral"),
        ({"Sora model": 1, "Sora": 1, "Sora Video Generator": 1}, "Model", "Sora"),
        ({"leak": 9, "Sora leak": 4, "incident": 5}, "Event", "Sora leak"),
    ],
)
def test_the_label_is_the_full_and_best_attested_name(called, type_, expected):
    assert canonical.best(called, type_) == expected


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 9), min_size=1))
def test_the_label_is_one_of_the_names_whatever_their_order(called):
    found = canonical.best(called, "Company")
    assert found in called
    assert found == canonical.best(dict(reversed(called.items())), "Company")
