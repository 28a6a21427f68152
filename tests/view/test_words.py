"""How the page words things."""

from __future__ import annotations

import pytest

from kg.types import Document
from kg.view import words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-11-26", "26 November 2024"),
        ("2024-02", "February 2024"),
        ("2023", "2023"),
        ("2024-11-26T10:30:00Z", "26 November 2024"),
        ("2024-11-26/2024-11-28", "26 November 2024 to 28 November 2024"),
        ("2024-Q3", "2024-Q3"),
        ("2024-13", "2024-13"),
        ("and/or", "and/or"),
        ("", ""),
    ],
)
def test_dates_are_written_out(value, expected):
    assert words.date(value) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hostedOn", "hosted on"), ("developer", "developer"), ("GPT4", "GPT4"), ("first_name", "first name")],
)
def test_local_names_become_words(name, expected):
    assert words.spaced(name) == expected


@pytest.mark.parametrize(
    ("iri", "expected"),
    [("http://a.org/b#c", "c"), ("http://a.org/b/", "http://a.org/b/"), ("urn:x:y", "y"), ("", "")],
)
def test_an_iri_is_called_by_its_last_part(iri, expected):
    assert words.local(iri) == expected


def test_a_document_without_title_is_called_by_its_first_line():
    text = "The video discusses the backlash from artists over the leaked Sora model, which they feel exploited them."
    assert (
        words.title(Document("d", "000", text))
        == "The video discusses the backlash from artists over the leaked Sora …"
    )
    assert words.title(Document("d", "000", "Short.\n\nNext.")) == "Short."
    assert words.title(Document("d", "000", "")) == "000"
    assert words.title(Document("d", "000", text, title="Leaked")) == "Leaked"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OpenAI", ["OpenAI"]),
        ("critics of the leaked letter", ["critics of the", "leaked letter"]),
        ("x" * 50, ["x" * 39 + "…"]),
        ("", [""]),
    ],
)
def test_names_are_broken_in_two_rows_at_most(name, expected):
    assert words.rows(name) == expected


def test_bold_letters_are_wider_than_thin_ones():
    assert words.width("illi") < words.width("oooo") < words.width("mmmm")
    assert words.width("日本") > words.width("ab")
