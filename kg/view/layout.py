"""Where each entity stands on the picture, computed once so that the page opens at rest: numpy alone, same input, same place.

Up to a few hundred entities: stress majorisation (Gansner, Koren, North 2004), several starts, the calmest kept, then
boxes of glyph and name pushed apart. Above: see `kg.view.map`.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]
"""One row (x, y) a node, y downwards, in the picture's pixels."""
Boxes: TypeAlias = NDArray[np.float64]
"""One row (left, top, right, bottom) a node, relative to its place: what must not overlap."""
Pairs: TypeAlias = Mapping[tuple[int, int], int]

ASPECT = 1.12
"""Width by height that the picture aims at."""

_STEP = 100.0  # the length of a line, before hubs and groups stretch it
_APART = 1.32  # of different groups
_TOGETHER = 0.92  # of one group
_STARTS = 12
_SEED = 7
_CELL = 16.0
_GAP = 14.0
_FAR = 1e6


def arrange(boxes: Boxes, pairs: Pairs, groups: Sequence[int]) -> Points:
    """The places of all nodes: the largest component in the middle, smaller ones around, nodes without lines below."""
    count = len(boxes)
    places = np.zeros((count, 2))
    parts = components(count, pairs)
    drawn = [part for part in parts if len(part) > 1]
    for part in drawn:
        places[part] = _component(part, boxes, pairs, groups)
    _pack(places, boxes, pairs, drawn)
    joined = [node for part in drawn for node in part]
    places[joined] -= _middle(places[joined], boxes[joined]) if joined else 0.0
    _rows(places, boxes, [part[0] for part in parts if len(part) == 1], joined)
    return places


def components(count: int, pairs: Pairs) -> list[list[int]]:
    """The connected parts, the largest first."""
    near = _neighbours(count, pairs)
    seen = [False] * count
    parts = []
    for start in range(count):
        if not seen[start]:
            part = [node for node, steps in enumerate(_steps(start, near)) if steps >= 0]
            for node in part:
                seen[node] = True
            parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), part))


def _neighbours(count: int, pairs: Pairs) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    return near


def _steps(start: int, near: list[list[int]]) -> list[int]:
    """How many lines away each node is, -1 where there is no way."""
    steps = [-1] * len(near)
    steps[start] = 0
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in near[node]:
            if steps[other] < 0:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps


def _component(part: list[int], boxes: Boxes, pairs: Pairs, groups: Sequence[int]) -> Points:
    index = {node: position for position, node in enumerate(part)}
    inner = {(index[a], index[b]): weight for (a, b), weight in pairs.items() if a in index}
    lines = np.array(list(inner), dtype=np.int64)
    ideal = _ideal(len(part), inner, [groups[node] for node in part])
    own = boxes[part]
    starts = majorise(ideal, starts=_STARTS if len(part) <= 80 else 2)  # noqa: PLR2004 - time grows with the square
    best = min(range(len(starts)), key=lambda number: (_unrest(starts[number], ideal, lines), number))
    return declutter(_turned(starts[best], own, lines), own, lines)


def _ideal(count: int, pairs: Pairs, groups: Sequence[int]) -> NDArray[np.float64]:
    """How far apart each two nodes should be: steps, longer at hubs and between groups, shorter to loose ends."""
    near = _neighbours(count, pairs)
    steps = np.array([_steps(node, near) for node in range(count)], dtype=np.float64)
    degree = np.array([len(set(others)) for others in near], dtype=np.float64)
    end = np.where(degree == 1, 0.2, np.where(degree == 2, 0.08, 0.0))  # noqa: PLR2004
    steps = np.sqrt(steps) * np.sqrt(np.sqrt(steps)) * 1.05 - end[:, None] - end[None, :]
    hub = 1 + 0.05 * np.sqrt(degree[:, None] + degree[None, :])
    group = np.asarray(groups)
    ideal: NDArray[np.float64] = _STEP * steps * hub * np.where(group[:, None] == group[None, :], _TOGETHER, _APART)
    np.fill_diagonal(ideal, 0)
    return ideal


def majorise(ideal: NDArray[np.float64], *, starts: int = 1, rounds: int = 120) -> NDArray[np.float64]:
    """Places (start, node, 2) whose distances come close to `ideal`, by stress majorisation with weights 1/d².

    One node at a time moves to where its distances to all others are best met, in all starts at once: products and
    sums alone, so that no linear algebra library has a say in the last digits.
    """
    count = len(ideal)
    spread = float(ideal.max()) / 2 if count > 1 else 1.0
    places: NDArray[np.float64] = np.random.default_rng(_SEED).uniform(-spread, spread, (starts, count, 2))
    weight = np.divide(1.0, ideal * ideal, out=np.zeros_like(ideal), where=ideal > 0)
    weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
    for _ in range(rounds):
        moved = 0.0
        for node in range(count):
            apart = places[:, node, None, :] - places
            length = np.maximum(np.sqrt((apart * apart).sum(axis=2)), 1e-9)
            wished = places + apart * (ideal[node] / length)[:, :, None]
            new = (weight[node][None, :, None] * wished).sum(axis=1)
            moved = max(moved, float(np.abs(new - places[:, node]).max()))
            places[:, node] = new
        if moved < 0.5:  # noqa: PLR2004 - half a pixel
            break
    middles: NDArray[np.float64] = places - places.mean(axis=1, keepdims=True)
    return middles


def _unrest(places: Points, ideal: NDArray[np.float64], lines: NDArray[np.int64]) -> float:
    """How restless a drawing looks: lines that cross, and distances that are off."""
    apart = places[:, None] - places[None]
    length = np.sqrt((apart * apart).sum(axis=2))
    known = ideal > 0
    stress = (((length - ideal) ** 2)[known] / (ideal * ideal)[known]).sum() / max(1, known.sum())
    return crossings(places, lines) / max(1, len(lines)) + 4 * float(stress)


def crossings(places: Points, lines: NDArray[np.int64]) -> int:
    """How many pairs of lines cross, those that share an end aside."""
    if len(lines) > 1_500:  # noqa: PLR2004 - pairs of lines grow with the square
        return 0
    start, end = places[lines[:, 0]], places[lines[:, 1]]

    def side(origin: Points, tip: Points, point: Points) -> NDArray[np.bool_]:
        across = tip - origin
        toward = point[None] - origin[:, None]
        return (across[:, None, 0] * toward[..., 1] - across[:, None, 1] * toward[..., 0]) > 0

    split = side(start, end, start) != side(start, end, end)
    shared = (lines[:, None, :, None] == lines[None, :, None, :]).any(axis=(2, 3))
    return int((split & split.T & ~shared).sum()) // 2


def _turned(places: Points, boxes: Boxes, lines: NDArray[np.int64]) -> Points:
    """The drawing turned so that it fills the page and its lines run least through names."""
    angles = [math.pi * step / 18 for step in range(36)]
    turned = [_turn(places, angle) for angle in angles]
    return min(turned, key=lambda drawing: (round(_misfit(drawing, boxes, lines), 6)))


def _turn(places: Points, angle: float) -> Points:
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack([places[:, 0] * cos - places[:, 1] * sin, places[:, 0] * sin + places[:, 1] * cos], axis=1)


def _misfit(places: Points, boxes: Boxes, lines: NDArray[np.int64]) -> float:
    width, height = np.ptp(places[:, 0]) + 1, np.ptp(places[:, 1]) + 1
    shape = max(width / height / ASPECT, ASPECT * height / width)
    return float(shape) + 3 * _struck(places, boxes, lines) / max(1, len(lines))


def _struck(places: Points, boxes: Boxes, lines: NDArray[np.int64]) -> int:
    """How many names a foreign line runs through the middle of."""
    middle = places + np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3] * 0.7], axis=1)
    away = _from_lines(middle, places, lines)[1]
    return int((np.sqrt((away * away).sum(axis=2)) < 12.0).sum())  # noqa: PLR2004 - a name's height


def _from_lines(
    points: Points, places: Points, lines: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each line and point: where along the line it is nearest (0 to 1), and the way from there to the point.

    A line's own ends count as far away from it.
    """
    start, along = places[lines[:, 0]], places[lines[:, 1]] - places[lines[:, 0]]
    toward = points[None] - start[:, None]
    length = np.maximum((along * along).sum(axis=1), 1e-9)
    part = np.clip((toward * along[:, None]).sum(axis=2) / length[:, None], 0, 1)
    away = toward - part[..., None] * along[:, None]
    rows = np.arange(len(lines))
    away[rows, lines[:, 0]] = away[rows, lines[:, 1]] = _FAR
    return part, away


def declutter(places: Points, boxes: Boxes, lines: NDArray[np.int64], *, rounds: int = 400) -> Points:
    """The same drawing with no two boxes overlapping, as far as `rounds` reach, and nodes off foreign lines."""
    places = places.copy()
    few = len(lines) * len(places) <= 60_000  # noqa: PLR2004 - else there is time for the boxes alone
    for turn in range(rounds):
        push = _boxes_apart(places, boxes)
        if few and turn < rounds / 2:
            push += _off_lines(places, boxes, lines)
        elif not push.any():
            break
        else:
            places *= 1.002  # boxes that hold each other fast get more room
        places += 0.45 * push
    return places


def _boxes_apart(places: Points, boxes: Boxes) -> Points:
    """The push on each node out of overlapping boxes, along the axis of less overlap."""
    low, high = places + boxes[:, :2], places + boxes[:, 2:]
    middle = (low + high) / 2
    over = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None])
    hit = (over > 0).all(axis=2)
    np.fill_diagonal(hit, val=False)
    order = np.arange(len(places))
    sign = np.where(middle[:, None] - middle[None] != 0, np.sign(middle[:, None] - middle[None]), 0.0)
    same = (sign == 0).all(axis=2) & hit
    sign[same] = np.where(order[:, None] > order[None], 1.0, -1.0)[same][:, None]
    across = hit & (over[..., 0] < over[..., 1] * 1.6)
    push = np.stack([np.where(across, over[..., 0], 0.0), np.where(hit & ~across, over[..., 1], 0.0)], axis=2)
    total: Points = (push * sign).sum(axis=1)
    return total


def _off_lines(places: Points, boxes: Boxes, lines: NDArray[np.int64]) -> Points:
    """The push on each node away from lines that run through its glyph, and half of it back on the lines' ends."""
    part, away = _from_lines(places, places, lines)
    length = np.sqrt((away * away).sum(axis=2))
    room = -boxes[:, 1] + 7.0  # above a node there is its glyph alone
    lack = np.clip(room[None] - length, 0, None)
    lack[(part <= 0) | (part >= 1)] = 0
    way = np.where(lack[..., None] > 0, away / np.maximum(length, 1e-9)[..., None], 0.0) * lack[..., None]
    push: Points = way.sum(axis=0) * 0.6
    for end in (0, 1):
        share = part if end else 1 - part
        back = -(way * share[..., None]).sum(axis=1) * 0.3
        for axis in (0, 1):
            push[:, axis] += np.bincount(lines[:, end], weights=back[:, axis], minlength=len(places))
    return push


def _middle(places: Points, boxes: Boxes) -> NDArray[np.float64]:
    middle: NDArray[np.float64] = ((places + boxes[:, :2]).min(axis=0) + (places + boxes[:, 2:]).max(axis=0)) / 2
    return middle


def _pack(places: Points, boxes: Boxes, pairs: Pairs, parts: list[list[int]]) -> None:
    """Moves each smaller part to the free spot nearest to the middle, on a grid of what is taken."""
    if len(parts) < 2:  # noqa: PLR2004
        return
    extent = sum(float(np.ptp(places[part], axis=0).max()) + 300 for part in parts)
    side = int(min(extent, 12_000) / _CELL) * 2
    taken = np.zeros((side, side), dtype=bool)
    origin = side * _CELL / 2
    for number, part in enumerate(parts):
        low, high = (places[part] + boxes[part, :2]).min(axis=0), (places[part] + boxes[part, 2:]).max(axis=0)
        if number:
            size = np.ceil((high - low + 2 * _GAP) / _CELL).astype(int)
            places[part] += _nearest_free(taken, size, origin) - (low - _GAP)
        else:
            places[part] -= (low + high) / 2
        _take(taken, places, boxes, pairs, part, origin)


def _nearest_free(taken: NDArray[np.bool_], size: NDArray[np.int64], origin: float) -> NDArray[np.float64]:
    """The corner (left, top) of the free rectangle of `size` cells whose middle is nearest to the middle."""
    total = np.zeros((taken.shape[0] + 1, taken.shape[1] + 1), dtype=np.int64)
    total[1:, 1:] = taken.cumsum(axis=0).cumsum(axis=1)
    width, height = int(size[0]), int(size[1])
    filled = total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
    x = (np.arange(filled.shape[1]) + width / 2) * _CELL - origin
    y = (np.arange(filled.shape[0]) + height / 2) * _CELL - origin
    far = (x / ASPECT)[None, :] ** 2 + y[:, None] ** 2
    best = int(np.argmin(np.where(filled == 0, far, np.inf)))
    row, column = divmod(best, filled.shape[1])
    return np.array([column * _CELL - origin, row * _CELL - origin])


def _take(
    taken: NDArray[np.bool_], places: Points, boxes: Boxes, pairs: Pairs, part: list[int], origin: float
) -> None:
    """Marks the cells under a part's boxes and lines."""

    def mark(low: NDArray[np.float64], high: NDArray[np.float64]) -> None:
        (left, top), (right, bottom) = ((low + origin) // _CELL).astype(int), ((high + origin) // _CELL).astype(int)
        taken[max(0, top) : bottom + 1, max(0, left) : right + 1] = True

    for node in part:
        mark(places[node] + boxes[node, :2] - _GAP, places[node] + boxes[node, 2:] + _GAP)
    inside = set(part)
    for a, b in pairs:
        if a in inside:
            for step in np.linspace(0, 1, 24):
                point = places[a] + (places[b] - places[a]) * step
                mark(point - _GAP, point + _GAP)


def _rows(places: Points, boxes: Boxes, loose: list[int], joined: list[int]) -> None:
    """Puts nodes without lines in centred rows below the rest."""
    if not loose:
        return
    low = (places[joined] + boxes[joined, :2]).min(axis=0) if joined else np.array([-300.0, 0.0])
    high = (places[joined] + boxes[joined, 2:]).max(axis=0) if joined else np.array([300.0, 0.0])
    room = max(500.0, float(high[0] - low[0]), 60.0 * math.sqrt(len(loose)))
    middle = float(low[0] + high[0]) / 2
    top = float(high[1]) + 60
    row: list[int] = []
    for node in [*loose, -1]:
        used = sum(float(boxes[one, 2] - boxes[one, 0]) + _GAP for one in row)
        if row and (node < 0 or used + boxes[node, 2] - boxes[node, 0] > room):
            left = middle - used / 2
            for one in row:
                places[one] = (left - boxes[one, 0], top - boxes[one, 1])
                left += float(boxes[one, 2] - boxes[one, 0]) + _GAP
            top += float((boxes[row, 3] - boxes[row, 1]).max()) + _GAP
            row = []
        row.append(node)
