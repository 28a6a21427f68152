"""Pairs of things in a graph that may be one: what no matcher was sure of, for a person to decide."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from kg import compare, forms, parts, phrases, vocab
from kg.graph import Entity, Graph
from kg.types import Evidence, Statement, digest

CLOSE = vocab.SKOS + "closeMatch"
"""What is said of two that may be one."""

LEAST = 0.3
"""Pairs that are less likely to be one are left out."""

_ASIDE = frozenset({"Event", "Group", "Work", "Law", "Role", "Topic", "Date", "Money", "Quantity"})
_MOST = 12  # things of one block that are compared with each other


def doubts(graph: Graph) -> tuple[Statement, ...]:
    """The pairs, most likely first, each a statement with score and reason as its evidence.

    Candidates share the first word, the initials or all words of a name; what was decided to be different is left out.
    The time grows with the things, not with their pairs.
    """
    apart = _apart(graph)
    found = {}
    for one, two in _candidates(graph.entities.values()):
        if (one.id, two.id) not in apart:
            pair = max((_pair(a, b, one, two) for a in _names(one) for b in _names(two)), key=lambda each: each.score)
            if pair.score >= LEAST:
                found[one.id, two.id] = _statement(one, two, pair)
    return tuple(sorted(found.values(), key=lambda item: (-item.score, item.key)))


def _names(entity: Entity) -> tuple[str, ...]:
    type_ = entity.type.removeprefix(vocab.KG)
    called = (name for name in (entity.name, *entity.aliases) if phrases.is_name(name, type_))
    return tuple(name for name in called if forms.is_strong(name, type_))[:_MOST]


def _pair(one: str, two: str, first: Entity, second: Entity) -> compare.Verdict:
    types = (each.type.removeprefix(vocab.KG) for each in (first, second))
    verdict = compare.compare(*map(compare.Side, (one, two), types))
    return verdict if verdict.decision != compare.DIFFERENT else verdict._replace(score=0.0)


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


def _statement(one: Entity, two: Entity, verdict: compare.Verdict) -> Statement:
    reason = compare.told(verdict)
    key = digest((one.id, two.id, reason))
    evidence = Evidence(key, "", 0, 0, "", score=verdict.score, reader="doubts", reason=reason)
    return Statement(one.id, CLOSE, two.id, (evidence,))
