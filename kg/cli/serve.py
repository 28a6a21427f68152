"""The verb `kg serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, app


@app.command(epilog="Examples:  kg serve --open   ·   kg serve theirs.ttl --port 8080   ·   kg serve --timeout 60")
def serve(
    graph: Annotated[Path, typer.Argument(help="A folder that kg filled, or a file of RDF, anybody's.")] = DEFAULT,
    *,
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 for any that is free.")] = 8000,
    host: Annotated[str, typer.Option(help="Another address to listen at than this machine's own.")] = "127.0.0.1",
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = 10,
    memory: Annotated[int, typer.Option(min=16, help="Megabytes that it may need beside the graph.")] = 1024,
    size: Annotated[int, typer.Option(min=1, help="Megabytes that its answer may have.")] = 64,
    workers: Annotated[int | None, typer.Option(min=1, help="Quick queries side by side; else one a CPU.")] = None,
    name: Annotated[list[str] | None, typer.Option(help="A name under which it is asked; may be repeated.")] = None,
    cors: Annotated[list[str] | None, typer.Option(help="A site whose pages may read the answers; * for all.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Serve the graph to browsers and SPARQL clients of this machine.

    The picture is at /, the editor and endpoint at /sparql, each thing at its own path, such as /id/openai. Nothing
    can be changed through it. Ctrl-C ends it.
    """
    from kg.serve import serve as run
    from kg.serve.pool import Limits

    limits = Limits(seconds=timeout, memory=memory << 20, size=size << 20, **({"workers": workers} if workers else {}))

    def ready(address: str) -> None:
        typer.echo(f"{address} shows {graph}; {address}/sparql answers SPARQL. Ctrl-C ends it.")
        if show:
            import webbrowser

            webbrowser.open(address)

    run(graph, host=host, port=port, limits=limits, names=name or (), origins=cors or (), ready=ready)
