"""Pushes a drawing's names apart and its glyphs off lines that are not theirs, moving each as little as it can."""

from __future__ import annotations

import numpy as np

from kg.view.geometry import Boxes, Floats, Lines, Points

_FAR = 1e6
_STEP = 0.45
_STILL = 1.0  # pixels
_CLEAR = 7.0  # pixels between a glyph and a foreign line
_NAME = 12.0  # half a name's height


def declutter(places: Points, boxes: Boxes, lines: Lines) -> Points:
    """The same drawing with no two boxes overlapping, as far as the rounds reach, and nodes off foreign lines."""
    places = places.copy()
    rounds = max(30, min(200, 6_000 // max(1, len(places))))
    for _ in range(rounds):
        push = _boxes_apart(places, boxes) + _off_lines(places, boxes, lines)
        places += _STEP * push
        if np.abs(push).max() < _STILL:
            break
    for _ in range(rounds):
        push = _boxes_apart(places, boxes)
        if not push.any():
            break
        places = places * 1.002 + _STEP * push  # boxes that hold each other fast get more room
    return places


def struck(places: Points, boxes: Boxes, lines: Lines) -> int:
    """How many times a line runs through the middle of a name that is not of its ends."""
    middle = places + np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3] * 0.7], axis=1)
    _, across, down = _from_lines(middle, places, lines)
    return int((across * across + down * down < _NAME * _NAME).sum())


def _boxes_apart(places: Points, boxes: Boxes) -> Points:
    """The push on each node out of overlapping boxes, along the axis of less overlap."""
    low, high = places + boxes[:, :2], places + boxes[:, 2:]
    wide = np.minimum(high[:, None, 0], high[None, :, 0]) - np.maximum(low[:, None, 0], low[None, :, 0])
    tall = np.minimum(high[:, None, 1], high[None, :, 1]) - np.maximum(low[:, None, 1], low[None, :, 1])
    hit = (wide > 0) & (tall > 0)
    np.fill_diagonal(hit, val=False)
    sideways = hit & (wide < tall * 1.6)
    right, below = _order(low[:, 0] + high[:, 0]), _order(low[:, 1] + high[:, 1])
    across = np.where(sideways, wide * right, 0.0).sum(axis=1)
    down = np.where(hit & ~sideways, tall * below, 0.0).sum(axis=1)
    return np.stack([across, down], axis=1)


def _order(middle: Floats) -> Floats:
    """1 where a node lies further along than the other, -1 where less; where both lie alike, their number decides."""
    number = np.arange(len(middle))
    further = (middle[:, None] > middle) | ((middle[:, None] == middle) & (number[:, None] > number))
    return np.where(further, 1.0, -1.0)


def _from_lines(points: Points, places: Points, lines: Lines) -> tuple[Floats, Floats, Floats]:
    """For each line and point: how far along the line it is nearest (0 to 1), and the way from there to the point.

    A line's own ends count as far away from it.
    """
    start = places[lines[:, 0]]
    x, y = (places[lines[:, 1]] - start).T
    right, low = points[None, :, 0] - start[:, None, 0], points[None, :, 1] - start[:, None, 1]
    length = np.maximum(x * x + y * y, 1e-9)
    part = np.clip((right * x[:, None] + low * y[:, None]) / length[:, None], 0, 1)
    across, down = right - part * x[:, None], low - part * y[:, None]
    rows = np.arange(len(lines))
    for end in (lines[:, 0], lines[:, 1]):
        across[rows, end] = down[rows, end] = _FAR
    return part, across, down


def _off_lines(places: Points, boxes: Boxes, lines: Lines) -> Points:
    """The push on each node away from lines that run through its glyph, and half of it back on the lines' ends."""
    part, across, down = _from_lines(places, places, lines)
    length = np.sqrt(across * across + down * down)
    room = -boxes[:, 1] + _CLEAR  # above a node there is its glyph alone
    near = np.where((length < room) & (part > 0) & (part < 1), (room - length) / np.maximum(length, 1e-9), 0.0)
    push = np.zeros_like(places)
    for axis, way in enumerate((across * near, down * near)):
        push[:, axis] = way.sum(axis=0) * 0.6
        for end, share in ((0, 1 - part), (1, part)):
            back = -(way * share).sum(axis=1) * 0.3
            push[:, axis] += np.bincount(lines[:, end], weights=back, minlength=len(places))
    return push
