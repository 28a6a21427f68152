"""The kind of a name that the lexicon knows."""

from __future__ import annotations

import pytest

from kg.nlp import known


@pytest.mark.parametrize(
    ("names", "read", "expected"),
    [
        ({"Hugging Face"}, "Dataset", "Company"),
        ({"Hugging Face"}, "Company", None),
        ({"Quillmoor Labs"}, "Product", None),  # nobody knows it
        ({"Claude"}, "Person", None),  # means several things
        ({"Midjourney"}, "Model", None),  # a company and its model
        ({"Discord"}, "Product", None),  # a service goes by the name of who runs it
    ],
)
def test_a_name_that_means_one_thing_is_of_its_kind(names, read, expected):
    assert known.kind(names, read) == expected


def test_known_names_of_several_words_are_found_where_they_mean_one_thing():
    words = ["What", "Safe", "Superintelligence", "does", ",", "and", "what", "safe", "superintelligence", "is"]
    assert list(known.spans(words)) == [(1, 2, "Company")]
    assert known.is_sure("Safe Superintelligence")
    assert not known.is_sure("OpenAI")


@pytest.mark.parametrize(("name", "expected"), [("Mercury", True), ("Safe Superintelligence", False), ("Ode", False)])
def test_a_known_name_may_be_one_of_several_things(name, expected):
    assert known.is_one_of_several(name) is expected
