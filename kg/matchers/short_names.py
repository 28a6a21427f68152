"""A short form of a full name that leaves no choice: "Krogh" where one Hjalmar Krogh is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg import phrases
from kg.matchers import _keys
from kg.profiles import ORGANISATIONS, Decision, Find, Profile

NAME = "short_names"
SCORE = 0.8

_NEVER = frozenset({"Event"})
_TAILS = phrases.listed("""
ab ag ai bv capital co company computing compute corp corporation electronics gmbh group holding holdings inc
incorporated intelligence labs limited llc ltd motor motors networks nv oy pbc platforms plc robotics sa sas
semiconductor software systems technologies technology therapeutics ventures
""")
"""What an organisation's name may lose and still be its own, without the name of a unit or a brand being lost."""

_LOOSE_TIES = frozenset({"role", "locatedIn", "quantity", "capability", "eventDate", "releaseDate", "announcedDate"})


def short_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins an entity known by a short name only with the one thing that has this name as a short form.

    Nothing is said where there are two such things, nor where a version or size would be lost ("Llama", "Llama 3"). An
    organisation may lose words such as "Group"; else the two must stand in one article, or be tied by a relation to
    the same thing.
    """
    waiting, owners = _blocks(profiles)
    clusters: dict[str, list[Profile]] = {}
    for profile in profiles.values():
        clusters.setdefault(find(profile.id), []).append(profile)
    neighbours = {root: _neighbours(members, find) for root, members in clusters.items()}
    for block, shorts in sorted(waiting.items()):
        found = {find(two.id): two for two in reversed(owners.get(block, []))}
        for one, name in shorts:
            others = found.keys() - {find(one.id)}
            if len(others) == 1:
                root = others.pop()
                common = neighbours[find(one.id)] & neighbours[root]
                if reason := _reason(one, name, clusters[root], common):
                    yield Decision(found[root].id, one.id, same=True, score=SCORE, reason=reason, matcher=NAME)


Block = dict[tuple[str, str], list[Profile]]


def _blocks(profiles: Mapping[str, Profile]) -> tuple[dict[tuple[str, str], list[tuple[Profile, str]]], Block]:
    """Those known by a short name only, and those that have a longer name too, by type and short name."""
    waiting: dict[tuple[str, str], list[tuple[Profile, str]]] = {}
    owners: Block = {}
    for profile in profiles.values():
        if profile.type in _NEVER:
            continue
        whole = set(_keys.full(profile.names, profile.type))
        for short in _shorts(profile, whole):
            owners.setdefault((profile.type, short), []).append(profile)
        if profile.names and not any(_is_long(name, profile.type) for name in whole):
            for name in whole:
                waiting.setdefault((profile.type, _keys.key(name, profile.type)), []).append((profile, name))
    return waiting, owners


def _is_long(name: str, type_: str) -> bool:
    return len(_keys.words(name, type_)) > 1 and _keys.is_strong(name, type_)


def _shorts(profile: Profile, whole: Iterable[str]) -> set[str]:
    """The short forms of its full names: those that its article uses, and of a person the last name."""
    shorts = {_keys.key(name, profile.type) for name in profile.names if name not in whole}
    if profile.type == "Person":
        shorts |= {_keys.key(name.split()[-1], "Person") for name in whole if len(name.split()) > 1}
    return shorts


def _neighbours(members: Iterable[Profile], find: Find) -> frozenset[str]:
    """What they are tied to by relations that tell something."""
    return frozenset(
        find(end)
        for profile in members
        for relation, end in profile.ties
        if relation.removeprefix("^") not in _LOOSE_TIES and "/" in end
    )


def _reason(one: Profile, name: str, others: Iterable[Profile], common: frozenset[str]) -> str:
    """Why the two are one, "" if there is no reason."""
    mine = _keys.words(name, one.type)
    fuller = (text for other in others for text in other.names if set(mine) < set(_keys.words(text, other.type)))
    full = min(fuller, key=lambda text: (len(text), text), default="")
    lost = [word for word in _keys.words(full, one.type) if word not in mine]
    known = f"“{name}” is a short form of “{full}” and of no other name of this type"
    if not full or (one.type != "Person" and any(char.isdigit() for word in lost for char in word)):
        return ""
    if one.type in ORGANISATIONS:
        if _TAILS.issuperset(lost):
            return known
        if _keys.words(full, one.type)[: len(mine)] == mine:  # Google and Google Cloud
            return ""
    if one.document in {other.document for other in others}:
        return f"{known}, in one article"
    return f"{known}, and both are tied to {len(common)} same thing{'s'[: len(common) != 1]}" if common else ""
