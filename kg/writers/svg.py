"""The overview of a graph as a still picture, SVG, which needs no browser."""

from __future__ import annotations

from typing import Literal

from kg.graph import Graph
from kg.view.model import model
from kg.view.picture import picture
from kg.view.still import svg


def render(graph: Graph, *, title: str = "Knowledge graph", theme: Literal["light", "dark"] = "light") -> str:
    """The picture that the page opens with, with title, legend and the dates of the articles, as text in UTF-8.

    Same graph and options, same text. For PNG see `kg.view.still.png`.
    """
    rows = model(graph, embed="none")
    return svg(rows, picture(rows), title=title, theme=theme)
