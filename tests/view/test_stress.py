"""Drawings come close to the wished distances."""

from __future__ import annotations

import numpy as np
import pytest

from kg.view.stress import crossings, majorise


def test_a_triangle_with_equal_sides_is_met():
    ideal = 100 * (1 - np.eye(3))
    (places,) = majorise(ideal)
    sides = [np.hypot(*(places[a] - places[b])) for a, b in ((0, 1), (1, 2), (0, 2))]
    assert sides == pytest.approx([100] * 3, abs=2)
    assert places.mean(axis=0) == pytest.approx([0, 0], abs=1e-9)


def test_several_starts_give_several_drawings_the_same_each_time():
    ideal = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 0]]) * 50.0
    assert majorise(ideal, starts=4).shape == (4, 3, 2)
    assert (majorise(ideal, starts=4) == majorise(ideal, starts=4)).all()


def test_one_node_stands_in_the_middle():
    assert majorise(np.zeros((1, 1))).tolist() == [[[0, 0]]]


CORNERS = np.array([[0, 0], [1, 1], [0, 1], [1, 0]], dtype=float)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [([(0, 1), (2, 3)], 1), ([(0, 2), (1, 3)], 0), ([(0, 1), (1, 2)], 0), ([(0, 1)], 0)],
)
def test_lines_that_cross_are_counted(lines, expected):
    assert crossings(CORNERS, np.array(lines)) == expected
