"""The verb `kg match`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import Json, Quiet, app, printable, tell_json, text


@app.command(epilog="Examples:  kg match pairs.tsv   ·   cut -f1,4 names.tsv | kg match -")
def match(
    path: Annotated[str, typer.Argument(help="A table with the columns name_a and name_b, - for stdin.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Tell of pairs of names whether they mean one thing.

    Each row of the table gets same, different or unsure, with a score and the reasons. Where known, type, developer,
    date, domain and wikidata may stand in columns of their own: type_a, type_b and so on.
    """
    from kg import pairs

    found = list(pairs.read(text(path, "the table"), path))
    if quiet:
        return
    if as_json:
        tell_json(list(pairs.records(found)))
        return
    for line in pairs.lines(found):
        typer.echo(printable(line.replace("\t", "\n")).replace("\n", "\t"))
