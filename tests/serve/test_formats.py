"""What a client accepts, and how the best of several formats is found (RFC 9110, 12.5.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.formats import HTML, SOLUTIONS, TRIPLES, best, charset

OFFERS = ("text/turtle", "application/ld+json", "text/html")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/html;q=0.4, application/ld+json;q=0.41", "application/ld+json"),
        ("TEXT/HTML", "text/html"),
        ("application/*", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1", "application/ld+json"),
        ("text/turtle;q=0.2, text/*;q=0.9", "text/html"),
        ('text/turtle;version="1.1";q=0.3', "text/turtle"),
        ("image/png", ""),
        ("*/*;q=0", ""),
        ("nonsense, ;;, text/html", "text/html"),
    ],
)
def test_the_best_offer(accept, media):
    assert best(accept, OFFERS) == media


@given(st.text(max_size=200))
def test_any_header_gives_an_offer_or_none(accept):
    assert best(accept, OFFERS) in {*OFFERS, ""}


def test_text_is_said_to_be_in_utf_8_since_its_default_is_another():
    assert charset("text/csv") == "text/csv; charset=utf-8"
    assert charset("application/ld+json") == "application/ld+json"


def test_the_engine_writes_all_that_is_offered():
    import pyoxigraph

    assert {getattr(pyoxigraph.QueryResultsFormat, name).media_type for name in SOLUTIONS.values()} >= {
        "application/sparql-results+json",
        "application/sparql-results+xml",
    }
    assert {getattr(pyoxigraph.RdfFormat, name).media_type for name in TRIPLES.values()} == set(TRIPLES)
    assert HTML not in {**SOLUTIONS, **TRIPLES}
