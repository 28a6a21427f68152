"""What speaks for and against two entities of articles being one: names, kinds, makers, and what they share."""

from __future__ import annotations

import collections
import functools
import itertools
import marshal
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from kg import compare, forms, phrases, shelf
from kg.profiles import ORGANISATIONS, Find, Profile, apart_in_time, in_order, once
from kg.weights import SAME, SURE, UNSURE, WEIGHTS, Feature, Verdict, weigh

Profiles = Mapping[str, Profile]
Stories = Callable[[str], frozenset[str]]
"""By document, the events and the named people, models, products and works that it tells of."""

_LOOSE_TIES = frozenset({"role", "locatedIn", "quantity", "capability", "eventDate", "releaseDate", "announcedDate"})
_RARE = 4  # a noun used so many times less than another is a slip
_NEIGHBOURS = 3  # more in common is not counted
_TIED = WEIGHTS["in articles"] + WEIGHTS["same maker"] + _NEIGHBOURS * WEIGHTS["same neighbour"]  # at most
_KEPT = 1 << 12  # documents of which it stays in memory what they tell of, and descriptions that come again
_STORY = 3  # named things in common, or one event, that make two articles tell of one story

_GROUP = frozenset({"leaked", "sued", "^agent", "^signedBy", "^creator", "^memberOf", "^addressedTo"})
TIES = {
    "Event": frozenset({"affects", "agent", "raised", "amount", "eventDate", "participant", "reportedBy", "hostedOn"}),
    "Work": frozenset({"addressedTo", "creator", "signedBy", "hostedOn", "quantity", "releaseDate", "^creator"}),
    **dict.fromkeys(("Group", "Collective"), _GROUP),
}
"""The relations that tell things without a name apart, by type."""

_OWN = {
    "Event": frozenset({"affects"}),
    **dict.fromkeys(("Group", "Collective"), frozenset({"leaked", "^agent", "^signedBy", "^memberOf"})),
}
"""Of them, those that few of a kind have in common, if they lead to a thing of _UNIQUE."""

_SHARED = frozenset({"participant", "reportedBy", "hostedOn"})
"""Ties that many events of a kind have in common."""

MADE = frozenset({"Model", "Product", "Dataset", "Work"})
_UNIQUE = MADE | {"Law", "Event", "Person"}
VAGUE = phrases.listed("""
event incident case matter issue move act action situation story news affair thing step project effort work group
people person one member part company text document
""")


def by_name(one: Profile, name: str, two: Profile, other: str, profiles: Profiles, find: Find) -> Verdict:
    """What a name of each, the kinds of both and their makers say; where that leaves doubt, their neighbours too.

    Events, which recur from year to year, are another one where articles of another half-year tell of them.
    """
    first, second = (_side(each, called) for each, called in ((one, name), (two, other)))
    features = [*compare.features(first, second), Feature("in articles", "read as names"), *_makers(one, two, profiles)]
    verdict = weigh(features)
    if verdict.decision == UNSURE:
        return weigh([*features, *neighbours([one], [two], profiles, find)])
    return verdict


def may_be_same(one: Profile, name: str, two: Profile, other: str) -> bool:
    """Whether `by_name` can find them the same, whatever they are tied to: what names and kinds say is asked alone."""
    said = compare.features(_side(one, name), _side(two, other))
    return sum([WEIGHTS[feature.name] for feature in said]) + _TIED >= SURE


def neighbours(ones: Iterable[Profile], twos: Iterable[Profile], profiles: Profiles, find: Find) -> Iterator[Feature]:
    """The things to which both are tied, by relations that tell something."""
    return in_common(ends(ones, find), ends(twos, find), profiles)


def in_common(ones: AbstractSet[str], twos: AbstractSet[str], profiles: Profiles) -> Iterator[Feature]:
    """The things that are among the `ends` of both."""
    for end in sorted(ones & twos)[:_NEIGHBOURS]:
        yield Feature("same neighbour", f"both are tied to {called(end, profiles)}")


def by_noun(one: Profile, two: Profile, profiles: Profiles, find: Find, stories: Stories) -> Verdict:
    """What two descriptions that name nothing say: their nouns, what they are tied to, the story of the articles."""
    return weigh(_described(one, two, profiles, find, stories))


def nouns(profile: Profile) -> frozenset[str]:
    """The nouns that a thing is mostly described by; "" if they say nothing ("incident"), none for mere counts.

    A collective's name says nothing of what else it is called: "Sora PR Puppets" may be "the artists".
    """
    texts = profile.descriptions or {
        text: count for text, count in profile.names.items() if not phrases.is_name(text, profile.type)
    }
    return _nouns(profile.type, tuple(texts.items()))


@functools.lru_cache(_KEPT)
def _nouns(type_: str, texts: tuple[tuple[str, int], ...]) -> frozenset[str]:
    found: collections.Counter[str] = collections.Counter()
    for text, count in texts:
        if not phrases.is_quantified(text):
            found[phrases.head(text)] += count
    telling = {noun: count for noun, count in found.items() if noun and noun not in VAGUE}
    most = max(telling.values(), default=0)
    if type_ == "Collective" and not telling:
        found[""] += 1
    main = {noun for noun, count in telling.items() if count == most or 1 < count >= most / _RARE}
    return frozenset(main or ({""} if found else set()))


def marks(profile: Profile) -> frozenset[str]:
    """What tells it from others of its kind: numbers, ordinals and letters."""
    return _marks(tuple(profile.descriptions))


@functools.lru_cache(_KEPT)
def _marks(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(phrases.marks, texts))


def ties(profile: Profile, profiles: Profiles, find: Find) -> dict[tuple[str, str], str]:
    """What tells it from others of its kind: relation and end, with the kind of evidence that they are in common."""
    return {(relation, find(end)): kind for relation, end, kind in telling(profile, profiles)}


def telling(profile: Profile, profiles: Profiles) -> Iterator[tuple[str, str, str]]:
    """Its `ties` before it is known what is one: relation, end and kind, in order."""
    relations, own = TIES.get(profile.type, ()), _OWN.get(profile.type, ())
    for relation, end in sorted(profile.ties):
        if relation in relations:
            other = profiles.get(end) if relation in own else None
            unique = other is not None and other.type in _UNIQUE
            yield relation, end, "own tie" if unique else _KINDS.get(relation, "same tie")


def stories(profiles: Profiles, find: Find) -> Stories:
    """What each document tells of, by what is one so far."""
    told = once(profiles, _told)
    return functools.lru_cache(_KEPT)(lambda document: frozenset(map(find, told.get(document, ()))))


def _told(profiles: Profiles) -> Mapping[str, list[str]]:
    return shelf.table(_stories(profiles), _packed, marshal.loads)


def _stories(profiles: Profiles) -> Iterator[tuple[str, list[str]]]:
    for document, group in itertools.groupby(in_order(profiles), operator.attrgetter("document")):
        told = [each.id for each in group if each.type == "Event" or (each.type in _UNIQUE and each.names)]
        if told:
            yield document, told


def _packed(found: list[str]) -> bytes:
    return marshal.dumps(found, 2)


def called(end: str, profiles: Profiles) -> str:
    """What the end of a tie is called."""
    profile = profiles.get(end)
    names = (profile.names or profile.descriptions) if profile else ()
    return min(names, default=end.rsplit("/", 1)[-1])


_KINDS = {"agent": "same agent", **dict.fromkeys(_SHARED, "loose tie")}


def _side(profile: Profile, name: str) -> compare.Side:
    return compare.Side(name, profile.type, date=profile.published if profile.type == "Event" else "")


def _makers(one: Profile, two: Profile, profiles: Profiles) -> Iterator[Feature]:
    """Whether articles give them a maker in common, or each another."""
    mine, other = (_made_by(profile, profiles) for profile in (one, two))
    if mine and other:
        common = sorted(a for a in mine for b in other if _one_maker(a, b))
        both = common[0] if common else f"{min(mine)} and {min(other)}"
        yield Feature("same maker" if common else "makers apart", both)
    for made, maker in ((one, two), (two, one)):
        if made.type in MADE and maker.type in ORGANISATIONS:
            names = {name for name in _made_by(made, profiles) if _holds(name, maker)}
            yield from [Feature("namesake maker", f"it is made by {min(names)}")] if names else []


def _made_by(profile: Profile, profiles: Profiles) -> set[str]:
    ends = (profiles[end] for relation, end in profile.ties if relation == "developer" and end in profiles)
    return {name for end in ends for name in forms.full(end.names, end.type)}


def _holds(name: str, maker: Profile) -> bool:
    """Whether the name of a maker holds a name of this one: "Sotto Wellbeing", "Sotto"."""
    words = set(forms.words(name, "Company"))
    return any(words >= set(forms.words(each, "Company")) for each in maker.names)


def _one_maker(one: str, two: str) -> bool:
    if forms.key(one, "Company") == forms.key(two, "Company"):
        return True
    return compare.compare(compare.Side(one, "Company"), compare.Side(two, "Company")).decision == SAME


def ends(members: Iterable[Profile], find: Find) -> frozenset[str]:
    """The things to which some entities are tied, by relations that tell something."""
    return frozenset(
        find(end)
        for profile in members
        for relation, end in profile.ties
        if relation.removeprefix("^") not in _LOOSE_TIES and "/" in end
    )


def _described(one: Profile, two: Profile, profiles: Profiles, find: Find, stories: Stories) -> Iterator[Feature]:
    mine, other = nouns(one), nouns(two)
    if common := sorted(mine & other - {""}):
        yield Feature("same noun", f"both are described as “{common[0]}”")
    elif mine and other and "" in mine | other:
        yield Feature("vague noun", "what one is described as may be the other")
    else:
        yield Feature("other words", f"{', '.join(sorted(mine))} and {', '.join(sorted(other))}")
    if one.type == two.type:
        yield Feature("same type", one.type)
    shared, theirs = ties(one, profiles, find), ties(two, profiles, find)
    for relation, end in sorted(shared.keys() & theirs.keys()):
        kind = max(shared[relation, end], theirs[relation, end])
        yield Feature(kind, f"{relation.removeprefix('^')} {called(end, profiles)}")
    yield from _story(one, two, profiles, find, stories)
    told, others = marks(one), marks(two)
    if told and others and not told & others:
        yield Feature("other mark", f"{', '.join(sorted(told))} and {', '.join(sorted(others))}")
    if apart_in_time(one, two):
        yield Feature("other time", f"told {one.published} and {two.published}")


def _story(one: Profile, two: Profile, profiles: Profiles, find: Find, stories: Stories) -> Iterator[Feature]:
    mine, theirs = (stories(each.document) for each in (one, two))
    common = (mine & theirs) - {find(one.id), find(two.id)}
    event = next((end for end in sorted(common) if end in profiles and profiles[end].type == "Event"), None)
    if one.document != two.document and (event or len(common) >= _STORY):
        what = called(event, profiles) if event else f"{len(common)} same things"
        yield Feature("same story", f"their articles tell of {what}")
