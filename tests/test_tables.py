"""Tables of text: aligned, within the width, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.tables import cells, fold, safe, table
from tests import example

WORDS = ["", "OpenAI", "东京大学", "a" * 90, *map(safe, example.HOSTILE)]
TEXT = st.text(max_size=30).map(safe) | st.sampled_from(WORDS)


def test_columns_are_aligned_and_no_space_ends_a_line():
    assert table(["what", "who"], [["Sora", "OpenAI"], ["leak", ""]]) == "what  who\n----  ------\nSora  OpenAI\nleak\n"


def test_a_wide_column_gives_and_a_narrow_one_stays():
    shown = table(["id", "text"], [["1", "one two three"], ["2", "x"]], width=11)
    assert shown == "id  text\n--  -------\n1   one two\n    three\n2   x\n"


def test_columns_that_would_be_too_narrow_become_lists():
    shown = table(["one", "two", "three"], [["1", "22222222", "3"] * 1], width=10)
    assert shown == "one: 1\ntwo:\n22222222\nthree: 3\n\n"


def test_notes_stand_below_their_row_and_are_folded():
    shown = table(["a"], [["1"], ["2"]], width=12, notes=[["of the first"], []])
    assert shown == "a\n-\n1\n  of the\n    first\n2\n"


def test_characters_of_two_cells_are_counted_so():
    assert cells("东京 e\u0301") == 6
    assert table(["n", "x"], [["东", "1"], ["ab", "2"]]) == "n   x\n--  -\n东  1\nab  2\n"


def test_a_word_wider_than_the_line_is_cut():
    assert list(fold("abcdefgh ij", 5)) == ["abcde", "fgh", "ij"]


@given(st.text())
def test_safe_text_is_as_long_as_before_and_steers_no_terminal(text):
    shown = safe(text)
    assert len(shown) == len(text)
    assert not set(shown) & {"\x1b", "\x9b", "\n", "\r", "\b", "\u202e"}


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=4), st.integers(20, 60), st.lists(TEXT, max_size=2))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(rows, width, note):
    shown = table(["first", "second", "third"], rows, width=width, notes=[note] * len(rows))
    assert all(cells(line) <= width for line in shown.split("\n"))
    for text in [*(note if rows else ()), *(text for row in rows for text in row)]:
        for char in set(text) - {" "}:
            assert char in shown
