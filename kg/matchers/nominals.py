"""What has no name ("the leak"): the same where it is described by the same noun and tied to the same things."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg import forms, likeness, phrases
from kg.profiles import Decision, Find, Profile, Tie, decision, in_order, once, records
from kg.runs import Runs, grouped

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
    stories, known = likeness.stories(profiles, find), dict[bytes, bool | None]()
    for members in grouped(_blocks(once(profiles, _things), find)):
        yield from _star([_Member(*record[1:]) for record in members], profiles, find, stories, known)


class _Member(NamedTuple):
    """A thing in a block, with the ties that it has beside those of its profile."""

    id: str
    more: tuple[Tie, ...]


class _Thing(NamedTuple):
    """A thing that may be one with others: its kind, the nouns for it, and its ties: relation, end and kind."""

    id: str
    type: str
    nouns: tuple[str, ...]
    ties: tuple[tuple[str, str, str], ...]
    more: tuple[Tie, ...]


def _things(profiles: Mapping[str, Profile]) -> Runs[tuple[object, ...]]:
    return Runs(map(tuple, records(profiles, keys)))


def keys(profiles: Mapping[str, Profile]) -> Iterator[_Thing]:
    """The things that may be one with others, without what is one so far."""
    for _, group in itertools.groupby(in_order(profiles), operator.attrgetter("document")):
        members = list(group)
        if all(profile.type not in likeness.TIES for profile in members):
            continue
        named = _named(members)
        for profile in members:
            if profile.type in likeness.TIES and (nouns := likeness.nouns(profile)):
                more = _described(profile, named)
                type_ = _GROUPS.get(profile.type, profile.type)
                ties = tuple(likeness.telling(_tied(profile, more), profiles))
                yield _Thing(profile.id, type_, tuple(sorted(nouns - {""})), ties, more)


def _blocks(things: Iterable[tuple[object, ...]], find: Find) -> Iterator[tuple[str, str, tuple[Tie, ...]]]:
    """Under which keys a thing may meet others."""
    for thing in itertools.starmap(_Thing, things):
        for key in _keys(thing, find):
            yield "\x1f".join((thing.type, *key)), thing.id, thing.more


def _star(
    members: list[_Member],
    profiles: Mapping[str, Profile],
    find: Find,
    stories: likeness.Stories,
    known: dict[bytes, bool | None],
) -> Iterator[Decision]:
    """Joins each member with the first that it is the same as, and tells of those of which it is unsure.

    `known` is what was said before, of pairs that met in another block; in digests, since there are many.
    """
    hubs: list[_Member] = []
    for member in members:
        same: bool | None = False
        for hub in hubs:
            pair = hashlib.blake2b(f"{hub.id} {member.id}".encode(), digest_size=16).digest()
            if pair not in known:
                one, two = (_tied(profiles[each.id], each.more) for each in (hub, member))
                found = decision(hub.id, member.id, likeness.by_noun(one, two, profiles, find, stories), NAME)
                known[pair] = found.same
                if found.same is not False:
                    yield found
            same = known[pair]
            if same:
                break
        if not same and len(hubs) < _MOST:
            hubs.append(member)


def _keys(thing: _Thing, find: Find) -> Iterator[tuple[str, ...]]:
    """Under what it may meet others: each noun with each tie, and any noun with a tie that few have."""
    ties = {(relation, find(end)): kind for relation, end, kind in thing.ties}
    for (relation, end), kind in sorted(ties.items())[:_MOST]:
        if kind == "own tie":
            yield "", relation, end
        for noun in thing.nouns:
            yield noun, relation, end


def _named(profiles: Iterable[Profile]) -> dict[str, str]:
    """By name, the things of an article of which each is one of a kind."""
    return {
        forms.key(name, profile.type): profile.id
        for profile in profiles
        if profile.type in likeness.MADE
        for name in profile.names
    }


def _described(profile: Profile, named: Mapping[str, str]) -> tuple[Tie, ...]:
    """The ties of an event to what its description names: "the Sora leak" affects Sora."""
    told = (each for text in profile.descriptions for each in phrases.modifiers(text))
    keys = [forms.key(each, "Model") for each in told] if profile.type == "Event" else []
    return tuple(sorted({("affects", named[key]) for key in keys if key in named}))


def _tied(profile: Profile, more: tuple[Tie, ...]) -> Profile:
    return dataclasses.replace(profile, ties=profile.ties | {*more}) if more else profile
