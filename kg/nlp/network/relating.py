"""The fourth stage: which relations hold between mentions at most a sentence apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kg.nlp import decode, features, plain
from kg.nlp.network.engine import Engine
from kg.nlp.network.settings import Settings
from kg.nlp.network.state import Array, FoundRelation, State


def relate(engine: Engine, settings: Settings, state: State) -> None:
    """Fourth stage: which relations hold between mentions at most a sentence apart; their stance is yet unknown.

    Of several pairs of mentions of the same two things in one sentence the surest stands for them. Of a symmetric
    relation the surer direction stands.
    """
    if state.links is None:
        return
    found, words = state.mentions, state.words
    start = np.asarray([m.start for m in found], dtype=np.int64)
    end = np.asarray([m.end for m in found], dtype=np.int64)
    types = np.asarray([m.type for m in found], dtype=np.int64)
    cluster = np.asarray([m.cluster for m in found], dtype=np.int64)
    head, tail = features.pairs(words.sentence[start])
    possible = settings.allowed[types[head], :, types[tail]].any(1) & (cluster[head] != cluster[tail])
    head, tail = head[possible], tail[possible]
    if len(head) == 0:
        return
    vectors, scores = _pairs(engine, words, state.vectors, state.links, start, end, head, tail)
    told = frozenset(_plain(settings, state, head, tail))
    scores = _corrected(settings, state, decode.sigmoid(scores), told, head, tail)
    chance = np.where(settings.allowed[types[head], :, types[tail]], scores, 0.0)
    place = words.sentence[np.maximum(start[head], start[tail])]
    kept = _surest(settings, chance, cluster[head], cluster[tail], place)
    scores = settings.calibrate("relation", np.asarray([score for _, _, score in kept])).tolist()
    state.relations = tuple(
        FoundRelation(
            int(head[pair]), relation, int(tail[pair]), plain.SURE if (pair, relation) in told else score, (), None
        )
        for (pair, relation, _), score in zip(kept, scores, strict=True)
    )
    state.pairs = vectors[[pair for pair, _, _ in kept]]


def _corrected(
    settings: Settings, state: State, scores: Array, told: Iterable[tuple[int, int]], head: Array, tail: Array
) -> Array:
    """The scores of pairs, where plain words tell otherwise: what they say holds; a verb has no other relation.

    What an event is against is not who does it, in the whole text.
    """
    verbs = np.asarray([m.verb for m in state.mentions], dtype=bool)
    scores[verbs[head] | verbs[tail]] = 0.0
    cluster = np.asarray([m.cluster for m in state.mentions], dtype=np.int64)
    for pair, relation in told:
        scores[pair, relation] = 1.0
        if settings.relations[relation] == "affects" and "agent" in settings.relations:
            same = (cluster[head] == cluster[head[pair]]) & (cluster[tail] == cluster[tail[pair]])
            scores[same, settings.relations.index("agent")] = 0.0
    return scores


def _surest(settings: Settings, chance: Array, one: Array, two: Array, place: Array) -> list[tuple[int, int, float]]:
    """The likely relations as (pair, relation, score): of the same two clusters and sentence the surest pair alone.

    Of a symmetric relation the surer direction stands.
    """
    best: dict[tuple[int, int, int, int], tuple[float, int]] = {}
    likely, names = np.nonzero(chance >= np.asarray(settings.thresholds or [0.5] * len(settings.relations))[None, :])
    columns = (likely, names, one[likely], two[likely], place[likely], chance[likely, names])
    for pair, relation, head, tail, number, score in zip(*(column.tolist() for column in columns), strict=True):
        ends = (min(head, tail), max(head, tail)) if relation in settings.symmetric else (head, tail)
        key = (*ends, relation, number)
        best[key] = max(best.get(key, (0.0, 0)), (score, -pair))
    return sorted((-number, key[2], score) for key, (score, number) in best.items())


def _plain(settings: Settings, state: State, head: Array, tail: Array) -> Iterator[tuple[int, int]]:
    """The pairs, by number, and the relations that plain words tell of them."""
    words = [word.lower() for word in state.text.words]
    mentions = [plain.Typed(m.start, m.end, settings.types[m.type]) for m in state.mentions]
    for one, name, other in plain.related(words, mentions):
        if name in settings.relations:
            places = np.flatnonzero((head == one) & (tail == other))
            yield from ((int(place), settings.relations.index(name)) for place in places)


def _pairs(  # noqa: PLR0913, PLR0917 - the arrays of one text
    engine: Engine,
    words: features.Words,
    vectors: Array,
    mentions: Array,
    start: Array,
    end: Array,
    head: Array,
    tail: Array,
    step: int = 500,
) -> tuple[Array, Array]:
    """Vectors and scores of pairs, in portions, each over just the words that its pairs' sentences cover."""
    edges = np.searchsorted(words.sentence, np.arange(int(words.sentence[-1]) + 2), side="left")
    first = np.minimum(words.sentence[start[head]], words.sentence[start[tail]])
    last = np.maximum(words.sentence[start[head]], words.sentence[start[tail]])
    low, high = edges[first], edges[last + 1]
    gap = features.gaps(start, end, head, tail)
    far = np.minimum(last - first, features.SENTENCE_STEPS - 1)
    out: list[tuple[Array, Array]] = []
    for begin in range(0, len(head), step):
        part = slice(begin, begin + step)
        base, stop = int(low[part].min()), int(high[part].max())
        inside = np.flatnonzero((start >= base) & (end < stop))
        place = np.zeros(len(start), dtype=np.int64)
        place[inside] = np.arange(len(inside))
        h, s = engine(
            "relater",
            words=vectors[base:stop],
            mentions=mentions[inside],
            start=start[inside] - base,
            end=end[inside] - base,
            head=place[head[part]],
            tail=place[tail[part]],
            low=low[part] - base,
            high=high[part] - base,
            gaps=gap[part],
            sentence_steps=far[part],
        )
        out.append((h, s))
    return np.concatenate([o[0] for o in out]), np.concatenate([o[1] for o in out])
