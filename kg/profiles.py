"""What is known of an entity before it is decided which others it is the same as, and what such a decision is."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import functools
import itertools
import marshal
import operator
import types
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import Any, TypeVar

from kg import packed, shelf, values, vocab
from kg.graph import Said
from kg.runs import Runs, gathered, place
from kg.types import Statement
from kg.weights import DIFFERENT, SAME, Feature, Verdict, told

T = TypeVar("T")

_NAMING = frozenset({vocab.TYPE, vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL})
_ASIDE = _NAMING | {vocab.SAME_AS, vocab.DIFFERENT_FROM, vocab.SCHEMA + "url"}

APART = dt.timedelta(days=183)
"""What happens once is told of within this time."""

_HEADLINE = 200  # a longer first line is none
_AT_ONCE = 1000  # profiles of which keys are made at a time: no more names than are kept in their forms

Record = tuple[Any, ...]
"""What is sorted on disk; see `kg.runs.Runs`."""

Tie = tuple[str, str]
"""A relation's local name and what it leads to: an IRI or a literal's text; "^name" where it comes from there."""

ORGANISATIONS = frozenset({"Company", "Media", "Lab", "University", "Government", "Nonprofit", "Collective"})
"""Types that one organisation may be given in different articles."""


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """What one document says about one entity.

    `type` is a class's local name; `names` and `descriptions` tell how often each was used, in the order of their first
    use; `ties` are its relations,
    in both directions, those that are only denied left out. `published` is the document's date as given, "" if unknown.
    """

    id: str
    document: str
    type: str
    names: Mapping[str, int]
    descriptions: Mapping[str, int]
    ties: frozenset[Tie]
    published: str = ""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Decision:
    """That two entities are the same, or that they are not: how surely (0..1), why in words, and who says so.

    `same` is None where it is not sure enough: then it is for a person to say. `features` is what was weighed.
    """

    one: str
    two: str
    same: bool | None
    score: float
    reason: str
    matcher: str
    features: tuple[Feature, ...] = ()


def decision(one: str, two: str, verdict: Verdict, matcher: str) -> Decision:
    """The decision that a verdict gives."""
    same = {SAME: True, DIFFERENT: False}.get(verdict.decision)
    score = round(1 - verdict.score, 3) if same is False else verdict.score
    reason = told(verdict.features)
    return Decision(one, two, same=same, score=score, reason=reason, matcher=matcher, features=verdict.features)


def fields(item: Decision) -> tuple[str, str, bool | None, float, str, str]:
    """A decision without what was weighed, to be stored and sorted."""
    return (item.one, item.two, item.same, item.score, item.reason, item.matcher)


Find = Callable[[str], str]
"""Gives what stands for an entity so far: equal for two that were decided to be the same."""

Matcher = Callable[[Mapping[str, Profile], Find], Iterable[Decision]]
"""Proposes decisions. Time and memory should grow with the entities, so candidates come by blocks, never all pairs."""


def apart_in_time(one: Profile, two: Profile) -> bool:
    """Whether their articles were published too far from each other to speak of one event, letter or group."""
    first, second = (values.days(profile.published[:10]) for profile in (one, two))
    return first is not None and second is not None and abs(first[0] - second[0]) > APART


def compatible(one: str, two: str) -> bool:
    """Whether one thing may be given both types by different readers; never a person and a model."""
    if one == two or {one, two} <= ORGANISATIONS:
        return True
    pair = frozenset({one, two})
    if "Product" in pair:
        return bool(pair & (ORGANISATIONS | {"Model", "Dataset"}) - {"Government", "University"})
    return pair in ({"Work", "Law"}, {"Collective", "Group"})


Keys = Callable[[Mapping[str, Profile]], Iterable[Record]]
"""Makes records of profiles, document by document: those of one tell nothing about those of another."""


class Profiles(Mapping[str, Profile]):
    """Profiles by their ids, in order, with what matchers make of all of them: it is made once, and asked for often.

    `known` gives the records of functions that were called before.
    """

    def __init__(self, found: Mapping[str, Profile], known: Mapping[Keys, Callable[[], Iterable[Record]]]) -> None:
        self._found, self._known = found, known
        self._made: dict[Callable[..., Any], Any] = {}

    def once(self, make: Callable[[Mapping[str, Profile]], T]) -> T:
        """What a function makes of the profiles."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    def forget(self) -> None:
        """Lets go of them and of what was made, when nobody asks any more."""
        self._made.clear()
        self._found, self._known = {}, {}

    def records(self, keys: Keys) -> Iterable[Record]:
        """The records that a function makes of the profiles, in any order."""
        return self._known[keys]() if keys in self._known else keys(self)

    def __getitem__(self, key: str) -> Profile:
        return self._found[key]

    def get(self, key: str, default: Profile | None = None) -> Profile | None:  # type: ignore[override]
        """As for any mapping, without the cost of an error."""
        return self._found.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def items(self) -> ItemsView[str, Profile]:
        """Ids and profiles."""
        return self._found.items()

    def values(self) -> ValuesView[Profile]:
        """The profiles."""
        return self._found.values()


def once(found: Mapping[str, Profile], make: Callable[[Mapping[str, Profile]], T]) -> T:
    """What a function makes of profiles, not made again where these remember it."""
    return found.once(make) if isinstance(found, Profiles) else make(found)


def records(found: Mapping[str, Profile], keys: Keys) -> Iterable[Record]:
    """The records that a function makes of profiles, not made again where these know them."""
    return found.records(keys) if isinstance(found, Profiles) else keys(found)


def profiles(graph: Said) -> Profiles:
    """The profile of every subject that has a type and is no value, by its IRI, in order."""
    return kept(each_profile(graph))


def in_order(found: Mapping[str, Profile]) -> Iterator[Profile]:
    """The profiles in the order of their ids, so that those of one document follow each other."""
    if isinstance(found, dict):
        return (found[iri] for iri in sorted(found))
    return iter(found.values())


def kept(
    items: Iterable[Profile], known: Mapping[Keys, Callable[[], Iterable[Record]]] = types.MappingProxyType({})
) -> Profiles:
    """Profiles by their ids, on disk where there are many; `known` as for `Profiles`."""
    return Profiles(shelf.table(((item.id, item) for item in items), _packed, _unpacked), known)


def keyed(items: Iterable[Profile], functions: Iterable[Keys]) -> Profiles:
    """As `kept`, with the records of these functions, made of some profiles at a time: so names are looked at once."""
    made: dict[Keys, list[Record] | Runs[Record]] = {keys: [] if place() is None else Runs() for keys in functions}

    def passing() -> Iterator[Profile]:
        rest = iter(items)
        while some := list(itertools.islice(rest, _AT_ONCE)):
            found = {item.id: item for item in some}
            for keys, records in made.items():
                records.extend(keys(found))
            yield from some

    return kept(passing(), {keys: functools.partial(iter, records) for keys, records in made.items()})


def each_profile(graph: Said) -> Iterator[Profile]:
    """The `profiles`, one by one."""
    ties = ((group[0][0], group) for group in gathered(_ties(graph)))
    iri, found = next(ties, _NO_TIES)
    for subject, group in itertools.groupby(graph.saying(*_NAMING), operator.attrgetter("subject")):
        votes, called = collections.Counter[str](), list[Statement]()
        for item in group:
            if item.predicate == vocab.TYPE:
                votes[_local(str(item.object))] += max(1, packed.count(item))
            else:
                called.append(item)
        if not votes or subject.startswith(vocab.BASE + "value/"):
            continue
        while iri < subject:
            iri, found = next(ties, _NO_TIES)
        yield Profile(
            id=subject,
            document=subject.partition("#")[0],
            type=min(votes, key=lambda name: (-votes[name], name)),
            names=_counted(graph, called, vocab.LABEL, vocab.ALT_LABEL),
            descriptions=_counted(graph, called, vocab.HIDDEN_LABEL),
            ties=frozenset((relation, end) for _, relation, end in found) if iri == subject else frozenset(),
            published=_published(graph, subject),
        )


_NO_TIES: tuple[str, list[tuple[str, ...]]] = ("\U0010ffff", [])


def _counted(graph: Said, called: Iterable[Statement], *predicates: str) -> dict[str, int]:
    """How often each label is used: those of the first predicate first, each in the order of its first use."""

    def place(item: Statement) -> tuple[int, int, str]:
        start = min((_place(graph, *each) for each in packed.places(item)), default=0)
        return (predicates.index(item.predicate), start, item.key[2])

    counts: dict[str, int] = {}
    found = [each for each in called if each.predicate in predicates]
    for item in sorted(found, key=place) if len(found) > 1 else found:
        counts[item.key[2]] = counts.get(item.key[2], 0) + max(1, packed.count(item))
    return counts


def _place(graph: Said, iri: str, start: int) -> int:
    """Where it stands, the headline last, since headlines shorten names before the text gives them."""
    document = graph.documents.get(iri) if start < _HEADLINE else None
    if document is None:
        return start
    headline = document.text.find("\n", 0, _HEADLINE + 1) if "\n" in document.text else len(document.text)
    return start + (len(document.text) if start < headline <= _HEADLINE else 0)


def _ties(graph: Said) -> Iterator[tuple[str, str, str]]:
    """Each end of each relation, with the tie that it has by it."""
    for row in graph.rows():
        subject, predicate, end, datatype, _, _ = row
        if predicate in _ASIDE or packed.only_denied(row):
            continue
        relation = _local(predicate)
        yield subject, relation, end
        if not datatype:
            yield end, "^" + relation, subject


def _published(graph: Said, iri: str) -> str:
    if iri.startswith(vocab.BASE + "id/"):  # a thing of several documents
        return ""
    document = graph.documents.get(iri.partition("#")[0])
    return (document.published or "") if document else ""


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


_fields = operator.attrgetter(*(field.name for field in dataclasses.fields(Profile)))
_set = [getattr(Profile, field.name).__set__ for field in dataclasses.fields(Profile)]


def _packed(item: Profile) -> bytes:
    return marshal.dumps(_fields(item), 2)


def _unpacked(data: bytes) -> Profile:
    """As quickly as a frozen value can be made: matchers look at each again and again."""
    item = Profile.__new__(Profile)
    any(map(operator.call, _set, itertools.repeat(item), marshal.loads(data)))  # noqa: S302 - our own
    return item
