"""The verb `kg diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Json, Quiet, app, printable, tell_json

DIFFERENT = 1


@app.command(epilog="Examples:  kg diff outputs merged   ·   kg diff before after --summary")
def diff(
    one: Annotated[Path, typer.Argument(help="A folder that `kg` filled.")],
    two: Annotated[Path, typer.Argument(help="Another one.")],
    summary: Annotated[bool, typer.Option("--summary", help="Count the changes by their cause.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show where two graphs differ, statement by statement, and why.

    A line for each statement: + it is only in the second, - only in the first, ~ in both with other evidence. Ends
    with 0 if they say the same, with 1 if not.
    """
    from collections import Counter

    from kg import diff as differing
    from kg.store import load

    first, second = load(one), load(two)
    changes = list(differing.diff(first, second))
    if quiet:
        raise typer.Exit(DIFFERENT if changes else 0)
    if as_json:
        tell_json([{"kind": each.kind, "cause": each.cause, "statement": each.statement} for each in changes])
    elif summary:
        counts = Counter((change.kind, change.cause) for change in changes)
        for (kind, cause), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            typer.echo(printable(f"{count:6} {kind}: {cause}"))
    else:
        for line in differing.lines(changes, first, second):
            typer.echo(printable(line))
    raise typer.Exit(DIFFERENT if changes else 0)
