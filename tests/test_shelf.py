"""Graphs on disk: the same as those in memory."""

from __future__ import annotations

import dataclasses
import gc
import random
import weakref

import pytest

from kg import packed, runs, shelf, vocab
from kg.graph import Dispute, Graph
from kg.profiles import profiles
from kg.types import Document, Evidence, Literal, Span, Statement

ACME, BRILL = vocab.BASE + "id/acme", vocab.BASE + "id/brill"
DOCUMENTS = [
    Document(vocab.BASE + "doc/a-1", "a", "Acme met Brill.", published="2025-01-02"),
    Document("x:b", "b", "\0é"),
]


def evidence(name, start=0, **more):
    return Evidence(name, DOCUMENTS[0].id, start, start + 4, "Acme", subject=Span(start, start + 4), **more)


STATEMENTS = [
    Statement(ACME, vocab.TYPE, vocab.KG + "Company", (evidence("1"), evidence("2", 5))),
    Statement(ACME, vocab.LABEL, Literal("Acme"), (evidence("3"),)),
    Statement(ACME, vocab.LABEL, Literal("Acme", language="de"), (evidence("3", score=0.5),)),
    Statement(ACME, vocab.KG + "partnerOf", BRILL, (evidence("4", stance=("alleged",), by=BRILL),)),
    Statement(BRILL, vocab.KG + "partnerOf", ACME, (evidence("5", stance=("negated",)),)),
    Statement(BRILL, vocab.LABEL, Literal("Brill")),
    Statement(BRILL, vocab.ALT_LABEL, Literal("B.\0")),
]
TWICE = [*STATEMENTS, dataclasses.replace(STATEMENTS[0], evidence=(evidence("0", 9), evidence("1", score=0.4)))]
DISPUTES = [Dispute("denial", ACME, vocab.KG + "partnerOf", tuple(STATEMENTS[3:5]))]


@pytest.fixture
def both(tmp_path):
    shuffled = random.Random(0).sample(TWICE, len(TWICE))
    with runs.on_disk(tmp_path):
        yield shelf.graph(shuffled, reversed(DOCUMENTS), DISPUTES), Graph(TWICE, DOCUMENTS, DISPUTES)
    assert list(tmp_path.iterdir()) == []


def test_a_graph_on_disk_is_the_one_in_memory(both):
    stored, held = both
    assert type(stored) is not type(held)
    assert stored == held
    assert held == stored
    assert list(stored) == list(held)
    assert {*stored} == {*held}
    assert stored.disputes == held.disputes
    assert (len(stored), len(stored.relations)) == (7, 2)
    assert list(stored.relations) == list(held.relations)
    assert list(stored.documents.items()) == list(held.documents.items())
    assert list(stored.entities.values()) == list(held.entities.values())
    for iri in (ACME, BRILL, "x:none"):
        assert stored.about(iri) == held.about(iri)
        assert stored.mentioning(iri) == held.mentioning(iri)
        assert stored.entities.get(iri) == held.entities.get(iri)
    assert dict(profiles(stored)) == profiles(held)


def test_what_is_added_to_a_graph_on_disk_is_where_it_would_be_in_memory(both):
    stored, held = both
    more = [
        *(Statement(iri, vocab.SAME_AS, vocab.WD + name, (evidence(name),)) for iri in (ACME, BRILL) for name in "QRS"),
        Statement(ACME, "x:a", ACME),
        Statement(BRILL, "x:a", ACME, (evidence("6"),)),
        Statement(BRILL, vocab.TYPE, vocab.KG + "Company"),
        Statement(ACME, vocab.TYPE, vocab.KG + "Company", (evidence("7"),)),
    ]
    assert len(stored.entities) == 2
    expected = Graph([*held, *more], DOCUMENTS, DISPUTES)
    found = shelf.extended(stored, more)
    assert list(found) == list(expected) == list(shelf.extended(held, more))
    assert (found.about(BRILL), found.mentioning(ACME)) == (expected.about(BRILL), expected.mentioning(ACME))
    assert list(found.entities.values()) == list(expected.entities.values())
    assert (len(found), list(found.relations)) == (len(expected), list(expected.relations))
    with pytest.raises(KeyError):
        shelf.extended(found, [Statement("x:none", vocab.TYPE, "x:Thing")])


def test_a_stored_statement_can_be_changed_like_any_other(both):
    for item in both[0]:
        assert dataclasses.replace(item, evidence=()) == Statement(item.subject, item.predicate, item.object)


def test_renaming_moves_ends_and_speakers_whether_evidence_was_looked_at_or_not(both):
    ids = {ACME: "x:a", BRILL: "x:b"}
    expected = [packed.renamed(item, ids) for item in both[1]]
    assert [packed.renamed(item, ids) for item in both[0]] == expected
    assert {item.evidence[0].by for item in expected if item.evidence} == {None, "x:b"}
    looked = list(both[0])
    assert sum(len(item.evidence) for item in looked) == 7
    assert [packed.renamed(item, ids) for item in looked] == expected


def test_a_table_keeps_what_it_was_given_in_the_order_of_its_keys(tmp_path):
    with runs.on_disk(tmp_path):
        found = shelf.table([("b", "2"), ("a", "1")], str.encode, bytes.decode)
    assert list(found.items()) == [("a", "1"), ("b", "2")]
    assert (len(found), "a" in found, "c" in found, found.get("c", "0")) == (2, True, False, "0")
    with pytest.raises(KeyError):
        found["c"]


def test_what_uses_a_predicate_and_what_is_denied_is_found_on_disk_as_in_memory(both):
    for graph in both:
        assert list(graph.saying(vocab.LABEL, vocab.ALT_LABEL)) == [*STATEMENTS[1:3], *STATEMENTS[5:]]
        assert list(graph.saying(vocab.KG + "developer")) == []
        assert list(graph.denied()) == [STATEMENTS[4]]


def test_what_is_asked_of_evidence_is_the_same_while_it_is_packed(both):
    for stored, held in zip(*both, strict=True):
        assert (stored.asserted, stored.denied, stored.vouched) == (held.asserted, held.denied, held.vouched)
        assert (packed.count(stored), packed.places(stored)) == (packed.count(held), packed.places(held))
        assert stored.documents == held.documents


def test_streams_in_the_order_of_their_subjects_make_the_same_graph(both, tmp_path):
    first, second = TWICE[:5], sorted(TWICE[5:], key=lambda item: item.subject)
    first, second = (list(map(packed.held, each)) for each in (first, second))
    for place in (tmp_path, None):
        with runs.on_disk(place):
            assert shelf.ordered(first, second, documents=DOCUMENTS) == both[1]


def test_what_leads_to_ids_of_one_kind_is_found_on_disk_as_in_memory(both):
    for graph in both:
        assert set(graph.leading(vocab.BASE + "id/b")) == {STATEMENTS[3]}
        assert set(graph.leading(vocab.BASE + "id/")) == {*STATEMENTS[3:5]}
        assert set(graph.leading("Acme")) == set()


def test_a_graph_on_disk_goes_with_whoever_held_it_last(tmp_path):
    with runs.on_disk(tmp_path):
        graph = shelf.graph(STATEMENTS, DOCUMENTS)
    assert graph.about(ACME)
    assert graph.documents[DOCUMENTS[0].id]
    seen = [weakref.ref(graph), weakref.ref(graph.documents)]
    gc.disable()
    try:
        del graph
        assert [each() for each in seen] == [None, None]
    finally:
        gc.enable()
