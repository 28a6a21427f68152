"""The verb `kg fetch`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import NONE_READ, app, printable, warn
from kg.cli.progress import progress

FOLDER = Path("articles")


@app.command(
    epilog="Examples:  kg fetch https://example.org/feed.xml   ·   kg fetch --feed https://example.org -o news"
)
def fetch(
    urls: Annotated[list[str], typer.Argument(help="Addresses of articles and of feeds (RSS, Atom); - for a list.")],
    folder: Annotated[Path, typer.Option("--output", "-o", help="The folder that articles are put into.")] = FOLDER,
    feed: Annotated[bool, typer.Option("--feed", help="Each is a feed, or a page that names its feed.")] = False,
    allow: Annotated[
        list[str] | None, typer.Option(help="Addresses that may be asked though they aren't public: 10.1.0.0/16.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Fetch articles from the web, for `kg build` to read.

    Pages are kept as they were sent, with what is known of them in a .json file beside. Sites are asked as their
    robots.txt allows, one question a second; what was fetched before, only if it changed. Addresses that aren't public
    are not asked. Ends with 0 if the folder holds some of the articles, with 1 if none could be had.
    """
    from kg.fetch import fetch as fetch_articles
    from kg.types import Skipped

    changed = same = skipped = 0
    with progress(quiet=quiet) as told:
        for item in fetch_articles(list(_each(urls)), folder, feed=feed, allow=allow or (), progress=told):
            if isinstance(item, Skipped):
                skipped += 1
                warn(f"skipped {item.path}: {item.reason}")
            else:
                changed, same = changed + item.changed, same + (not item.changed)
    if not quiet:
        typer.echo(
            f"Fetched {changed:,} new or changed into {printable(str(folder))}/, {same:,} unchanged, {skipped:,} not."
        )
    if not changed + same:
        raise typer.Exit(NONE_READ)
    if not quiet:
        typer.echo(f"Next:\n  kg build {printable(str(folder))}")


def _each(urls: list[str]) -> list[str]:
    """The addresses, and for - those on standard input, one a line."""
    return [url for given in urls for url in (map(str.strip, sys.stdin) if given == "-" else [given]) if url]
