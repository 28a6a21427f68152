"""What agents are told of the graph written by hand in tests/example.py."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.mcp import answers
from kg.mcp.records import NOTE, shown
from kg.types import Evidence, Literal, Statement
from tests import example

SAID = "Sora is made by OpenAI, Sam Altman said."
DENIED = "OpenAI denies that it made Sora."


@pytest.fixture(scope="module")
def graph():
    return example.graph()


@pytest.fixture(scope="module")
def chain():
    """a owns b owns c owns d; a is only said to own d."""
    ids = [f"{vocab.BASE}id/{name}" for name in "abcd"]
    owns = [(one, two, ()) for one, two in itertools.pairwise(ids)] + [(ids[0], ids[3], ("alleged",))]
    names = [Statement(iri, vocab.LABEL, Literal(iri[-1])) for iri in ids]
    facts = [
        Statement(one, vocab.KG + "owner", two, (Evidence(one[-1] + two[-1], "d", 0, 1, "x", stance=stance),))
        for one, two, stance in owns
    ]
    return Graph([*names, *facts])


def test_every_answer_says_first_that_it_holds_data(graph):
    found = dataclasses.asdict(answers.search(graph, "sora", limit=3))
    assert next(iter(found.items())) == ("note", NOTE)


def test_a_name_finds_its_thing_with_the_statement_that_it_is_called_so(graph):
    (thing,) = answers.search(graph, "SORA", limit=5).things
    assert (thing.id, thing.name, thing.type) == ("id:sora", "Sora", "Model")
    assert thing.named.quotes[0].quote == "Sora"


def test_words_find_the_statements_in_whose_sentences_they_stand(graph):
    found = answers.search(graph, "altman made", limit=5)
    assert [(item.subject_id, item.relation, item.object_id) for item in found.statements] == [
        ("id:sora", "developer", "id:openai")
    ]


def test_a_slip_of_the_pen_finds_what_is_near(graph):
    assert [thing.id for thing in answers.search(graph, "OpenIA", limit=5).things] == ["id:openai"]


def test_a_type_narrows_the_things_and_leaves_out_statements(graph):
    found = answers.search(graph, "o", type_="Company", limit=5)
    assert ([thing.id for thing in found.things], found.statements) == (["id:openai"], ())


def test_what_is_more_than_was_asked_for_is_told(graph):
    assert answers.search(graph, "a", limit=1).more
    assert not answers.search(graph, "sora", limit=10).more


def test_nothing_to_search_for_is_a_fault(graph):
    with pytest.raises(KgError, match="nothing to search for"):
        answers.search(graph, " ", limit=1)


def test_a_thing_comes_with_what_is_said_of_it_in_both_directions(graph):
    found = answers.entity(graph, "openai, inc.", limit=10)
    assert found.thing.also_called == ("OpenAI, Inc.",)
    assert {(item.subject_id, item.relation, item.object) for item in found.statements} == {
        ("id:openai", "valuation", "USD 150 billion"),
        ("id:sora", "developer", "OpenAI"),
    }


def test_a_relation_narrows_what_is_said(graph):
    assert [item.relation for item in answers.entity(graph, "OpenAI", relation="valuation", limit=5).statements] == [
        "valuation"
    ]


def test_evidence_is_quoted_with_its_place_its_reserve_and_its_speaker(graph):
    (told,) = answers.entity(graph, "Sora", relation="developer", limit=1).statements
    proof = answers.evidence(graph, f"statement:{told.statement}", limit=10).statement
    said, denied = proof.quotes
    assert (said.quote, said.by, said.stance, said.start, said.end) == (SAID, "Sam Altman", (), 0, 40)
    assert (said.article, said.publisher, said.published) == ('Sora "leak"', "The Verge", "2024-11-27")
    assert (denied.quote, denied.stance) == (DENIED, ("negated",))
    assert (proof.stated_as_fact, proof.disputed) == (True, True)


def test_of_much_evidence_the_rest_is_counted(graph):
    told = answers.entity(graph, "Sora", relation="developer", limit=1).statements[0]
    proof = answers.evidence(graph, told.statement, limit=1).statement
    assert (len(proof.quotes), proof.more_quotes) == (1, 1)


def test_an_unknown_statement_is_a_fault(graph):
    with pytest.raises(KgError, match="no statement has the id"):
        answers.evidence(graph, "0123456789abcdef", limit=1)


def test_neighbours_are_things_with_the_statement_between(graph):
    (link,) = answers.neighbours(graph, "OpenAI", limit=10).links
    assert (link.direction, link.neighbour.id, link.statement.relation) == ("in", "id:sora", "developer")
    assert answers.neighbours(graph, "OpenAI", relation="owner", limit=10).links == ()


def test_a_way_leads_over_what_is_stated_as_fact(chain):
    found = answers.path(chain, "d", "a", longest=5)
    assert [thing.name for thing in found.things] == ["d", "c", "b", "a"]
    assert [(item.subject, item.object) for item in found.statements] == [("c", "d"), ("b", "c"), ("a", "b")]


def test_a_way_over_what_is_alleged_is_shorter(chain):
    assert len(answers.path(chain, "a", "d", longest=5, reserved=True).statements) == 1


def test_a_way_that_is_too_long_is_none(chain):
    assert answers.path(chain, "a", "d", longest=2).things == ()


def test_disputes_are_told_with_both_sides(graph):
    denial, value = answers.disputes(graph, limit=10).disputes
    assert (denial.kind, {quote.quote for quote in denial.statements[0].quotes}) == ("denial", {SAID, DENIED})
    assert (value.subject, value.relation) == ("leak", "eventDate")
    assert [each.kind for each in answers.disputes(graph, "leak", limit=10).disputes] == ["value"]
    assert answers.disputes(graph, limit=1).more


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\U000e0041", "\x1b", "\n"])
def test_what_nobody_sees_becomes_a_space(hidden):
    assert shown(f"a{hidden}b") == "a b"


@given(example.texts)
def test_any_text_can_be_searched_for(text):
    if text.split():
        answers.search(example.graph(), text, limit=3)
