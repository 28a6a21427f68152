"""The same full name: the same thing, unless kinds, makers or times speak against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import forms, likeness
from kg.profiles import Decision, Find, Profile, decision

NAME = "full_names"
_MOST = 12  # things of one name that are told apart


def full_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about entities that have a full name in common, first those of one type, then those of several.

    First and last names alone, mere versions ("2.5") and descriptions don't count. Where a name is shared by types that
    don't go together (a person and a model) it says that they are different.
    """
    blocks: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for profile in profiles.values():
        for name in forms.full(profile.names, profile.type):
            if forms.is_strong(name, profile.type):
                group = blocks.setdefault(forms.key(name, profile.type), {}).setdefault(profile.type, [])
                group.append((profile.id, name))
    for groups in blocks.values():
        for _, members in sorted(groups.items()):
            yield from _within(sorted(members), profiles, find)
        yield from _between([min(members) for _, members in sorted(groups.items())], profiles, find)


def _within(members: list[tuple[str, str]], profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins each with the first that it is the same as; what is the same as none may be so for others."""
    hubs: list[tuple[str, str]] = []
    for one, name in members:
        found = (_decided(hub, (one, name), profiles, find) for hub in hubs if hub[0] != one)
        same = next((each for each in found if each.same), None)
        if same:
            yield same
        elif len(hubs) < _MOST:
            hubs.append((one, name))


def _between(hubs: list[tuple[str, str]], profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    for place, one in enumerate(hubs):
        for two in hubs[place + 1 :]:
            if find(one[0]) != find(two[0]):
                yield _decided(one, two, profiles, find)


def _decided(one: tuple[str, str], two: tuple[str, str], profiles: Mapping[str, Profile], find: Find) -> Decision:
    verdict = likeness.by_name(profiles[one[0]], one[1], profiles[two[0]], two[1], profiles, find)
    return decision(one[0], two[0], verdict, NAME)
