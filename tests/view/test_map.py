"""A large graph is a map of discs that don't overlap."""

from __future__ import annotations

import numpy as np

from kg.view import map as charted


def test_every_node_stands_in_its_groups_disc_and_discs_stand_apart():
    chance = np.random.default_rng(5)
    groups = sorted(chance.integers(0, 12, 900).tolist(), key=lambda group: group)
    sizes = np.bincount(groups)
    order = {int(group): number for number, group in enumerate(np.argsort(-sizes, kind="stable"))}
    groups = [order[group] for group in groups]
    pairs = {}
    for _ in range(1800):
        a, b = sorted(chance.integers(0, 900, 2).tolist())
        if a != b and (groups[a] == groups[b] or chance.random() < 0.05):
            pairs[a, b] = 1
    places = charted.arrange(900, pairs, groups)
    assert np.isfinite(places).all()
    own = [places[np.array(groups) == group] for group in range(12)]
    middles = [(one.min(axis=0) + one.max(axis=0)) / 2 for one in own]
    reach = [np.hypot(*(one - middle).T).max() for one, middle in zip(own, middles, strict=True)]
    for a in range(12):
        for b in range(a):
            assert np.hypot(*(middles[a] - middles[b])) > 0.9 * (reach[a] + reach[b])


def test_many_tiny_groups_stand_on_the_rim():
    places = charted.arrange(1200, {(2 * n, 2 * n + 1): 1 for n in range(600)}, [n // 2 for n in range(1200)])
    assert np.isfinite(places).all()
    assert len({(round(x), round(y)) for x, y in places}) > 1100


def test_the_same_each_time():
    pairs = {(n, n + 1): 1 for n in range(399)}
    groups = [n // 40 for n in range(400)]
    assert (charted.arrange(400, pairs, groups) == charted.arrange(400, pairs, groups)).all()


def test_the_largest_group_stands_in_the_middle_whatever_it_is_joined_to():
    groups = [0] * 200 + [1 + n // 20 for n in range(400)]
    pairs = {(0, 200 + 20 * number): 1 for number in range(20)}
    places = charted.arrange(600, pairs, groups)
    low, high = places.min(axis=0), places.max(axis=0)
    off = places[:200].mean(axis=0) - (low + high) / 2
    assert np.abs(off / (high - low)).max() < 0.15
