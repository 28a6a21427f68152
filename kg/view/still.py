"""The overview as a still picture for print: SVG 1.1 with title, legend and the articles' dates, and PNG of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from kg.errors import KgError
from kg.view import assets, words
from kg.view.columns import STATUSES, standing
from kg.view.model import Model, Row
from kg.view.picture import CAPTION, Picture

Box: TypeAlias = tuple[float, float, float, float]

_SANS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', sans-serif"
_SERIF = "Charter, Georgia, 'Noto Serif', 'Liberation Serif', 'DejaVu Serif', serif"
_EDGE, _HEAD, _FOOT = 44.0, 78.0, 96.0
_RELATION = 12.0
_MOST_RELATIONS = 14
_MOST_NAMES = 120  # on a map
_NARROWEST = 860.0
_MAP_WIDTH = 1800.0
_DASHES = {"disputed": "9 6", "claimed": "2 5", "denied": "2 5"}
_SIGN = {"denied": "¬ ", "disputed": "≠ "}
_LINES = ("claimed", "claim or reserve"), ("disputed", "sources disagree ≠")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no characters of XML 1.0
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def svg(model: Model, picture: Picture, *, title: str, theme: Literal["light", "dark"] = "light") -> str:
    """The whole drawing; of a map the main figures by name and all others as dots. Same input, same text."""
    sheet = _Sheet(model, picture, theme)
    body = [*sheet.land(), *sheet.dust(), *sheet.lines(), *sheet.glyphs(), *sheet.texts()]
    width, height = sheet.width + 2 * _EDGE, sheet.height + _HEAD + _FOOT
    width = max(width, _NARROWEST)
    left = (width - sheet.width) / 2 - sheet.low[0] * sheet.scale
    top = _HEAD - sheet.low[1] * sheet.scale
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    look = f'font-family={quoteattr(_SANS)} fill="{sheet.ink["ink"]}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>',
            f"<title>{_text(title)}</title>",
            f'<rect width="{_n(width)}" height="{_n(height)}" fill="{sheet.ink["paper"]}"/>',
            f'<g transform="translate({_n(left)} {_n(top)})">',
            *body,
            "</g>",
            *sheet.head(title),
            *sheet.foot(height),
            "</svg>\n",
        ]
    )


def png(text: str, *, scale: int = 2) -> bytes:
    """An SVG as PNG, each of its units `scale` points wide. Raises KgError if resvg is not installed."""
    try:
        import resvg_py
    except ModuleNotFoundError as error:
        message = "a PNG needs resvg: pip install 'ai-industry-kg[png]'; or take --format svg, which needs nothing"
        raise KgError(message) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=scale))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    shown = _TURNING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
    return escape(_UNFIT.sub("\ufffd", shown))


def _palette(theme: str) -> Mapping[str, str]:
    """The colours of the page's own style sheet."""
    light, _, rest = assets.style().partition('[data-theme="dark"]')
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", rest))
    return found


class _Sheet:
    """What is drawn where: places of the picture, times `scale`."""

    def __init__(self, model: Model, picture: Picture, theme: str) -> None:
        self.model, self.picture, self.dark = model, picture, theme == "dark"
        self.ink, self.shapes = _palette(theme), assets.shapes()
        joined = {end for pair in model.pairs for end in pair}
        self.shown = [number for number in range(len(model.entities)) if number in joined or not joined]
        self.taken: list[Box] = []  # where something is written
        self.low, high = self._extent()
        self.scale = min(1.0, _MAP_WIDTH / max(1.0, high[0] - self.low[0])) if picture.is_map else 1.0
        self.width, self.height = ((high[axis] - self.low[axis]) * self.scale for axis in (0, 1))
        self.disputed = {row["s"] for row in model.facts if "dispute" in row}

    def _extent(self) -> tuple[tuple[float, float], tuple[float, float]]:
        points = [(x + way * 70, y + way * 40) for x, y in self._places() for way in (-1, 1)]
        for group in self.picture.groups:
            points += [point for ring in group.get("outlines", ()) for point in ring]
            if "disc" in group:
                x, y, radius = group["disc"]
                points += [(x - radius, y - radius), (x + radius, y + radius)]
        points = points or [(0, 0), (600, 400)]
        across, down = zip(*points, strict=True)
        return (min(across), min(down)), (max(across), max(down))

    def _places(self) -> Iterator[tuple[int, int]]:
        return (self.picture.places[number] for number in self.shown)

    def at(self, number: int) -> tuple[float, float]:
        x, y = self.picture.places[number]
        return x * self.scale, y * self.scale

    def kind(self, number: int) -> Row:
        kind: Row = self.model.types[self.model.entities[number]["type"]]
        return kind

    def colour(self, kind: Row) -> str:
        return str(kind["dark" if self.dark else "colour"])

    def drawn(self) -> Sequence[int]:
        """The entities with a glyph: all, or on a map the main ones."""
        return self.shown[:_MOST_NAMES] if self.picture.is_map else self.shown

    def land(self) -> Iterator[str]:
        look = f'fill="{self.ink["land"]}" stroke="{self.ink["shore"]}" stroke-width="1.25"'
        for group in self.picture.groups:
            if "disc" in group:
                x, y, radius = (value * self.scale for value in group["disc"])
                yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {look}/>'
            else:
                way = "".join(_ring(ring) for ring in group["outlines"])
                yield f'<path d="{way}" fill-rule="evenodd" {look}/>'

    def dust(self) -> Iterator[str]:
        """All dots of a kind as one path."""
        ways: dict[str, list[str]] = {}
        for number in self.shown[len(self.drawn()) :]:
            x, y = self.at(number)
            ways.setdefault(self.colour(self.kind(number)), []).append(f"M{_n(x)} {_n(y)}h1.5")
        for colour, dots in sorted(ways.items()):
            yield f'<path d="{"".join(dots)}" stroke="{colour}" stroke-width="1.5" opacity=".5"/>'

    def lines(self) -> Iterator[str]:
        drawn = set(self.drawn())
        for (a, b), said in _between(self.model).items():
            if a in drawn and b in drawn:
                yield from self._line(a, b, said)

    def _line(self, a: int, b: int, said: list[Row]) -> Iterator[str]:
        status, number = _state(said), sum(len(row.get("evidence", ())) for row in said)
        colour = self.ink["warn" if status == "disputed" else "line"]
        (x, y), (to_x, to_y) = self.at(a), self.at(b)
        width = min(4.5, 1 + 0.4 * number) * (0.5 if self.picture.is_map else 1)
        dash = f' stroke-dasharray="{_DASHES[status]}"' if status in _DASHES else ""
        opacity = "0.85" if status == "disputed" else "0.6"
        look = f'stroke="{colour}" stroke-width="{_n(width)}"{dash} opacity="{opacity}"'
        yield f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(to_x)}" y2="{_n(to_y)}" {look}/>'
        for end, start in sorted({(row["o"], row["s"]) for row in said}):
            yield self._head(end, start, colour)

    def _head(self, end: int, start: int, colour: str) -> str:
        (x, y), (from_x, from_y) = self.at(end), self.at(start)
        length = math.hypot(x - from_x, y - from_y) or 1.0
        across, down = (x - from_x) / length, (y - from_y) / length
        tip, base = self.picture.sizes[end] + 1, self.picture.sizes[end] + 9
        way = [(x - across * tip, y - down * tip)]
        way += [(x - across * base + side * down * 3.5, y - down * base - side * across * 3.5) for side in (1, -1)]
        points = " ".join(f"{_n(px)},{_n(py)}" for px, py in way)
        return f'<polygon points="{points}" fill="{colour}" opacity=".75"/>'

    def glyphs(self) -> Iterator[str]:
        for number in reversed(self.drawn()):
            (x, y), radius = self.at(number), self.picture.sizes[number]
            yield self.glyph(self.kind(number), x, y, radius)
            if number in self.disputed:
                x, y = x + radius * 0.8, y - radius * 0.8
                yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="8.5" fill="{self.ink["warn"]}"/>'
                yield self.words("≠", x, y, size=12, colour=self.ink["land"], halo=False, weight=700)

    def glyph(self, kind: Row, x: float, y: float, radius: float) -> str:
        way = self.shapes.get(kind["shape"], self.shapes["dot"])
        place = f'transform="translate({_n(x)} {_n(y)}) scale({_n(radius)})"'
        return f'<path d="{way}" {place} fill="{self.colour(kind)}" fill-rule="evenodd"/>'

    def words(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float,
        colour: str,
        halo: bool = True,
        weight: int = 500,
        more: str = "",
    ) -> str:
        land = self.ink["land"]
        edge = f' stroke="{land}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        return (
            f'<text x="{_n(x)}" y="{_n(y + size * 0.35)}" text-anchor="middle" font-size="{_n(size)}" '
            f'font-weight="{weight}" fill="{colour}"{edge}{more}>{_text(text)}</text>'
        )

    def texts(self) -> Iterator[str]:
        """Names first, then the names of groups, then what fits of the relations; none lies on another."""
        names = [text for number in self.drawn() for text in self._name(number)]
        yield from self._captions()
        yield from self._relations()
        yield from names

    def _name(self, number: int) -> Iterator[str]:
        (x, y), size = self.at(number), self.picture.fonts[number]
        rows = self.model.entities[number].get("rows") or [self.model.entities[number]["label"]]
        half = max(words.width(row) for row in rows) * size / 2
        radius = self.picture.sizes[number]
        glyph = (x - radius, y - radius, x + radius, y + radius)
        box = (x - half, y + radius, x + half, y + radius + 3 + 1.22 * size * len(rows))
        if self.picture.is_map and _hits(box, self.taken):
            return
        self.taken += [glyph, box]
        weight = 700 if size > 17 else 600 if size > 15 else 500  # noqa: PLR2004
        for row, text in enumerate(rows):
            at = y + radius + 3 + size * 1.22 * (row + 0.5)
            yield self.words(text, x, at, size=size, colour=self.ink["ink"], weight=weight)

    def _captions(self) -> Iterator[str]:
        more = f' font-style="italic" font-family={quoteattr(_SERIF)}'
        for group in self.picture.groups:
            if "caption" in group:
                x, y = group["caption"]
            else:
                x, y = group["disc"][0] * self.scale, (group["disc"][1] - group["disc"][2]) * self.scale + 10
            half = CAPTION * words.width(group["name"]) * 0.45
            box = (x - half, y - 8, x + half, y + 8)
            if not _hits(box, self.taken) and ("caption" in group or group["disc"][2] * self.scale > half):
                self.taken.append(box)
                yield self.words(group["name"], x, y, size=CAPTION, colour=self.ink["ink-3"], more=more)

    def _relations(self) -> Iterator[str]:
        if self.picture.is_map:
            return
        lines = sorted(_between(self.model).items(), key=lambda pair: (-_weight(pair[1]), pair[0]))
        written = 0
        for (a, b), said in lines:
            text = self._relation(a, b, said)
            written += bool(text)
            if text:
                yield text
            if written == _MOST_RELATIONS:
                return

    def _relation(self, a: int, b: int, said: list[Row]) -> str | None:
        """What is said along a line, the most of it for which there is room between the glyphs and beside all names."""
        (x, y), (to_x, to_y) = sorted((self.at(a), self.at(b)))
        length = math.hypot(to_x - x, to_y - y) or 1.0
        across, down, middle = (to_x - x) / length, (to_y - y) / length, ((x + to_x) / 2, (y + to_y) / 2)
        for text in self._said(said):
            wide = words.width(text) * _RELATION
            steps = [(part / 8 - 0.5) * wide for part in range(9)]
            spots = [(middle[0] + across * step, middle[1] + down * step) for step in steps]
            boxes = [(px - 9, py - 9, px + 9, py + 9) for px, py in spots]
            room = length - self.picture.sizes[a] - self.picture.sizes[b] - 30
            if wide > room or any(_hits(box, self.taken) for box in boxes):
                continue
            self.taken += boxes
            turn = f' transform="rotate({_n(math.degrees(math.atan2(down, across)))} {_n(middle[0])} {_n(middle[1])})"'
            colour = self.ink["warn" if _state(said) == "disputed" else "ink-2"]
            return self.words(text, *middle, size=_RELATION, colour=colour, more=turn)
        return None

    def _said(self, said: list[Row]) -> list[str]:
        """What may be written on a line, the fullest first; on a disputed one at least its sign."""
        found = list(dict.fromkeys(_SIGN.get(standing(row), "") + self.model.relations[row["p"]] for row in said))

        def first(number: int) -> str:
            return " · ".join(found[:number]) + (f" +{len(found) - number}" if len(found) > number else "")

        return [first(2), first(1), *(["≠"] if _state(said) == "disputed" else [])]

    def head(self, title: str) -> Iterator[str]:
        large = f'font-size="24" font-weight="600" font-family={quoteattr(_SERIF)}'
        small = f'font-size="13.5" fill="{self.ink["ink-3"]}"'
        yield f'<text x="{_n(_EDGE)}" y="38" {large}>{_text(title)}</text>'
        yield f'<text x="{_n(_EDGE)}" y="60" {small}>{_text(summary(self.model))}</text>'

    def foot(self, height: float) -> Iterator[str]:
        """The key: kinds by shape and colour, lines by how surely they are said."""
        x, y = _EDGE, height - 58.0
        looks: dict[str, Row] = {}
        for row in self.model.types:
            looks.setdefault(row["group"], row)
        for kind in looks.values():
            yield self.glyph(kind, x + 7, y, 7)
            word = str(kind["group"])
            yield self._key(word[:1].upper() + word[1:], x + 20, y)
            x += 44 + words.width(word) * 13
        x, y = _EDGE, height - 30.0
        for status, word in (("stated", "stated"), *_LINES):
            dash = f' stroke-dasharray="{_DASHES[status]}"' if status in _DASHES else ""
            colour = self.ink["warn" if status == "disputed" else "line"]
            yield f'<path d="M{_n(x)} {_n(y)}h30" stroke="{colour}" stroke-width="2"{dash}/>'
            yield self._key(word, x + 38, y)
            x += 62 + words.width(word) * 13
        yield self._key("larger: more central · thicker: more sentences", x, y)

    def _key(self, word: str, x: float, y: float) -> str:
        return f'<text x="{_n(x)}" y="{_n(y + 4.5)}" font-size="13" fill="{self.ink["ink-2"]}">{_text(word)}</text>'


def summary(model: Model) -> str:
    """How much the picture rests on, and from when: "5 documents, 26 November 2024 to 28 November 2024 · …"."""
    told = [f"{len(model.documents):,} documents"] if model.documents else []
    dates = sorted(row["iso"] for row in model.documents if "iso" in row)
    if dates:
        first, last = words.date(dates[0]), words.date(dates[-1])
        told.append(first if first == last else f"{first} to {last}")
    size = [f"{len(model.entities):,} entities", f"{len(model.statements) + len(model.facts):,} statements"]
    return " · ".join([", ".join(told), *size] if told else [*size, "no sources given"])


def _between(model: Model) -> Mapping[tuple[int, int], list[Row]]:
    found: dict[tuple[int, int], list[Row]] = {pair: [] for pair in model.pairs}
    for row in model.statements:
        if row["s"] != row["o"]:
            found[min(row["s"], row["o"]), max(row["s"], row["o"])].append(row)
    return found


def _state(said: Iterable[Row]) -> str:
    """How a line is drawn: disputed if one statement is, else stated if one is."""
    states = {standing(row) for row in said}
    return "disputed" if "disputed" in states else min(states, key=STATUSES.index)


def _weight(said: Iterable[Row]) -> int:
    return sum(len(row.get("evidence", ())) + 50 * ("dispute" in row) for row in said)


def _hits(box: Box, others: Iterable[Box]) -> bool:
    return any(box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1] for other in others)


def _ring(ring: Sequence[tuple[int, int]]) -> str:
    """A closed line through the middles of the ring's sides, bent at its points."""
    ways = zip(ring, [*ring[1:], ring[0]], strict=True)
    middles = [((x + to_x) / 2, (y + to_y) / 2) for (x, y), (to_x, to_y) in ways]
    bends = "".join(f"Q{x} {y} {_n(mx)} {_n(my)}" for (x, y), (mx, my) in zip(ring, middles, strict=True))
    return f"M{_n(middles[-1][0])} {_n(middles[-1][1])}{bends}Z"
