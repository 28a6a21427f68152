"""The shore of each group: closed outlines around its names and lines, smooth, and never across one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.view.layout import Boxes, Points

Outline: TypeAlias = list[tuple[int, int]]

_CELL = 10.0
_MARGIN = 20.0
_STRAIT = 9.0
_THIN = 14.0
_SMALLEST = 3


def outlines(places: Points, boxes: Boxes, pairs: Mapping[tuple[int, int], int], groups: Sequence[int]) -> dict[int, list[Outline]]:
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
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    places: Points,
    boxes: Boxes,
    pairs: Mapping[tuple[int, int], int],
    groups: Sequence[int],
    shown: Sequence[int],
) -> NDArray[np.float64]:
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


def _from_segment(
    x: NDArray[np.float64], y: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    along = end - start
    length = max(float((along * along).sum()), 1e-9)
    part = np.clip(((x - start[0])[None, :] * along[0] + (y - start[1])[:, None] * along[1]) / length, 0, 1)
    across, down = x[None, :] - start[0] - part * along[0], y[:, None] - start[1] - part * along[1]
    away: NDArray[np.float64] = np.sqrt(across * across + down * down)
    return away


def _contours(height: NDArray[np.float64]) -> list[NDArray[np.float64]]:
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
    height: NDArray[np.float64],
) -> NDArray[np.float64]:
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


def _smooth(ring: NDArray[np.float64]) -> Outline:
    """The ring without its small teeth: averaged along itself, every third point kept, rounded to pixels."""
    for _ in range(6):
        ring = (np.roll(ring, 1, axis=0) + 2 * ring + np.roll(ring, -1, axis=0)) / 4
    return [(round(float(x)), round(float(y))) for x, y in ring[::2]]
