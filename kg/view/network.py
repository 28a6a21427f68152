"""pyvis as the assembler: the entities to draw at first, the lines between them, and the options of vis-network.

Only `Network`, `add_node`, `add_edge` and `get_network_data` are used. pyvis's own template asks the network for files
and lets texts in as HTML, so no text goes through it: names are drawn by the page's script.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from kg.view.model import Model, Row
from kg.view.picture import Picture

LIVE = 160
"""Entities that a large map draws at a time; the rest are dots until one comes near."""

WHOLE_UP_TO = 500
"""Entities up to which all are drawn at once."""

OPTIONS: Mapping[str, object] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "nodes": {"font": {"size": 0}, "borderWidth": 0, "chosen": False},
    "edges": {"smooth": False, "chosen": False, "arrowStrikethrough": False, "color": {"inherit": False}},
    "interaction": {
        "hover": False,
        "keyboard": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 1_000_000_000,
        "zoomSpeed": 0.7,
    },
}


def network(model: Model, picture: Picture, *, most: int = LIVE) -> Row:
    """The data for vis-network: nodes (id, x, y, size, shape), edges (id, from, to), options.

    Nodes are those that are drawn at first: all, or above WHOLE_UP_TO the `most` central ones.
    """
    from pyvis.network import Network  # heavy: brings IPython along

    count = len(model.entities)
    live = min(count, most) if count > WHOLE_UP_TO else count
    drawn = Network(directed=True, cdn_resources="in_line")
    for number in range(live):
        kind = model.types[model.entities[number]["type"]]
        x, y = picture.places[number]
        drawn.add_node(number, label=" ", shape=kind["shape"], size=picture.sizes[number], x=x, y=y)
    for line, (a, b) in enumerate(model.pairs):
        if a < live and b < live:
            drawn.add_edge(a, b, id=line)
    drawn.options = dict(OPTIONS)
    nodes, edges, _, _, _, options = drawn.get_network_data()
    return {
        "nodes": [_only(node, "id", "x", "y", "size", "shape") for node in nodes],
        "edges": [_only(edge, "id", "from", "to") for edge in edges],
        "options": options if isinstance(options, dict) else json.loads(options),
    }


def _only(row: Row, *keys: str) -> Row:
    return {key: row[key] for key in keys}
