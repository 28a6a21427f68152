"""Pairs of things in a graph that may be one: what no matcher was sure of, for a person to decide."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from kg import forms, parts, phrases, vocab
from kg.compare import Side, compare
from kg.graph import Entity, Graph
from kg.matchers import nominals, short_names
from kg.profiles import profiles
from kg.types import Evidence, Statement, digest
from kg.weights import DIFFERENT, Verdict, told

CLOSE = vocab.SKOS + "closeMatch"
"""What is said of two that may be one."""

LEAST = 0.3
"""Pairs that are less likely to be one are left out."""

_ASIDE = frozenset({"Event", "Group", "Work", "Law", "Role", "Topic", "Date", "Money", "Quantity"})
_MOST = 12  # things of one block that are compared with each other


def doubts(graph: Graph) -> tuple[Statement, ...]:
    """The pairs, most likely first, each a statement with score and reason as its evidence.

    Those are pairs of names that share the first word, the initials or all words, and what the matchers for short names
    and for things without a name are unsure of. What was decided to be different is left out. The time grows with the
    things, not with their pairs.
    """
    apart = _apart(graph)
    found = {}
    for one, two in _candidates(graph.entities.values()):
        pair = max((_pair(a, b, one, two) for a in _names(one) for b in _names(two)), key=lambda each: each.score)
        found[one.id, two.id] = (pair.score, told(pair.features))
    for ends, pair_ in _proposed(graph):
        found[ends] = max(pair_, found.get(ends, pair_))
    kept = (_statement(*ends, *pair) for ends, pair in found.items() if pair[0] >= LEAST and ends not in apart)
    return tuple(sorted(kept, key=lambda item: (-item.score, item.key)))


def _proposed(graph: Graph) -> Iterator[tuple[tuple[str, str], tuple[float, str]]]:
    """The pairs of things that a matcher thinks may be one, with score and reason.

    It may be sure here where it was not before, since all articles together say more of a thing than each.
    """
    found = {iri: profile for iri, profile in profiles(graph).items() if iri.startswith(vocab.BASE + "id/")}
    for matcher in (short_names, nominals):
        for item in matcher(found, lambda iri: iri):
            if item.same is not False:
                one, two = sorted((item.one, item.two))
                yield (one, two), (item.score, item.reason)


def _names(entity: Entity) -> tuple[str, ...]:
    type_ = entity.type.removeprefix(vocab.KG)
    called = (name for name in (entity.name, *entity.aliases) if phrases.is_name(name, type_))
    return tuple(name for name in called if forms.is_strong(name, type_))[:_MOST]


def _pair(one: str, two: str, first: Entity, second: Entity) -> Verdict:
    types = (each.type.removeprefix(vocab.KG) for each in (first, second))
    verdict = compare(*map(Side, (one, two), types))
    return verdict if verdict.decision != DIFFERENT else verdict._replace(score=0.0)


def _candidates(entities: Iterable[Entity]) -> Iterator[tuple[Entity, Entity]]:
    blocks: dict[str, dict[str, Entity]] = {}
    for entity in entities:
        if entity.type.removeprefix(vocab.KG) not in _ASIDE and not entity.id.startswith(vocab.BASE + "value/"):
            for name in _names(entity):
                for key in _keys(name):
                    blocks.setdefault(key, {}).setdefault(entity.id, entity)
    seen = set()
    for _, members in sorted(blocks.items()):
        for one, two in itertools.combinations(list(members.values())[:_MOST], 2):
            if (one.id, two.id) not in seen:
                seen.add((one.id, two.id))
                yield one, two


def _keys(name: str) -> set[str]:
    words = parts.parts(name).words
    initials = "".join(word[0] for word in words)
    return {words[0], "".join(sorted("".join(words))), initials if len(words) > 2 else words[0]} if words else set()  # noqa: PLR2004


def _apart(graph: Graph) -> set[tuple[str, str]]:
    things = {item.subject: str(item.object) for item in graph if item.predicate == vocab.SAME_AS}
    ends = (
        (things.get(item.subject, item.subject), things.get(str(item.object), str(item.object)))
        for item in graph
        if item.predicate == vocab.DIFFERENT_FROM
    )
    return {pair for one, two in ends for pair in ((one, two), (two, one))}


def _statement(one: str, two: str, score: float, reason: str) -> Statement:
    evidence = Evidence(digest((one, two, reason)), "", 0, 0, "", score=round(score, 2), reader="doubts", reason=reason)
    return Statement(one, CLOSE, two, (evidence,))
