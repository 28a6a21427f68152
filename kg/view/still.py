"""The overview as a still picture for print: SVG 1.1 with title, key and the articles' dates, and PNG of it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import KgError
from kg.view import words
from kg.view.ink import SANS, SERIF, Ink, Theme, ink, number, text
from kg.view.lettering import lettering
from kg.view.model import Model, Row
from kg.view.picture import Picture
from kg.view.sheet import DASHES, drawing, sheet

_EDGE, _HEAD, _FOOT = 44.0, 78.0, 96.0
_NARROWEST = 860.0
_KEY = 13
_LINES = {"stated": "stated", "claimed": "said with reserve", "disputed": "sources disagree ≠"}


def svg(model: Model, picture: Picture, *, title: str, theme: Theme = "light") -> str:
    """The whole drawing; of a map the main figures by name and all others as dots. Same input, same text."""
    on = sheet(model, picture, ink(theme))
    width, height = max(on.width + 2 * _EDGE, _NARROWEST), on.height + _HEAD + _FOOT
    left, top = (width - on.width) / 2 - on.low[0] * on.scale, _HEAD - on.low[1] * on.scale
    size = f'width="{number(width)}" height="{number(height)}"'
    look = f'font-family={SANS} fill="{on.ink["ink"]}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" {size} {look}>',
            f"<title>{text(title)}</title>",
            f'<rect {size} fill="{on.ink["paper"]}"/>',
            f'<g transform="translate({number(left)} {number(top)})">',
            *drawing(on),
            *lettering(on),
            "</g>",
            *_head(title, summary(model), on.ink),
            *_kinds(model.types, on.ink, height - 58),
            *_lines(on.ink, height - 30),
            "</svg>\n",
        ]
    )


def png(picture: str, *, scale: int = 2) -> bytes:
    """An SVG as PNG, each of its units `scale` points wide. Raises KgError if resvg is not installed."""
    try:
        import resvg_py
    except ModuleNotFoundError as error:
        message = "a PNG needs resvg: pip install 'ai-industry-kg[png]'; or take --format svg, which needs nothing"
        raise KgError(message) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=picture, zoom=scale))


def summary(model: Model) -> str:
    """How much the picture rests on, and from when: "5 documents, 26 November 2024 to 28 November 2024 · …"."""
    told = [f"{len(model.documents):,} documents"] if model.documents else []
    dates = sorted(row["iso"] for row in model.documents if "iso" in row)
    if dates:
        first, last = words.date(dates[0]), words.date(dates[-1])
        told.append(first if first == last else f"{first} to {last}")
    size = [f"{len(model.entities):,} entities", f"{len(model.statements) + len(model.facts):,} statements"]
    return " · ".join([", ".join(told), *size] if told else [*size, "no sources given"])


def _head(title: str, told: str, ink: Ink) -> Iterator[str]:
    x = number(_EDGE)
    yield f'<text x="{x}" y="38" font-size="24" font-weight="600" font-family={SERIF}>{text(title)}</text>'
    yield f'<text x="{x}" y="60" font-size="13.5" fill="{ink["ink-3"]}">{text(told)}</text>'


def _kinds(types: list[Row], ink: Ink, y: float) -> Iterator[str]:
    """The key of glyphs: one for each group of types."""
    looks: dict[str, Row] = {}
    for row in types:
        looks.setdefault(row["group"], row)
    x = _EDGE
    for word, kind in looks.items():
        yield ink.glyph(kind, x + 7, y, 7)
        yield _key(word[:1].upper() + word[1:], x + 20, y, ink)
        x += 44 + words.width(word) * _KEY


def _lines(ink: Ink, y: float) -> Iterator[str]:
    """The key of lines by how surely things are said, and what size means."""
    x = _EDGE
    for status, word in _LINES.items():
        dash = f' stroke-dasharray="{DASHES[status]}"' if status in DASHES else ""
        colour = ink["warn" if status == "disputed" else "line"]
        yield f'<path d="M{number(x)} {number(y)}h30" stroke="{colour}" stroke-width="2"{dash}/>'
        yield _key(word, x + 38, y, ink)
        x += 62 + words.width(word) * _KEY
    yield _key("larger: more central · thicker: more sentences", x, y, ink)


def _key(word: str, x: float, y: float, ink: Ink) -> str:
    look = f'font-size="{_KEY}" fill="{ink["ink-2"]}"'
    return f'<text x="{number(x)}" y="{number(y + 4.5)}" {look}>{text(word)}</text>'
