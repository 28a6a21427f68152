"""How central each entity is: PageRank over the lines, read in both directions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_DAMPING = 0.85
_ENOUGH = 1e-10


def pagerank(
    count: int, pairs: Sequence[tuple[int, int]], weights: Sequence[float], *, rounds: int = 100
) -> list[float]:
    """The share of each of `count` nodes, summing to 1 (Brin and Page 1998), by power iteration.

    A line counts in both directions with its weight; a node without lines spreads its share over all.
    """
    if not count:
        return []
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    source, target = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    weight = np.tile(np.asarray(weights, dtype=np.float64), 2)
    out = np.bincount(source, weights=weight, minlength=count)
    rank = np.full(count, 1 / count)
    for _ in range(rounds):
        given = np.divide(rank, out, out=np.zeros(count), where=out > 0)
        flow = np.bincount(target, weights=given[source] * weight, minlength=count)
        after = (1 - _DAMPING) / count + _DAMPING * (flow + rank[out == 0].sum() / count)
        if np.abs(after - rank).sum() < _ENOUGH:
            break
        rank = after
    return [float(value) for value in rank]
