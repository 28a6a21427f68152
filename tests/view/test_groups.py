"""What hangs together is one group."""

from __future__ import annotations

import itertools

from kg.view import groups

CLIQUES = {pair: 1 for start in (0, 4) for pair in itertools.combinations(range(start, start + 4), 2)} | {(3, 4): 1}


def test_two_cliques_with_one_line_between_are_two_groups():
    assert groups.communities(8, CLIQUES) == [0, 0, 0, 0, 1, 1, 1, 1]


def test_moving_many_at_a_time_finds_them_too(monkeypatch):
    monkeypatch.setattr(groups, "_LOUVAIN_UP_TO", 0)
    assert groups.communities(8, CLIQUES) == [0, 0, 0, 0, 1, 1, 1, 1]


def test_nodes_without_lines_are_groups_of_their_own():
    assert groups.communities(3, {(1, 2): 4}) == [1, 0, 0]
    assert groups.communities(2, {}) == [0, 1]
    assert groups.communities(0, {}) == []


def test_a_pair_does_not_swap_labels_for_ever(monkeypatch):
    monkeypatch.setattr(groups, "_LOUVAIN_UP_TO", 0)
    assert groups.communities(2, {(0, 1): 1}) == [0, 0]
