from __future__ import annotations

from kg import vocab
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import MATCHERS, lexicon
from kg.profiles import Profile
from kg.resolve import resolve
from tests import careful


def profile(key, type_, *names):
    return Profile(f"doc{key}#e", f"doc{key}", type_, dict.fromkeys(names, 1), {}, frozenset())


def joined(*found):
    return [(d.one, d.two, d.score) for d in lexicon({each.id: each for each in found}, lambda iri: iri)]


def together(*entities):
    """The names of the things that articles make, each of which names one entity."""
    annotations = [
        careful.annotation(f"article-{place}", f"{name} was in the news.", {"e": (type_, [name])}, [])
        for place, (type_, name) in enumerate(entities)
    ]
    statements = (item for annotation in annotations for item in lift(annotation))
    graph = resolve(Graph(statements, (item.document for item in annotations)), matchers=MATCHERS)
    return sorted((each.name, each.type.removeprefix(vocab.KG)) for each in graph.entities.values())


def test_an_alias_joins_and_says_why():
    one, two = profile(1, "Company", "Andreessen Horowitz"), profile(2, "Company", "a16z")
    (decision,) = lexicon({each.id: each for each in (one, two)}, lambda iri: iri)
    assert (decision.one, decision.two, decision.same, decision.score) == ("doc1#e", "doc2#e", True, 0.999)
    assert decision.reason == (
        "known alias +6 (both are known as Andreessen Horowitz); in articles +1 (read as names); "
        "same type +0.5 (Company)"
    )


def test_types_that_go_together_but_differ_say_less():
    found = joined(profile(1, "Media", "TechCrunch"), profile(2, "Product", "Tech Crunch"))
    (known,) = lexicon(
        {each.id: each for each in (profile(1, "Lab", "Meta AI"), profile(2, "Product", "AI at Meta"))}, lambda iri: iri
    )
    assert found == []  # an equal name, for others to say
    assert [feature.name for feature in known.features] == ["known alias", "in articles"]


def test_equal_names_and_unknown_names_are_left_to_others():
    assert joined(profile(1, "Company", "OpenAI"), profile(2, "Company", "Open AI")) == []
    assert joined(profile(1, "Company", "Zorblax"), profile(2, "Company", "Zorblax Two")) == []


def test_a_short_form_that_is_known_joins_what_articles_call_more_fully():
    one = Profile("doc1#e", "doc1", "Company", {"Apple": 3}, {}, frozenset())
    two = Profile("doc2#e", "doc2", "Company", {"Apple Computer": 2, "Apple": 1}, {}, frozenset())
    (decision,) = lexicon({each.id: each for each in (one, two)}, lambda iri: iri)
    assert (decision.one, decision.two, decision.same) == ("doc1#e", "doc2#e", True)


def test_a_name_of_several_meanings_joins_nothing():
    assert joined(profile(1, "Place", "New York City"), profile(2, "Place", "New York")) == []


def test_in_a_graph_aliases_are_one_thing_and_units_are_not():
    assert together(("Place", "U.S."), ("Place", "United States")) == [("United States", "Place")]
    assert len(together(("Company", "Google"), ("Lab", "Google DeepMind"), ("Company", "Google Cloud"))) == 3


def test_two_known_things_never_fuse_whatever_a_matcher_says():
    assert len(together(("Company", "Meta"), ("Company", "Meta AI"))) == 2


def test_an_outlet_keeps_the_type_that_is_known():
    same = [("Company", "TechCrunch"), ("Company", "TechCrunch"), ("Media", "TechCrunch")]
    assert together(*same) == [("TechCrunch", "Media")]
