"""The fifth stage: in what stance each relation is stated, and who says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from kg.nlp import addressed, attribution, conditions, decode
from kg.nlp.network.engine import Engine
from kg.nlp.network.settings import Settings
from kg.nlp.network.state import Array, FoundRelation, State


def weigh(engine: Engine, settings: Settings, state: State) -> None:
    """Fifth stage: in what stance each relation is stated, and who says so: by plain words, else by the network."""
    if not state.relations or state.links is None or state.pairs is None:
        return
    speaks = np.asarray([settings.types[mention.type] in settings.speakers for mention in state.mentions])
    state.relations = addressed.readdressed(state, settings.relations, speaks.tolist())
    names = np.asarray([relation.relation for relation in state.relations], dtype=np.int64)
    stance, by = engine("stancer", found=state.pairs, relation=names, mentions=state.links)
    limits = np.asarray(settings.stance or [0.5] * len(settings.stances))
    stance = (decode.sigmoid(stance) >= limits).tolist()
    sentence = state.words.sentence[[mention.start for mention in state.mentions]]
    told = attribution.attributed(state, speaks.tolist())
    speakers = _speakers(by, sentence, speaks, state.relations, settings.by)
    plain_words = conditions.stances(state, settings.relations)
    state.relations = tuple(
        dataclasses.replace(
            relation,
            stance=tuple(index for index, holds in enumerate(stance[n]) if holds)
            or tuple(settings.stances.index(word) for word in plain_words[n]),
            by=speaker if (speaker := told[n]) is not None else speakers[n],
        )
        for n, relation in enumerate(state.relations)
    )


def _speakers(
    scores: Array, sentence: Array, speaks: Array, relations: Sequence[FoundRelation], threshold: float
) -> list[int | None]:
    """For each relation the mention that says so, if likelier than nobody.

    It is one that can speak, of the same sentence or that before.
    """
    last = np.asarray([max(sentence[each.head], sentence[each.tail]) for each in relations])[:, None]
    near = (sentence <= last) & (sentence >= last - 1) & speaks
    chance = np.exp(decode.log_softmax(np.concatenate([scores[:, :1], np.where(near, scores[:, 1:], -1e4)], axis=1)))
    said = near.any(1) & (1.0 - chance[:, 0] >= threshold)
    return [best if sure else None for best, sure in zip(chance[:, 1:].argmax(1).tolist(), said, strict=True)]
