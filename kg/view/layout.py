"""Where each entity stands on the picture, computed beforehand so that the page opens at rest and the same each time.

Each connected part is drawn by itself (`kg.view.stress`, `kg.view.declutter`), the largest in the middle, smaller ones
in the gaps around it, and what has no lines in rows below. For graphs too large for that see `kg.view.map`.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from kg.view.declutter import declutter, struck
from kg.view.geometry import Boxes, Floats, Lines, Pairs, Points, ends
from kg.view.packing import pack
from kg.view.stress import crossings, majorise

_ASPECT = 1.0  # width by height that the largest part aims at
_STEP = 95.0  # the length of a line, before hubs and groups stretch it
_APART = 1.32  # of different groups
_TOGETHER = 0.92  # of one group
_SHORTEST = 40.0  # of what is seen of a line
_TURNS = 36
_TRIED = 4  # drawings that are finished before one is chosen
_FEW = 8  # nodes that have hardly another drawing
_GAP = 14.0


def arrange(boxes: Boxes, pairs: Pairs, groups: Sequence[int]) -> Points:
    """The places of all nodes: the largest component in the middle, smaller ones around, nodes without lines below."""
    count = len(boxes)
    places = np.zeros((count, 2))
    parts = components(count, pairs)
    drawn = [part for part in parts if len(part) > 1]
    for part in drawn:
        places[part] = _component(part, boxes, pairs, groups)
    pack(places, boxes, pairs, drawn)
    joined = [node for part in drawn for node in part]
    if joined:
        places[joined] -= _middle(places[joined], boxes[joined])
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
    """One part: of several drawings the calmest, turned so that it fits the page, names pushed apart."""
    index = {node: position for position, node in enumerate(part)}
    inner = {(index[a], index[b]): weight for (a, b), weight in pairs.items() if a in index}
    lines = ends(inner)
    own = boxes[part]
    ideal = _ideal(inner, [groups[node] for node in part], -own[:, 1])
    starts, rounds = max(1, min(16, 700 // len(part))), max(30, min(120, 6_000 // len(part)))  # within a second
    drawings = majorise(ideal, starts=starts, rounds=rounds)
    best = sorted(range(len(drawings)), key=lambda number: (_unrest(drawings[number], ideal, lines), number))
    done = [
        declutter(_turned(drawings[number], own, lines), own, lines)
        for number in best[: _TRIED if len(part) > _FEW else 1]
    ]
    return min(done, key=lambda drawing: round(_mess(drawing, own, lines), 6))


def _mess(places: Points, boxes: Boxes, lines: Lines) -> float:
    """How much is wrong with a finished drawing: lines that cross each other or names, and size."""
    width, height = (places + boxes[:, 2:]).max(axis=0) - (places + boxes[:, :2]).min(axis=0)
    wrong = crossings(places, lines) + struck(places, boxes, lines)
    return wrong / max(1, len(lines)) + max(float(width) / _ASPECT, float(height)) / 300


def _ideal(pairs: Pairs, groups: Sequence[int], radii: Floats) -> Floats:
    """How far apart each two nodes should be: steps, longer at hubs and between groups, shorter to loose ends."""
    count = len(groups)
    near = _neighbours(count, pairs)
    steps = np.array([_steps(node, near) for node in range(count)], dtype=np.float64)
    degree = np.array([len(set(others)) for others in near], dtype=np.float64)
    end = np.where(degree == 1, 0.2, np.where(degree == 2, 0.08, 0.0))  # noqa: PLR2004
    root = np.sqrt(steps)
    bent = root * np.sqrt(root) * 1.05 - end[:, None] - end[None, :]  # far ones come nearer: the page is not endless
    hub = 1 + 0.05 * np.sqrt(degree[:, None] + degree[None, :])
    group = np.asarray(groups)
    ideal: Floats = _STEP * bent * hub * np.where(group[:, None] == group[None, :], _TOGETHER, _APART)
    ideal = np.maximum(ideal, radii[:, None] + radii + _SHORTEST)
    np.fill_diagonal(ideal, 0)
    return ideal


def _unrest(places: Points, ideal: Floats, lines: Lines) -> float:
    """How restless a drawing looks: lines that cross, and distances that are off."""
    x, y = places[:, 0], places[:, 1]
    length = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    known = ideal > 0
    stress = (((length - ideal) ** 2)[known] / (ideal * ideal)[known]).sum() / max(1, known.sum())
    return crossings(places, lines) / max(1, len(lines)) + 4 * float(stress)


def _turned(places: Points, boxes: Boxes, lines: Lines) -> Points:
    """The drawing turned so that it fills the page and its lines run least through names."""
    angles = [2 * math.pi * step / _TURNS for step in range(_TURNS)]
    turned = [_turn(places, angle) for angle in angles]
    return min(turned, key=lambda drawing: round(_misfit(drawing, boxes, lines), 6))


def _turn(places: Points, angle: float) -> Points:
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack([places[:, 0] * cos - places[:, 1] * sin, places[:, 0] * sin + places[:, 1] * cos], axis=1)


def _misfit(places: Points, boxes: Boxes, lines: Lines) -> float:
    width, height = np.ptp(places[:, 0]) + 1, np.ptp(places[:, 1]) + 1
    shape = max(width / height / _ASPECT, _ASPECT * height / width)
    return float(shape) + 3 * struck(places, boxes, lines) / max(1, len(lines))


def _middle(places: Points, boxes: Boxes) -> Floats:
    middle: Floats = ((places + boxes[:, :2]).min(axis=0) + (places + boxes[:, 2:]).max(axis=0)) / 2
    return middle


def _rows(places: Points, boxes: Boxes, loose: list[int], joined: list[int]) -> None:
    """Puts nodes without lines in centred rows below the rest."""
    if not loose:
        return
    low = (places[joined] + boxes[joined, :2]).min(axis=0) if joined else np.array([-300.0, 0.0])
    high = (places[joined] + boxes[joined, 2:]).max(axis=0) if joined else np.array([300.0, 0.0])
    wide = [float(box[2] - box[0]) + _GAP for box in boxes]
    room = max(500.0, float(high[0] - low[0]), 60.0 * math.sqrt(len(loose)))
    top = float(high[1]) + 60
    for row in _filled(loose, wide, room):
        left = float(low[0] + high[0]) / 2 - sum(wide[node] for node in row) / 2
        for node in row:
            places[node] = (left - boxes[node, 0] + _GAP / 2, top - boxes[node, 1])
            left += wide[node]
        top += float((boxes[row, 3] - boxes[row, 1]).max()) + _GAP


def _filled(nodes: list[int], wide: Sequence[float], room: float) -> list[list[int]]:
    """Nodes in rows that are no wider than `room`."""
    rows: list[list[int]] = [[]]
    for node in nodes:
        if rows[-1] and sum(wide[one] for one in rows[-1]) + wide[node] > room:
            rows.append([])
        rows[-1].append(node)
    return rows
