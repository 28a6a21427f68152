"""The questions known by name: each is a query, and finds in a small graph what it asks for."""

from __future__ import annotations

import dataclasses

import pyoxigraph
import pytest

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.query import ask, run
from kg.questions import literal, question, questions
from kg.result import shorten
from kg.types import Literal, Statement
from tests import example

NAMES = sorted(questions())
MORE = (  # what the graph of tests/example.py has no example of
    ("ann", "worksFor", "openai"), ("ann", "role", "editor"), ("sam-altman", "leads", "openai"),
    ("ann", "sued", "openai"),
    ("fund", "investedIn", "openai"), ("fund", "acquired", "rival"), ("rival", "competitorOf", "openai"),
    ("film", "uses", "sora"), ("film", "about", "leak"), ("film", "creator", "ann"),
    ("openai", "founder", "sam-altman"),
    ("sora", "trainedOn", "clips"), ("sora-2", "variantOf", "sora"), ("sora-3", "variantOf", "sora-2"),
    ("openai", "locatedIn", "paris"), ("ann", "criticizes", "openai"), ("law", "regulates", "sora"),
    ("openai", "announced", "sora"), ("leak", "reportedBy", "fund"),
)  # fmt: skip


def graph():
    known = example.graph()
    told = example.evidence("z0", example.ONE, "The leak came on 26 November.", score=0.2)
    ends = {end for one, _, two in MORE for end in (one, two)} - {"openai", "sora", "sam-altman", "leak"}
    more = [
        Statement(
            example.ID + one, example.KG + link, example.ID + two, (dataclasses.replace(told, id=f"z{number:02}"),)
        )
        for number, (one, link, two) in enumerate(MORE)
    ]
    labels = [Statement(example.ID + end, vocab.LABEL, Literal(end)) for end in ends]
    return Graph([*known, *more, *labels], known.documents.values(), known.disputes)


GRAPH = graph()
MADE, DENIED = "Sora is made by OpenAI, Sam Altman said.", "OpenAI denies that it made Sora."
WORTH = "OpenAI may be worth $150bn."
REASON = f"the same name ({example.TWO.id}#e1)"


def answer(name, **values):
    return [tuple(shorten(term) for term in row) for row in ask(GRAPH, name, values)]


def test_there_are_about_25():
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_query_as_it_stands_with_a_title_and_a_comment(name):
    asked = question(name)
    assert len(asked.title) > 10
    assert asked.comment.endswith(".")
    pyoxigraph.Store().query(asked.sparql, prefixes=vocab.PREFIXES)


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_has_its_place(name):
    for item in question(name).parameters:
        assert f"# VALUES ?{item.variable}\n" in question(name).sparql


@pytest.mark.parametrize(
    ("name", "values", "row"),
    [
        ("makers", {}, ("Sora", "OpenAI", "")),
        ("makers", {"maker": "openai, inc."}, ("Sora", "OpenAI", "")),
        ("makers", {"maker": "id:ann"}, ("film", "ann", "")),
        ("people", {"person": "ann"}, ("ann", "works for", "OpenAI", "editor")),
        ("investors", {}, ("fund", "OpenAI")),
        ("made-with", {"system": "Sora"}, ("film", "Sora")),
        ("lawsuits", {}, ("ann", "OpenAI")),
        ("founders", {}, ("OpenAI", "Sam Altman")),
        ("acquisitions", {}, ("fund", "rival")),
        ("training-data", {}, ("Sora", "clips")),
        ("places", {"place": "paris"}, ("OpenAI", "paris")),
        ("criticism", {}, ("ann", "OpenAI")),
        ("rules", {}, ("law", "Sora")),
        ("topics", {}, ("film", "leak")),
        ("partners", {}, ("OpenAI", "competitor of", "rival")),
        ("lineage", {"thing": "sora-3"}, ("sora-3", "Sora")),
        ("money", {}, ("OpenAI", "valuation", "USD 150 billion", "alleged")),
        ("releases", {}, ("OpenAI", "announced", "Sora", "")),
        ("timeline", {"thing": "leak"}, ("2023-11-14", "leak", "happened")),
        ("disputes", {"thing": "Sora"}, ("Sora", "developer", "OpenAI", "negated", DENIED, "two")),
        ("reserve", {"stance": "possible"}, ("possible", "OpenAI", "valuation", "USD 150 billion", "", WORTH)),
        ("claims", {"by": "Sam Altman"}, ("Sam Altman", "Sora", "developer", "OpenAI", MADE)),
        ("first-reports", {}, ("leak", 'Sora "leak"', "The Verge", "2024-11-27")),
        ("reporters", {}, ("leak", "fund", 'Sora "leak"')),
        ("neighbours", {"thing": "Sora"}, ("Sora", "developer", "OpenAI")),
        ("neighbours", {"thing": "Sora"}, ("film", "uses", "Sora")),
        ("path", {"from": "film", "to": "OpenAI"}, ("film", "uses", "Sora", "developer", "OpenAI")),
        ("path", {"from": "Sora", "to": "OpenAI"}, ("Sora", "developer", "", "", "OpenAI")),
        ("sources", {}, ('Sora "leak"', "The Verge", "2024-11-27", "31")),
        ("agreed", {}, ("Sora", "developer", "OpenAI", "2")),
        ("unsure", {}, ("0.2", "ann", "criticizes", "OpenAI", "The leak came on 26 November.")),
        ("names", {"thing": "OpenAI"}, ("OpenAI", "OpenAI, Inc.")),
        ("decisions", {}, ("doc:one-11111111#e1", "sameAs", "id:openai", "0.9", REASON)),
    ],
)  # fmt: skip
def test_the_answer_is_among_the_rows(name, values, row):
    assert row in answer(name, **values)


def test_every_question_is_asked_above():
    (mark,) = [mark for mark in test_the_answer_is_among_the_rows.pytestmark if mark.name == "parametrize"]
    assert {case[0] for case in mark.args[1]} == set(NAMES)


def test_a_name_narrows_the_answer():
    assert answer("makers", thing="film") == [("film", "ann", "")]


def test_what_is_denied_or_alleged_alone_is_no_answer_about_facts():
    assert "valuation" not in {row[1] for row in answer("neighbours", thing="OpenAI")}


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("nothing", {}, "no question is called 'nothing'; see: kg query --list"),
        ("path", {"from": "Sora"}, "the question path needs to: the other end; add -p to=…"),
        ("makers", {"colour": "red"}, "the question makers has no parameter 'colour'; choose one of: maker, thing"),
        ("makers", {"maker": "Nobody"}, "nothing is called 'Nobody' in the graph"),
    ],
)
def test_what_is_wrong_is_told(name, values, message):
    with pytest.raises(KgError) as told:
        ask(GRAPH, name, values)
    assert message in str(told.value)


@pytest.mark.parametrize("text", example.HOSTILE)
def test_a_value_cannot_leave_its_place(text):
    assert answer("reserve", stance=text) == []
    (row,) = run(GRAPH, f"SELECT ?x {{ VALUES ?x {{ {literal(text)} }} }}")
    assert row[0].value == text
    with pytest.raises(KgError):
        ask(GRAPH, "makers", {"maker": text})
