"""From scores to structure: the best tagging, the clusters of mentions; numpy only."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
Bools = NDArray[np.bool_]
CERTAIN = 10.0
"""A word is in no span if that is so much likelier (in logarithms) than its best tag; found so in half the time."""


def log_softmax(scores: Floats) -> Floats:
    """Logarithms of probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))


def sigmoid(scores: Floats) -> Floats:
    """Probabilities from log-odds, safe for large ones."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0))))


def spans(scores: Floats, *, outside: float = 0.0) -> list[tuple[int, int, int]]:
    """The best consistent tagging of words as spans (first word, last word inclusive, type).

    `scores` is (words, 1 + 4 * types): log-probabilities of outside, then begin, inside, last, unit for each type.
    `outside` is added to the first column: below zero finds more spans, above fewer. Viterbi's algorithm, with its
    states gathered into "free" (after outside, last, unit) and "within a span of type t": linear in words times types.
    """
    count = len(scores)
    if count == 0:
        return []
    kinds = (scores.shape[1] - 1) // 4
    by_type = scores[:, 1:].reshape(count, kinds, 4).astype(np.float64)
    begin, inside, last, unit = (np.ascontiguousarray(by_type[:, :, i]) for i in range(4))
    free = 0.0
    within = np.full(kinds, -np.inf)
    # how "free" was reached at each word: -1 outside, t unit of type t, kinds + t last of type t
    reached = []
    went_on = np.zeros((count, kinds), dtype=bool)
    alone, units, unit_best = (scores[:, 0] + outside).tolist(), unit.argmax(1).tolist(), unit.max(1).tolist()
    closing, opened = np.empty(kinds), np.empty(kinds)
    certain = (scores[:, 0] + outside - scores[:, 1:].max(1) > CERTAIN).tolist()
    for index in range(count):
        if certain[index]:
            free += alone[index]
            within.fill(-np.inf)
            reached.append(-1)
            continue
        np.add(within, last[index], out=closing)
        close = int(closing.argmax())
        np.add(begin[index], free, out=opened)
        np.add(within, inside[index], out=within)
        np.greater(within, opened, out=went_on[index])
        np.maximum(opened, within, out=within)
        best, how = free + alone[index], -1
        if free + unit_best[index] > best:
            best, how = free + unit_best[index], units[index]
        if closing[close] > best:
            best, how = float(closing[close]), kinds + close
        reached.append(how)
        free = best
    found: list[tuple[int, int, int]] = []
    index = count - 1
    while index >= 0:
        how = reached[index]
        if how < 0:
            index -= 1
        elif how < kinds:
            found.append((index, index, how))
            index -= 1
        else:
            kind, stop = how - kinds, index
            index -= 1
            while index > 0 and went_on[index, kind]:
                index -= 1
            found.append((index, stop, kind))
            index -= 1
    return found[::-1]


def clusters(scores: Floats, *, threshold: float = 0.0, apart: Bools | None = None) -> list[int]:
    """For each mention the index of the first mention of its cluster.

    `scores[i, j]` for j < i says how well j is an antecedent of i; a mention joins the cluster of its best antecedent
    whose score is above `threshold` and whose cluster holds none that is `apart` from it (symmetric).
    """
    found: list[int] = []
    members: dict[int, list[int]] = {}
    for index in range(len(scores)):
        row = scores[index, :index]
        found.append(index)
        for best in np.argsort(-row, kind="stable").tolist():
            if row[best] <= threshold:
                break
            if apart is None or not apart[index, members[found[best]]].any():
                found[index] = found[best]
                break
        members.setdefault(found[index], []).append(index)
    return found
