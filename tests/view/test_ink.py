"""A still picture's elements are well-formed whatever is written, and can be seen."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kg.ontology import ontology
from kg.view import ink

LINE = {"name": "x", "colour": "#123456", "dark": "#abcdef", "shape": "dot"}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_is_counted_as_the_standard_says():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_glyph_stands_out_from_the_land(theme):
    drawn = ink.ink(theme)
    for kind in ontology().classes.values():
        colour = kind.dark if theme == "dark" else kind.colour
        assert contrast(colour, drawn["land"]) >= 3, kind.name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_can_be_read(theme):
    drawn = ink.ink(theme)
    for name in ("ink", "ink-2", "ink-3", "warn"):
        assert contrast(drawn[name], drawn["paper"]) >= 4.5, name
        assert contrast(drawn[name], drawn["land"]) >= 4.5, name


def test_what_is_written_is_text_and_nothing_else():
    text = ink.ink("light").words("</text><script>\x00\u202ex", 1, 2, size=10, colour="ink")
    assert "".join(ET.fromstring(text).itertext()) == "</text><script>\ufffd⟨U+202E⟩x"


def test_a_type_has_a_colour_in_each_theme_and_a_shape():
    assert 'fill="#123456"' in ink.ink("light").glyph(LINE, 0, 0, 5)
    assert 'fill="#abcdef"' in ink.ink("dark").glyph(LINE, 0, 0, 5)
    dot = ink.ink("light").shapes["dot"]
    assert f'd="{dot}"' in ink.ink("light").glyph(LINE | {"shape": "unheard of"}, 0, 0, 5)


def test_a_ring_is_closed_and_bent_at_its_points():
    assert ink.ring([(0, 0), (10, 0), (10, 10)]) == "M5 5Q0 0 5 0Q10 0 10 5Q10 10 5 5Z"
