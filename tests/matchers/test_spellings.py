from __future__ import annotations

from kg.matchers import spellings
from kg.profiles import Profile


def profile(key, type_, *names):
    return Profile(f"doc{key}#e", f"doc{key}", type_, dict.fromkeys(names, 1), {}, frozenset())


def joined(*found):
    return [(d.one, d.two) for d in spellings({each.id: each for each in found}, lambda iri: iri)]


def test_another_order_of_the_words_is_the_same_name():
    found = {each.id: each for each in (profile(1, "Model", "Claude 4 Opus"), profile(2, "Model", "Claude Opus 4"))}
    (decision,) = spellings(found, lambda iri: iri)
    assert (decision.one, decision.two, decision.score) == ("doc1#e", "doc2#e", 0.998)
    assert decision.reason.startswith("equal name +5 (“Claude 4 Opus” and “Claude Opus 4”); ")


def test_another_version_and_another_kind_are_not():
    assert joined(profile(1, "Model", "Tern 4 Pro"), profile(2, "Model", "Tern Pro 5")) == []
    assert joined(profile(1, "Model", "Tern 4 Pro"), profile(2, "Dataset", "Tern Pro 4")) == []
