from __future__ import annotations

from kg.likeness import by_name, by_noun, may_be_same, nouns, stories
from kg.profiles import Profile
from kg.weights import DIFFERENT, SAME, UNSURE


def profile(key, type_, *names, ties=(), published="", descriptions=None):
    document = f"doc{key}"
    called = dict.fromkeys(names, 1)
    return Profile(f"{document}#{key}", document, type_, called, descriptions or {}, frozenset(ties), published)


def named(one, two, *others):
    listed = {each.id: each for each in (one, two, *others)}
    return by_name(one, next(iter(one.names)), two, next(iter(two.names)), listed, lambda iri: iri)


def said(verdict):
    return {feature.name for feature in verdict.features}


def test_one_name_read_in_two_articles_is_one_thing_even_if_it_is_a_plain_word():
    verdict = named(profile(1, "Model", "Tern"), profile(2, "Model", "Tern"))
    assert verdict.decision == SAME
    assert said(verdict) == {"equal name", "common name", "in articles", "same type"}


KESTREL, QUAYSIDE = profile(3, "Company", "Kestrel"), profile(4, "Company", "Quayside")


def test_one_plain_name_of_two_makers_is_for_a_person_to_decide():
    one = profile(1, "Model", "Tern", ties=[("developer", KESTREL.id)])
    two = profile(2, "Model", "Tern", ties=[("developer", QUAYSIDE.id)])
    verdict = named(one, two, KESTREL, QUAYSIDE)
    assert verdict.decision == UNSURE
    assert "makers apart" in said(verdict)


def test_makers_in_another_spelling_are_one_maker():
    other = profile(5, "Company", "Kestrel, Inc.")
    one = profile(1, "Model", "Tern", ties=[("developer", KESTREL.id)])
    two = profile(2, "Model", "Tern", ties=[("developer", other.id)])
    verdict = named(one, two, KESTREL, other)
    assert verdict.decision == SAME
    assert "same maker" in said(verdict)


def test_what_both_are_tied_to_counts_where_names_leave_doubt():
    ties = [("competitorOf", "https://id/heron"), ("uses", "https://id/chips"), ("partnerOf", "https://id/bank")]
    one = profile(1, "Model", "Tern", ties=[("developer", KESTREL.id), *ties])
    two = profile(2, "Model", "Tern", ties=[("developer", QUAYSIDE.id), *ties])
    verdict = named(one, two, KESTREL, QUAYSIDE)
    assert [feature.name for feature in verdict.features].count("same neighbour") == 3


def test_an_app_is_not_the_firm_that_made_it_and_bears_its_name():
    firm = profile(3, "Company", "Kestrel Wellbeing")
    app, other = profile(1, "Product", "Kestrel", ties=[("developer", firm.id)]), profile(2, "Company", "Kestrel")
    assert named(app, other, firm).decision == DIFFERENT
    assert named(profile(1, "Product", "Kestrel"), other).decision == SAME


def test_a_yearly_event_is_another_one_half_a_year_later():
    one, two, three = (profile(n, "Event", "Tern Days", published=day) for n, day in enumerate(DAYS))
    assert named(one, two).decision == SAME
    assert named(one, three).decision == UNSURE


DAYS = ("2024-05-01", "2024-06-01", "2025-05-02")


def event(key, description, *ties):
    return profile(key, "Event", ties=ties, descriptions={description: 1})


def test_the_nouns_that_tell_something_come_before_those_that_tell_nothing():
    def described(**texts):
        return nouns(profile(1, "Event", descriptions={text.replace("_", " "): n for text, n in texts.items()}))

    assert described(leak=1, unexpected_incident=3) == {"leak"}
    assert described(unexpected_incident=3) == {""}
    assert described(leak=3, outage=1) == {"leak"}
    assert described(hundreds_of_artists=1) == set()


def test_an_event_in_common_makes_a_story_of_two_articles():
    letters = [profile(n, "Work", ties=[("addressedTo", "id/k")], descriptions={"open letter": 1}) for n in (1, 2)]
    leaks = [Profile(f"doc{n}#leak", f"doc{n}", "Event", {}, {"leak": 1}, frozenset()) for n in (1, 2)]
    listed = {each.id: each for each in (*letters, *leaks)}

    def one_leak(iri):
        return iri.replace("doc2#leak", "doc1#leak")

    alone = by_noun(*letters, listed, str, stories(listed, str))
    told = by_noun(*letters, listed, one_leak, stories(listed, one_leak))
    assert (alone.decision, told.decision) == (UNSURE, SAME)
    assert "same story" in said(told)


def test_a_word_that_tells_apart_outweighs_what_is_in_common():
    ties = (("affects", "id/tern"), ("agent", "id/k"))
    one, two = event(1, "first lawsuit", *ties), event(2, "second lawsuit", *ties)
    assert by_noun(one, two, {one.id: one, two.id: two}, str, lambda _: frozenset()).decision == DIFFERENT


def test_names_that_share_nothing_are_not_the_same_whatever_they_are_tied_to():
    one, two = profile(1, "Model", "Tern 3"), profile(2, "Model", "Rent 3")
    assert not may_be_same(one, "Tern 3", two, "Rent 3")
    assert may_be_same(one, "Tern 3", two, "Tern 3")
