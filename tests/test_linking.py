from __future__ import annotations

import pytest

from kg import vocab
from kg.graph import Graph
from kg.lexicon import AMBIGUOUS, DISAGREES, UNKNOWN
from kg.lift import lift
from kg.linking import decide, link, nil, told
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
    assert (evidence.reader, evidence.score) == ("lexicon", 0.97)
    assert evidence.reason == "“OpenAI” is known as OpenAI (Company), here of type Company and tied to DALL-E 3"
    text = seeds.documents[evidence.document].text
    assert text[evidence.start : evidence.end] == evidence.quote


def test_what_has_no_link_says_why_not(seeds):
    (turbo,) = [each for each in seeds.entities.values() if each.name == "Sora Turbo"]
    assert decide(seeds, turbo) == (None, 0.0, "not known", UNKNOWN)


def test_linking_again_changes_nothing(seeds):
    assert link(seeds) == seeds


SENTENCES = {
    "Anthropic trains Claude, a large model.": ("Model Claude", "Claude developer Company Anthropic", "Claude"),
    "In Paris, Claude teaches French to children.": ("Person Claude", "Claude locatedIn Place Paris", DISAGREES),
    "Kestrel of Leeds trains Claude, a weather model.": ("Model Claude", "Claude developer Company Kestrel", DISAGREES),
    "Google put Gemini to the test this week.": ("Model Gemini", "Gemini developer Company Google", "Gemini"),
    "Gemini, an exchange for coins, is sued in New York.": (
        "Company Gemini",
        "Gemini locatedIn Place New York",
        AMBIGUOUS,
    ),
    "Sora by OpenAI makes films.": ("Product Sora", "Sora developer Company OpenAI", "Sora"),
    "Sora is a free app for keeping birds.": ("Product Sora", "", AMBIGUOUS),
    "Mistral raised more money in Paris.": ("Company Mistral", "Mistral locatedIn Place Paris", "Mistral AI"),
    "Mistral is a good model for laptops.": ("Model Mistral", "", DISAGREES),
    "Apple opened a lab in Zurich.": ("Company Apple", "Apple locatedIn Place Zurich", "Apple"),
    "Apple was the topic of the painter's last show.": ("Work Apple", "", DISAGREES),
    "Meta made Llama 3 free for many uses.": ("Company Meta", "Llama 3 developer Company Meta", "Meta"),
    "The paper Meta is about papers.": ("Work Meta", "", DISAGREES),
    "Amazon sells Alexa, which now talks more.": ("Company Amazon", "Alexa developer Company Amazon", "Amazon"),
    "Forests along the Amazon are watched with models.": ("Place Amazon", "", DISAGREES),
    "Llama of Meta AI runs on a phone.": ("Model Llama", "Llama developer Lab Meta AI", "Llama"),
    "Llama is a shop for wool in Lima.": ("Product Llama", "Llama locatedIn Place Lima", AMBIGUOUS),
}
"""Sentences: what is asked for, with its type; the tie that the sentence tells of; what it means, or why NIL."""


def told_of(text, asked, tie):
    type_, name = asked.split(" ", 1)
    entities, relations = {name: (type_, [name])}, []
    if tie:
        head, relation, rest = next(
            (*tie.partition(f" {each} "),) for each in ("developer", "locatedIn") if f" {each} " in tie
        )
        other, end = rest.split(" ", 1)
        entities.setdefault(head, ("Product", [head]))
        entities.setdefault(end, (other, [end]))
        keys = {each: each.replace(" ", "-") for each in entities}
        entities = {keys[each]: value for each, value in entities.items()}
        relations = [(f"{keys[head]} {relation.strip()} {keys[end]}", text)]
    graph = Graph(lift(careful.annotation("one", text, entities, relations)))
    return next(entity for entity in graph.entities.values() if entity.name == name), graph


@pytest.mark.parametrize("text", SENTENCES)
def test_a_name_of_many_meanings_is_decided_by_its_type_and_its_context(text):
    asked, tie, expected = SENTENCES[text]
    entity, graph = told_of(text, asked, tie)
    found = decide(graph, entity)
    assert (found.entry.name if found.entry else found.nil) == expected
    assert found.reason


def test_nil_is_told_with_its_reason_of_all_that_could_be_linked(seeds):
    found = {entity.name: decided for entity, decided in nil(seeds)}
    assert found["Shy Kids"].nil == UNKNOWN
    assert "OpenAI" not in found
    assert "Sora leak" not in found  # an event has no identifier to be missed
    shy = next(iri for iri, entity in seeds.entities.items() if entity.name == "Shy Kids")
    assert told(seeds, shy) == "NIL, not known"
