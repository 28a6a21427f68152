"""Which entities belong together: communities of the lines."""

from __future__ import annotations

import math

import numpy as np

from kg.view.geometry import Floats, Lines, Pairs, ends

_LOUVAIN_UP_TO = 5_000
_SEED = 7
_ROUNDS = 30
_FEW = 0.002  # of the nodes: when so few would still move, the level is done


def communities(count: int, pairs: Pairs) -> list[int]:
    """The group of each node, numbered from the largest; nodes without lines are groups of their own.

    Louvain (Blondel et al. 2008): as networkx has it for small graphs, level by level in numpy for large ones.
    """
    labels = _louvain(count, pairs) if count <= _LOUVAIN_UP_TO else _by_levels(count, pairs)
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


def _by_levels(count: int, pairs: Pairs) -> list[int]:
    """Louvain in numpy: many nodes move at a time, and what comes together is a node of the next level."""
    lines = ends(pairs)
    weight = np.array([_strength(value) for value in pairs.values()])
    labels = np.arange(count)
    own = np.zeros(count)  # the weight of lines within a node of this level, counted twice
    chance = np.random.default_rng(_SEED)
    while len(lines):
        found, number = np.unique(_moved(lines, weight, own, chance), return_inverse=True)
        labels = number[labels]
        if len(found) == len(own):
            break
        lines, weight, own = _contracted(number[lines], weight, _summed(number, own))
    return [int(label) for label in labels]


def _contracted(lines: Lines, weight: Floats, own: Floats) -> tuple[Lines, Floats, Floats]:
    """Lines between the same two nodes as one; those within a node as its own weight."""
    count = len(own)
    within = lines[:, 0] == lines[:, 1]
    own = own + 2 * np.bincount(lines[within, 0], weights=weight[within], minlength=count)
    low, high = lines[~within].min(axis=1), lines[~within].max(axis=1)
    key, number = np.unique(low * count + high, return_inverse=True)
    return np.stack([key // count, key % count], axis=1), _summed(number, weight[~within]), own


def _summed(number: Lines, weight: Floats) -> Floats:
    """The weights of each number together."""
    return np.bincount(number, weights=weight).astype(np.float64)


def _moved(lines: Lines, weight: Floats, own: Floats, chance: np.random.Generator) -> Lines:
    """The group of each node after all moved to where modularity gains most, half of those that would at a time."""
    count = len(own)
    node = np.arange(count)
    source, target = np.concatenate([lines[:, 0], lines[:, 1]]), np.concatenate([lines[:, 1], lines[:, 0]])
    both = np.concatenate([weight, weight])
    degree = np.bincount(source, weights=both, minlength=count) + own
    groups = node.copy()
    for _ in range(_ROUNDS):
        total = np.bincount(groups, weights=degree, minlength=count)
        key, number = np.unique(
            np.concatenate([source * count + groups[target], node * count + groups]), return_inverse=True
        )
        bound = np.bincount(number, weights=np.concatenate([both, np.zeros(count)]))
        mover, group = key // count, key % count
        others = total[group] - np.where(groups[mover] == group, degree[mover], 0.0)
        gain = bound - degree[mover] * others / degree.sum()
        best = groups.copy()
        order = np.lexsort((-group, gain, mover))
        best[mover[order]] = group[order]  # the last of a node stands, which gains most
        would = best != groups
        if would.sum() <= count * _FEW:
            break
        groups = np.where(would & (chance.random(count) < 0.5), best, groups)  # noqa: PLR2004 - or two change places for ever
    return groups
