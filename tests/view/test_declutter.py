"""Names don't overlap, and glyphs don't stand on foreign lines."""

from __future__ import annotations

import numpy as np
import pytest

from kg.view.declutter import declutter, struck

BOX = np.array([-30.0, -10, 30, 20])
NONE = np.zeros((0, 2), dtype=np.int64)


def overlaps(places: np.ndarray, boxes: np.ndarray) -> list[tuple[int, int]]:
    low, high = places + boxes[:, :2], places + boxes[:, 2:]
    pairs = [(a, b) for a in range(len(places)) for b in range(a)]
    return [(a, b) for a, b in pairs if (np.minimum(high[a], high[b]) - np.maximum(low[a], low[b]) > 0.01).all()]


@pytest.mark.parametrize("spread", [0, 1, 40])
def test_boxes_are_pushed_apart_even_from_one_point(spread):
    places = np.random.default_rng(1).normal(0, 1, (20, 2)) * spread
    boxes = np.tile(BOX, (20, 1))
    assert overlaps(declutter(places, boxes, NONE), boxes) == []


def test_what_is_clear_stays_where_it_is():
    places = np.array([[0.0, 0], [200, 0], [0, 200]])
    assert (declutter(places, np.tile(BOX, (3, 1)), np.array([[0, 1]])) == places).all()


def test_a_glyph_is_moved_off_a_foreign_line():
    places = np.array([[-300.0, 0], [300, 0], [0, 3]])
    moved = declutter(places, np.tile(BOX, (3, 1)), np.array([[0, 1]]))
    assert moved[2, 1] - moved[:2, 1].mean() > 12


def test_a_name_with_a_line_through_it_is_counted():
    places = np.array([[-300.0, 14], [300, 14], [0, 0], [0, 100]])
    assert struck(places, np.tile(BOX, (4, 1)), np.array([[0, 1]])) == 1
