"""What is written on a still picture, none across another: names, then the names of groups, then what lines say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from kg.view import words
from kg.view.columns import standing
from kg.view.ink import SERIF, number
from kg.view.model import Row
from kg.view.picture import CAPTION
from kg.view.sheet import Sheet, state

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom of what is taken."""

_RELATION = 11.0
_HALF = 9.0  # the height of what is written along a line
_SHIFTS = (0.0, 0.12, -0.12, 0.24, -0.24)  # off the middle of a line, by its length
_MOST_RELATIONS = 14
_SIGN = {"denied": "¬ ", "disputed": "≠ "}
_ROW = 1.22
_HEAVY = ((17, 700), (15, 600), (0, 500))  # the weight of names above this size


def lettering(on: Sheet) -> Iterator[str]:
    """All words of a sheet; names stand above what else is written."""
    taken: list[Box] = []
    names = [text for entity in on.drawn for text in _name(on, entity, taken)]
    yield from _captions(on, taken)
    if not on.picture.is_map:
        yield from _relations(on, taken)
    yield from names


def _name(on: Sheet, entity: int, taken: list[Box]) -> Iterator[str]:
    (x, y), size, radius = on.at(entity), on.picture.fonts[entity], on.picture.sizes[entity]
    rows = on.model.entities[entity].get("rows") or [on.model.entities[entity]["label"]]
    half = max(words.width(row) for row in rows) * size / 2
    box = (x - half, y + radius, x + half, y + radius + 3 + _ROW * size * len(rows))
    if on.picture.is_map and _hits(box, taken):
        return
    taken += [(x - radius, y - radius, x + radius, y + radius), box]
    weight = next(weight for above, weight in _HEAVY if size > above)
    for row, text in enumerate(rows):
        at = y + radius + 3 + size * _ROW * (row + 0.5)
        yield on.ink.words(text, x, at, size=size, colour="ink", weight=weight)


def _captions(on: Sheet, taken: list[Box]) -> Iterator[str]:
    look = f' font-style="italic" font-family={SERIF}'
    for group in on.picture.groups:
        half = CAPTION * words.width(group["name"]) * 0.45
        if "caption" in group:
            x, y = group["caption"]
        else:
            x, y, radius = (value * on.scale for value in group["disc"])
            y -= radius - 10
            if radius < half:
                continue
        box = (x - half, y - 8, x + half, y + 8)
        if not _hits(box, taken):
            taken.append(box)
            yield on.ink.words(group["name"], x, y, size=CAPTION, colour="ink-3", more=look)


def _relations(on: Sheet, taken: list[Box]) -> Iterator[str]:
    """Along the lines with most sentences, as far as there is room."""
    lines = sorted(on.between.items(), key=lambda pair: (-_weight(pair[1]), pair[0]))
    found = (_relation(on, a, b, said, taken) for (a, b), said in lines)
    for _, text in zip(range(_MOST_RELATIONS), filter(None, found), strict=False):
        yield text


def _relation(on: Sheet, a: int, b: int, said: Sequence[Row], taken: list[Box]) -> str | None:
    """What is said along a line, the most of it for which there is room; of a disputed one the sign in any case."""
    (x, y), (to_x, to_y) = sorted((on.at(a), on.at(b)))
    length = math.hypot(to_x - x, to_y - y) or 1.0
    across, down = (to_x - x) / length, (to_y - y) / length
    room = length - on.picture.sizes[a] - on.picture.sizes[b] - 30
    colour = "warn" if state(said) == "disputed" else "ink-2"
    turn = math.degrees(math.atan2(down, across))
    for text in _wordings(on, said):
        wide = words.width(text) * _RELATION
        for shift in _SHIFTS:
            at = x + across * length * (0.5 + shift), y + down * length * (0.5 + shift)
            boxes = [_around(at[0] + across * step, at[1] + down * step) for step in _steps(wide)]
            if wide / 2 + abs(shift) * length > room / 2 or any(_hits(box, taken) for box in boxes):
                continue
            taken += boxes
            more = f' transform="rotate({number(turn)} {number(at[0])} {number(at[1])})"'
            return on.ink.words(text, *at, size=_RELATION, colour=colour, more=more)
    return on.ink.sign(x + across * length / 2, y + down * length / 2) if state(said) == "disputed" else None


def _steps(wide: float) -> list[float]:
    """Nine points along a text of this width, from its middle."""
    return [(part / 8 - 0.5) * wide for part in range(9)]


def _around(x: float, y: float) -> Box:
    return x - _HALF, y - _HALF, x + _HALF, y + _HALF


def _wordings(on: Sheet, said: Sequence[Row]) -> list[str]:
    """What may be written on a line, the fullest first; on a disputed one at least its sign."""
    found = list(dict.fromkeys(_SIGN.get(standing(row), "") + on.model.relations[row["p"]] for row in said))

    def first(count: int) -> str:
        return " · ".join(found[:count]) + (f" +{len(found) - count}" if len(found) > count else "")

    return [first(2), first(1), *(["≠"] if state(said) == "disputed" else [])]


def _weight(said: Iterable[Row]) -> int:
    return sum(len(row.get("evidence", ())) + 50 * ("dispute" in row) for row in said)


def _hits(box: Box, others: Iterable[Box]) -> bool:
    return any(box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1] for other in others)
