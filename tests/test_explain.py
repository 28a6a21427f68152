"""Why a graph says so: each statement with its sentences, where they stand and who speaks."""

from __future__ import annotations

import pytest

from kg import vocab
from kg.errors import KgError
from kg.explain import Quote, explain
from kg.graph import Graph
from kg.types import Literal, Span, Statement
from tests import example


@pytest.fixture
def graph():
    return example.graph()


def test_a_statement_comes_with_its_quotes_the_factual_first(graph):
    (found,) = explain(graph, "Sora", "developer", "OpenAI")
    assert (found.subject, found.predicate, found.object, found.disputed) == ("Sora", "developer", "OpenAI", True)
    assert found.quotes == (
        Quote(
            text="Sora is made by OpenAI, Sam Altman said.",
            title='Sora "leak"',
            publisher="The Verge",
            published="2024-11-27",
            url="https://example.org/sora?a=1",
            document=example.ONE.id,
            start=0,
            end=40,
            subject=Span(0, 4),
            object=Span(16, 22),
            stance=(),
            by="Sam Altman",
            score=0.91,
            reason="",
        ),
        Quote(
            text="OpenAI denies that it made Sora.",
            title="OpenAI denies that it made Sora.",
            publisher=None,
            published=None,
            url=None,
            document=example.TWO.id,
            start=0,
            end=32,
            subject=None,
            object=None,
            stance=("negated",),
            by=None,
            score=0.8,
            reason="",
        ),
    )


def test_spans_count_from_the_quote_and_are_left_out_where_they_reach_beyond_it():
    inside = example.evidence(
        "1", example.ONE, "The leak came on 26 November.", subject=Span(41, 49), object=Span(0, 4)
    )
    graph = Graph(
        [Statement(example.ID + "leak", example.KG + "affects", example.ID + "sora", (inside,))], [example.ONE]
    )
    ((quote,),) = [item.quotes for item in explain(graph, "id:leak")]
    assert quote.text[slice(*quote.subject)] == "The leak"
    assert quote.object is None


@pytest.mark.parametrize(
    "name", ["sora", "SORA ", "id:sora", "https://w3id.org/aikg/id/sora", "<https://w3id.org/aikg/id/sora>"]
)
def test_a_thing_is_found_by_name_in_any_case_and_by_iri(graph, name):
    assert [item.predicate for item in explain(graph, name)] == ["developer"]


def test_an_alias_finds_the_thing_too(graph):
    assert {item.predicate for item in explain(graph, "openai, inc.")} == {"valuation", "developer"}


def test_without_an_object_statements_that_lead_there_follow(graph):
    found = explain(graph, "OpenAI")
    assert [(item.subject, item.predicate, item.object) for item in found] == [
        ("OpenAI", "valuation", "USD 150 billion"),
        ("Sora", "developer", "OpenAI"),
    ]


def test_names_and_types_are_told_when_asked_for_or_when_there_is_nothing_else(graph):
    assert [item.object for item in explain(graph, "OpenAI", "type")] == ["Company"]
    assert [item.predicate for item in explain(graph, "Sam Altman")] == ["type", "label"]


@pytest.mark.parametrize(
    "predicate", ["eventDate", "eventdate", "kg:eventDate", "https://w3id.org/aikg/ontology#eventDate"]
)
def test_a_predicate_is_found_by_local_name_or_iri(graph, predicate):
    found = explain(graph, "leak", predicate)
    assert [(item.object, item.disputed) for item in found] == [("2023-11-14", True), ("2024-11-26", True)]


def test_an_object_may_be_the_text_of_a_literal_or_the_label_of_an_amount(graph):
    assert [item.object for item in explain(graph, "leak", "eventDate", "2023-11-14")] == ["2023-11-14"]
    assert [item.object for item in explain(graph, "OpenAI", "valuation", "usd 150 billion")] == ["USD 150 billion"]


def test_an_unknown_name_is_answered_with_the_nearest(graph):
    with pytest.raises(KgError, match=r"nothing is called 'Opn AI'; did you mean OpenAI\?"):
        explain(graph, "Opn AI")
    with pytest.raises(KgError, match="nothing is called 'zzz'; kg info lists what there is"):
        explain(graph, "zzz")
    with pytest.raises(KgError, match=r"nothing is called 'Altman'; did you mean Sam Altman\?"):
        explain(graph, "leak", "eventDate", "Altman")


def test_an_unknown_predicate_is_answered_with_the_nearest(graph):
    with pytest.raises(KgError, match=r"no statement about 'leak' has 'eventDat'; did you mean eventDate\?"):
        explain(graph, "leak", "eventDat")
    with pytest.raises(KgError, match="no statement about 'leak' has 'zzz'; there are eventDate, label and type"):
        explain(graph, "leak", "zzz")


def test_a_name_of_several_things_is_answered_with_their_ids():
    names = [Statement(example.ID + key, vocab.LABEL, Literal("Mercury")) for key in ("mercury", "mercury-model")]
    with pytest.raises(KgError, match="'mercury' may be id:mercury or id:mercury-model; name one of them"):
        explain(Graph(names), "mercury")


def test_a_label_goes_before_an_alias():
    statements = [
        Statement(example.ID + "a", vocab.LABEL, Literal("Gemini")),
        Statement(example.ID + "b", vocab.LABEL, Literal("Gemini Ultra")),
        Statement(example.ID + "b", vocab.ALT_LABEL, Literal("Gemini")),
    ]
    assert [item.subject for item in explain(Graph(statements), "gemini")] == ["Gemini"]


def test_a_predicate_that_the_thing_lacks_but_others_have_gives_nothing(graph):
    assert explain(graph, "leak", "developer") == []


def test_a_document_that_is_not_known_is_named_by_its_iri():
    graph = Graph([item for item in example.graph() if item.predicate == example.KG + "developer"])
    assert explain(graph, "id:sora")[0].quotes[0].title == "one-11111111"
