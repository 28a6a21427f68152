"""The verb `kg mcp`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, app, warn


@app.command(epilog="Examples:  kg mcp outputs   ·   kg mcp merged --timeout 30")
def mcp(
    outputs: Annotated[Path, typer.Argument(help="The folder that `kg build` filled.")] = DEFAULT,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a SPARQL query may take.")] = 10,
) -> None:
    """Let an agent ask the graph, over standard input and output.

    A server of the Model Context Protocol that only reads: search, entity, evidence, neighbours, path, sparql and
    disputes, each answer with the ids of statements and the sentences behind them. Agents start it themselves.
    """
    from kg.mcp import serve

    if sys.stdin.isatty():
        warn("waits for an agent on standard input; Ctrl-C ends it")
    serve(outputs, seconds=timeout)
