from __future__ import annotations

from kg import vocab
from kg.doubts import doubts
from kg.graph import Graph
from kg.types import Literal, Statement


def graph(*things, apart=()):
    """Things of these types and names; `apart` are the places of two that were decided to be different."""
    ids = [vocab.BASE + f"id/thing-{place}" for place in range(len(things))]
    statements = [
        item
        for iri, (type_, name) in zip(ids, things, strict=True)
        for item in (Statement(iri, vocab.TYPE, vocab.KG + type_), Statement(iri, vocab.LABEL, Literal(name)))
    ]
    return Graph([*statements, *(Statement(ids[one], vocab.DIFFERENT_FROM, ids[two]) for one, two in apart)])


def names(found, pairs):
    return [(found.name(item.subject), found.name(item.object)) for item in pairs]


def test_a_size_that_one_name_lacks_is_a_doubt_with_its_reasons():
    found = graph(("Model", "Tern 7B"), ("Model", "Tern"), ("Model", "Tern 2"), ("Company", "Quayside"))
    (pair,) = doubts(found)
    assert names(found, [pair]) == [("Tern 7B", "Tern")]
    assert 0.3 <= pair.score < 0.6
    assert "one size -6 (7b and none)" in pair.evidence[0].reason


def test_initials_bring_two_together_and_the_likeliest_comes_first():
    found = graph(("Company", "NCS"), ("Company", "Northern Coastal Survey"), ("Model", "Tern 7B"), ("Model", "Tern"))
    assert names(found, doubts(found)) == [("NCS", "Northern Coastal Survey"), ("Tern 7B", "Tern")]


def test_what_was_decided_is_no_doubt():
    found = graph(("Model", "Tern 7B"), ("Model", "Tern"), apart=[(1, 0)])
    assert doubts(found) == ()


def test_a_block_of_many_does_not_make_pairs_without_end():
    found = graph(*(("Company", f"Kestrel {chr(97 + place % 26) * (place + 1)}") for place in range(60)))
    assert len(doubts(found)) <= 66
