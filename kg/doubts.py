"""Pairs of things in a graph that may be one: what no matcher was sure of, for a person to decide."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from kg import forms, parts, phrases, vocab
from kg.compare import Side, compare
from kg.graph import Entity, Graph
from kg.matchers import nominals, short_names
from kg.profiles import each_profile, kept
from kg.runs import Runs, grouped
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
    for one, two in _candidates(graph):
        pair = max((_pair(a, b, one, two) for a in _names(one) for b in _names(two)), key=lambda each: each.score)
        if pair.score >= LEAST:
            found[one.id, two.id] = (pair.score, told(pair.features))
    for ends, pair_ in _proposed(graph):
        found[ends] = max(pair_, found.get(ends, pair_))
    kept = (_statement(*ends, *pair) for ends, pair in found.items() if pair[0] >= LEAST and ends not in apart)
    return tuple(sorted(kept, key=lambda item: (-item.score, item.key)))


def _proposed(graph: Graph) -> Iterator[tuple[tuple[str, str], tuple[float, str]]]:
    """The pairs of things that a matcher thinks may be one, with score and reason.

    It may be sure here where it was not before, since all articles together say more of a thing than each.
    """
    found = kept(each for each in each_profile(graph) if each.id.startswith(vocab.BASE + "id/"))
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


def _candidates(graph: Graph) -> Iterator[tuple[Entity, Entity]]:
    """Things of which some names are in one block, each pair once, in their order."""
    pairs = (pair for members in grouped(_blocks(graph.entities.values())) for pair in _paired(members))
    for (one, two), _ in itertools.groupby(Runs(pairs)):
        yield graph.entities[one], graph.entities[two]


def _blocks(entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    for entity in entities:
        if entity.type.removeprefix(vocab.KG) not in _ASIDE and not entity.id.startswith(vocab.BASE + "value/"):
            for name in _names(entity):
                yield from ((key, entity.id) for key in _keys(name))


def _paired(members: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return itertools.combinations([iri for _, iri in members[:_MOST]], 2)


def _keys(name: str) -> set[str]:
    words = parts.parts(name).words
    initials = "".join(word[0] for word in words)
    return {words[0], "".join(sorted("".join(words))), initials if len(words) > 2 else words[0]} if words else set()  # noqa: PLR2004


def _apart(graph: Graph) -> set[tuple[str, str]]:
    ends = (
        (_thing(graph, item.subject), _thing(graph, str(item.object))) for item in graph.saying(vocab.DIFFERENT_FROM)
    )
    return {pair for one, two in ends for pair in ((one, two), (two, one))}


def _thing(graph: Graph, iri: str) -> str:
    """What the entity of a document is in the graph; itself if it is no other."""
    same = (str(item.object) for item in graph.about(iri) if item.predicate == vocab.SAME_AS)
    return max(same, default=iri)


def _statement(one: str, two: str, score: float, reason: str) -> Statement:
    evidence = Evidence(digest((one, two, reason)), "", 0, 0, "", score=round(score, 2), reader="doubts", reason=reason)
    return Statement(one, CLOSE, two, (evidence,))
