"""A little of each soak, always the same: hostile queries and files end in an answer or in one line."""

from __future__ import annotations

import pytest

from tests.soak import graphs, queries


@pytest.mark.parametrize(("part", "count"), [(queries, 60), (graphs, 12)])
def test_a_little_hostile_input_is_refused_or_answered(part, count):
    assert part.soak(7, count).startswith(f"{count} ")
