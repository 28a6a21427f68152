"""The fourth stage: which relations hold between mentions at most a sentence apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kg.nlp import decode, features, plain, respective
from kg.nlp.network.engine import Engine
from kg.nlp.network.settings import Settings
from kg.nlp.network.state import Array, FoundRelation, State

_STEP = 500
"""Pairs that are weighed at once: what is known of all the pairs of a long list of names would fill gigabytes."""


class _Mentions(NamedTuple):
    """Of each mention the first and last word, the type, the cluster, and whether it is a verb."""

    start: Array
    end: Array
    type: Array
    cluster: Array
    verb: Array


class _Likely(NamedTuple):
    """Pairs that may have a relation: numbers of their mentions, the vector, and the chance of each relation."""

    head: Array
    tail: Array
    vectors: Array
    chance: Array


def relate(engine: Engine, settings: Settings, state: State) -> None:
    """Fourth stage: which relations hold between mentions at most a sentence apart; their stance is yet unknown.

    Of several pairs of mentions of the same two things in one sentence the surest stands for them. Of a symmetric
    relation the surer direction stands.
    """
    if state.links is None:
        return
    columns = ([getattr(m, name) for m in state.mentions] for name in _Mentions._fields)
    mentions = _Mentions(*map(np.asarray, columns))
    head, tail = features.pairs(state.words.sentence[mentions.start])
    possible = np.asarray(settings.allowed.any(1))[mentions.type[head], mentions.type[tail]]
    possible &= mentions.cluster[head] != mentions.cluster[tail]
    possible &= ~_crossed(state, head, tail)
    told, owned = _plain(settings, state)
    found = list(_likely(engine, settings, state, mentions, head[possible], tail[possible], told, owned))
    if not found:
        return
    likely = _Likely(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    kept = _surest(settings, state, mentions, likely)
    scores = settings.calibrate("relation", np.asarray([score for _, _, score in kept])).tolist()
    ends = [(int(likely.head[pair]), relation, int(likely.tail[pair])) for pair, relation, _ in kept]
    state.relations = tuple(
        FoundRelation(*each, plain.SURE if each in told else score, (), None)
        for each, score in zip(ends, scores, strict=True)
    )
    state.pairs = likely.vectors[[pair for pair, _, _ in kept]]


def _crossed(state: State, head: Array, tail: Array) -> Array:
    """Which pairs are of items of two lists that don't belong together by the word "respectively"."""
    words = [word.lower() for word in state.text.words]
    found = np.zeros(len(head), dtype=bool)
    for first, second in respective.pairs(words, [(m.start, m.end) for m in state.mentions]):
        place = np.full(len(state.mentions), -1)
        place[first], place[second] = range(len(first)), range(len(second))
        across = np.isin(head, first) & np.isin(tail, second) | np.isin(head, second) & np.isin(tail, first)
        found |= across & (place[head] != place[tail])
    return found


def _plain(settings: Settings, state: State) -> tuple[frozenset[tuple[int, int, int]], list[tuple[int, int]]]:
    """The relations that plain words tell, as (head, relation, tail) by number, and what stands by its owner."""
    words = [word.lower() for word in state.text.words]
    mentions = [plain.Typed(m.start, m.end, settings.types[m.type]) for m in state.mentions]
    number = {name: index for index, name in enumerate(settings.relations)}
    related = plain.related(words, mentions)
    told = frozenset((one, number[name], other) for one, name, other in related if name in number)
    return told, list(plain.owned(words, mentions))


def _likely(
    engine: Engine,
    settings: Settings,
    state: State,
    mentions: _Mentions,
    head: Array,
    tail: Array,
    told: frozenset[tuple[int, int, int]],
    owned: list[tuple[int, int]],
) -> Iterator[_Likely]:
    """Of these pairs those that have a likely relation, portion by portion."""
    thresholds = np.asarray(settings.thresholds or [0.5] * len(settings.relations))
    for part, vectors, scores in _weighed(engine, state, mentions, head, tail):
        one, two = head[part], tail[part]
        chance = _corrected(settings, mentions, decode.sigmoid(scores), one, two, told)
        _make_own(settings, mentions, chance, one, two, owned)
        chance = np.where(settings.allowed[mentions.type[one], :, mentions.type[two]], chance, 0.0)
        rows = np.flatnonzero((chance >= thresholds).any(1))
        yield _Likely(one[rows], two[rows], vectors[rows], chance[rows])


def _corrected(
    settings: Settings,
    mentions: _Mentions,
    scores: Array,
    head: Array,
    tail: Array,
    told: frozenset[tuple[int, int, int]],
) -> Array:
    """The scores of pairs, where plain words tell otherwise: what they say holds; a verb has no other relation.

    What an event is against is not who does it, in the whole text.
    """
    scores[mentions.verb[head] | mentions.verb[tail]] = 0.0
    cluster, low, high = mentions.cluster, head.min(), head.max()
    for one, relation, two in told:
        if low <= one <= high:
            scores[(head == one) & (tail == two), relation] = 1.0
        if settings.relations[relation] == "affects" and "agent" in settings.relations:
            same = (cluster[head] == cluster[one]) & (cluster[tail] == cluster[two])
            scores[same, settings.relations.index("agent")] = 0.0
    return scores


def _make_own(
    settings: Settings, mentions: _Mentions, scores: Array, head: Array, tail: Array, owned: list[tuple[int, int]]
) -> None:
    """What stands right behind its owner ("Marlow's Loom") is made by nobody else of its sentence."""
    if "developer" not in settings.relations:
        return
    column = settings.relations.index("developer")
    for thing, owner in owned:
        others = mentions.cluster[tail] != mentions.cluster[owner]
        scores[(head == thing) & others, column] = 0.0


def _surest(settings: Settings, state: State, mentions: _Mentions, likely: _Likely) -> list[tuple[int, int, float]]:
    """The relations as (pair, relation, score): of the same two clusters and sentence the surest pair alone.

    Of a symmetric relation the surer direction stands.
    """
    best: dict[tuple[int, int, int, int], tuple[float, int]] = {}
    thresholds = np.asarray(settings.thresholds or [0.5] * len(settings.relations))
    pairs, names = np.nonzero(likely.chance >= thresholds)
    head, tail = likely.head[pairs], likely.tail[pairs]
    place = state.words.sentence[np.maximum(mentions.start[head], mentions.start[tail])]
    columns = (pairs, names, mentions.cluster[head], mentions.cluster[tail], place, likely.chance[pairs, names])
    for pair, relation, one, two, number, score in zip(*(column.tolist() for column in columns), strict=True):
        ends = (min(one, two), max(one, two)) if relation in settings.symmetric else (one, two)
        key = (*ends, relation, number)
        best[key] = max(best.get(key, (0.0, 0)), (score, -pair))
    return sorted((-number, key[2], score) for key, (score, number) in best.items())


def _weighed(
    engine: Engine, state: State, mentions: _Mentions, head: Array, tail: Array
) -> Iterator[tuple[slice, Array, Array]]:
    """Vectors and scores of pairs, in portions, each over just the words that its pairs' sentences cover."""
    sentence, links, (start, end) = state.words.sentence, np.asarray(state.links), mentions[:2]
    edges = np.searchsorted(sentence, np.arange(int(sentence[-1]) + 2), side="left")
    for begin in range(0, len(head), _STEP):
        part = slice(begin, begin + _STEP)
        one, two = head[part], tail[part]
        first, last = (how(sentence[start[one]], sentence[start[two]]) for how in (np.minimum, np.maximum))
        low, high = edges[first], edges[last + 1]
        base, stop = int(low.min()), int(high.max())
        inside = np.flatnonzero((start >= base) & (end < stop))
        place = np.zeros(len(start), dtype=np.int64)
        place[inside] = np.arange(len(inside))
        vectors, scores = engine(
            "relater",
            words=state.vectors[base:stop],
            mentions=links[inside],
            start=start[inside] - base,
            end=end[inside] - base,
            head=place[one],
            tail=place[two],
            low=low - base,
            high=high - base,
            gaps=features.gaps(start, end, one, two),
            sentence_steps=np.minimum(last - first, features.SENTENCE_STEPS - 1),
        )
        yield part, vectors, scores
