"""Names that the lexicon knows as one thing: "a16z" and "Andreessen Horowitz"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import forms, likeness
from kg.lexicon import Entry, known
from kg.profiles import Decision, Find, Profile, decision, in_order

NAME = "lexicon"


def lexicon(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about entities whose names mean the same known thing, each with the first of them.

    Names alone that are too weak to tell (a last name) and names of several meanings don't count. Things known as two
    are kept apart by `kg.resolve`, not by proposals.
    """
    hubs: dict[Entry, tuple[Profile, str]] = {}
    for profile in in_order(profiles):
        strong = [name for name in profile.names if forms.is_strong(name, profile.type)]
        entry = known(tuple(profile.names), profile.type) if strong else None
        if entry is None:
            continue
        name = next((each for each in strong if known((each,), profile.type) == entry), strong[0])
        hub, called = hubs.setdefault(entry, (profile, name))
        if find(hub.id) != find(profile.id) and not _equal(hub, called, profile, name):
            yield decision(hub.id, profile.id, likeness.by_name(hub, called, profile, name, profiles, find), NAME)


def _equal(one: Profile, called: str, two: Profile, name: str) -> bool:
    """Whether the names are equal, and full ones in both articles, so that they say enough without the lexicon."""
    keys = [forms.key(called, one.type), forms.key(name, two.type)]
    full = ({forms.key(each, of.type) for each in forms.full(of.names, of.type)} for of in (one, two))
    return keys[0] == keys[1] and all(keys[0] in known_by for known_by in full)
