"""The verb `kg merge-entities`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Because, By, Outputs, app, printable


@app.command("merge-entities", epilog="Example:  kg merge-entities Warner 'Warner Music Group' --because 'same label'")
def merge_entities(
    one: Annotated[str, typer.Argument(help="A name, or an IRI.")],
    two: Annotated[str, typer.Argument(help="Another one.")],
    because: Because = "",
    by: By = "",
    outputs: Outputs = DEFAULT,
) -> None:
    """Decide that two things are one.

    The decision is added to decisions.ttl and holds in every build to come; the outputs are written anew.
    """
    from kg import deciding

    deciding.merge(outputs, one, two, by=by, reason=because)
    typer.echo(f"{printable(one)} and {printable(two)} are one now; take it back with kg split")
