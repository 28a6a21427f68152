"""Parts stand side by side without touching, and close together."""

from __future__ import annotations

import numpy as np

from kg.view.packing import pack

BOX = np.array([-20.0, -20, 20, 20])


def test_parts_that_lay_on_each_other_are_set_apart():
    places = np.array([[0.0, 0], [200, 0], [0, 0], [0, 100], [5, 5], [60, 5]])
    boxes, pairs = np.tile(BOX, (6, 1)), {(0, 1): 1, (2, 3): 1, (4, 5): 1}
    pack(places, boxes, pairs, [[0, 1], [2, 3], [4, 5]])
    for a in range(6):
        for b in range(a):
            assert (np.abs(places[a] - places[b]) >= 40).any()
    assert np.ptp(places, axis=0).max() < 420


def test_a_small_part_fits_into_the_bay_of_a_large_one():
    ring = [(400 * np.cos(a), 400 * np.sin(a)) for a in np.linspace(0, 5, 12)]
    places = np.array([*ring, (900.0, 0.0), (960.0, 0.0)])
    pairs = {(n, n + 1): 1 for n in range(11)} | {(12, 13): 1}
    pack(places, np.tile(BOX, (14, 1)), pairs, [list(range(12)), [12, 13]])
    middle = places[:12].mean(axis=0)
    assert np.abs(places[12:] - middle).max() < 350


def test_a_part_keeps_its_shape():
    places = np.array([[0.0, 0], [200, 0], [7, 3], [90, 40]])
    pack(places, np.tile(BOX, (4, 1)), {(0, 1): 1, (2, 3): 1}, [[0, 1], [2, 3]])
    assert (places[3] - places[2]).tolist() == [83, 37]
