"""Drawings whose distances come close to wished ones: stress majorisation (Gansner, Koren and North 2004).

Sums and products alone: no linear algebra library has a say in the last digits.
"""

from __future__ import annotations

import numpy as np

from kg.view.geometry import Floats, Lines, Points

_SEED = 7
_STILL = 0.5  # pixels


def majorise(ideal: Floats, *, starts: int = 1, rounds: int = 120) -> Floats:
    """Places (start, node, 2) around 0 whose distances come close to `ideal`, from `starts` random beginnings.

    Weights are 1/d². One node at a time moves to where its distances to all others are best met, in all drawings at
    once, until none moves half a pixel or `rounds` are over.
    """
    count = len(ideal)
    spread = float(ideal.max()) / 2 if count > 1 else 1.0
    x, y = np.random.default_rng(_SEED).uniform(-spread, spread, (2, starts, count))
    weight = np.divide(1.0, ideal * ideal, out=np.zeros_like(ideal), where=ideal > 0)
    weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
    for _ in range(rounds):
        moved = 0.0
        for node in range(count):
            across, down = x[:, node, None] - x, y[:, node, None] - y
            stretch = ideal[node] / np.maximum(np.sqrt(across * across + down * down), 1e-9)
            new_x = (weight[node] * (x + across * stretch)).sum(axis=1)
            new_y = (weight[node] * (y + down * stretch)).sum(axis=1)
            moved = max(moved, float(np.abs(new_x - x[:, node]).max()), float(np.abs(new_y - y[:, node]).max()))
            x[:, node], y[:, node] = new_x, new_y
        if moved < _STILL:
            break
    places: Floats = np.stack([x, y], axis=2)
    middles: Floats = places - places.mean(axis=1, keepdims=True)
    return middles


def crossings(places: Points, lines: Lines) -> int:
    """How many pairs of lines cross, those that share an end aside; 0 above 1,500 lines: counting takes too long."""
    if not 1 < len(lines) <= 1_500:  # noqa: PLR2004 - pairs of lines grow with the square
        return 0
    start, end = places[lines[:, 0]], places[lines[:, 1]]

    def left_of(point: Points) -> Floats:
        """For each line and point 1 on its left, -1 on its right, 0 on it."""
        across, down = end[:, 0] - start[:, 0], end[:, 1] - start[:, 1]
        right, low = point[None, :, 0] - start[:, None, 0], point[None, :, 1] - start[:, None, 1]
        return np.sign(across[:, None] * low - down[:, None] * right)

    split = left_of(start) * left_of(end) < 0
    one, two = lines[:, 0], lines[:, 1]
    shared = (one[:, None] == one) | (one[:, None] == two) | (two[:, None] == one) | (two[:, None] == two)
    return int((split & split.T & ~shared).sum()) // 2
