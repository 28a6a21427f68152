"""A short form of a full name that leaves no choice: "Krogh" where one Hjalmar Krogh is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg import forms, likeness
from kg.blocks import Blocks
from kg.profiles import ORGANISATIONS, Decision, Find, Profile, decision, once, records
from kg.weights import Feature, weigh

NAME = "short_names"

_NEVER = frozenset({"Event"})


def short_names(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Decides about an entity known by a short name only and the one thing that has this name as a short form.

    Nothing is said where there are two such things, nor where what stands at the end would be lost: a version, a unit
    ("Llama", "Llama 3"; "Google", "Google Cloud"). An organisation may lose words such as "Group"; else one article, or
    what both are tied to, must speak for it too.
    """
    proposed = list(_proposed(profiles, find))
    wanted = {root for _, one, two in proposed for root in (find(one), find(two))}
    clusters: dict[str, _Cluster] = {root: _Cluster(set(), set(), set()) for root in sorted(wanted)}
    for iri in profiles if wanted else ():
        if (root := find(iri)) in wanted:
            profile = profiles[iri]
            clusters[root].names.update((text, profile.type) for text in profile.names)
            clusters[root].documents.add(profile.document)
            clusters[root].ends.update(likeness.ends([profile], find))
    for name, one, two in proposed:
        mine, theirs = clusters[find(one)], clusters[find(two)]
        if features := list(_short(profiles[one], name, theirs)):
            shared = likeness.in_common(mine.ends, theirs.ends, profiles)
            yield decision(two, one, weigh([*features, *shared]), NAME)


class _Cluster(NamedTuple):
    """What is known of a thing so far: its names with their types, its documents, what it is tied to."""

    names: set[tuple[str, str]]
    documents: set[str]
    ends: set[str]


def _proposed(profiles: Mapping[str, Profile], find: Find) -> Iterator[tuple[str, str, str]]:
    """A short name, the entity that has no other, and the first of the one thing that has it as a short form."""
    for members in once(profiles, _blocks).still_open(find):
        owners = [iri for _, _, waits, iri in members if not waits]
        first = {find(iri): iri for iri in reversed(owners)}
        for _, name, waits, iri in members if first else ():
            others = first.keys() - {find(iri)} if waits else ()
            if len(others) == 1:
                yield name, iri, first[next(iter(others))]


def _blocks(profiles: Mapping[str, Profile]) -> Blocks:
    return Blocks(records(profiles, keys), entity=3)


def keys(profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str, bool, str]]:
    """By type and short name those known by a short name only (True), and those that have a longer name too."""
    for profile in profiles.values():
        if profile.type in _NEVER:
            continue
        whole = sorted({*forms.full(profile.names, profile.type)})
        for short in sorted(_shorts(profile, whole)):
            yield f"{profile.type} {short}", "", False, profile.id
        if profile.names and not any(_is_long(name, profile.type) for name in whole):
            for name in whole:
                yield f"{profile.type} {forms.key(name, profile.type)}", name, True, profile.id


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


def _short(one: Profile, name: str, other: _Cluster) -> Iterator[Feature]:
    """What speaks for the name being short for one of the other's, nothing if it can't be."""
    mine = forms.words(name, one.type)
    fuller = (text for text, type_ in other.names if set(mine) < set(forms.words(text, type_)))
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
    if one.document in other.documents:
        yield Feature("one article", "it uses both names")
