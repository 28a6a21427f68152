"""The day that a text gives of itself, in texts of our own."""

import io

import pytest

from kg.readers._dateline import dateline
from kg.readers._source import Source, document

BODY = "\n\nMarlow has bought Pelham, it said on Friday. The two met on 3 May 2019."


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Marlow buys Pelham\nBy Ines Okafor\n12 January 2026", "2026-01-12"),
        ("Marlow buys Pelham\nBy Ines Okafor | Jan. 12, 2026 | 4 min read", "2026-01-12"),
        ("Posted on Monday, January 12th, 2026 at 9:14 am", "2026-01-12"),
        ("Updated 14 January 2026\nPublished 12 January 2026", "2026-01-12"),
        ("Updated 14 January 2026", "2026-01-14"),
        ("2026-01-12", "2026-01-12"),
        ("LEEDS, England, Sept 4, 2025 - Marlow has bought Pelham.", "2025-09-04"),
        ("SAN FRANCISCO, Nov. 26, 2024 (GLOBE NEWSWIRE) -- Marlow has bought Pelham.", "2024-11-26"),
        ("Berlin (3 March 2025) \u2013 Marlow has bought Pelham.", "2025-03-03"),
    ],
)
def test_a_line_with_a_date_alone_or_the_place_of_the_news_before_it_tells_the_day(head, day):
    assert dateline(head + BODY).published == day


@pytest.mark.parametrize(
    "head",
    [
        "Marlow, founded on 12 January 2016, has bought Pelham.",
        "On 12 January 2026 Marlow bought Pelham.",
        "Marlow buys Pelham, 12/01/2026",
        "31 February 2026",
        "12 January",
        "Chapter 3 - a meeting of 12 January 2016 and what came of it",
        "",
    ],
)
def test_a_date_that_the_text_speaks_of_is_none(head):
    assert dateline(head + BODY) is None


def test_a_date_far_down_is_none():
    assert dateline("A line.\n" * 12 + "12 January 2026") is None


def test_a_document_takes_it_where_the_metadata_tell_none_and_says_so():
    source = Source("a", "a.txt", io.BytesIO(b""), 10)
    found = document(source, "12 January 2026" + BODY)
    assert (found.published, found.note) == ("2026-01-12", "published: taken from '12 January 2026' in the text")
    given = document(source, "12 January 2026" + BODY, {"published": "2026-01-13"})
    assert (given.published, given.note) == ("2026-01-13", None)


@pytest.mark.parametrize("piece", ["A" * 59 + ", ", "By Aa ", "12 January 2026 ", "( - "])
def test_any_text_is_looked_through_in_no_time(piece):
    dateline(piece * 20_000)
