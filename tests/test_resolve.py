from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import MATCHERS
from kg.profiles import Decision
from kg.resolve import decisions, resolve
from kg.types import Literal, Statement
from tests import careful, gold

FILES = tuple(f"mixed-{number}.txt" for number in range(1, 6))


def lifted(annotations):
    return Graph(
        (statement for item in annotations for statement in lift(item)), (item.document for item in annotations)
    )


def resolved(annotations, **options):
    return resolve(lifted(annotations), **({"matchers": MATCHERS} | options))


@pytest.fixture(scope="module")
def seeds():
    return resolved(careful.annotations())


@pytest.fixture(scope="module")
def stories():
    return resolved(gold.annotations(*FILES))


def called(graph, name):
    return sorted(iri for iri, entity in graph.entities.items() if entity.name == name)


def ends(graph, name, relation):
    (iri,) = called(graph, name)
    return {
        item.object.value if isinstance(item.object, Literal) else graph.name(item.object)
        for item in graph.about(iri)
        if item.predicate == vocab.KG + relation
    }


@pytest.mark.parametrize("name", ["Sora", "OpenAI", "Hugging Face", "Sora leak", "Sora PR Puppets", "Sora Turbo"])
def test_the_five_articles_speak_of_one_thing_of_this_name(seeds, name):
    assert len(called(seeds, name)) == 1


def test_the_leak_of_five_articles_is_one_with_all_that_they_say_of_it(seeds):
    (leak,) = called(seeds, "Sora leak")
    documents = {each.document for item in seeds.about(leak) for each in item.evidence}
    assert len(documents) == 5
    assert ends(seeds, "Sora leak", "affects") == {"Sora"}
    assert ends(seeds, "Sora leak", "eventDate") == {"2023-11-14", "2024-11-26"}
    assert ends(seeds, "Sora leak", "reportedBy") == {"TechCrunch", "The Verge"}
    assert ends(seeds, "Sora leak", "hostedOn") == {"Hugging Face"}
    assert "Sora PR Puppets" in ends(seeds, "Sora leak", "agent")


def test_a_thing_that_two_articles_type_differently_has_the_type_of_most(seeds):
    types = {seeds.entities[called(seeds, name)[0]].type for name in ("Sora", "Hugging Face")}
    assert types == {vocab.KG + "Model", vocab.KG + "Company"}


def test_things_that_are_merely_alike_stay_apart(seeds):
    assert called(seeds, "Sora") != called(seeds, "Sora Turbo")
    groups = [entity.name for entity in seeds.entities.values() if entity.type == vocab.KG + "Group"]
    assert {"artists", "group of early testers", "Sora PR Puppets"} <= set(groups)


def test_what_has_no_name_is_labelled_by_what_it_belongs_to(seeds):
    (letter,) = called(seeds, "open letter to OpenAI")
    assert seeds.entities[letter].aliases == ("open letter",)
    assert letter.startswith(vocab.BASE + "id/open-letter-")


def test_a_name_gives_the_iri(seeds):
    assert called(seeds, "OpenAI") == [vocab.BASE + "id/openai"]
    assert called(seeds, "PC-Tablet.com") == [vocab.BASE + "id/pc-tablet-com"]


def test_every_entity_is_said_to_be_the_same_as_its_iri_and_why(seeds):
    found = decisions(seeds)
    locals_ = {item.subject for item in lifted(careful.annotations()) if "#" in item.subject}
    assert {item.subject for item in found if item.predicate == vocab.SAME_AS} == locals_
    assert all(each.reason for item in found for each in item.evidence)
    reasons = {each.reason.partition(" (")[0] for item in found for each in item.evidence}
    assert "equal name +5" in reasons
    assert "no other is known to be this one" in reasons


def test_evidence_and_its_ids_are_as_before(seeds):
    before = {each.id for item in lifted(careful.annotations()) for each in item.evidence if each.reader == "careful"}
    after = {each.id for item in seeds for each in item.evidence if each.reader == "careful"}
    assert before == after


def test_no_local_id_is_left_in_what_is_said(stories):
    for item in stories.relations:
        speakers = {each.by for each in item.evidence if each.by}
        assert not [iri for iri in (item.subject, item.object, *speakers) if isinstance(iri, str) and "#" in iri]


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("Mistral AI", {"Mistral", "mistral"}),
        ("Wietske van Roon", {"Van Roon", "Wietske"}),
        ("Quayside Ventures", {"Quayside"}),
        ("Mixtral 8x7B", set()),
    ],
)
def test_one_story_told_by_four_outlets_has_one_thing_under_its_full_name(stories, name, aliases):
    (iri,) = called(stories, name)
    assert aliases <= set(stories.entities[iri].aliases)


def test_merged_things_come_from_several_articles_without_one_false_merge_of_names(stories):
    """The corpus is annotated without slips: two ids in one document are two things."""
    together = {}
    for item in decisions(stories):
        if item.predicate == vocab.SAME_AS:
            together.setdefault((item.object, item.subject.partition("#")[0]), []).append(item.subject)
    assert [group for group in together.values() if len(group) > 1] == []


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(order: random.Random):
    annotations = [*careful.annotations(), *gold.annotations("mixed-2.txt")]
    expected = resolved(annotations)
    order.shuffle(annotations)
    shuffled = [
        dataclasses.replace(
            item,
            mentions=tuple(order.sample(item.mentions, len(item.mentions))),
            statements=tuple(order.sample(item.statements, len(item.statements))),
        )
        for item in annotations
    ]
    assert resolved(shuffled) == expected


def test_resolving_in_two_steps_or_one_gives_the_same_things():
    annotations = careful.annotations()
    once = resolved(annotations)
    again = resolve(once, matchers=MATCHERS)
    assert {iri: again.entities[iri].name for iri in again.entities} == {
        iri: once.entities[iri].name for iri in once.entities
    }


def local(annotations, place, key):
    return f"{annotations[place].document.id}#{key}"


def said(one, two, *, same):
    return Statement(one, vocab.SAME_AS if same else vocab.DIFFERENT_FROM, two)


def test_a_given_no_is_never_overruled():
    annotations = careful.annotations()
    one, two = local(annotations, 2, "face"), local(annotations, 4, "face")
    apart = resolved(annotations, decisions=[said(one, two, same=False)])
    assert len(called(apart, "Hugging Face")) == 2
    assert len(called(resolved(annotations), "Hugging Face")) == 1


def test_a_given_yes_joins_what_no_matcher_would():
    annotations = careful.annotations()
    one, two = local(annotations, 0, "letter"), local(annotations, 2, "letter")
    joined = resolved(annotations, decisions=[said(one, two, same=True)])
    assert len(called(joined, "open letter to OpenAI")) == 1
    assert len(called(joined, "open letter")) == 0


def test_the_decisions_of_one_run_can_be_given_to_the_next():
    annotations = careful.annotations()
    first = resolved(annotations)
    second = resolved(annotations, matchers=(), decisions=decisions(first))
    assert set(second.entities) == set(first.entities)


def pair(name, one, two, relations=()):
    """Two short articles with one entity each."""
    texts = [f"{surface} was in the news." for _, surface in (one, two)]
    return [
        careful.annotation(f"{name}-{place}", text, {"e": (type_, [surface])}, list(relations))
        for place, (text, (type_, surface)) in enumerate(zip(texts, (one, two), strict=True))
    ]


def test_a_person_and_a_model_of_one_name_are_two():
    graph = resolved(pair("claude", ("Person", "Claude Monet"), ("Model", "Claude Monet")))
    assert sorted(graph.entities) == [vocab.BASE + "id/claude-monet", vocab.BASE + "id/claude-monet-model"]
    (apart,) = [item for item in decisions(graph) if item.predicate == vocab.DIFFERENT_FROM]
    assert apart.evidence[0].reason.startswith("other kind -9 (Model and Person); equal name +5 (“Claude Monet”)")


def test_a_product_does_not_join_a_company_and_a_model_of_its_name():
    annotations = [
        *pair("one", ("Company", "Runway"), ("Model", "Runway")),
        *pair("two", ("Product", "Runway"), ("Product", "Runway")),
    ]
    types = {entity.type.removeprefix(vocab.KG) for entity in resolved(annotations).entities.values()}
    assert len(types) == 2


def test_two_that_one_article_relates_to_each_other_stay_two():
    text = "Midjourney, made by Midjourney of San Francisco, is popular."
    entities = {"p": ("Product", ["Midjourney, made"]), "c": ("Company", ["Midjourney of"])}
    one = careful.annotation("one", text, entities, [("p developer c", text)])
    mentions = tuple(dataclasses.replace(item, end=item.start + len("Midjourney")) for item in one.mentions)
    graph = resolved([dataclasses.replace(one, mentions=mentions)])
    assert len(called(graph, "Midjourney")) == 2


def test_what_one_article_names_twice_without_seeing_it_is_one():
    text = "Hugging Face hosts it. On Hugging Face, anyone can try it."
    entities = {"a": ("Company", ["Hugging Face hosts"]), "b": ("Product", ["Hugging Face, anyone"])}
    one = careful.annotation("one", text, entities, [])
    mentions = tuple(dataclasses.replace(item, end=item.start + len("Hugging Face")) for item in one.mentions)
    assert len(called(resolved([dataclasses.replace(one, mentions=mentions)]), "Hugging Face")) == 1


def test_a_statement_of_a_thing_about_itself_is_left_out():
    annotations = careful.annotations()
    same = [said(local(annotations, 3, "turbo"), local(annotations, 3, "sora"), same=True)]
    graph = resolved(annotations, decisions=same)
    assert not [item for item in graph.relations if item.subject == item.object]


def test_matchers_are_asked_again_until_nothing_is_new():
    """A group is joined by the event that another matcher joined before."""
    calls = []

    def late(profiles, find):
        calls.append(1)
        leaks = sorted(iri for iri, each in profiles.items() if each.type == "Event" and "leak" in iri)
        if len({find(iri) for iri in leaks}) == 1 and len(leaks) > 1:
            groups = sorted(iri for iri, each in profiles.items() if each.type == "Group")
            yield Decision(groups[0], groups[1], same=True, score=0.5, reason="at last", matcher="late")

    found = decisions(resolved(careful.annotations(), matchers=(late, *MATCHERS)))
    assert len(calls) > 1
    assert any(each.reader == "matcher:late" for item in found for each in item.evidence)


def twice(name, type_, first, second, relations):
    """An article in which a reader saw two where a careful one sees one."""
    text = f"Kestrel spoke of {first}. Users of Tern noticed the leak. Later {second} was in the news."
    entities = {
        "one": (type_, [first]),
        "two": (type_, [second]),
        "tern": ("Model", ["Tern"]),
    }
    if any("leak" in relation for relation in relations):
        entities["leak"] = ("Event", ["the leak"])
    return careful.annotation(name, text, entities, [(relation, text) for relation in relations])


def things_of(type_, *annotations):
    found = resolved(annotations)
    return sorted(entity.name for entity in found.entities.values() if entity.type == vocab.KG + type_)


def test_what_an_article_tells_twice_of_one_event_is_one():
    ties = ("one affects tern", "two affects tern")
    assert len(things_of("Event", twice("a", "Event", "an outage", "this outage", ties))) == 1
    assert len(things_of("Event", twice("a", "Event", "an outage", "a second outage", ties))) == 2
    assert len(things_of("Event", twice("a", "Event", "an outage", "the launch", ties))) == 2


def test_two_groups_of_one_article_are_one_if_they_did_one_thing():
    ties = ("leak affects tern", "leak agent one", "leak agent two")
    assert len(things_of("Group", twice("a", "Group", "a group of testers", "the testers", ties))) == 1
    assert len(things_of("Group", twice("a", "Group", "a group of testers", "hundreds of testers", ties))) == 2
    assert len(things_of("Group", twice("a", "Group", "a group of testers", "the nurses", ties))) == 2


def test_what_a_guard_held_back_is_told_with_what_spoke_for_and_against_it():
    one = twice("a", "Event", "an outage", "this outage", ("one affects tern", "two affects tern", "one agent two"))
    (apart,) = [item for item in decisions(resolved([one])) if item.predicate == vocab.DIFFERENT_FROM]
    assert apart.evidence[0].reason.startswith(
        "told apart -12 (one article relates them: agent); own tie +2.5 (affects Tern); same noun +1"
    )
