"""Sentences: where they end, and where they don't."""

import itertools
import time
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp import sentences as rules
from kg.nlp.sentences import sentences


def split(text, furniture=()):
    return [text[start:end] for start, end in sentences(text, furniture)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lab closed. Nobody was told.", ["The lab closed.", "Nobody was told."]),
        ("Dr. Ines Mora of Lumen Inc. left for the U.S. Department of Energy.", None),
        ("It was bought by Lumen Inc. The price is secret.", ["It was bought by Lumen Inc.", "The price is secret."]),
        ("It opened in the U.S. In May it closed.", ["It opened in the U.S.", "In May it closed."]),
        ("J. P. Vandermolen joins the board.", None),
        ("It took No. 3 on Jan. 7 and version v2.0 scored 4.5 points, e.g. Claude's.", None),
        ("“Who pays?” Nobody knew.", ["“Who pays?”", "Nobody knew."]),
        ("“Who pays?” he asked.", None),
        ("“It is ours.” She left.", ["“It is ours.”", "She left."]),
        ("The app is... out there now?", None),
        ("They wait… Nobody comes.", ["They wait…", "Nobody comes."]),
        (
            "Lumen raised a Series B. The round was led by Tern.",
            ["Lumen raised a Series B.", "The round was led by Tern."],
        ),
        ("It was late. iPhone owners waited.", ["It was late.", "iPhone owners waited."]),
        ("**Who pays?** The bank does.", ["**Who pays?**", "The bank does."]),
        ("**The price.** It costs $20 a month.", None),
        ("1. Cursor is first.", None),
        ("March 2016. In Seoul, AlphaGo beats Lee Sedol.", None),
        ("It holds: • cork • rubber", ["It holds:", "• cork", "• rubber"]),
        ("模型发布了。公司没有回应。", ["模型发布了。", "公司没有回应。"]),
        ("", []),
        ("   \n\t\n", []),
    ],
)
def test_a_line_is_split_where_its_sentences_end(text, expected):
    body = f"Title\n\n{text}" if expected is None or len(expected) != 0 else text
    assert split(body)[bool(text.strip()) :] == ([text] if expected is None else expected)


def test_lines_are_sentences_of_their_own():
    assert split("The Ban and Its Reasons\n\nIt is over.\nIn Summary:\nAll went well") == [
        "The Ban and Its Reasons",
        "It is over.",
        "In Summary:",
        "All went well",
    ]


def test_a_headline_holds_together():
    assert split("Is it safe? Features, price and rivals\n\nIt is.") == [
        "Is it safe? Features, price and rivals",
        "It is.",
    ]


def test_a_paragraph_wrapped_at_a_fixed_width_is_read_as_one():
    wrapped = (
        "Lumen Labs, the maker of the video model Lumen-2, has agreed to\n"
        "pay the artists who tested it. The sum was not disclosed by the\n"
        "company, whose chief executive declined to comment on the deal\n"
        "yesterday."
    )
    first, second = split(f"Title\n\n{wrapped}")[1:]
    assert first == "Lumen Labs, the maker of the video model Lumen-2, has agreed to\npay the artists who tested it."
    assert second.startswith("The sum")
    assert second.endswith("yesterday.")


def test_a_list_of_short_lines_is_not_taken_for_a_wrapped_paragraph():
    assert split("Names\n\nAda Okafor, engineer\nJules Ferrand, designer\nMarta Olin, lawyer") == [
        "Names",
        "Ada Okafor, engineer",
        "Jules Ferrand, designer",
        "Marta Olin, lawyer",
    ]


def test_furniture_is_left_out():
    text = "Share | Print\nIt is over. They left.\nSign up\nThe end."
    assert split(text, [(0, 13), (37, 44)]) == ["It is over.", "They left.", "The end."]


@given(st.text(alphabet=st.sampled_from('aB. !?\n"”)*-•:1\t…。 '), max_size=200))
def test_sentences_are_in_order_apart_stripped_and_leave_out_only_blanks(text):
    spans = sentences(text)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@given(st.text(alphabet="ab \n\t", max_size=60))
def test_a_sentence_that_is_too_long_is_cut_at_blanks(text):
    with mock.patch.object(rules, "LONGEST", 7):
        spans = sentences(text)
    assert all(end - start <= 7 and text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_a_page_without_a_full_stop_is_several_sentences():
    assert {end - start for start, end in sentences("Acme " * 1000)} == {1999, 999}


@pytest.mark.parametrize(
    "piece", [".", "A. ", '."', "**a ", "x\n", "• ", "! ", "- ", "= ", "。", "\x00", "a:", ".\r\n"]
)
def test_hostile_text_takes_time_in_proportion(piece):
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    sentences(text)
    assert time.process_time() - start < 10
