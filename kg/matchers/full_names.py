"""The same full name, and types that go together: the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import forms
from kg.profiles import Decision, Find, Profile, apart_in_time, compatible

NAME = "full_names"
SAME_TYPE, OTHER_TYPE = 0.99, 0.9
_MOST = 12  # years of one event that are told apart


def full_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins entities that have a full name in common, first those of one type, then those of types that go together.

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
        for type_, members in sorted(groups.items()):
            yield from _within(type_, sorted(members), profiles)
        yield from _between(groups, find)


def _within(type_: str, members: list[tuple[str, str]], profiles: Mapping[str, Profile]) -> Iterator[Decision]:
    """Joins each with the first; of events, which recur from year to year, with the first that is near in time."""
    hubs: list[tuple[str, str]] = []
    for one, name in members:
        hub = next(
            (hub for hub in hubs if type_ != "Event" or not apart_in_time(profiles[hub[0]], profiles[one])), None
        )
        if hub is None:
            hubs += [(one, name)] if len(hubs) < _MOST else []
        elif hub[0] != one:
            reason = f"both are of type {type_} and called {_both(hub[1], name)}"
            yield Decision(hub[0], one, same=True, score=SAME_TYPE, reason=reason, matcher=NAME)


def _between(groups: Mapping[str, list[tuple[str, str]]], find: Find) -> Iterator[Decision]:
    hubs = [(type_, *min(members)) for type_, members in sorted(groups.items())]
    for place, (type_, one, name) in enumerate(hubs):
        for other_type, two, spelling in hubs[place + 1 :]:
            if find(one) == find(two):
                continue
            same = compatible(type_, other_type)
            called = f"both are called {_both(name, spelling)}"
            reason = f"{called}; {type_} and {other_type} {'go together' if same else 'are never one thing'}"
            yield Decision(one, two, same=same, score=OTHER_TYPE, reason=reason, matcher=NAME)


def _both(one: str, two: str) -> str:
    return f"“{one}”" if one == two else f"“{one}” and “{two}”"
