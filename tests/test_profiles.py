from __future__ import annotations

import itertools

from kg import vocab
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import KEYS_OF_NAMES
from kg.ontology import ontology
from kg.profiles import compatible, each_profile, keyed, profiles, records
from kg.types import Literal, Statement
from tests import careful


def test_a_profile_holds_names_descriptions_and_ties_in_both_directions():
    annotation = careful.annotations()[2]
    found = profiles(Graph(lift(annotation), [annotation.document]))
    doc = annotation.document.id
    letter, openai = found[f"{doc}#letter"], found[f"{doc}#openai"]
    assert (letter.type, dict(letter.names), dict(letter.descriptions)) == ("Work", {}, {"open letter": 1})
    assert ("addressedTo", f"{doc}#openai") in letter.ties
    assert ("^addressedTo", f"{doc}#letter") in openai.ties
    assert (letter.document, letter.published) == (doc, "2024-11-27")


def test_what_is_only_denied_is_no_tie():
    text = "Telkabel denies that it bought ohmlet."
    entities = {"a": ("Company", ["Telkabel"]), "b": ("Company", ["ohmlet"])}
    annotation = careful.annotation("no", text, entities, [("a acquired b | negated, by=a", text)])
    found = profiles(Graph(lift(annotation), [annotation.document]))
    assert all(not profile.ties for profile in found.values())


def test_values_have_no_profile_and_foreign_entities_do():
    node, thing = vocab.BASE + "value/money/usd-1", "https://example.org/openai"
    graph = Graph(
        [
            Statement(node, vocab.TYPE, vocab.KG + "Money"),
            Statement(thing, vocab.TYPE, vocab.KG + "Company"),
            Statement(thing, vocab.LABEL, Literal("OpenAI")),
        ]
    )
    assert list(profiles(graph)) == [thing]


def test_types_go_together_in_both_directions_and_a_person_with_none_other():
    types = ontology().mentionable
    for one, two in itertools.product(types, types):
        assert compatible(one, two) == compatible(two, one)
    assert all(compatible(each, each) for each in types)
    assert [each for each in types if compatible("Person", each)] == ["Person"]
    assert not compatible("Model", "Company")
    assert compatible("Media", "Company")
    assert compatible("Product", "Company")


def test_keys_that_are_made_on_the_way_are_those_that_are_made_of_all():
    annotations = careful.annotations()
    graph = Graph((item for each in annotations for item in lift(each)), (each.document for each in annotations))
    found = keyed(each_profile(graph), KEYS_OF_NAMES)
    assert dict(found) == dict(profiles(graph))
    for keys in KEYS_OF_NAMES:
        assert sorted(records(found, keys)) == sorted(keys(profiles(graph)))
    found.forget()
    assert not found
