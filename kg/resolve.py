"""One id for one thing: decisions are gathered, guarded, laid over the statements, and kept beside them."""

from __future__ import annotations

import hashlib
import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg import canonical, likeness, names, packed, shelf, vocab
from kg.graph import Graph, Said
from kg.lexicon import Entry, known
from kg.packed import Row, Told
from kg.profiles import Decision, Matcher, Profile, Profiles, compatible, decision, profiles
from kg.renaming import rename
from kg.runs import Runs
from kg.types import Statement, digest
from kg.weights import Feature, weigh

ROUNDS = 5
"""How often the matchers are asked at most: what one joins can be a tie for another."""

GIVEN = "given"
"""The matcher named in decisions that came with the call."""

GUARDS = "guards"
"""The matcher named in decisions against what a matcher proposed."""

_NAMED_APART = frozenset({"Event", "Work", "Law", "Group"})
_TOLD_TWICE = frozenset({"Event", "Work"})
"""Types of which an article may tell twice without a word that the two are one."""

_DEEDS = frozenset({"leaked", "^agent", "^signedBy"})
"""Relations that make one of two groups of one article that are described alike."""


def resolve(
    graph: Said,
    *,
    matchers: Sequence[Matcher] = (),
    decisions: Iterable[Statement] = (),
    known: Mapping[str, Profile] | None = None,
) -> Graph:
    """The graph with one IRI for each thing, and the decisions that led there among its statements.

    `matchers` propose, in turn; `decisions` are owl:sameAs and owl:differentFrom statements between ids of the graph,
    kept whatever the matchers say. Nothing is joined that was decided to be different, of which the types don't go
    together, or that one article tells apart. Of each entity `<document>#e1` the result says that it is owl:sameAs its
    IRI, with the reasons as evidence; evidence keeps its id. The order of statements and documents does not matter.
    `known` are the `kg.profiles` of the graph, in order, where they were made before; they are let go of.
    """
    found = resolution(graph, matchers=matchers, decisions=decisions, known=known)
    return shelf.ordered(found.kept, found.made, documents=graph.documents.values())


class Resolution(NamedTuple):
    """What resolving gives: the thing that each entity is, and the rows of a graph to be read once.

    `kept` are the statements about things, `made` the decisions, each in the order of their subjects.
    """

    ids: Mapping[str, str]
    kept: Iterator[Row]
    made: Iterator[Row]


def resolution(
    graph: Said,
    *,
    matchers: Sequence[Matcher] = (),
    decisions: Iterable[Statement] = (),
    known: Mapping[str, Profile] | None = None,
) -> Resolution:
    """As `resolve`, for who makes the graph: with more in it."""
    found = profiles(graph) if known is None else known
    clusters = _decided(found, matchers, decisions)
    things = canonical.things(found, clusters.members())
    ids, reasons = canonical.ids(things), _reasons(clusters.made())
    if isinstance(found, Profiles):
        found.forget()  # there may be no room for them and a new graph
    return Resolution(ids, rename(graph, things, ids), _statements(reasons, ids, graph))


def _decided(found: Mapping[str, Profile], matchers: Sequence[Matcher], given: Iterable[Statement]) -> _Clusters:
    """Gathers the decisions, until the matchers have nothing new."""
    clusters = _Clusters(found)
    for item in sorted(_given(given, found), key=_surest):  # a no holds against what follows from two yes
        clusters.decide(item, guarded=False)
    asked: dict[Matcher, int] = {}
    for _ in range(ROUNDS):
        before = clusters.decided
        for matcher in matchers:
            if asked.get(matcher) == clusters.decided:
                continue  # it would say the same
            asked[matcher] = clusters.decided
            for item in _ranked(matcher(found, clusters.find)):
                clusters.decide(item)
        if clusters.decided == before:
            break
    return clusters


def decisions(graph: Graph) -> tuple[Statement, ...]:
    """The statements of a graph that say which entities are the same, and which are not."""
    return tuple(item for item in graph.saying(vocab.SAME_AS, vocab.DIFFERENT_FROM) if _local(item.subject))


def _local(iri: str) -> bool:
    return "#" in iri and iri.startswith(vocab.BASE + "doc/")


def _surest(item: Decision) -> tuple[bool, float, Decision]:
    """What is different first, then the surest."""
    return (bool(item.same), -item.score, item)


def _ranked(proposed: Iterable[Decision]) -> Iterator[Decision]:
    """What is sure, each once, in the order of `_surest`."""
    records = Runs(
        (bool(each.same), -each.score, *_packed(each), tuple(map(tuple, each.features)))
        for each in proposed
        if each.same is not None
    )
    for record, _ in itertools.groupby(records):
        yield Decision(*record[2:-1], features=tuple(Feature(*each) for each in record[-1]))


def _packed(item: Decision) -> tuple[str, str, bool | None, float, str, str]:
    return (item.one, item.two, item.same, item.score, item.reason, item.matcher)


def _given(statements: Iterable[Statement], found: Mapping[str, Profile]) -> Iterator[Decision]:
    """The decisions that statements express; two that are the same as a third are the same."""
    first: dict[str, str] = {}
    for item in sorted(statements, key=lambda statement: statement.key):
        same = item.predicate == vocab.SAME_AS
        reason = next((evidence.reason for evidence in item.evidence if evidence.reason), "so it was decided")
        one, two = item.subject, str(item.object)
        if same and two not in found:
            one, two = first.setdefault(two, one), one
        if one in found and two in found and one != two:
            yield Decision(one, two, same=same, score=1.0, reason=reason, matcher=GIVEN)


class _Clusters:
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
        self._made.add(_packed(item))

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


def _reasons(made: Iterable[Decision]) -> Runs[tuple[Any, ...]]:
    """The decisions by the entities of whom they are told."""
    reasons = Runs[tuple[Any, ...]]()
    for item in made:
        ends = (item.one, item.two) if item.same else (item.one,)
        reasons.extend((iri, *_packed(item)) for iri in ends)
    return reasons


def _statements(reasons: Iterable[tuple[Any, ...]], ids: Mapping[str, str], graph: Said) -> Iterator[Row]:
    """The decisions as statements: each entity the same as its IRI, and those apart that were decided to be."""
    known = itertools.groupby(reasons, operator.itemgetter(0))
    iri, records = next(known, _NONE)
    for one, where in _typed(graph):
        if (thing := ids.get(one)) is None:
            continue
        decided = list[Decision]()
        if iri == one:
            decided = [Decision(*record[1:]) for record in records]
            iri, records = next(known, _NONE)
        for item in decided:
            if not item.same:
                yield shelf.told((one, vocab.DIFFERENT_FROM, item.two, "", ""), [_evidence(item, one, where)])
        if one != thing:
            same = [item for item in decided if item.same]
            evidence = _each_once(_evidence(item, one, where) for item in same) if same else [_alone(one, where)]
            yield shelf.told((one, vocab.SAME_AS, thing, "", ""), evidence)


_NO_OTHER = "no other is known to be this one"
_NONE: tuple[str, Iterator[tuple[Any, ...]]] = ("", iter(()))
_START, _SCORE = 2, 7  # places among the fields of evidence


def _typed(graph: Said) -> Iterator[tuple[str, Told]]:
    """Where each thing that has a type is first named, in order."""
    for subject, group in itertools.groupby(graph.saying(vocab.TYPE), operator.attrgetter("subject")):
        evidence = (each for item in group for each in packed.told(item))
        if where := min(evidence, key=operator.itemgetter(_START), default=None):
            yield subject, where


def _evidence(item: Decision, iri: str, where: Told) -> Told:
    """The reason for a decision, and where the entity of whom it is made is first named."""
    other = item.two if iri == item.one else item.one
    reason = item.reason if other == iri else f"{item.reason} ({other})"
    key = digest((iri, other, item.same, item.matcher, item.reason))
    _, document, start, end, quote, stance, by, _, _, *spans, _ = where
    reader = f"matcher:{item.matcher}"
    return (key, document, start, end, quote, stance, by, round(item.score, 2), reader, *spans, reason)


def _alone(iri: str, where: Told) -> Told:
    return _evidence(Decision(iri, iri, same=True, score=1.0, reason=_NO_OTHER, matcher="alone"), iri, where)


def _each_once(evidence: Iterable[Told]) -> list[Told]:
    """Sorted by id; of what was decided twice for one reason the surest."""
    found = {each[0]: each for each in sorted(evidence, key=operator.itemgetter(0, _SCORE))}
    return list(found.values())
