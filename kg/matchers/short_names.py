"""A short form of a full name that leaves no choice: "Krogh" where one Hjalmar Krogh is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg import forms, likeness
from kg.profiles import ORGANISATIONS, Decision, Find, Profile, decision
from kg.weights import Feature, weigh

NAME = "short_names"

_NEVER = frozenset({"Event"})


def short_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about an entity known by a short name only and the one thing that has this name as a short form.

    Nothing is said where there are two such things, nor where what stands at the end would be lost: a version, a unit
    ("Llama", "Llama 3"; "Google", "Google Cloud"). An organisation may lose words such as "Group"; else one article, or
    what both are tied to, must speak for it too.
    """
    waiting, owners = _blocks(profiles)
    clusters: dict[str, list[Profile]] = {}
    for profile in profiles.values():
        clusters.setdefault(find(profile.id), []).append(profile)
    for block, shorts in sorted(waiting.items()):
        found = {find(two.id): two for two in reversed(owners.get(block, []))}
        for one, name in shorts:
            others = found.keys() - {find(one.id)}
            if len(others) == 1:
                (root,) = others
                if features := list(_short(one, name, clusters[root])):
                    shared = likeness.neighbours(clusters[find(one.id)], clusters[root], profiles, find)
                    yield decision(found[root].id, one.id, weigh([*features, *shared]), NAME)


Block = dict[tuple[str, str], list[Profile]]


def _blocks(profiles: Mapping[str, Profile]) -> tuple[dict[tuple[str, str], list[tuple[Profile, str]]], Block]:
    """Those known by a short name only, and those that have a longer name too, by type and short name."""
    waiting: dict[tuple[str, str], list[tuple[Profile, str]]] = {}
    owners: Block = {}
    for profile in profiles.values():
        if profile.type in _NEVER:
            continue
        whole = set(forms.full(profile.names, profile.type))
        for short in _shorts(profile, whole):
            owners.setdefault((profile.type, short), []).append(profile)
        if profile.names and not any(_is_long(name, profile.type) for name in whole):
            for name in whole:
                waiting.setdefault((profile.type, forms.key(name, profile.type)), []).append((profile, name))
    return waiting, owners


def _is_long(name: str, type_: str) -> bool:
    return len(forms.words(name, type_)) > 1 and forms.is_strong(name, type_)


def _shorts(profile: Profile, whole: Iterable[str]) -> set[str]:
    """The short forms of its full names: those that its article uses, and of a person the last name."""
    words = [set(forms.words(name, profile.type)) for name in whole]
    brief = (name for name in profile.names if any(set(forms.words(name, profile.type)) < group for group in words))
    shorts = {forms.key(name, profile.type) for name in brief}
    if profile.type == "Person":
        shorts |= {forms.key(name.split()[-1], "Person") for name in whole if len(name.split()) > 1}
    return shorts


def _short(one: Profile, name: str, others: Iterable[Profile]) -> Iterator[Feature]:
    """What speaks for the name being short for one of the others', nothing if it can't be."""
    mine = forms.words(name, one.type)
    fuller = (text for other in others for text in other.names if set(mine) < set(forms.words(text, other.type)))
    full = min(fuller, key=lambda text: (len(text), text), default="")
    if not full:
        return
    if one.type in ORGANISATIONS and forms.extends(name, full, one.type):
        yield Feature("short form", f"what “{full}” says more than “{name}” is no name of its own")
    elif one.type == "Person" or forms.words(full, one.type)[-len(mine) :] == mine:
        yield Feature("short name", f"“{name}” is a short form of “{full}” and of no other name of this type")
    else:
        return  # Google and Google Cloud, Llama and Llama 3, Sora and Sora Turbo
    yield Feature("same type", one.type)
    if one.document in {other.document for other in others}:
        yield Feature("one article", "it uses both names")
