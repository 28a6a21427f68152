"""Which entities belong together: communities of the lines."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

_LOUVAIN_UP_TO = 5_000
_SEED = 7
_ROUNDS = 30


def communities(count: int, pairs: Mapping[tuple[int, int], int]) -> list[int]:
    """The group of each node, numbered from the largest; nodes without lines are groups of their own.

    Louvain (Blondel et al. 2008) for small graphs, label propagation (Raghavan et al. 2007) in numpy for large ones.
    """
    labels = _louvain(count, pairs) if count <= _LOUVAIN_UP_TO else _propagated(count, pairs)
    sizes: dict[int, int] = {}
    first: dict[int, int] = {}
    for node, label in enumerate(labels):
        sizes[label] = sizes.get(label, 0) + 1
        first.setdefault(label, node)
    order = sorted(sizes, key=lambda label: (-sizes[label], first[label]))
    number = {label: position for position, label in enumerate(order)}
    return [number[label] for label in labels]


def _louvain(count: int, pairs: Mapping[tuple[int, int], int]) -> list[int]:
    import networkx

    network: networkx.Graph[int] = networkx.Graph()
    network.add_nodes_from(range(count))
    network.add_weighted_edges_from((a, b, _strength(weight)) for (a, b), weight in pairs.items())
    labels = [0] * count
    for label, members in enumerate(networkx.community.louvain_communities(network, seed=_SEED)):
        for node in members:
            labels[node] = label
    return labels


def _strength(weight: int) -> float:
    """What many sentences repeat binds more, but not in proportion."""
    return float(min(weight, 4)) ** 0.5


def _propagated(count: int, pairs: Mapping[tuple[int, int], int]) -> list[int]:
    """Each node takes the label that most of its neighbours have, half of the nodes a round so that none flip for ever."""
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    source, target = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    weight = np.tile(np.array([_strength(value) for value in pairs.values()]), 2)
    labels = np.arange(count)
    chance = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        best = _most_common(source, labels[target], weight, labels)
        moving = (chance.random(count) < 0.5) & (best != labels)  # noqa: PLR2004
        if not (best != labels).any():
            break
        labels = np.where(moving, best, labels)
    return [int(label) for label in labels]


def _most_common(source: np.ndarray, seen: np.ndarray, weight: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """For each node the label with the most weight among its neighbours; of equals the smallest."""
    key = source * len(labels) + seen
    unique, where = np.unique(key, return_inverse=True)
    total = np.bincount(where, weights=weight)
    node, label = unique // len(labels), unique % len(labels)
    order = np.lexsort((-label, total, node))
    best = labels.copy()
    best[node[order]] = label[order]  # the last of a node stands, which is the heaviest
    return best

