"""The arrays that the picture is computed with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Lines: TypeAlias = NDArray[np.int64]
"""One row (node, node) a line."""
Points: TypeAlias = Floats
"""One row (x, y) a node, y downwards, in the picture's pixels."""
Boxes: TypeAlias = Floats
"""One row (left, top, right, bottom) a node, relative to its place: what must not overlap."""
Pairs: TypeAlias = Mapping[tuple[int, int], int]
"""The lines: pairs of nodes, the smaller number first, with the number of sentences behind each."""


def ends(pairs: Pairs) -> Lines:
    """The pairs as rows."""
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
