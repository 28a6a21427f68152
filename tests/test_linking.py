from __future__ import annotations

import pytest

from kg import vocab
from kg.graph import Graph
from kg.lift import lift
from kg.linking import decide, link
from kg.matchers import MATCHERS
from kg.resolve import resolve
from tests import careful


@pytest.fixture(scope="module")
def seeds():
    found = careful.annotations()
    statements = (item for annotation in found for item in lift(annotation))
    return link(resolve(Graph(statements, (item.document for item in found)), matchers=MATCHERS))


def links(graph):
    wanted = (vocab.SAME_AS, vocab.SCHEMA + "url")
    return {
        (graph.name(item.subject), item.object.removeprefix(vocab.WD)): item
        for item in graph
        if item.predicate in wanted and "#" not in item.subject
    }


def test_known_things_are_linked_to_their_items_and_sites(seeds):
    found = links(seeds)
    assert ("OpenAI", "Q21708200") in found
    assert ("OpenAI", "https://openai.com/") in found
    assert ("Sora", "Q124544998") in found
    assert ("TechCrunch", "https://techcrunch.com/") in found


def test_what_is_not_known_is_not_linked(seeds):
    linked = {name for name, _ in links(seeds)}
    assert not linked & {"Sora Turbo", "Shy Kids", "Jamie Davidson", "Sora leak", "Sora PR Puppets"}


def test_a_link_says_why_and_where_the_thing_is_named(seeds):
    (evidence,) = links(seeds)["OpenAI", "Q21708200"].evidence
    assert (evidence.reader, evidence.score) == ("lexicon", 0.95)
    assert evidence.reason == "“OpenAI” is known as OpenAI (Company), here of type Company"
    text = seeds.documents[evidence.document].text
    assert text[evidence.start : evidence.end] == evidence.quote


def test_what_has_no_link_says_why_not(seeds):
    (turbo,) = [each for each in seeds.entities.values() if each.name == "Sora Turbo"]
    assert decide(seeds, turbo) == (None, 0.0, "not known")


def test_linking_again_changes_nothing(seeds):
    assert link(seeds) == seeds
