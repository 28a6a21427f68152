"""What speaks for two things being one and what against it: each kind of evidence once, with its weight."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import NamedTuple

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
SURE = 3.0
"""The sum of weights from which on two are the same, or below which (negative) they are different."""

_KEPT = 1 << 14  # answers that stay in memory: articles call things alike

WEIGHTS = {
    # names
    "known alias": 6.0,
    "equal name": 5.0,
    "same words": 4.5,
    "short form": 4.0,
    "abbreviation": 2.0,
    "turned name": 2.0,
    "more words": -2.5,
    "other words": -4.0,
    "other version": -9.0,
    "other size": -9.0,
    "one size": -6.0,
    "edition": -9.0,
    "snapshot": -4.0,
    "brand and unit": -9.0,
    "known as two": -12.0,
    "common name": -3.0,
    "several meanings": -3.0,
    # what is known of the things
    "same type": 0.5,
    "other kind": -9.0,
    "same identifier": 6.0,
    "other identifier": -12.0,
    "same domain": 5.0,
    "other domain": -4.0,
    "same maker": 1.5,
    "other maker": -6.0,
    "other time": -6.0,
    # what only articles tell
    "in articles": 1.0,
    "short name": 2.0,
    "one article": 1.0,
    "same neighbour": 0.75,
    "makers apart": -3.5,
    "namesake maker": -6.0,
    "told apart": -12.0,
    # what has no name
    "same noun": 1.0,
    "vague noun": -0.5,
    "own tie": 2.5,
    "same tie": 1.0,
    "same agent": 0.75,
    "loose tie": 0.5,
    "same story": 0.5,
    "other mark": -9.0,
    "other names": -9.0,
}
"""What each feature says, as a difference of log-odds. Guards weigh more than all that may speak for two together."""


class Feature(NamedTuple):
    """A piece of evidence: its name in WEIGHTS, and what it was, in words."""

    name: str
    reason: str

    @property
    def weight(self) -> float:
        """For the two being one (positive) or against it."""
        return WEIGHTS[self.name]


class Verdict(NamedTuple):
    """Same, different or unsure; how likely it is that they are the same (0..1); and why, the weightiest first."""

    decision: str
    score: float
    features: tuple[Feature, ...]


def weigh(features: Iterable[Feature]) -> Verdict:
    """The verdict that evidence gives: the weights are added up, and their sum is a log-odds."""
    return _weighed(tuple(features))


@functools.lru_cache(_KEPT)
def _weighed(features: tuple[Feature, ...]) -> Verdict:
    ranked = sorted(features, key=lambda feature: (-abs(WEIGHTS[feature.name]), feature))
    total = round(sum([WEIGHTS[feature.name] for feature in ranked]), 6)
    decision = SAME if total >= SURE else DIFFERENT if total <= -SURE else UNSURE
    return Verdict(decision, round(1 / (1 + math.exp(-total)), 3), tuple(ranked))


def told(features: Iterable[Feature]) -> str:
    """The evidence in a line, in its order: "equal name +5 (“A” and “a”)"."""
    return _told(tuple(features))


@functools.lru_cache(_KEPT)
def _told(features: tuple[Feature, ...]) -> str:
    return "; ".join(f"{each.name} {each.weight:+g} ({each.reason})" for each in features) or "no evidence"
