"""Every entity has its place: connected ones near each other, none on another, those without lines below."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import arrange, components

BOX = np.array([-40.0, -12, 40, 30])


def arranged(count: int, pairs: dict[tuple[int, int], int]) -> np.ndarray:
    return arrange(np.tile(BOX, (count, 1)), pairs, [0] * count)


def test_components_come_from_the_largest():
    assert components(6, {(1, 2): 1, (2, 5): 1, (0, 4): 1}) == [[1, 2, 5], [0, 4], [3]]


def test_neighbours_stand_nearer_than_strangers():
    chain = {(n, n + 1): 1 for n in range(5)}
    places = arranged(6, chain)
    length = [np.hypot(*(places[0] - places[n])) for n in range(6)]
    assert length == sorted(length)


def test_nodes_without_lines_stand_in_rows_below():
    places = arranged(30, {(0, 1): 1, (1, 2): 1})
    assert places[3:, 1].min() > places[:3, 1].max() + 30
    assert len(set(places[3:, 1])) > 1
    assert np.ptp(places[3:, 0]) < 700


def test_nothing_to_draw_is_no_error():
    assert arrange(np.zeros((0, 4)), {}, []).shape == (0, 2)


@settings(max_examples=25)
@given(
    st.integers(1, 14).flatmap(
        lambda count: st.tuples(
            st.just(count), st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=20)
        )
    )
)
def test_law_all_places_are_finite_and_apart(drawn):
    count, found = drawn
    pairs = dict.fromkeys(sorted((a, b) for a, b in found if a < b), 1)
    places = arranged(count, pairs)
    assert np.isfinite(places).all()
    gaps = np.abs(places[:, None] - places[None]) - (BOX[2:] - BOX[:2])
    np.fill_diagonal(gaps[..., 0], 1)
    assert (gaps.max(axis=2) > -0.01).all()
