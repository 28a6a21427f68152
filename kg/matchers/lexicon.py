"""Names that the lexicon knows as one thing: "a16z" and "Andreessen Horowitz"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import forms, likeness
from kg.lexicon import Entry, known
from kg.profiles import Decision, Find, Profile, decision, once, records
from kg.runs import Runs

NAME = "lexicon"


def lexicon(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about entities whose names mean the same known thing, each with the first of them.

    Names alone that are too weak to tell (a last name) and names of several meanings don't count. Things known as two
    are kept apart by `kg.resolve`, not by proposals.
    """
    for hub, called, iri, name in once(profiles, _pairs):
        if find(hub) != find(iri):
            verdict = likeness.by_name(profiles[hub], called, profiles[iri], name, profiles, find)
            yield decision(hub, iri, verdict, NAME)


def _pairs(profiles: Mapping[str, Profile]) -> Runs[tuple[str, str, str, str]]:
    """The first entity that is a known thing with each other one, and their names, unless these are equal."""
    return Runs(_known(profiles))


def _known(profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str, str, str]]:
    hubs: dict[Entry, tuple[Profile, str]] = {}
    for profile in (profiles[iri] for (iri,) in Runs(records(profiles, keys))):
        strong, entry = _strong(profile), known(tuple(profile.names), profile.type)
        if entry is None:
            continue
        name = next((each for each in strong if known((each,), profile.type) == entry), strong[0])
        hub, called = hubs.setdefault(entry, (profile, name))
        if hub is not profile and not _equal(hub, called, profile, name):
            yield hub.id, called, profile.id, name


def keys(profiles: Mapping[str, Profile]) -> Iterator[tuple[str]]:
    """The entities that are a known thing."""
    for profile in profiles.values():
        if _strong(profile) and known(tuple(profile.names), profile.type):
            yield (profile.id,)


def _strong(profile: Profile) -> list[str]:
    """Its names that tell which thing it is."""
    return [name for name in profile.names if forms.is_strong(name, profile.type)]


def _equal(one: Profile, called: str, two: Profile, name: str) -> bool:
    """Whether the names are equal, and full ones in both articles, so that they say enough without the lexicon."""
    keys = [forms.key(called, one.type), forms.key(name, two.type)]
    full = ({forms.key(each, of.type) for each in forms.full(of.names, of.type)} for of in (one, two))
    return keys[0] == keys[1] and all(keys[0] in known_by for known_by in full)
