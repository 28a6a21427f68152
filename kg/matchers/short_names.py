"""A short form of a full name that leaves no choice: "Krogh" where one Hjalmar Krogh is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.matchers import _keys
from kg.profiles import Decision, Find, Profile

NAME = "short_names"
SCORE = 0.8

_NEEDS_TIE = frozenset({"Person", "Model", "Product", "Dataset"})
_LOOSE_TIES = frozenset({"role", "locatedIn", "quantity", "capability", "eventDate", "releaseDate", "announcedDate"})


def short_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins an entity known by a short name only with the one thing that has this name as a short form.

    Nothing is said where there are two such things. Persons, models, products and data sets must also be of one
    article, or be tied by a relation to the same thing; other things need not.
    """
    waiting, owners = _blocks(profiles)
    clusters: dict[str, list[Profile]] = {}
    for profile in profiles.values():
        clusters.setdefault(find(profile.id), []).append(profile)
    neighbours = {root: _neighbours(members, find) for root, members in clusters.items()}
    for (type_, key), shorts in sorted(waiting.items()):
        found = owners.get((type_, key), [])
        for one, name in sorted(shorts, key=lambda pair: pair[0].id):
            others = {find(two.id) for two in found} - {find(one.id)}
            if len(others) != 1:
                continue
            two = min((item for item in found if find(item.id) in others), key=lambda item: item.id)
            if reason := _reason(one, name, clusters[find(two.id)], neighbours[find(one.id)] & neighbours[find(two.id)]):
                yield Decision(two.id, one.id, same=True, score=SCORE, reason=reason, matcher=NAME)


Block = dict[tuple[str, str], list[Profile]]


def _blocks(profiles: Mapping[str, Profile]) -> tuple[dict[tuple[str, str], list[tuple[Profile, str]]], Block]:
    """Those known by a short name only, and those that have a longer name too, by type and short name."""
    waiting: dict[tuple[str, str], list[tuple[Profile, str]]] = {}
    owners: Block = {}
    for profile in profiles.values():
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
        shorts |= {parts[-1] for name in whole if len(parts := _keys.words(name, "Person")) > 1}
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
    mine = set(_keys.words(name, one.type))
    fuller = (text for other in others for text in other.names if mine < set(_keys.words(text, other.type)))
    full = min(fuller, key=lambda text: (len(text), text), default="another name")
    known = f"“{name}” is a short form of “{full}” and of no other name of this type"
    if one.type not in _NEEDS_TIE:
        return known
    if one.document in {other.document for other in others}:
        return f"{known}, in one article"
    return f"{known}, and both are tied to {len(common)} same thing{'s'[: len(common) != 1]}" if common else ""
