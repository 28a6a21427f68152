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
