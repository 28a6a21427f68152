"""Our page beside pyvis as it comes, over the same made-up graph: python -m benchmarks.peers.pyvis_page [ENTITIES]."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable

from pyvis.network import Network

from kg.graph import Graph
from kg.writers.html import render
from tests.view.synthetic import synthetic_graph

OUTSIDE = re.compile(r"""<(?:script|link)[^>]+(?:src|href)=["']\s*(https?:)?//""")


def default(graph: Graph) -> str:
    """The page that pyvis makes of nodes and edges by itself."""
    network = Network(directed=True)
    for item in graph.relations:
        for end in (item.subject, str(item.object)):
            network.add_node(end, label=graph.name(end))
        network.add_edge(item.subject, str(item.object), title=item.predicate)
    return str(network.generate_html())


def main() -> None:
    """Prints a line for each page."""
    graph = synthetic_graph(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
    _ = graph.relations, graph.entities
    pages: dict[str, Callable[[Graph], str]] = {"kg": render, "pyvis, default": default}
    for name, make in pages.items():
        start = time.process_time()
        page = make(graph)
        spent, outside = time.process_time() - start, len(OUTSIDE.findall(page))
        print(f"{name:15} {spent:.2f} s to write, {len(page.encode()):,} bytes, {outside} files fetched when opened")


if __name__ == "__main__":
    main()
