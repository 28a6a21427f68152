"""The verb `kg view`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, app, replace, warn
from kg.errors import KgError


@app.command(epilog="Examples:  kg view --open   ·   kg view theirs.ttl -o theirs.html")
def view(
    graph: Annotated[Path | None, typer.Argument(help="A folder that kg filled, or a file of RDF, anybody's.")] = None,
    output: Annotated[
        Path | None, typer.Option("--outputs", "-o", help="The folder that `kg build` filled; with GRAPH, the page.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    title: Annotated[str | None, typer.Option(help="Its heading.")] = None,
    embed: Annotated[str, typer.Option("--embed-text", help="Of the articles: none, context or full.")] = "context",
) -> None:
    """Draw the page anew, and show it.

    It is one file that needs no network; its place is printed. A file of RDF that kg did not make is drawn too: with
    its own names, and without sources.
    """
    from kg.view import foreign
    from kg.writers.html import EMBEDS, render

    if embed not in EMBEDS:
        raise KgError(f"unknown --embed-text {embed!r}; choose one of {', '.join(EMBEDS)}")
    source = graph or output or DEFAULT
    page = (output or _beside(source)) if graph else source / "graph.html"
    name = "What the articles say" if source.is_dir() else source.stem
    replace(page, [render(foreign.load(source), title=title or name, embed_text=EMBEDS[embed]).encode()])
    typer.echo(page)
    if show:
        import webbrowser

        if not webbrowser.open(page.absolute().as_uri()):
            warn(f"found no browser to open; open {page} yourself")


def _beside(graph: Path) -> Path:
    return graph / "graph.html" if graph.is_dir() else graph.with_suffix(".html")
