"""Turtle: every term is written so that any parser reads it back, and always in the same form."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import given

from kg import vocab
from kg.errors import KgError
from kg.types import Literal
from kg.writers import _turtle
from tests import example


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (Literal("Sora"), '"Sora"'),
        (Literal('a "b" \\ c\nd\re\tf'), r'"a \"b\" \\ c\nd\re\tf"'),
        (Literal("\x00\x1b\x7f"), r'"\u0000\u001B\u007F"'),
        (Literal("‘é’ 日本 😀"), '"‘é’ 日本 😀"'),
        (Literal("half \ud83d"), '"half \ufffd"'),
        (Literal("chat", language="fr"), '"chat"@fr'),
        (Literal("chat", language="no tag"), '"chat"'),
        (Literal("12", vocab.XSD + "integer"), "12"),
        (Literal("0.91", vocab.XSD + "decimal"), "0.91"),
        (Literal("007", vocab.XSD + "integer"), '"007"^^xsd:integer'),
        (Literal(".5", vocab.XSD + "decimal"), '".5"^^xsd:decimal'),
        (Literal("12", vocab.XSD + "decimal"), '"12"^^xsd:decimal'),
        (Literal("5.", vocab.XSD + "decimal"), '"5."^^xsd:decimal'),
        (Literal("true", vocab.XSD + "boolean"), "true"),
        (Literal("2024-11-26", vocab.XSD + "date"), '"2024-11-26"^^xsd:date'),
    ],
)
def test_a_literal_is_escaped_and_typed(literal, expected):
    assert _turtle.literal(literal) == expected


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (vocab.BASE + "id/dall-e-3", "id:dall-e-3"),
        (vocab.BASE + "value/money/usd-150", "money:usd-150"),
        (vocab.BASE + "id/a.b", f"<{vocab.BASE}id/a.b>"),
        (vocab.BASE + "id/", f"<{vocab.BASE}id/>"),
        ("http://example.org/é", "<http://example.org/é>"),
        ("http://example.org/a b>c\n", "<http://example.org/a%20b%3Ec%0A>"),
        ("http://example.org/100%", "<http://example.org/100%25>"),
    ],
)
def test_an_iri_is_shortened_only_where_that_is_sure_and_else_escaped(iri, expected):
    assert _turtle.iri(iri) == expected


@pytest.mark.parametrize("iri", ["", "openai", "//example.org", "1:2"])
def test_what_is_no_absolute_iri_stops_the_run(iri):
    with pytest.raises(KgError, match="absolute IRI"):
        _turtle.iri(iri)


def test_objects_that_do_not_fit_a_line_stand_below_each_other():
    short = [(vocab.ALT_LABEL, Literal("a")), (vocab.ALT_LABEL, Literal("b"))]
    assert _turtle.block(example.ID + "x", short) == '\nid:x skos:altLabel "a", "b" .\n'
    long = [(vocab.ALT_LABEL, Literal("a" * 60)), (vocab.ALT_LABEL, Literal("b" * 60))]
    lines = f'\nid:x skos:altLabel\n        "{"a" * 60}",\n        "{"b" * 60}" .\n'
    assert _turtle.block(example.ID + "x", long) == lines


@given(example.literals)
def test_any_literal_is_read_back_by_both_parsers(literal):
    text = "".join(_turtle.header("test")) + f"<a:a> <a:b> {_turtle.literal(literal)} ."
    (triple,) = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE)
    ((_, _, other),) = rdflib.Graph().parse(data=text, format="turtle")
    assert triple.object.value == literal.value
    assert triple.object.language == (literal.language if literal.language in ("en", "de-at") else None)
    if literal.datatype == vocab.XSD + "string":  # rdflib normalises what it knows as numbers and dates
        assert str(other) == literal.value


@given(example.iris)
def test_any_iri_is_read_alike_by_both_parsers(iri):
    text = "".join(_turtle.header("test")) + f"{_turtle.iri(iri)} <a:b> 1 ."
    (triple,) = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE)
    ((subject, _, _),) = rdflib.Graph().parse(data=text, format="turtle")
    assert triple.subject.value == str(subject) == _turtle.valid(iri)
