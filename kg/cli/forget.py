"""The verb `kg forget`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Outputs, app, printable


@app.command(epilog="Example:  kg forget sora-leak")
def forget(
    documents: Annotated[list[str], typer.Argument(help="Documents, by name (the file's stem), IRI or address.")],
    outputs: Outputs = DEFAULT,
) -> None:
    """Remove documents, and all that rests on them alone.

    They go from the outputs, from what was kept of them to be read once, and from decisions. What other documents say
    too stays, as their word. The article's own file is yours to delete: a later build that is given it reads it again.
    """
    from kg.build import forget as forget_documents

    for item in forget_documents(outputs, *documents):
        typer.echo(f"Forgot {printable(item.name)}")
