"""What a still picture is drawn with: elements of SVG 1.1 as text, in the colours and shapes of the page."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from kg.view import assets
from kg.view.model import Row

Theme: TypeAlias = Literal["light", "dark"]

SANS = quoteattr("system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', sans-serif")
SERIF = quoteattr("Charter, Georgia, 'Noto Serif', 'Liberation Serif', 'DejaVu Serif', serif")

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no characters of XML 1.0
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def number(value: float) -> str:
    """A length, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def text(words: str) -> str:
    """Words as the text of an element; what would turn their direction is shown as a sign."""
    shown = _TURNING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words)
    return escape(_UNFIT.sub("\ufffd", shown))


def ring(points: Sequence[tuple[int, int]]) -> str:
    """The way of a closed line through the middles of the ring's sides, bent at its points."""
    ways = zip(points, [*points[1:], points[0]], strict=True)
    middles = [((x + to_x) / 2, (y + to_y) / 2) for (x, y), (to_x, to_y) in ways]
    bends = zip(points, middles, strict=True)
    curve = "".join(f"Q{x} {y} {number(mx)} {number(my)}" for (x, y), (mx, my) in bends)
    return f"M{number(middles[-1][0])} {number(middles[-1][1])}{curve}Z"


@dataclasses.dataclass(frozen=True, slots=True)
class Ink:
    """One theme's colours by name (`paper`, `land`, `ink`, `warn`, …), and the outlines of the glyphs."""

    theme: Theme
    colours: Mapping[str, str]
    shapes: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.colours[name]

    def of(self, kind: Row) -> str:
        """The colour of a type."""
        return str(kind["dark" if self.theme == "dark" else "colour"])

    def glyph(self, kind: Row, x: float, y: float, radius: float) -> str:
        """The glyph of a type around a point."""
        way = self.shapes.get(kind["shape"], self.shapes["dot"])
        place = f'transform="translate({number(x)} {number(y)}) scale({number(radius)})"'
        return f'<path d="{way}" {place} fill="{self.of(kind)}" fill-rule="evenodd"/>'

    def sign(self, x: float, y: float) -> str:
        """The sign of a dispute."""
        disc = f'<circle cx="{number(x)}" cy="{number(y)}" r="8.5" fill="{self["warn"]}"/>'
        return disc + self.words("≠", x, y, size=12, colour="land", halo=False, weight=700)

    def words(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float,
        colour: str,
        halo: bool = True,
        weight: int = 500,
        more: str = "",
    ) -> str:
        """Words around a point, with a rim that sets them off from lines; `colour` is one of the theme's."""
        rim = ' stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"'
        rim = f' stroke="{self["land"]}"{rim}' if halo else ""
        return (
            f'<text x="{number(x)}" y="{number(y + size * 0.35)}" text-anchor="middle" font-size="{number(size)}" '
            f'font-weight="{weight}" fill="{self[colour]}"{rim}{more}>{text(words)}</text>'
        )


def ink(theme: Theme) -> Ink:
    """The colours of the page's own style sheet, and its shapes."""
    light, _, rest = assets.style().partition('[data-theme="dark"]')
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", rest))
    return Ink(theme, found, assets.shapes())
