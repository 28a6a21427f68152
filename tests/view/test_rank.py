"""Central entities rank high."""

from __future__ import annotations

import pytest

from kg.view.rank import pagerank


def test_the_middle_of_a_star_ranks_highest_and_its_ends_alike():
    ranks = pagerank(4, [(0, 1), (0, 2), (3, 0)], [1, 1, 1])
    assert ranks[0] > ranks[1]
    assert ranks[1] == pytest.approx(ranks[2]) == pytest.approx(ranks[3])
    assert sum(ranks) == pytest.approx(1)


def test_a_pair_shares_equally():
    assert pagerank(2, [(0, 1)], [5]) == pytest.approx([0.5, 0.5])


def test_more_sentences_weigh_more():
    ranks = pagerank(3, [(0, 1), (0, 2)], [9, 1])
    assert ranks[1] > ranks[2]


def test_a_node_without_lines_keeps_its_share():
    assert pagerank(3, [], []) == pytest.approx([1 / 3] * 3)
    assert pagerank(0, [], []) == []
