"""The same full name: the same thing, unless kinds, makers or times speak against it."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator, Mapping

from kg import forms, likeness
from kg.blocks import Blocks
from kg.profiles import Decision, Find, Profile, decision, once, records

NAME = "full_names"
_MOST = 12  # things of one name that are told apart


def full_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about entities that have a full name in common, first those of one type, then those of several.

    First and last names alone, mere versions ("2.5") and descriptions don't count. Where a name is shared by types that
    don't go together (a person and a model) it says that they are different.
    """
    for members in once(profiles, _blocks).still_open(find):
        types = [list(group) for _, group in itertools.groupby(members, operator.itemgetter(1))]
        for group in types:
            yield from _within([record[2:] for record in group], profiles, find)
        yield from _between([group[0][2:] for group in types], profiles, find)


def _blocks(profiles: Mapping[str, Profile]) -> Blocks:
    return Blocks(records(profiles, keys), entity=2)


def keys(profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str, str, str]]:
    """Under which key, and of which type, an entity has which full name."""
    for profile in profiles.values():
        for name in forms.full(profile.names, profile.type):
            if forms.is_strong(name, profile.type):
                yield forms.key(name, profile.type), profile.type, profile.id, name


def _within(members: list[tuple[str, ...]], profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins each with the first that it is the same as; what is the same as none may be so for others."""
    hubs: list[tuple[str, ...]] = []
    for one, name in members:
        root = find(one)
        if any(hub[0] != one and find(hub[0]) == root for hub in hubs):
            continue  # they are one already
        found = (_decided(hub, (one, name), profiles, find) for hub in hubs if hub[0] != one)
        same = next((each for each in found if each.same), None)
        if same:
            yield same
        elif len(hubs) < _MOST:
            hubs.append((one, name))


def _between(hubs: list[tuple[str, ...]], profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    for place, one in enumerate(hubs):
        for two in hubs[place + 1 :]:
            if find(one[0]) != find(two[0]):
                yield _decided(one, two, profiles, find)


def _decided(one: tuple[str, ...], two: tuple[str, ...], profiles: Mapping[str, Profile], find: Find) -> Decision:
    verdict = likeness.by_name(profiles[one[0]], one[1], profiles[two[0]], two[1], profiles, find)
    return decision(one[0], two[0], verdict, NAME)
