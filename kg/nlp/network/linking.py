"""The third stage: which candidates are mentions, of what type, and which of them are the same thing."""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from kg import phrases
from kg.nlp import decode, described, features, happened, known, plain, quoted
from kg.nlp.network.engine import Engine
from kg.nlp.network.settings import Settings
from kg.nlp.network.state import Array, FoundMention, State, Text

MOST = 256
"""The most mentions that are compared all with all: at some kilobytes a pair, half a gigabyte."""
is_name = functools.lru_cache(maxsize=1 << 14)(phrases.is_name)
"""The same question is asked at several stages."""
_VERSIONED = frozenset({"Model", "Product", "Dataset"})
_MAKERS = frozenset({"Company", "Media", "Lab", "University", "Government", "Nonprofit", "Collective", "Person"})
_MADE = _VERSIONED | {"Work", "Law"}


def link(engine: Engine, settings: Settings, state: State, candidates: list[tuple[int, int, int]]) -> None:
    """Third stage: which candidates are mentions, of what type, and which of them are the same thing.

    Comparing all with all takes memory by the square: what has very many is compared part by part, and across parts
    only equal names are one.
    """
    parts = (candidates[first : first + MOST] for first in range(0, len(candidates), MOST))
    found = [part for part in (_linked(engine, settings, state, each) for each in parts) if part.kept]
    if not found:
        return
    kept, named = [each for part in found for each in part.kept], [each for part in found for each in part.named]
    chance = np.concatenate([part.chance for part in found])
    firsts = np.cumsum([0, *(len(part.kept) for part in found)])
    numbers = [int(first) + number for first, part in zip(firsts, found, strict=False) for number in part.cluster]
    cluster = _unite_names(numbers, named)
    totals = np.zeros((len(kept), chance.shape[1]))
    np.add.at(totals, cluster, chance)
    type_of = totals.argmax(1)
    _know(type_of, cluster, named, settings.types)
    solid = settings.calibrate("mention", chance.max(1)) * _doubt(cluster, named)
    state.mentions = tuple(
        FoundMention(start, end, int(type_of[cluster[n]]), float(solid[n]), int(cluster[n]))
        for n, (start, end, _) in enumerate(kept)
    )
    state.links = np.concatenate([part.mentions for part in found])
    _add_verbs(settings, state, state.links)


def _know(type_of: Array, cluster: Array, named: list[tuple[str, str]], types: Sequence[str]) -> None:
    """Give the things whose names are known the type that they have, in place."""
    names: dict[int, set[str]] = {}
    for number, (surface, kind) in zip(cluster.tolist(), named, strict=True):
        if is_name(surface, kind):
            names.setdefault(number, set()).add(surface)
    for number, found in names.items():
        right = known.kind(found, types[type_of[number]])
        if right in types:
            type_of[number] = types.index(right)


def _doubt(cluster: Array, named: list[tuple[str, str]]) -> Array:
    """What is left of the certainty of each mention: less where a name that means several things is said once."""
    often = np.bincount(cluster, minlength=len(cluster))[cluster]
    several = [is_name(surface, kind) and known.is_one_of_several(surface) for surface, kind in named]
    return np.where((often == 1) & np.asarray(several, dtype=bool), _ONE_OF_SEVERAL, 1.0)


_ONE_OF_SEVERAL = 0.8
_SURE = 0.9
"""How likely a known name of several words is a mention, whatever the network says of it."""


def _add_verbs(settings: Settings, state: State, links: Array) -> None:
    """Put among the mentions the verbs that tell an event, each with the vector of a mention of its event."""
    words, taken = (
        [word.lower() for word in state.text.words],
        {i for m in state.mentions for i in range(m.start, m.end + 1)},
    )
    found = [happened.Found(m.start, m.end, settings.types[m.type], m.cluster) for m in state.mentions]
    rows = list(zip(state.mentions, links, strict=True))
    for word, cluster in happened.occurrences(words, found):
        like = next(((m, link) for m, link in rows if m.cluster == cluster))
        if word not in taken:
            rows.append((dataclasses.replace(like[0], start=word, end=word, score=plain.SURE, verb=True), like[1]))
    rows.sort(key=lambda row: (row[0].start, row[0].end))
    state.mentions, state.links = tuple(m for m, _ in rows), np.stack([link for _, link in rows])


class _Part(NamedTuple):
    """Of some candidates those that are mentions: their names, vectors, chances of each type, and clusters."""

    kept: list[tuple[int, int, int]]
    named: list[tuple[str, str]]
    mentions: Array
    chance: Array
    cluster: list[int]


def _linked(engine: Engine, settings: Settings, state: State, candidates: list[tuple[int, int, int]]) -> _Part:
    surfaces = [surface(state.text, start, end) for start, end, _ in candidates]
    spans = features.spans(surfaces, [c[0] for c in candidates], [c[1] for c in candidates], state.words.sentence)
    mentions, kinds, antecedents = engine(
        "linker",
        words=state.vectors,
        start=spans.start,
        end=spans.end,
        types=np.asarray([c[2] for c in candidates], dtype=np.int64),
        likeness=spans.likeness,
        steps=spans.steps,
        sentence_steps=spans.sentence_steps,
    )
    kinds = np.exp(decode.log_softmax(kinds))
    doubted = 1.0 - kinds[:, -1] < settings.mention
    sure = np.asarray([known.is_sure(surface) for surface in surfaces], dtype=bool) & doubted
    keep = np.flatnonzero(~doubted | sure)
    if len(keep) == 0:
        return _Part([], [], mentions, kinds, [])
    tagged = _tag_types(state.tags, spans.start[keep], spans.end[keep])
    chance = kinds[keep][:, :-1] * 0.5 + tagged * 0.5 * (1.0 - kinds[keep][:, -1:])
    for place in np.flatnonzero(sure[keep]).tolist():
        chance[place] = _SURE * (np.arange(chance.shape[1]) == candidates[keep[place]][2])
    measures = [place for place, i in enumerate(keep) if phrases.is_measure(surfaces[i])]
    counted = np.asarray([kind == "Quantity" for kind in settings.types])
    chance[measures] = np.where(counted, chance[measures].max(1, keepdims=True), 0.0)
    named = [(surfaces[i], settings.types[candidates[i][2]]) for i in keep]
    kept = [candidates[i] for i in keep]
    apart = _apart(named, spans.likeness[np.ix_(keep, keep)] > 0)
    apart[measures] = apart[:, measures] = True
    cluster = _united(antecedents[np.ix_(keep, keep)], settings, state, kept, apart)
    return _Part(kept, named, mentions[keep], chance, cluster)


def surface(text: Text, start: int, end: int) -> str:
    """The text of words `start`..`end` (inclusive)."""
    return "".join(text.words[i] + (" " if text.spaces[i] and i < end else "") for i in range(start, end + 1)).strip()


def _tag_types(tags: Array, start: Array, end: Array) -> Array:
    """The probability of each type by the tags at both ends of each span."""
    by_type = tags[:, 1:].reshape(len(tags), -1, 4)
    ends = (by_type[start, :, 0] + by_type[end, :, 2]) / 2
    return np.asarray(np.exp(np.where((start == end)[:, None], by_type[start, :, 3], ends)))


def _united(
    scores: Array, settings: Settings, state: State, kept: list[tuple[int, int, int]], apart: Array
) -> list[int]:
    """The clusters of these mentions; where plain words tell that two are one, they are, whatever their score."""
    words = [word.lower() for word in state.text.words]
    typed = [(start, end, settings.types[kind]) for start, end, kind in kept]
    persons = quoted.first_persons(words, state.words.sentence, typed, settings.speakers)
    for one, two in persons.apart:
        apart[one, two] = apart[two, one] = True
    same = [*persons.same, *described.again(state.text.words, [(start, end) for start, end, _ in kept])]
    scores[[one for one, _ in same]] = -np.inf
    return _joined(decode.clusters(scores, threshold=settings.antecedent, apart=apart), same)


def _apart(named: list[tuple[str, str]], alike: Array) -> Array:
    """Which of these mentions can't be one thing.

    Their names tell of different versions; or one names an organisation or a person and the other what is made, and the
    names have no word in common (are not `alike`). A name is of the type that most of its mentions have.
    """
    votes: dict[str, collections.Counter[str]] = {}
    for text, kind in named:
        votes.setdefault(features.plain(text), collections.Counter())[kind] += 1
    named = [(text, votes[features.plain(text)].most_common(1)[0][0]) for text, _ in named]
    which = [i for i, (text, kind) in enumerate(named) if is_name(text, kind)]
    texts, kinds = [named[i][0] for i in which], [named[i][1] for i in which]
    made, makes = (np.asarray([kind in group for kind in kinds], dtype=bool) for group in (_MADE, _MAKERS))
    unlike = (made[:, None] != made) & (makes[:, None] | makes) & ~alike[np.ix_(which, which)]
    for one, two in itertools.combinations([i for i, kind in enumerate(kinds) if kind in _VERSIONED], 2):
        if features.apart(texts[one], texts[two]):
            unlike[one, two] = unlike[two, one] = True
    table = np.zeros((len(named), len(named)), dtype=bool)
    table[np.ix_(which, which)] = unlike
    return table


def _unite_names(cluster: list[int], surfaces: list[tuple[str, str]]) -> Array:
    """The clusters, with those united that hold the very same name: within a document one name means one thing.

    (In the annotated corpus two mentions in a row of one name are one thing in 99 of 100 cases.)
    """
    first: dict[str, int] = {}
    named = [i for i, (text, kind) in enumerate(surfaces) if is_name(text, kind)]
    return np.asarray(_joined(cluster, [(first.setdefault(features.plain(surfaces[i][0]), i), i) for i in named]))


def _joined(cluster: list[int], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The clusters, given for each mention, with those united that hold both mentions of a pair."""
    stands = {number: number for number in cluster}

    def find(number: int) -> int:
        while stands[number] != number:
            number = stands[number]
        return number

    for pair in pairs:
        one, two = sorted(find(cluster[mention]) for mention in pair)
        stands[two] = one
    return [find(number) for number in cluster]
