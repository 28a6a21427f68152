"""Each group has its own land with its name, and no two lands touch."""

from __future__ import annotations

import numpy as np
import pytest

from kg.view import regions

BOX = np.array([-40.0, -12, 40, 30])
PLACES = np.array([[0.0, 0], [150, 0], [70, 120], [420, 0], [560, 20], [480, 150], [270, 60]])
GROUPS = [0, 0, 0, 1, 1, 1, 2]
PAIRS = {(0, 1): 1, (1, 2): 1, (3, 4): 1, (4, 5): 1, (1, 3): 1}


def inside(point: np.ndarray, ring: list[tuple[int, int]]) -> bool:
    """Whether a ray to the right crosses the ring an odd number of times."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


@pytest.fixture(scope="module")
def outlines() -> dict[int, list[list[tuple[int, int]]]]:
    return regions.outlines(PLACES, np.tile(BOX, (7, 1)), PAIRS, GROUPS)


def test_groups_of_three_and_more_have_a_shore(outlines):
    assert sorted(outlines) == [0, 1]


def test_a_shore_runs_around_its_own_members_and_no_others(outlines):
    for group, rings in outlines.items():
        for node, place in enumerate(PLACES):
            assert any(inside(place, ring) for ring in rings) == (GROUPS[node] == group)


def test_no_point_of_a_shore_lies_in_another_land(outlines):
    for group, rings in outlines.items():
        others = [ring for other, found in outlines.items() if other != group for ring in found]
        assert not any(inside(np.array(point), other) for ring in rings for point in ring for other in others)


def test_a_name_stands_near_its_group_and_off_all_boxes():
    found = regions.captions(PLACES, np.tile(BOX, (7, 1)), PAIRS, GROUPS, {0: 100.0, 1: 100.0})
    for group, (x, y) in found.items():
        for node, place in enumerate(PLACES):
            across = max(place[0] - 40 - (x + 50), (x - 50) - (place[0] + 40))
            down = max(place[1] - 12 - (y + 8), (y - 8) - (place[1] + 30))
            assert max(across, down) > 0, (group, node)
        own = [node for node in range(7) if GROUPS[node] == group]
        assert min(np.hypot(*(PLACES[node] - (x, y))) for node in own) < 140


def test_no_groups_no_names():
    assert regions.captions(np.zeros((0, 2)), np.zeros((0, 4)), {}, [], {}) == {}
    assert regions.outlines(np.zeros((0, 2)), np.zeros((0, 4)), {}, []) == {}
