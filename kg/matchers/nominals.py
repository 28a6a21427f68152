"""What has no name ("the leak"): the same where it is described by the same noun and tied to the same things."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from kg import forms, phrases
from kg.profiles import Decision, Find, Profile, Tie, apart_in_time

NAME = "nominals"
SCORE = 0.7
_TIES = {
    "Event": frozenset({"affects", "agent", "raised", "amount", "eventDate", "participant", "reportedBy", "hostedOn"}),
    "Work": frozenset({"addressedTo", "creator", "signedBy", "hostedOn", "quantity", "releaseDate", "^creator"}),
    "Group": frozenset({"leaked", "sued", "^agent", "^signedBy", "^creator", "^memberOf", "^addressedTo"}),
}
"""The relations that tell such things apart, by type."""

_DECISIVE = {
    "Event": frozenset({"affects"}),
    "Group": frozenset({"leaked", "^agent", "^signedBy", "^memberOf"}),
}
"""Of them, those of which one in common is enough, if it leads to a thing of _UNIQUE."""

_AIDES = frozenset({"participant", "reportedBy", "hostedOn", "agent"})
"""Ties that many events of a kind have in common, so that two of them, agents aside, are not enough."""

_MADE = frozenset({"Model", "Product", "Dataset", "Work"})
_UNIQUE = _MADE | {"Law", "Event", "Person"}
_VAGUE = phrases.listed("""
event incident case matter issue move act action situation story news affair thing step project effort work group
people person one member part company text document
""")
_MOST = 12  # ties of one thing, or kinds in one block, that are looked at: more would make pairs without end


def nominals(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins events, works and groups of different articles that share a head noun and two ties, or a decisive one.

    "The leak" and "a controversial leak" that both affect Sora are one, and so is "the Sora leak"; so are two open
    letters addressed to one company and hosted in one place. Not those that differ in an ordinal, a letter or a number
    ("Series A", "Series B"), that are mere counts ("hundreds of artists"), or whose articles were published half a year
    apart. That their dates differ does not hinder: that is a dispute, to be shown.
    """
    blocks: dict[tuple[str, str, tuple[Tie, ...]], list[Profile]] = {}
    named = _named(profiles)
    for profile in profiles.values():
        ties = profile.ties | _described(profile, named)
        for noun in _heads(profile):
            for ground in _grounds(profile.type, ties, profiles, find):
                blocks.setdefault((profile.type, noun, ground), []).append(profile)
    for (_, noun, ground), members in sorted(blocks.items()):
        yield from _star(noun, ground, sorted(members, key=lambda item: item.id), profiles)


def _heads(profile: Profile) -> list[str]:
    """The nouns that it is described by, those left out that say nothing; none for mere counts."""
    if profile.type not in _TIES or all(map(phrases.is_quantified, profile.descriptions)):
        return []
    found = {phrases.head(text) for text in profile.descriptions if not phrases.is_quantified(text)}
    return sorted(noun for noun in found if noun and noun not in _VAGUE)


def _named(profiles: Mapping[str, Profile]) -> dict[tuple[str, str], str]:
    """By article and name, the things of which each is one of a kind."""
    return {
        (profile.document, forms.key(name, profile.type)): profile.id
        for profile in profiles.values()
        if profile.type in _MADE
        for name in profile.names
    }


def _described(profile: Profile, named: Mapping[tuple[str, str], str]) -> frozenset[Tie]:
    """The thing that an event's description names: "the Sora leak" affects Sora."""
    told = (each for text in profile.descriptions for each in phrases.modifiers(text))
    keys = [(profile.document, forms.key(each, "Model")) for each in told] if profile.type == "Event" else []
    return frozenset(("affects", named[key]) for key in keys if key in named)


def _grounds(
    type_: str, ties: frozenset[Tie], profiles: Mapping[str, Profile], find: Find
) -> Iterator[tuple[Tie, ...]]:
    """The combinations of ties that are enough to tell which one it is."""
    telling = sorted({(name, find(end)) for name, end in ties if name in _TIES[type_]})[:_MOST]
    for tie in telling:
        end = profiles.get(tie[1])
        if end and end.type in _UNIQUE and tie[0] in _DECISIVE.get(type_, ()):
            yield (tie,)
    for one, two in itertools.combinations(telling, 2):
        if not {one[0], two[0]} <= _AIDES or one[0] == two[0] == "agent":
            yield one, two


def _star(
    noun: str, ties: tuple[Tie, ...], members: list[Profile], profiles: Mapping[str, Profile]
) -> Iterator[Decision]:
    """Joins each member with the first that nothing speaks against."""
    hubs: list[Profile] = []
    for member in members:
        hub = next((hub for hub in hubs if _agree(hub, member)), None)
        if hub is None:
            hubs += [member] if len(hubs) < _MOST else []
            continue
        common = " and ".join(f"{name.removeprefix('^')} {_called(end, profiles)}" for name, end in ties)
        reason = f"both are described as “{noun}” and have in common: {common}"
        yield Decision(hub.id, member.id, same=True, score=SCORE, reason=reason, matcher=NAME)


def _agree(one: Profile, two: Profile) -> bool:
    if one.document == two.document:
        return False
    mine, other = _marks(one), _marks(two)
    if mine and other and not mine & other:
        return False
    return not apart_in_time(one, two)


def _marks(profile: Profile) -> frozenset[str]:
    return frozenset().union(*map(phrases.marks, profile.descriptions))


def _called(end: str, profiles: Mapping[str, Profile]) -> str:
    profile = profiles.get(end)
    names = (profile.names or profile.descriptions) if profile else ()
    return min(names, default=end.rsplit("/", 1)[-1])
