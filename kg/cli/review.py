"""The verb `kg review`."""

from __future__ import annotations

import contextlib
import sys

import typer

from kg.cli.common import DEFAULT, By, Outputs, app, printable
from kg.errors import KgError


@app.command(epilog="Example:  kg review -o outputs")
def review(by: By = "", outputs: Outputs = DEFAULT) -> None:
    """Decide about the pairs that may be one, with one key each.

    The likeliest come first: y for the same, n for different, s to skip, q to stop.
    """
    from kg import deciding
    from kg.store import load

    names = load(outputs)
    for item in deciding.review(outputs):
        one, two = item.subject, str(item.object)
        both = f"{names.name(one)} ({one}) and {names.name(two)} ({two})"
        typer.echo(printable(f"{item.score:.2f} {both}: {item.evidence[0].reason}"))
        typer.echo("same? [y]es [n]o [s]kip [q]uit ", nl=False)
        key = (typer.getchar() if sys.stdin.isatty() else sys.stdin.read(1)).casefold()
        typer.echo(key if key.isalpha() else "")
        if key in {"", "q"}:
            break
        if key in {"y", "n"}:
            decide = deciding.merge if key == "y" else deciding.split
            with contextlib.suppress(KgError):  # one of the two went into another thing meanwhile
                decide(outputs, one, two, by=by)
