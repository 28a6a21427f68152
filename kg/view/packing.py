"""Sets the connected parts of a graph side by side, like stones in a wall: each in the free spot nearest the middle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.view.geometry import Boxes, Floats, Pairs, Points

_ASPECT = 1.0  # as wide as high: screens are wide, but what is left of them beside two panes is not
_CELL = 12.0
_GAP = 15.0
_SAMPLES = 25


def pack(places: Points, boxes: Boxes, pairs: Pairs, parts: Sequence[Sequence[int]]) -> None:
    """Moves the parts, given from the largest, so that no name and no line of one lies on another; in place."""
    if len(parts) < 2:  # noqa: PLR2004
        return
    stones = [_stone(places, boxes, pairs, part) for part in parts]
    side = 2 * max(max(stone.shape) for stone in stones) + 2 * int(sum(stone.size for stone in stones) ** 0.5)
    taken = np.zeros((side, side))
    for part, stone in zip(parts, stones, strict=True):
        row, column = _nearest_free(taken, stone)
        taken[row : row + stone.shape[0], column : column + stone.shape[1]] += stone
        low = (places[part] + boxes[part, :2]).min(axis=0) - _GAP
        places[part] += np.array([column * _CELL, row * _CELL]) - low


def _stone(places: Points, boxes: Boxes, pairs: Pairs, part: Sequence[int]) -> Floats:
    """The cells (row, column) that a part covers with its names and lines: 1, else 0."""
    low = (places[part] + boxes[part, :2]).min(axis=0) - _GAP
    high = (places[part] + boxes[part, 2:]).max(axis=0) + _GAP
    columns, rows = np.ceil((high - low) / _CELL).astype(int)
    cells = np.zeros((rows, columns))

    def cover(left: Floats, right: Floats) -> None:
        (x, y), (x_end, y_end) = ((left - low) // _CELL).astype(int), ((right - low) // _CELL).astype(int)
        cells[max(0, y) : y_end + 1, max(0, x) : x_end + 1] = 1

    for node in part:
        cover(places[node] + boxes[node, :2] - _GAP, places[node] + boxes[node, 2:] + _GAP)
    inside = set(part)
    for a, b in pairs:
        if a in inside:
            for step in range(_SAMPLES):
                point = places[a] + (places[b] - places[a]) * (step / (_SAMPLES - 1))
                cover(point - _GAP, point + _GAP)
    return cells


def _nearest_free(taken: Floats, stone: Floats) -> tuple[int, int]:
    """The cell (row, column) for a stone's corner where it covers nothing taken, nearest to the middle of all."""
    rows, columns = taken.shape[0] - stone.shape[0] + 1, taken.shape[1] - stone.shape[1] + 1
    before = np.concatenate([np.zeros((len(taken), 1)), taken.cumsum(axis=1)], axis=1)
    filled = np.zeros((rows, columns))
    for row, start, end in _runs(stone):
        filled += before[row : row + rows, end : end + columns] - before[row : row + rows, start : start + columns]
    y = np.arange(rows) + stone.shape[0] / 2 - taken.shape[0] / 2
    x = np.arange(columns) + stone.shape[1] / 2 - taken.shape[1] / 2
    far = (x / _ASPECT)[None, :] ** 2 + y[:, None] ** 2
    row, column = divmod(int(np.argmin(np.where(filled == 0, far, np.inf))), columns)
    return row, column


def _runs(stone: Floats) -> list[tuple[int, int, int]]:
    """The unbroken stretches of each row: row, first column, column after the last."""
    edges = np.diff(np.pad(stone, ((0, 0), (1, 1))), axis=1)
    starts, ends = np.argwhere(edges > 0), np.argwhere(edges < 0)
    return [(int(row), int(start), int(end)) for (row, start), (_, end) in zip(starts, ends, strict=True)]
