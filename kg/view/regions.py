"""The shore of each group: closed outlines around its names and lines, smooth, and never across one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from kg.view.geometry import Boxes, Floats, Pairs, Points

Outline: TypeAlias = list[tuple[int, int]]

_CELL = 10.0
_MARGIN = 20.0
_STRAIT = 9.0
_THIN = 14.0
_SMALLEST = 3
_STEP = 12.0
_CAPTION_HEIGHT = 18.0
_REACH = 60.0


def captions(
    places: Points, boxes: Boxes, pairs: Pairs, groups: Sequence[int], widths: Mapping[int, float]
) -> dict[int, tuple[float, float]]:
    """Where the name of each group can be written, by group, as the middle of a text of this width.

    Off all boxes and off each other, close to the group's own boxes, further from others', across few lines.
    """
    if not widths:
        return {}
    low, high = (places + boxes[:, :2]).min(axis=0), (places + boxes[:, 2:]).max(axis=0)
    across, down = np.meshgrid(np.arange(low[0], high[0], _STEP), np.arange(low[1] - _STEP, high[1] + _STEP, _STEP))
    every = np.stack([across.ravel(), down.ravel()], axis=1)
    lines = np.array([(*places[a], *places[b]) for a, b in pairs]).reshape(-1, 4)
    taken = np.concatenate([places + boxes[:, :2], places + boxes[:, 2:]], axis=1)
    found: dict[int, tuple[float, float]] = {}
    for group, width in sorted(widths.items()):
        half = np.array([width / 2 + 4, _CAPTION_HEIGHT / 2])
        own = np.append(np.asarray(groups), [-1] * len(found)) == group
        reach = half + _REACH
        inside = (every > taken[own, :2].min(axis=0) - reach) & (every < taken[own, 2:].max(axis=0) + reach)
        spots = _near(every[inside.all(axis=1)], half, taken[own])
        aside, above = _gaps(spots, half, taken)
        away = np.sqrt(np.clip(aside, 0, None) ** 2 + np.clip(above, 0, None) ** 2)
        mine, others = away[:, own].min(axis=1), away[:, ~own].min(axis=1, initial=np.inf)
        outside = np.clip(np.abs(spots[:, 0] - (low + high)[0] / 2) + half[0] - (high - low)[0] / 2, 0, None)
        cost = mine + 16 * _crossed(spots, half[0], lines) + 4 * np.clip(mine + 14 - others, 0, None) + 3 * outside
        best = spots[int(np.argmin(np.where((np.maximum(aside, above) > 0).all(axis=1), cost, 1e6 + cost)))]
        found[group] = (float(best[0]), float(best[1]))
        taken = np.concatenate([taken, [[*(best - half), *(best + half)]]])
    return found


def _near(spots: Points, half: Floats, boxes: Floats) -> Points:
    """The spots where a text of this half extent touches none of these boxes, but comes near one."""
    nearest = np.maximum(*_gaps(spots, half, boxes)).min(axis=1)
    close: Points = spots[(nearest > 0) & (nearest < _REACH)]
    return close


def _gaps(spots: Points, half: Floats, boxes: Floats) -> tuple[Floats, Floats]:
    """How far a text around each spot is from each box, sideways and upright; below 0 where they share that stretch."""
    low, high = spots - half, spots + half
    aside = np.maximum(boxes[None, :, 0] - high[:, None, 0], low[:, None, 0] - boxes[None, :, 2])
    above = np.maximum(boxes[None, :, 1] - high[:, None, 1], low[:, None, 1] - boxes[None, :, 3])
    return aside, above


def _crossed(spots: Points, half: float, lines: Floats) -> Floats:
    """How many lines run through a text around each spot."""
    hit = np.zeros((len(spots), len(lines)), dtype=bool)
    x, y = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    length = np.maximum(x * x + y * y, 1e-9)
    low = spots[:, 1, None] - lines[:, 1]
    for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
        right = spots[:, 0, None] + part * half - lines[:, 0]
        along = np.clip((right * x + low * y) / length, 0, 1)
        hit |= (right - along * x) ** 2 + (low - along * y) ** 2 < (_CAPTION_HEIGHT / 2) ** 2
    crossed: Floats = hit.sum(axis=1).astype(np.float64)
    return crossed


def outlines(places: Points, boxes: Boxes, pairs: Pairs, groups: Sequence[int]) -> dict[int, list[Outline]]:
    """The outlines of each group of three or more, by group.

    A point belongs to the group whose nearest box or inner line is nearest, if it is near enough and the next group
    is further by a strait's width; so no two outlines touch.
    """
    sizes = np.bincount(groups) if len(groups) else np.zeros(0, dtype=np.int64)
    shown = [group for group, size in enumerate(sizes) if size >= _SMALLEST]
    if not shown:
        return {}
    low = np.floor((places + boxes[:, :2]).min(axis=0) / _CELL - 4) * _CELL
    high = (places + boxes[:, 2:]).max(axis=0) + 4 * _CELL
    x, y = np.arange(low[0], high[0], _CELL), np.arange(low[1], high[1], _CELL)
    near = _distances(x, y, places, boxes, pairs, groups, shown)
    found = {}
    for row, group in enumerate(shown):
        others = np.delete(near, row, axis=0).min(axis=0)
        height = np.minimum(_MARGIN - near[row], others - near[row] - _STRAIT)
        rings = [ring for ring in _contours(height) if len(ring) > 14]  # noqa: PLR2004 - specks
        found[group] = [_smooth(ring * _CELL + low) for ring in rings]
    return found


def _distances(
    x: Floats,
    y: Floats,
    places: Points,
    boxes: Boxes,
    pairs: Pairs,
    groups: Sequence[int],
    shown: Sequence[int],
) -> Floats:
    """How far each point of the grid is from each shown group, and in the last layer from all nodes of others."""
    row = {group: number for number, group in enumerate(shown)}
    near = np.full((len(shown) + 1, len(y), len(x)), np.inf)
    for node, group in enumerate(groups):
        layer = near[row.get(group, -1)]
        left, top, right, bottom = boxes[node] + np.tile(places[node], 2)
        across = np.maximum(np.maximum(left - x, x - right), 0)
        down = np.maximum(np.maximum(top - y, y - bottom), 0)
        np.minimum(layer, np.sqrt(across[None, :] ** 2 + down[:, None] ** 2), out=layer)
    for a, b in pairs:
        if groups[a] == groups[b] and groups[a] in row:
            layer = near[row[groups[a]]]
            np.minimum(layer, _from_segment(x, y, places[a], places[b]) + _THIN, out=layer)
    return near


def _from_segment(x: Floats, y: Floats, start: Floats, end: Floats) -> Floats:
    along = end - start
    length = max(float((along * along).sum()), 1e-9)
    part = np.clip(((x - start[0])[None, :] * along[0] + (y - start[1])[:, None] * along[1]) / length, 0, 1)
    across, down = x[None, :] - start[0] - part * along[0], y[:, None] - start[1] - part * along[1]
    away: Floats = np.sqrt(across * across + down * down)
    return away


def _contours(height: Floats) -> list[Floats]:
    """The closed lines at height 0, as rows (column, row): marching squares with linear interpolation.

    Land lies to the left of each line's way. The grid's border must be below 0.
    """
    follows: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    land = height > 0
    cells = np.argwhere(land[:-1, :-1] ^ land[1:, 1:] | land[:-1, 1:] ^ land[1:, :-1] | land[:-1, :-1] ^ land[:-1, 1:])
    for row, column in cells.tolist():
        corners = [land[row, column], land[row, column + 1], land[row + 1, column + 1], land[row + 1, column]]
        sides = [(row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1)]
        leaving = [side for side in range(4) if corners[side] and not corners[(side + 1) % 4]]
        entering = [side for side in range(4) if not corners[side] and corners[(side + 1) % 4]]
        for enter in entering:
            leave = min(leaving, key=lambda side: (side - enter) % 4)
            follows[sides[enter]] = sides[leave]
    return [_ring(start, follows, height) for start in _starts(follows)]


def _starts(follows: dict[tuple[int, int, int], tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The first side of each ring."""
    seen: set[tuple[int, int, int]] = set()
    starts = []
    for start in sorted(follows):
        if start not in seen:
            starts.append(start)
            side = start
            while side not in seen:
                seen.add(side)
                side = follows[side]
    return starts


def _ring(
    start: tuple[int, int, int],
    follows: dict[tuple[int, int, int], tuple[int, int, int]],
    height: Floats,
) -> Floats:
    points = []
    side = start
    while True:
        row, column, down = side
        one, two = height[row, column], height[row + down, column + 1 - down]
        part = min(max(float(one / (one - two)), 0.0), 1.0) if np.isfinite(one) and np.isfinite(two) else 0.5
        points.append((column + part * (1 - down), row + part * down))
        side = follows[side]
        if side == start:
            return np.array(points)


def _smooth(ring: Floats) -> Outline:
    """The ring without its small teeth: averaged along itself, every third point kept, rounded to pixels."""
    for _ in range(6):
        ring = (np.roll(ring, 1, axis=0) + 2 * ring + np.roll(ring, -1, axis=0)) / 4
    return [(round(float(x)), round(float(y))) for x, y in ring[::2]]
