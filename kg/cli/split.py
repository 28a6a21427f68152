"""The verb `kg split`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Because, By, Outputs, app, printable


@app.command(epilog="Example:  kg split Sora 'Sora Turbo' --because 'another model'")
def split(
    one: Annotated[str, typer.Argument(help="A name, or an IRI.")],
    two: Annotated[str, typer.Argument(help="Another one, of the same thing or of another.")],
    because: Because = "",
    by: By = "",
    outputs: Outputs = DEFAULT,
) -> None:
    """Decide that two things, or what goes under two names of one thing, are two.

    The decision is added to decisions.ttl and holds in every build to come, whatever a matcher says; the outputs are
    written anew. Nothing of what was read is lost.
    """
    from kg import deciding

    deciding.split(outputs, one, two, by=by, reason=because)
    typer.echo(f"{printable(one)} and {printable(two)} are two now; take it back with kg merge-entities")
