"""Other spellings of one name: "Claude 4 Opus" and "Claude Opus 4", "Open AI" and "OpenAI"."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from kg import forms, likeness, parts
from kg.blocks import Blocks
from kg.profiles import Decision, Find, Profile, decision, once, records
from kg.weights import SAME

NAME = "spellings"
_TYPES = frozenset({"Model", "Product", "Dataset", "Company", "Lab", "University", "Nonprofit", "Media"})
_MANY = 12  # things of one block that are told apart


def spellings(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins entities whose names have the same words and numbers, if that is sure.

    Only those of things that have versions and of organisations. Each is compared with the first of its block that is
    another thing so far.
    """
    for members in once(profiles, _blocks).still_open(find):
        hubs: dict[str, tuple[Profile, str]] = {}
        for _, iri, _, name in members:
            yield from _same(iri, name, hubs, profiles, find)


def _blocks(profiles: Mapping[str, Profile]) -> Blocks:
    return Blocks(records(profiles, keys), entity=1)


def keys(profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str, int, str]]:
    """In which block an entity is by its full names, in their order."""
    for profile in profiles.values():
        if profile.type in _TYPES:
            for number, name in enumerate(forms.full(profile.names, profile.type)):
                if forms.is_strong(name, profile.type):
                    yield _block(name), profile.id, number, name


@functools.lru_cache(1 << 14)
def _block(name: str) -> str:
    found = parts.parts(name)
    return repr(("".join(sorted(found.joined)), sorted(found.numbers), sorted(found.sizes), found.stamp))


def _same(
    iri: str, name: str, hubs: dict[str, tuple[Profile, str]], profiles: Mapping[str, Profile], find: Find
) -> Iterator[Decision]:
    root = find(iri)
    if root in hubs or len(hubs) >= _MANY:
        return
    one = profiles[iri]
    for hub, called in hubs.values():
        if called != name and likeness.may_be_same(hub, called, one, name):
            verdict = likeness.by_name(hub, called, one, name, profiles, find)
            if verdict.decision == SAME:
                yield decision(hub.id, one.id, verdict, NAME)
                return
    hubs[root] = (one, name)
