"""What has no name ("the leak"): the same where it is described by the same noun and tied to the same things."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from kg import forms, likeness, phrases
from kg.profiles import Decision, Find, Profile, Tie, decision

NAME = "nominals"
_GROUPS = {"Collective": "Group"}
_MOST = 12  # ties of one thing, or kinds in one block, that are looked at: more would make pairs without end


def nominals(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about events, works and groups that share a head noun and a tie, or a tie that few have in common.

    "The leak" and "a controversial leak" that both affect Sora are one, and so is "the Sora leak"; so are two open
    letters addressed to one company and hosted in one place. Not those that differ in an ordinal, a letter or a number
    ("Series A", "Series B"), that are mere counts ("hundreds of artists"), or whose articles were published half a year
    apart. That their dates differ does not hinder: that is a dispute, to be shown.
    """
    named, stories = _named(profiles), likeness.stories(profiles, find)
    blocks: dict[tuple[str, ...], list[Profile]] = {}
    for profile in profiles.values():
        if profile.type in likeness.TIES and (nouns := likeness.nouns(profile)):
            tied = _described(profile, named)
            for key in _keys(tied, nouns, profiles, find):
                blocks.setdefault((_GROUPS.get(profile.type, profile.type), *key), []).append(tied)
    found: dict[tuple[str, str], Decision] = {}
    for _, members in sorted(blocks.items()):
        yield from _star(sorted(members, key=lambda each: each.id), profiles, find, stories, found)


def _star(
    members: list[Profile],
    profiles: Mapping[str, Profile],
    find: Find,
    stories: Mapping[str, frozenset[str]],
    found: dict[tuple[str, str], Decision],
) -> Iterator[Decision]:
    """Joins each member with the first that it is the same as, and tells of those of which it is unsure."""
    hubs: list[Profile] = []
    for member in members:
        same = False
        for hub in hubs:
            pair = (hub.id, member.id)
            if pair not in found:
                found[pair] = decision(*pair, likeness.by_noun(hub, member, profiles, find, stories), NAME)
                if found[pair].same is not False:
                    yield found[pair]
            same = bool(found[pair].same)
            if same:
                break
        if not same and len(hubs) < _MOST:
            hubs.append(member)


def _keys(
    profile: Profile, nouns: Iterable[str], profiles: Mapping[str, Profile], find: Find
) -> Iterator[tuple[str, ...]]:
    """Under what it may meet others: each noun with each tie, and any noun with a tie that few have."""
    ties = sorted(likeness.ties(profile, profiles, find).items())
    for (relation, end), kind in ties[:_MOST]:
        if kind == "own tie":
            yield "", relation, end
        for noun in sorted(set(nouns) - {""}):
            yield noun, relation, end


def _named(profiles: Mapping[str, Profile]) -> dict[tuple[str, str], str]:
    """By article and name, the things of which each is one of a kind."""
    return {
        (profile.document, forms.key(name, profile.type)): profile.id
        for profile in profiles.values()
        if profile.type in likeness.MADE
        for name in profile.names
    }


def _described(profile: Profile, named: Mapping[tuple[str, str], str]) -> Profile:
    """An event with the thing that its description names among its ties: "the Sora leak" affects Sora."""
    told = (each for text in profile.descriptions for each in phrases.modifiers(text))
    keys = [(profile.document, forms.key(each, "Model")) for each in told] if profile.type == "Event" else []
    more: set[Tie] = {("affects", named[key]) for key in keys if key in named}
    return dataclasses.replace(profile, ties=profile.ties | more) if more else profile
