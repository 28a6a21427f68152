"""Which entities belong together: communities of the lines."""

from __future__ import annotations

import math

import numpy as np

from kg.view.geometry import Floats, Lines, Pairs, ends

_LOUVAIN_UP_TO = 5_000
_SEED = 7
_ROUNDS = 30
_HABIT = 0.5  # what a node's own label weighs: between equals it stays


def communities(count: int, pairs: Pairs) -> list[int]:
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


def _louvain(count: int, pairs: Pairs) -> list[int]:
    import networkx as nx

    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(count))
    network.add_weighted_edges_from((a, b, _strength(weight)) for (a, b), weight in pairs.items())
    labels = [0] * count
    for label, members in enumerate(nx.community.louvain_communities(network, seed=_SEED)):
        for node in members:
            labels[node] = label
    return labels


def _strength(weight: int) -> float:
    """What many sentences repeat binds more, but not in proportion."""
    return math.sqrt(min(weight, 4))


def _propagated(count: int, pairs: Pairs) -> list[int]:
    """Each node takes the label of most of its neighbours, half of the nodes a round so that none flip for ever."""
    one, other = ends(pairs).T
    own = np.arange(count)
    source, target = np.concatenate([one, other, own]), np.concatenate([other, one, own])
    strength = np.array([_strength(value) for value in pairs.values()])
    weight = np.concatenate([strength, strength, np.full(count, _HABIT)])
    chance = np.random.default_rng(_SEED)
    labels = chance.permutation(count)  # so that of equals no corner of the graph wins more often
    for _ in range(_ROUNDS):
        best = _most_common(source, labels[target], weight, labels)
        moving = (chance.random(count) < 0.5) & (best != labels)  # noqa: PLR2004
        if not (best != labels).any():
            break
        labels = np.where(moving, best, labels)
    return [int(label) for label in labels]


def _most_common(source: Lines, seen: Lines, weight: Floats, labels: Lines) -> Lines:
    """For each node the label with the most weight among its neighbours; of equals the smallest."""
    key = source * len(labels) + seen
    unique, where = np.unique(key, return_inverse=True)
    total = np.bincount(where, weights=weight)
    node, label = unique // len(labels), unique % len(labels)
    order = np.lexsort((-label, total, node))
    best = labels.copy()
    best[node[order]] = label[order]  # the last of a node stands, which is the heaviest
    return best
