"""The verb `kg annotate`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import NONE_READ, Json, Model, Quiet, app, console, warn
from kg.errors import KgError


@app.command(epilog="Examples:  kg annotate article.txt   ·   kg annotate article.txt --format json | jq .statements")
def annotate(
    path: Annotated[str, typer.Argument(help="An article, - for stdin.")],
    form: Annotated[str, typer.Option("--format", help="text, or json: a line as in annotated.jsonl.")] = "text",
    model: Model = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show what is read in one text.

    The text with its entities in the colours of their types, and the statements made there.
    """
    from kg import terminal
    from kg.build import run
    from kg.writers import jsonl

    if form not in ("text", "json"):
        raise KgError(f"unknown format {form!r}; choose text or json")
    done = run(path, model=model)
    for item in done.skipped:
        warn(f"skipped {item.path}: {item.reason}")
    if quiet:
        pass
    elif as_json or form == "json":
        for line in jsonl.annotated(done.annotations):
            typer.echo(line, nl=False)
    else:
        for annotation in done.annotations:
            for text in terminal.read(annotation):
                console().print(text)
    if not done.annotations:
        raise typer.Exit(NONE_READ)
