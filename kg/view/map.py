"""Where each entity of a large graph stands: every group a disc, the discs packed, the lines' pull inside each disc."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.view.geometry import Floats, Lines, Pairs, Points, ends
from kg.view.stress import majorise

_ROOM = 30.0  # radius of a disc by the root of its members
_LARGEST = 250  # groups that are placed by their lines; the rest fills the rim
_ROUNDS = 90
_SEED = 7
_GOLDEN = 2.399963  # radians: the angle of the sunflower (Vogel 1979)
_SPIRAL = 0.5


def arrange(count: int, pairs: Pairs, groups: Sequence[int]) -> Points:
    """The places of all nodes, in the picture's pixels; groups are numbered from the largest."""
    group = np.asarray(groups)
    size = np.bincount(group)
    radius = _ROOM * np.sqrt(size) + 14
    lines = ends(pairs)
    centres = _centres(group[lines], radius)
    inner = lines[group[lines[:, 0]] == group[lines[:, 1]]]
    return _filled(_drawn(count, inner, group, size, centres), group, centres, radius)


def _centres(joined: Lines, radius: Floats) -> Points:
    """The discs' middles: the largest by the lines between them, then all packed without gaps."""
    count = min(len(radius), _LARGEST)
    strength = np.zeros((count, count))
    among = joined[(joined < count).all(axis=1) & (joined[:, 0] != joined[:, 1])]
    np.add.at(strength, (among[:, 0], among[:, 1]), 1)
    strength += strength.T
    touch = radius[:count, None] + radius[None, :count]
    ideal = touch * np.where(strength > 0, 1.0 + 1.0 / (1.0 + strength), 3.0)
    np.fill_diagonal(ideal, 0)
    drawn = majorise(ideal, rounds=40)[0] if count > 1 else np.zeros((count, 2))
    inner = _packed(_around_first(drawn, radius[:count]), radius[:count])
    return np.concatenate([inner, _rim(inner, radius)])


def _around_first(places: Points, radius: Floats) -> Points:
    """The discs in their order around the largest, but on all its sides, so that it stands in the middle."""
    across, down = (places - places[:1]).T
    order = np.argsort(np.arctan2(down[1:], across[1:]), kind="stable") + 1
    area = radius[order] * radius[order]
    turn = 2 * np.pi * (np.cumsum(area) - area / 2) / max(float(area.sum()), 1e-9)
    far = np.sqrt(across[order] * across[order] + down[order] * down[order])
    around = np.zeros_like(places)
    around[order] = np.stack([np.cos(turn), np.sin(turn)], axis=1) * far[:, None]
    return around


def _rim(inner: Points, radius: Floats) -> Points:
    """The smallest discs on a spiral around the packed ones, as seeds stand in a sunflower."""
    number = np.arange(len(radius) - len(inner))
    reach = (np.sqrt((inner * inner).sum(axis=1)) + radius[: len(inner)]).max(initial=0.0)
    wide = 2 * radius[len(inner) :].max(initial=0.0)
    far = np.sqrt((reach + wide) ** 2 + number * wide * wide * _SPIRAL)
    turn = _GOLDEN * number
    rim: Points = np.stack([np.cos(turn), np.sin(turn)], axis=1) * far[:, None]
    return rim


def _packed(places: Points, radius: Floats, *, rounds: int = 160) -> Points:
    """Discs pulled to the middle and pushed off each other, in turns; a large one gives way less, and the first not."""
    x, y = places.T.copy()
    touch = radius[:, None] + radius
    area = radius * radius
    yielding = 2 * area[None, :] / (area[:, None] + area[None, :])
    yielding[0] = 0
    for turn in range(rounds):
        if turn < rounds * 0.6:
            x, y = x * 0.98, y * 0.98
        for _ in range(3):
            across, down = x[:, None] - x, y[:, None] - y
            length = np.sqrt(across * across + down * down) + 1e-9
            over = np.clip(touch / length - 1, 0, None) * 0.25 * yielding
            np.fill_diagonal(over, 0)
            if not over.any():
                break
            x, y = x + (across * over).sum(axis=1), y + (down * over).sum(axis=1)
    return np.stack([x, y], axis=1)


def _drawn(count: int, lines: Lines, group: Lines, size: Lines, centres: Points) -> Points:
    """Lines pull, a few random others of the same group push (negative sampling), the disc's middle holds."""
    chance = np.random.default_rng(_SEED)
    places: Points = centres[group] + chance.uniform(-1, 1, (count, 2)) * (_ROOM * 0.6 * np.sqrt(size[group]))[:, None]
    members = np.argsort(group, kind="stable")
    first = np.concatenate([[0], np.cumsum(size)[:-1]])[group]
    degree = np.bincount(lines.ravel(), minlength=count)
    ease = 1 / np.sqrt(np.maximum(1, np.minimum(degree[lines[:, 0]], degree[lines[:, 1]])))
    for turn in range(_ROUNDS):
        force = (centres[group] - places) * 0.02
        along = places[lines[:, 1]] - places[lines[:, 0]]
        length = np.sqrt((along * along).sum(axis=1)) + 1e-6
        pull = along * (0.12 * ease * (length - _ROOM) / length)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(lines[:, 0], weights=pull[:, axis], minlength=count)
            force[:, axis] -= np.bincount(lines[:, 1], weights=pull[:, axis], minlength=count)
        for _ in range(3):
            other = members[first + (chance.random(count) * size[group]).astype(np.int64)]
            apart = places - places[other]
            force += apart * (60.0 * np.sqrt(size[group]) / ((apart * apart).sum(axis=1) + 25))[:, None]
        speed = np.sqrt((force * force).sum(axis=1)) + 1e-9
        places += force * np.minimum(1, (30 * (1 - turn / _ROUNDS) + 2) / speed)[:, None]
    return places


def _filled(places: Points, group: Lines, centres: Points, radius: Floats) -> Points:
    """Every group spread evenly over its disc, each node keeping its direction and its order from the middle."""
    placed = places.copy()
    order = np.argsort(group, kind="stable")
    for number, members in enumerate(np.split(order, np.cumsum(np.bincount(group))[:-1])):
        away = places[members] - places[members].mean(axis=0)
        far = np.sqrt((away * away).sum(axis=1))
        place = np.argsort(np.argsort(far, kind="stable"), kind="stable")
        reach = (radius[number] - 14) * np.sqrt((place + 0.5) / len(members))
        placed[members] = centres[number] + away / np.maximum(far, 1e-9)[:, None] * reach[:, None]
    return placed
