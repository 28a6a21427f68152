"""The verb `kg validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import INVALID, Json, Quiet, app, printable, tell_json


@app.command(epilog="Examples:  kg validate outputs   ·   kg validate mine.ttl theirs.jsonld --json")
def validate(
    paths: Annotated[
        list[Path], typer.Argument(help="Outputs of `kg build`; files of RDF, anybody's; folders of them.")
    ],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check that a graph is what it should be.

    Its syntax, IRIs and values; the shapes that the ontology asks for; that each quote is what its document says at
    that place. Ends with 0 if all is well, with 1 if something is wrong, with 2 if there is nothing to check.
    """
    from kg.validate import validate as check

    reports = [check(path) for path in paths]
    if as_json and not quiet:
        tell_json([report.record() for report in reports])
    elif not quiet:
        typer.echo("\n\n".join("\n".join(map(printable, report.lines())) for report in reports))
    if not all(report.valid for report in reports):
        raise typer.Exit(INVALID)
