"""Features: casing, places, likeness and windows, as written by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp import features


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("\n\n", 0),
        ("—", 1),
        ("2024", 2),
        ("1,000", 3),
        ("150bn", 4),
        ("GPT4o", 5),
        ("sora", 6),
        ("A", 7),
        ("OPENAI", 8),
        ("Sora", 9),
        ("OpenAI", 10),
        ("iPhone", 11),
    ],
)
def test_casing_is_told_apart(word, expected):
    assert features.case(word) == expected


def test_places_tell_where_a_word_stands():
    words, spaces = (
        ["The", "leak", "'s", ".", "\n", "It", '"', "leaked"],
        [True, False, False, False, False, True, False, False],
    )
    assert features.places(words, spaces) == [5, 0, 1, 1, 3, 2, 0, 4]


def test_likeness_of_surfaces():
    table = features.likeness(["OpenAI", "the OpenAI", "Open Letter", "OL", "the letter", "it", "Open Source", "Meta"])
    assert table[0, 1] == 1  # equal but for the article
    assert table[2, 4] == 2  # one holds the other's words
    assert table[2, 3] == 4  # acronym
    assert table[2, 6] == 5  # same first word
    assert table[5, 0] == 6  # a pronoun
    assert table[0, 7] == 0
    assert (table == table.T).all()


def test_pairs_are_those_within_a_sentence_of_each_other():
    heads, tails = features.pairs(np.asarray([0, 0, 1, 3]))
    assert sorted(zip(heads.tolist(), tails.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]


def test_gaps_keep_direction_apart():
    start, end = np.asarray([0, 4]), np.asarray([1, 4])
    forward = features.gaps(start, end, np.asarray([0]), np.asarray([1]))[0]
    backward = features.gaps(start, end, np.asarray([1]), np.asarray([0]))[0]
    assert backward == forward + 10


@given(st.lists(st.integers(1, 90), min_size=1, max_size=60), st.data())
def test_each_word_is_read_once_and_no_window_is_too_long(sizes, data):
    last = np.cumsum(sizes) - 1
    first = last - np.asarray(sizes) + 1
    jumps = data.draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    found = features.windows(first, last, np.cumsum(jumps))
    assert [w.core_start for w in found[1:]] == [w.core_end for w in found[:-1]]
    assert found[0].core_start == 0
    assert found[-1].core_end == len(sizes)
    for window in found:
        assert window.start <= window.core_start <= window.core_end <= window.end
        assert last[window.end - 1] - first[window.start] < features.PIECES


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Sora", "Sora Turbo", True),
        ("GPT-4", "GPT-4o", True),
        ("Llama 3.1", "Llama 3.2", True),
        ("GPT-4o", "GPT-4o mini", True),
        ("Lumen-2", "Lumen", False),
        ("Sora", "Sora model", False),
        ("Gemini 1.5 Pro", "Gemini 1.5 Flash", True),
        ("Claude 3 Opus", "Claude 3 Opus", False),
    ],
)
def test_versions_and_sizes_keep_names_apart(one, two, expected):
    assert features.apart(one, two) is expected
