"""The verb `kg why`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Outputs, app, printable


@app.command(epilog='Example:  kg why Mistral "Mistral AI"')
def why(
    one: Annotated[str, typer.Argument(help="A name, or an IRI such as id:openai.")],
    two: Annotated[str, typer.Argument(help="Another one.")],
    outputs: Outputs = DEFAULT,
) -> None:
    """Tell why two names mean one thing, or two.

    The decisions behind it with their scores, reasons and quotes, and what the names say for and against it.
    """
    from kg import deciding, store
    from kg.lexicon import using

    with using(store.lexicon(outputs)):
        for line in deciding.why(store.load(outputs), one, two):
            typer.echo(printable(line))
