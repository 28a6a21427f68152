"""The name and IRI under which a thing stands in a graph, chosen from all that its articles call it."""

from __future__ import annotations

import collections
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import forms, names, shelf, vocab
from kg.profiles import Profile
from kg.runs import Runs
from kg.types import digest

_SHARE, _LOOSE_SHARE = 6, 24  # a fuller name, or description, must be one in so many, or it is taken for a slip
_HASH = 6
ANCHORS = {
    "Event": {"affects": "{} ({})", "agent": "{} ({})", "participant": "{} ({})"},
    "Work": {"addressedTo": "{} to {}", "creator": "{} by {}", "publisher": "{} by {}", "about": "{} ({})"},
    "Group": {"memberOf": "{} of {}", "formerlyAt": "{} ({})"},
    "Dataset": {"creator": "{} by {}", "publisher": "{} by {}", "owner": "{} of {}"},
}
"""What tells things without a name apart for people, by type, the most telling relation first, and how it is put."""


class Thing(NamedTuple):
    """The entities that are one thing, its label, and whether that is a name rather than a description."""

    members: tuple[str, ...]
    label: str
    named: bool


def things(found: Mapping[str, Profile], clusters: Iterable[Sequence[str]]) -> Mapping[str, Thing]:
    """By IRI, the things that the clusters of entities are: "<base>id/" and the slug of the name.

    Of several things of one name, that with most mentions has the plain slug, then the type is added, then a hash. What
    has no name of its own ("the leak") always has a hash: another graph's leak is another.
    """
    return shelf.table(_things(found, clusters), _packed, _unpacked)


def _things(found: Mapping[str, Profile], clusters: Iterable[Sequence[str]]) -> Iterator[tuple[str, Thing]]:
    taken: set[str] = set()
    for _, members, type_, label, named in Runs(_called(found, clusters)):
        iri = next(iri for iri in _candidates(members, label or type_, type_, named=named) if iri not in taken)
        taken.add(iri)
        yield iri, Thing(members, label, named)


def _called(
    found: Mapping[str, Profile], clusters: Iterable[Sequence[str]]
) -> Iterator[tuple[int, tuple[str, ...], str, str, bool]]:
    """The clusters with type and label, and whether that is a name, to be sorted: those with most mentions first."""
    for cluster in clusters:
        members = tuple(sorted(cluster))
        profiles = [found[member] for member in members]
        type_ = _type(profiles)
        yield -sum(sum(each.names.values()) for each in profiles), members, type_, *_label(profiles, type_)


def ids(things: Mapping[str, Thing]) -> Mapping[str, str]:
    """The IRI of the thing that each member is."""
    pairs = ((member, iri) for iri, thing in things.items() for member in thing.members)
    return shelf.table(pairs, str.encode, bytes.decode)


def _type(profiles: Sequence[Profile]) -> str:
    if len(profiles) == 1:
        return profiles[0].type
    types = collections.Counter(profile.type for profile in profiles)
    return min(types, key=lambda name: (-types[name], name))


def _label(profiles: Sequence[Profile], type_: str) -> tuple[str, bool]:
    called: collections.Counter[str] = collections.Counter()
    for profile in profiles:
        for name in forms.full(profile.names, profile.type):
            called[name] += profile.names[name]
    if called:
        return best(called, type_), True
    described: collections.Counter[str] = collections.Counter()
    for profile in profiles:
        described.update({} if profile.names else profile.descriptions)
    return best(described, type_) if described else "", False


def _candidates(members: Sequence[str], label: str, type_: str, *, named: bool) -> Iterator[str]:
    if len(members) == 1 and members[0].startswith(vocab.BASE + "id/"):
        yield members[0]
    stem, mark = vocab.BASE + "id/" + names.slug(label), digest(members)
    if named and forms.is_strong(label, type_):
        yield stem
        yield f"{stem}-{type_.lower()}"
    yield f"{stem}-{mark[:_HASH]}"
    yield f"{stem}-{mark}"


def best(called: Mapping[str, int], type_: str) -> str:
    """The full, best attested of some names, each given with how often it was used.

    A form that extends another counts as if that had been said too ("Mistral AI" for "Mistral", "Sora leak" for
    "leak"), unless it is rare beside it; of the spellings of one form the most frequent is taken.
    """
    if len(called) == 1:
        return next(iter(called))
    spellings: dict[str, collections.Counter[str]] = {}
    for name, count in called.items():
        spellings.setdefault(forms.key(name, type_), collections.Counter())[name] += count
    counts = {key: sum(found.values()) for key, found in spellings.items()}
    chosen = {key: _spelling(found) for key, found in spellings.items()}
    total = sum(counts.values())

    def rank(key: str) -> tuple[int, int, int, str]:
        shorter = (other for other in chosen if other != key and _extends(chosen[other], chosen[key], type_))
        share = _LOOSE_SHARE if type_ in ANCHORS else _SHARE
        inherited = sum(counts[other] for other in shorter) if counts[key] * share >= total else 0
        return (-counts[key] - inherited, -counts[key], len(key), key)

    return chosen[min(chosen, key=rank)]


def _spelling(found: Mapping[str, int]) -> str:
    return min(found, key=lambda name: (-found[name], name.isupper(), name.islower(), len(name), name))


def _extends(short: str, long: str, type_: str) -> bool:
    loose = type_ in ANCHORS and set(forms.words(short, type_)) < set(forms.words(long, type_))
    return loose or forms.extends(short, long, type_)


def _packed(item: Thing) -> bytes:
    return marshal.dumps(tuple(item), 2)


def _unpacked(data: bytes) -> Thing:
    return Thing(*marshal.loads(data))  # noqa: S302 - our own
