"""Records of foreign graphs and tables: beside the name, maker and date speak for or against their being one."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping

from kg import compare, forms, parts
from kg.compare import Side
from kg.lexicon import known, lexicon
from kg.profiles import Decision, Find, Profile
from kg.weights import DIFFERENT, SAME, Verdict, told

NAME = "records"
MOST = 0.98
"""The score that it gives at most."""

_MADE = frozenset({"Model", "Product", "Dataset"})
_MAKERS = ("developer", "creator", "publisher", "owner")
_DATES = ("releaseDate", "announcedDate")
_MANY = 40  # things of one block that are compared
_RECORD = re.compile(r"#r\d+$")


def records(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Says of models, products and data sets of one name whether makers and dates speak for or against one thing.

    Two records of one source that have one name are two, and what is told by the name alone is neither of them.
    """
    blocks: dict[object, dict[str, tuple[Profile, str]]] = {}
    for _, profile in sorted(profiles.items()):
        if profile.type in _MADE:
            for name in forms.full(profile.names, profile.type):
                if forms.is_strong(name, profile.type):
                    blocks.setdefault(_block(name), {}).setdefault(profile.id, (profile, name))

    @functools.cache
    def sides(iri: str, name: str) -> Known:
        return _side(profiles[iri], name, profiles)

    for members in blocks.values():
        if len(members) > 1 and any(map(is_record, members)):
            yield from _decided(list(members.values())[:_MANY], sides, find)


def is_record(iri: str) -> bool:
    """Whether an entity is one that a foreign source gives an identifier of its own."""
    return bool(_RECORD.search(iri))


def _decided(members: list[tuple[Profile, str]], sides: Sides, find: Find) -> Iterator[Decision]:
    pairs = list(itertools.combinations(members, 2))
    twins = {each.id for (one, _), (two, _) in pairs if _twins(one, two) for each in (one, two)}
    for (one, name), (two, other) in pairs:
        if _twins(one, two):
            reason = f"two records of one source are called “{name}”"
            yield Decision(one.id, two.id, same=False, score=MOST, reason=reason, matcher=NAME)
            continue
        mine, theirs = sides(one.id, name), sides(two.id, other)
        verdict = _judge(mine, theirs)
        ambiguous = (one.id in twins or two.id in twins) and not _agreed(verdict)
        makers = is_record(one.id) and is_record(two.id) and _apart(mine, theirs)
        if verdict.decision == DIFFERENT or ambiguous or makers:
            why = "which record of this name is meant is not known; " * ambiguous + told(verdict.features)
            score = MOST if ambiguous or makers else min(MOST, round(1 - verdict.score, 2))
            reason = f"“{name}” and “{other}”: {why}"
            yield Decision(one.id, two.id, same=False, score=score, reason=reason, matcher=NAME)
        elif verdict.decision == SAME and _agreed(verdict) and find(one.id) != find(two.id):
            reason = f"“{name}” and “{other}”: {told(verdict.features)}"
            score = min(MOST, verdict.score)
            yield Decision(one.id, two.id, same=True, score=score, reason=reason, matcher=NAME)


def _twins(one: Profile, two: Profile) -> bool:
    return one.document == two.document and is_record(one.id) and is_record(two.id)


def _agreed(verdict: Verdict) -> bool:
    return any(feature.name == "same maker" for feature in verdict.features)


def _judge(one: Known, two: Known) -> Verdict:
    """What `kg.compare` says, with the makers that go together best; the makers of one house are no evidence."""
    name, type_, makers, date = one
    other, other_type, others, other_date = two
    common = min((maker for maker in makers if _key(maker) in {_key(each) for each in others}), default="")
    apart = _apart(one, two)
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


def _block(name: str) -> tuple[object, ...]:
    found = parts.parts(parts.forms(name)[0])
    return "".join(sorted(found.joined)), tuple(sorted(found.numbers)), tuple(sorted(found.sizes)), found.stamp


def _key(maker: str) -> str:
    entry = known((maker,), "Company")
    return entry.name if entry else forms.key(maker, "Company")


def _of_one_house(one: str, two: str) -> bool:
    """Whether one is the other, a part of it, or has it in its name: what "Google" makes "Google DeepMind" may make."""
    if _key(one) == _key(two):
        return True
    mine, theirs = _houses(one), _houses(two)
    return bool(mine & theirs) or forms.extends(one, two, "Company") or forms.extends(two, one, "Company")


def _houses(maker: str) -> frozenset[str]:
    """The maker, what it belongs to, and, where it is named after what it makes, the maker of that."""
    about = [
        name for entry in lexicon().meanings(maker) for name in (entry.name, entry.parent, entry.developer) if name
    ]
    return frozenset({*(forms.key(name, "Company") for name in (maker, *about)), *forms.words(maker, "Company")[:1]})
