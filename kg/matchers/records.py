"""Records of foreign graphs and tables: beside the name, maker and date speak for or against their being one."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg import compare, forms, parts
from kg.compare import Side
from kg.lexicon import known, lexicon
from kg.profiles import ORGANISATIONS, Decision, Find, Matcher, Profile
from kg.profiles import records as profile_records
from kg.runs import grouped
from kg.weights import DIFFERENT, SAME, Verdict, told

NAME = "records"
MOST = 0.98
"""The score that it gives at most."""

_MADE = frozenset({"Model", "Product", "Dataset"})
_TYPES = _MADE | ORGANISATIONS | {"Person", "Place"}
_MAKERS = ("developer", "creator", "publisher", "owner")
OWN_TWO = "are two records of one source"
"""The reason for keeping apart what its own source has as two."""

_DATES = ("releaseDate", "announcedDate")
_MANY = 40  # things of one name that are compared
_KEPT = 1 << 14  # entities whose makers and dates stay in memory, and answers about two
_FEW = 12  # of names that have only a word in common
_SURE, _LOOSE = "1", "2"  # how the keys of blocks begin: what is sure comes first
_RECORD = re.compile(r"#r\d+$")


def records() -> Matcher:
    """What says whether a record and another entity of like name are one: name, kind, maker and date are weighed.

    Two records of one source are never one; where they have one name, what is told by the name alone is neither.
    Between the records of two sources nothing less than being sure is enough, whatever other matchers hold. What is
    joined by others meanwhile changes none of this: asked again, it tells what it would join and is two still.
    """
    told: list[Decision] | None = None

    def matcher(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
        nonlocal told
        if told is None:
            told = []
            for item in _all(profiles):
                told += [item] if item.same else []
                yield from [item] if not item.same or find(item.one) != find(item.two) else []
        else:
            yield from (item for item in told if find(item.one) != find(item.two))

    return matcher


def _all(profiles: Mapping[str, Profile]) -> Iterator[Decision]:
    @functools.lru_cache(_KEPT)
    def sides(iri: str, name: str) -> Known:
        return _side(profiles[iri], name, profiles)

    seen: set[tuple[str, str]] = set()
    near: dict[str, dict[str, dict[str, str]]] = {}
    for group in grouped(profile_records(profiles, keys)):
        loose = group[0][0].startswith(_LOOSE)
        names = {iri: name for _, iri, _, name in reversed(group)}
        if len(names) > 1 and any(map(is_record, names)):
            some = [(profiles[iri], names[iri]) for iri in sorted(names)[: _FEW if loose else _MANY]]
            yield from _decided(some, sides, seen, near)
            yield from () if loose else _own_two((each[0].id, each[1]) for each in some)
    _judge.cache_clear()
    for found in near.values():
        yield from (each for listed in found.values() for each in _own_two(listed.items()))


def keys(profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str, int, str]]:
    """In which blocks an entity is by which of its names, in their order."""
    for profile in profiles.values():
        if profile.type in _TYPES:
            for number, name in enumerate(forms.full(profile.names, profile.type)):
                if _is_telling(name, profile.type):
                    yield from ((key, profile.id, number, name) for key in _keys(name))


def is_record(iri: str) -> bool:
    """Whether an entity is one that a foreign source gives an identifier of its own."""
    return bool(_RECORD.search(iri))


def _own_two(members: Iterable[tuple[str, str]]) -> Iterator[Decision]:
    """That records of one source are two, where other sources know what may be either: each with its name."""
    for (one, name), (two, other) in itertools.combinations(sorted(members), 2):
        if is_record(one) and is_record(two) and one.partition("#")[0] == two.partition("#")[0]:
            reason = f"“{name}” and “{other}” {OWN_TWO}"
            yield Decision(one, two, same=False, score=MOST, reason=reason, matcher=NAME)


def _decided(
    members: list[tuple[Profile, str]],
    sides: Sides,
    seen: set[tuple[str, str]],
    near: dict[str, dict[str, dict[str, str]]],
) -> Iterator[Decision]:
    """What is decided of the pairs of a block; `near` takes, by entity and source, the records that it may be."""
    pairs = [
        (one, two) for one, two in itertools.combinations(members, 2) if is_record(one[0].id) or is_record(two[0].id)
    ]
    twins = {each[0].id for one, two in pairs if _twins(one, two) for each in (one, two)}
    for (one, name), (two, other) in pairs:
        if (one.id, two.id) in seen:
            continue
        seen.add((one.id, two.id))
        both = is_record(one.id) and is_record(two.id)
        if both and one.document == two.document:
            continue
        mine, theirs = sides(one.id, name), sides(two.id, other)
        verdict = _judge(mine, theirs, lexicon())
        ambiguous = (one.id in twins or two.id in twins) and not _agreed(verdict)
        apart = (
            verdict.decision == DIFFERENT or ambiguous or (both and (verdict.decision != SAME or _apart(mine, theirs)))
        )
        reason = f"“{name}” and “{other}”: {told(verdict.features)}"
        if apart:
            why = "which record of this name is meant is not known; " * ambiguous
            yield Decision(one.id, two.id, same=False, score=MOST, reason=why + reason, matcher=NAME)
            continue
        for entity, record, called in ((one, two, other), (two, one, name)):
            near.setdefault(entity.id, {}).setdefault(record.document, {})[record.id] = called
        if verdict.decision == SAME:
            score = min(MOST, verdict.score)
            yield Decision(one.id, two.id, same=True, score=score, reason=reason, matcher=NAME)


def _twins(one: tuple[Profile, str], two: tuple[Profile, str]) -> bool:
    """Whether they are records of one source under one name."""
    records_ = is_record(one[0].id) and is_record(two[0].id) and one[0].document == two[0].document
    return records_ and forms.key(one[1], one[0].type) == forms.key(two[1], two[0].type)


def _agreed(verdict: Verdict) -> bool:
    return any(feature.name == "same maker" for feature in verdict.features)


@functools.lru_cache(_KEPT)
def _judge(one: Known, two: Known, _lexicon: object) -> Verdict:
    """What `kg.compare` says, with the makers that go together best; the makers of one house are no evidence.

    `_lexicon` is what is known beforehand: with other entries the answer may be another.
    """
    name, type_, makers, date = one
    other, other_type, others, other_date = two
    keys_of_others = set(map(_key, others)) if makers else set[str]()
    common = min((maker for maker in makers if _key(maker) in keys_of_others), default="")
    apart = not common and _apart(one, two)
    mine, theirs = (common, common) if common else (makers[0], others[0]) if apart else ("", "")
    return compare.compare(Side(name, type_, mine, date), Side(other, other_type, theirs, other_date))


def _apart(one: Known, two: Known) -> bool:
    """Whether both have makers, and none of the one has to do with one of the other."""
    return bool(one[2] and two[2]) and not any(_of_one_house(a, b) for a in one[2] for b in two[2])


Known = tuple[str, str, tuple[str, ...], str]
"""Name, type, makers, date."""

Sides = Callable[[str, str], Known]
"""What is known of an entity under one of its names."""


def _side(profile: Profile, name: str, profiles: Mapping[str, Profile]) -> Known:
    ties = sorted(profile.ties)
    ends = [end for wanted in _MAKERS for relation, end in ties if relation == wanted]
    makers = tuple(dict.fromkeys(each for end in ends for each in (profiles[end].names if end in profiles else ())))
    dates = [end for wanted in _DATES for relation, end in ties if relation == wanted]
    return name, profile.type, makers, dates[0] if dates and is_record(profile.id) else ""


def _keys(name: str) -> Iterator[str]:
    """The blocks of a name: all that it says; what it is known as; more loosely, its first word and its initials."""
    for form in parts.forms(name):
        found = parts.parts(form)
        yield f"{_SURE}{(''.join(sorted(found.joined)), tuple(sorted(found.numbers)), tuple(sorted(found.sizes)))!r}"
        yield from (f"{_LOOSE}{word}" for word in found.words[:1])
        initials = "".join([word[0] for word in form.split() if word[0].isupper()])
        yield from [f"{_LOOSE}{initials.casefold()}"] if len(initials) > 2 else []  # noqa: PLR2004 - two letters are anything
    yield from (f"{_SURE}!{entry.name}" for entry in lexicon().meanings(name))


def _is_telling(name: str, type_: str) -> bool:
    """Whether a record's name can be compared: "o1-mini" can, a mere version can't."""
    found = parts.parts(parts.forms(name)[0])
    return forms.is_strong(name, type_) or (len(found.words) > 1 and bool(found.numbers))


def _key(maker: str) -> str:
    return _known_as(maker, lexicon())[0]


def _of_one_house(one: str, two: str) -> bool:
    """Whether one is the other, a part of it, or has it in its name: what "Google" makes "Google DeepMind" may make."""
    (key, houses), (other, others) = _known_as(one, lexicon()), _known_as(two, lexicon())
    if key == other or not houses.isdisjoint(others):
        return True
    return forms.extends(one, two, "Company") or forms.extends(two, one, "Company")


@functools.lru_cache(_KEPT)
def _known_as(maker: str, _lexicon: object) -> tuple[str, frozenset[str]]:
    """What tells a maker from others; and the keys of its houses.

    Those are the maker, what it belongs to, and, where it is named after what it makes, the maker of that.
    """
    entry = known((maker,), "Company")
    about = [name for each in lexicon().meanings(maker) for name in (each.name, each.parent, each.developer) if name]
    houses = {*(forms.key(name, "Company") for name in (maker, *about)), *forms.words(maker, "Company")[:1]}
    return entry.name if entry else forms.key(maker, "Company"), frozenset(houses)
