"""Which entities are one so far, by the decisions that hold; and what speaks against two clusters being one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg import likeness, names
from kg.lexicon import Entry, known
from kg.profiles import Decision, Profile, compatible, decision, fields
from kg.runs import Runs
from kg.weights import Feature, weigh

GUARDS = "guards"
"""The matcher named in decisions against what a matcher proposed."""

_NAMED_APART = frozenset({"Event", "Work", "Law", "Group"})
_TOLD_TWICE = frozenset({"Event", "Work"})
"""Types of which an article may tell twice without a word that the two are one."""

_DEEDS = frozenset({"leaked", "^agent", "^signedBy"})
"""Relations that make one of two groups of one article that are described alike."""


class Clusters:
    """Which entities are one so far (union-find), guarded; the decisions that hold, in the order of their making."""

    def __init__(self, found: Mapping[str, Profile]) -> None:
        self._found = found
        self._root: dict[str, str] = {}  # of what was joined to another
        self._clusters: dict[str, _Cluster] = {}  # of more than one
        self._apart: dict[str, set[str]] = {}
        self._hindered: dict[Decision, Feature] = {}
        self._known: set[bytes] = set()
        self._made = Runs[tuple[Any, ...]]()

    @property
    def decided(self) -> int:
        """How many decisions hold."""
        return len(self._known)

    def find(self, iri: str) -> str:
        """What stands for this entity; itself if it is none."""
        root = iri
        while (above := self._root.get(root, root)) != root:
            root = above
        while (above := self._root.get(iri, iri)) != root:
            self._root[iri], iri = root, above
        return root

    def members(self) -> Iterator[list[str]]:
        """The clusters, each sorted, in the order of their first members."""
        for iri in self._found:
            root = self.find(iri)
            found = self._clusters[root].members if root in self._clusters else [iri]
            if iri == min(found):
                yield sorted(found)

    def decide(self, item: Decision, *, guarded: bool = True) -> None:
        """Takes a decision over, unless it was decided before or something speaks against it."""
        pair = (item.one, item.two)
        key = _key(*pair, same=bool(item.same))
        if key in self._known or item.one == item.two:
            return
        one, two = self.find(item.one), self.find(item.two)
        if not item.same:
            if one != two:
                self._apart.setdefault(item.one, set()).add(item.two)
                self._apart.setdefault(item.two, set()).add(item.one)
                self._keep(key, item)
            return
        if one != two:
            against = _hindrance(self._cluster(one), self._cluster(two), self._found) if guarded else None
            if against:
                self._hindered.setdefault(item, against)
            if against or self._decided_apart(one, two):
                return
            self._join(*sorted((one, two)))
        self._keep(key, item)

    def made(self) -> Iterator[Decision]:
        """The decisions that hold; where something speaks against what was proposed, that instead of a mere no."""
        found = self._hindrances()
        for record in self._made:
            item = Decision(*record)
            if item.same or (min(item.one, item.two), max(item.one, item.two)) not in found:
                yield item
        yield from found.values()

    def _keep(self, key: bytes, item: Decision) -> None:
        self._known.add(key)
        self._made.add(fields(item))

    def _cluster(self, root: str) -> _Cluster:
        return self._clusters.get(root) or _Cluster(self._found[root])

    def _hindrances(self) -> dict[tuple[str, str], Decision]:
        """What was proposed to be the same, and is not: of two things the likeliest, with what spoke against it."""
        found: dict[tuple[str, str], tuple[Decision, Feature]] = {}
        for item, against in self._hindered.items():
            one, two = self.find(item.one), self.find(item.two)
            pair = (min(one, two), max(one, two))
            if pair[0] != pair[1] and (pair not in found or found[pair][0] < item):
                found[pair] = (item, against)
        made = [
            decision(item.one, item.two, weigh([*item.features, against]), GUARDS) for item, against in found.values()
        ]
        return {(min(item.one, item.two), max(item.one, item.two)): item for item in made if item.same is False}

    def _decided_apart(self, one: str, two: str) -> bool:
        fewer, more = sorted((one, two), key=lambda root: len(self._members(root)))
        apart = (self._apart.get(iri, ()) for iri in self._members(fewer))
        return any(self.find(other) == more for others in apart for other in others)

    def _join(self, one: str, two: str) -> None:
        if len(self._members(one)) < len(self._members(two)):
            one, two = two, one
        self._root[two] = one
        cluster = self._clusters.setdefault(one, self._cluster(one))
        cluster.take(self._cluster(two))
        self._clusters.pop(two, None)

    def _members(self, root: str) -> list[str]:
        return self._clusters[root].members if root in self._clusters else [root]


def _key(one: str, two: str, *, same: bool) -> bytes:
    """Sixteen bytes for a decision about two: there are as many as there are mentions, and each is asked for often."""
    return hashlib.blake2b(f"{min(one, two)} {max(one, two)} {same}".encode(), digest_size=16).digest()


class _Cluster:
    """Entities that are one, with what can speak against others: gathered, so that asking takes no walk over all."""

    def __init__(self, profile: Profile) -> None:
        self.members = [profile.id]
        self.types = {profile.type}
        self.documents = {profile.document: [profile.id]}
        self.spellings = _spellings([profile]) if profile.type in _NAMED_APART else set[str]()
        entry = known(tuple(profile.names), profile.type) if profile.names else None
        self.known = {entry} if entry else set[Entry]()

    def take(self, other: _Cluster) -> None:
        """Takes in the members of a smaller one."""
        self.members += other.members
        self.types |= other.types
        self.spellings |= other.spellings
        self.known |= other.known
        for document, ids in other.documents.items():
            self.documents.setdefault(document, []).extend(ids)


def _hindrance(one: _Cluster, two: _Cluster, found: Mapping[str, Profile]) -> Feature | None:
    """What keeps two apart, None if nothing does: types, the lexicon, an article that tells of both, own names."""
    if other := [(a, b) for a in sorted(one.types) for b in sorted(two.types) if not compatible(a, b)]:
        return Feature("other kind", " and ".join(other[0]))
    if one.known and two.known and one.known != two.known:
        return Feature("known as two", f"known as {min(one.known).name} and {min(two.known).name}")
    fewer, more = sorted((one, two), key=lambda each: len(each.documents))
    pairs = (
        (found[a], found[b])
        for document in fewer.documents
        for a in fewer.documents[document]
        for b in more.documents.get(document, ())
    )
    if reason := next(filter(None, (_told_apart(a, b) for a, b in pairs)), ""):
        return Feature("told apart", reason)
    loose = one.types | two.types <= _NAMED_APART
    if loose and one.spellings and two.spellings and one.spellings.isdisjoint(two.spellings):
        return Feature("other names", f"{min(one.spellings)} and {min(two.spellings)}")
    return None


def _told_apart(one: Profile, two: Profile) -> str:
    """How an article has the two as two, "" if it does not: it relates them to each other, or has no name for both."""
    if relation := min((relation for relation, end in one.ties if end == two.id), default=""):
        return f"one article relates them: {relation.removeprefix('^')}"
    if _words([one]) & _words([two]):
        return ""
    deeds = {relation for relation, _ in one.ties & two.ties} & _DEEDS
    if ({one.type, two.type} <= _TOLD_TWICE or deeds) and _described_alike(one, two):
        return ""
    return "one article tells of both as two"


def _described_alike(one: Profile, two: Profile) -> bool:
    """Whether one noun is used of both, and no word such as "second" tells them apart."""
    mine, other = likeness.marks(one), likeness.marks(two)
    return bool(likeness.nouns(one) & likeness.nouns(two) - {""}) and mine == other


def _spellings(found: Iterable[Profile]) -> set[str]:
    return {names.slug(names.normalise(name)).replace("-", "") for profile in found for name in profile.names}


def _words(found: Iterable[Profile]) -> set[str]:
    return {word for profile in found for name in profile.names for word in names.slug(name).split("-")}
