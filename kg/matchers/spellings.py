"""Other spellings of one name: "Claude 4 Opus" and "Claude Opus 4", "Open AI" and "OpenAI"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import forms, likeness, parts
from kg.profiles import Decision, Find, Profile, decision
from kg.weights import SAME

NAME = "spellings"
_TYPES = frozenset({"Model", "Product", "Dataset", "Company", "Lab", "University", "Nonprofit", "Media"})
_MANY = 12  # things of one block that are told apart


def spellings(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins entities whose names have the same words and numbers, if that is sure.

    Only those of things that have versions and of organisations. Each is compared with the first of its block that is
    another thing so far.
    """
    blocks: dict[tuple[object, ...], list[tuple[Profile, str]]] = {}
    for _, profile in sorted(profiles.items()):
        if profile.type in _TYPES:
            for name in forms.full(profile.names, profile.type):
                if forms.is_strong(name, profile.type):
                    blocks.setdefault(_block(name), []).append((profile, name))
    for members in blocks.values():
        hubs: dict[str, tuple[Profile, str]] = {}
        for one, name in members:
            yield from _same(one, name, hubs, profiles, find)


def _block(name: str) -> tuple[object, ...]:
    found = parts.parts(name)
    return "".join(sorted(found.joined)), tuple(sorted(found.numbers)), tuple(sorted(found.sizes)), found.stamp


def _same(
    one: Profile, name: str, hubs: dict[str, tuple[Profile, str]], profiles: Mapping[str, Profile], find: Find
) -> Iterator[Decision]:
    root = find(one.id)
    if root in hubs or len(hubs) >= _MANY:
        return
    for hub, called in hubs.values():
        if called != name:
            verdict = likeness.by_name(hub, called, one, name, profiles, find)
            if verdict.decision == SAME:
                yield decision(hub.id, one.id, verdict, NAME)
                return
    hubs[root] = (one, name)
