"""The verb `kg view`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg import settings
from kg.cli.common import DEFAULT, app, replace, warn
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.view.passages import Embed


FORMATS = ("html", "svg", "png")
Theme = Literal["auto", "light", "dark"]
THEMES: dict[str, Theme] = {"auto": "auto", "light": "light", "dark": "dark"}


@app.command(epilog="Examples:  kg view --open   ·   kg view theirs.ttl -o theirs.html   ·   kg view --format svg")
def view(
    graph: Annotated[Path | None, typer.Argument(help="A folder that kg filled, or a file of RDF, anybody's.")] = None,
    output: Annotated[
        Path | None, typer.Option("--outputs", "-o", help="The folder that `kg build` filled; with GRAPH, the page.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    title: Annotated[str | None, typer.Option(help="Its heading.")] = None,
    embed: Annotated[str, typer.Option("--embed-text", help="Of the articles: none, context or full.")] = "context",
    form: Annotated[str, typer.Option("--format", "-f", help="html; svg or png for a still picture.")] = "html",
    theme: Annotated[str, typer.Option(help="auto, as the reader's system; light or dark.")] = "auto",
    max_live: Annotated[
        int,
        typer.Option(min=1, help="Of more than 500 entities, how many are drawn in full at a time."),
    ] = 160,
) -> None:
    """Draw the page anew, and show it.

    It is one file that needs no network; its place is printed. A file of RDF that kg did not make is drawn too: with
    its own names, and without sources. A still picture of the overview is for print.
    """
    from kg.view import foreign
    from kg.writers.html import EMBEDS

    _one_of("--embed-text", embed, EMBEDS)
    _one_of("--format", form, FORMATS)
    _one_of("--theme", theme, THEMES)
    source = graph or output or Path(settings.outputs() or DEFAULT)
    page = (output or _beside(source, form)) if graph else source / f"graph.{form}"
    name = title or ("What the articles say" if source.is_dir() else source.stem)
    content = _drawn(foreign.load(source), form, name, THEMES[theme], EMBEDS[embed], max_live)
    page.parent.mkdir(parents=True, exist_ok=True)
    replace(page, [content])
    typer.echo(page)
    if show:
        import webbrowser

        if not webbrowser.open(page.absolute().as_uri()):
            warn(f"found no browser to open; open {page} yourself")


def _drawn(graph: Graph, form: str, title: str, theme: Theme, embed: Embed, max_live: int) -> bytes:
    if form == "html":
        from kg.writers import html

        return html.render(graph, title=title, embed_text=embed, theme=theme, max_live=max_live).encode()
    from kg.view.still import png
    from kg.writers import svg

    text = svg.render(graph, title=title, theme="dark" if theme == "dark" else "light")
    return png(text) if form == "png" else text.encode()


def _one_of(option: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise KgError(f"unknown {option} {word!r}; choose one of {', '.join(known)}")


def _beside(graph: Path, form: str) -> Path:
    return graph / f"graph.{form}" if graph.is_dir() else graph.with_suffix(f".{form}")
