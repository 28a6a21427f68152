"""The drawing of a still picture: land, dots, lines and glyphs, at the places that the page has them at."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.view.columns import STATUSES, standing
from kg.view.ink import Ink, number, ring
from kg.view.model import Model, Row
from kg.view.picture import Picture

DASHES = {"disputed": "9 6", "claimed": "2 5", "denied": "2 5"}
"""How a line is broken that is not simply stated."""

_MAP_WIDTH = 1800.0
_MOST_GLYPHS = 120  # on a map
_AROUND = 70, 40  # room for the name of an entity at the rim


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn of a model: the numbers of all `shown` entities, those with a glyph, and where the sheet lies.

    `low` is its upper left corner in the picture's places, which are drawn `scale` times as large.
    """

    model: Model
    picture: Picture
    ink: Ink
    shown: Sequence[int]
    low: tuple[float, float]
    scale: float
    width: float
    height: float
    between: Mapping[tuple[int, int], Sequence[Row]]
    """The statements of each line."""

    @property
    def drawn(self) -> Sequence[int]:
        """The entities with a glyph: all, or on a map the main ones."""
        return self.shown[:_MOST_GLYPHS] if self.picture.is_map else self.shown

    def at(self, entity: int) -> tuple[float, float]:
        """Where an entity stands on the sheet."""
        x, y = self.picture.places[entity]
        return x * self.scale, y * self.scale

    def kind(self, entity: int) -> Row:
        """Its type."""
        kind: Row = self.model.types[self.model.entities[entity]["type"]]
        return kind


def sheet(model: Model, picture: Picture, ink: Ink) -> Sheet:
    """The sheet for a picture: as large as it is, a map no wider than a page; entities without lines are left out."""
    joined = {end for pair in model.pairs for end in pair}
    shown = [entity for entity in range(len(model.entities)) if entity in joined or not joined]
    low, high = _extent(picture, shown)
    scale = min(1.0, _MAP_WIDTH / max(1.0, high[0] - low[0])) if picture.is_map else 1.0
    width, height = ((high[axis] - low[axis]) * scale for axis in (0, 1))
    return Sheet(model, picture, ink, shown, low, scale, width, height, _between(model))


def drawing(on: Sheet) -> Iterator[str]:
    """All but the words, from what lies below to what lies above."""
    yield from _land(on)
    yield from _dust(on)
    drawn = set(on.drawn)
    for (a, b), said in on.between.items():
        if a in drawn and b in drawn:
            yield from _line(on, a, b, said)
    yield from _glyphs(on)


def state(said: Iterable[Row]) -> str:
    """How a line is drawn: disputed if one statement is, else stated if one is."""
    states = {standing(row) for row in said}
    return "disputed" if "disputed" in states else min(states, key=STATUSES.index)


def _extent(picture: Picture, shown: Sequence[int]) -> tuple[tuple[float, float], tuple[float, float]]:
    wide, high = _AROUND
    points: list[tuple[float, float]] = [
        (x + side * wide, y + side * high) for x, y in map(picture.places.__getitem__, shown) for side in (-1, 1)
    ]
    for group in picture.groups:
        points += [point for outline in group.get("outlines", ()) for point in outline]
        if "disc" in group:
            x, y, radius = group["disc"]
            points += [(x - radius, y - radius), (x + radius, y + radius)]
    across, down = zip(*(points or [(0, 0), (600, 400)]), strict=True)
    return (min(across), min(down)), (max(across), max(down))


def _between(model: Model) -> dict[tuple[int, int], list[Row]]:
    found: dict[tuple[int, int], list[Row]] = {pair: [] for pair in model.pairs}
    for row in model.statements:
        if row["s"] != row["o"]:
            found[min(row["s"], row["o"]), max(row["s"], row["o"])].append(row)
    return found


def _land(on: Sheet) -> Iterator[str]:
    look = f'fill="{on.ink["land"]}" stroke="{on.ink["shore"]}" stroke-width="1.25"'
    for group in on.picture.groups:
        if "disc" in group:
            x, y, radius = (number(value * on.scale) for value in group["disc"])
            yield f'<circle cx="{x}" cy="{y}" r="{radius}" {look}/>'
        else:
            yield f'<path d="{"".join(map(ring, group["outlines"]))}" fill-rule="evenodd" {look}/>'


def _dust(on: Sheet) -> Iterator[str]:
    """All dots of a kind as one path."""
    ways: dict[str, list[str]] = {}
    for entity in on.shown[len(on.drawn) :]:
        x, y = on.at(entity)
        ways.setdefault(on.ink.of(on.kind(entity)), []).append(f"M{number(x)} {number(y)}h1.5")
    for colour, dots in sorted(ways.items()):
        yield f'<path d="{"".join(dots)}" stroke="{colour}" stroke-width="1.5" opacity=".5"/>'


def _line(on: Sheet, a: int, b: int, said: Sequence[Row]) -> Iterator[str]:
    status, sentences = state(said), sum(len(row.get("evidence", ())) for row in said)
    colour = on.ink["warn" if status == "disputed" else "line"]
    (x, y), (to_x, to_y) = on.at(a), on.at(b)
    width = min(5, 0.9 + 0.55 * sentences) * (0.5 if on.picture.is_map else 1)
    dash = f' stroke-dasharray="{DASHES[status]}"' if status in DASHES else ""
    opacity = "0.85" if status == "disputed" else "0.62"
    look = f'stroke="{colour}" stroke-width="{number(width)}"{dash} opacity="{opacity}"'
    yield f'<line x1="{number(x)}" y1="{number(y)}" x2="{number(to_x)}" y2="{number(to_y)}" {look}/>'
    for end, start in sorted({(row["o"], row["s"]) for row in said}):
        yield _head(on, end, start, colour)


def _head(on: Sheet, end: int, start: int, colour: str) -> str:
    """The head of an arrow, just off the glyph that it points to."""
    (x, y), (from_x, from_y) = on.at(end), on.at(start)
    length = math.hypot(x - from_x, y - from_y) or 1.0
    across, down = (x - from_x) / length, (y - from_y) / length
    tip, base = on.picture.sizes[end] + 1, on.picture.sizes[end] + 9
    way = [(x - across * tip, y - down * tip)]
    way += [(x - across * base + side * down * 3.5, y - down * base - side * across * 3.5) for side in (1, -1)]
    points = " ".join(f"{number(px)},{number(py)}" for px, py in way)
    return f'<polygon points="{points}" fill="{colour}" opacity=".75"/>'


def _glyphs(on: Sheet) -> Iterator[str]:
    """The main figures last, so that they lie above; with the sign of a dispute on a fact."""
    disputed = {row["s"] for row in on.model.facts if "dispute" in row}
    for entity in reversed(on.drawn):
        (x, y), radius = on.at(entity), on.picture.sizes[entity]
        yield on.ink.glyph(on.kind(entity), x, y, radius)
        if entity in disputed:
            yield on.ink.sign(x + radius * 0.8, y - radius * 0.8)
