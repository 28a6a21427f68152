"""The picture's geometry: how large each entity is drawn, where it stands, in which group, and that group's shore."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from kg.view import groups as grouping
from kg.view import layout, map, regions, words  # noqa: A004 - a map is what it draws
from kg.view.geometry import Boxes, Points
from kg.view.model import Model, Row

STILL_UP_TO = 250
"""Entities up to which each name has its own place; above, the picture is a map that shows more as one comes nearer."""

_SMALLEST, _GROWTH = 7.0, 19.0
_LINE_HEIGHT = 1.22
_AIR = 5.0
_BOLD = 1.15
_LONGEST = 26
_NAMED = 150  # names that a page has room for
_PLAIN = 13.5
CAPTION = 13.0


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn where, in pixels: `places`, `sizes` (the radius of each glyph), `fonts` (the size of each name).

    `groups` are rows with keys name, members (numbers), and either outlines (closed lines of points) and caption (x, y)
    or disc (x, y, radius).
    """

    places: list[tuple[int, int]]
    sizes: list[float]
    fonts: list[float]
    groups: list[Row]
    is_map: bool


def picture(model: Model) -> Picture:
    """The geometry of all entities of a model, the same on every run."""
    count = len(model.entities)
    is_map = count > STILL_UP_TO
    growth = _GROWTH / 2 if is_map else _GROWTH
    sizes = [round(_SMALLEST + growth * float(entity["rank"]) ** 0.6, 1) for entity in model.entities]
    fonts = [_font(number, min(count, _NAMED)) for number in range(count)]
    of = grouping.communities(count, model.pairs)
    if is_map:
        places, shores, captions = map.arrange(count, model.pairs, of), {}, {}
    else:
        boxes = _boxes(model.entities, sizes, fonts)
        places = layout.arrange(boxes, model.pairs, of)
        captions = _captions(model, places, boxes, of)
        shores = _shores(model, places, boxes, of, captions)
    rounded = [(round(float(x)), round(float(y))) for x, y in places]
    return Picture(rounded, sizes, fonts, _groups(model, of, shores, captions, places), is_map)


def _font(number: int, count: int) -> float:
    """Three sizes of names: the few main figures, the next, the rest."""
    part = number / max(count, 1)
    return 18.0 if part < 0.09 else 15.5 if part < 0.3 else _PLAIN  # noqa: PLR2004


def _boxes(entities: Sequence[Row], sizes: Sequence[float], fonts: Sequence[float]) -> Boxes:
    """Glyph and name below it, with some air."""
    boxes = np.zeros((len(entities), 4))
    for number, (entity, size, font) in enumerate(zip(entities, sizes, fonts, strict=True)):
        rows = entity.get("rows") or [entity["label"]]
        em = font * _BOLD if font > _PLAIN else font
        half = max(size, em * max(words.width(row) for row in rows) / 2) + _AIR
        boxes[number] = (-half, -size - _AIR, half, size + 3 + font * _LINE_HEIGHT * len(rows) + _AIR)
    return boxes


def _shown(of: Sequence[int]) -> dict[int, list[int]]:
    """The members of each group that is shown as one: two are a line, not a group."""
    members: dict[int, list[int]] = {}
    for node, group in enumerate(of):
        members.setdefault(group, []).append(node)
    return {group: nodes for group, nodes in sorted(members.items()) if len(nodes) > 2}  # noqa: PLR2004


def _name(model: Model, nodes: Sequence[int]) -> str:
    """A group is named after its main figure, which is its first."""
    label = str(model.entities[nodes[0]]["label"])
    return "around " + (label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…")


def _captions(model: Model, places: Points, boxes: Boxes, of: Sequence[int]) -> dict[int, tuple[float, float]]:
    widths = {group: CAPTION * words.width(_name(model, nodes)) * 0.9 for group, nodes in _shown(of).items()}
    return regions.captions(places, boxes, model.pairs, of, widths)


def _shores(
    model: Model, places: Points, boxes: Boxes, of: Sequence[int], captions: dict[int, tuple[float, float]]
) -> dict[int, list[regions.Outline]]:
    """The outlines around names and captions."""
    half = {group: CAPTION * words.width(_name(model, nodes)) * 0.45 for group, nodes in _shown(of).items()}
    more = np.array([(-half[group], -CAPTION / 2, half[group], CAPTION / 2) for group in captions]).reshape(-1, 4)
    spots = np.array(list(captions.values())).reshape(-1, 2)
    return regions.outlines(
        np.concatenate([places, spots]), np.concatenate([boxes, more]), model.pairs, [*of, *captions]
    )


def _groups(
    model: Model,
    of: Sequence[int],
    shores: dict[int, list[regions.Outline]],
    captions: dict[int, tuple[float, float]],
    places: Points,
) -> list[Row]:
    rows = []
    for group, nodes in _shown(of).items():
        row: Row = {"name": _name(model, nodes), "members": nodes}
        if group in shores:
            x, y = captions[group]
            rows.append(row | {"outlines": shores[group], "caption": (round(x), round(y))})
        else:
            rows.append(row | {"disc": _disc(places[nodes])})
    return rows


def _disc(places: Points) -> tuple[int, int, int]:
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    away = places - middle
    radius = float(np.sqrt((away * away).sum(axis=1)).max()) + 16
    return round(float(middle[0])), round(float(middle[1])), round(radius)
