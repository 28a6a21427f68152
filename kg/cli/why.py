"""The verb `kg why`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Json, Outputs, Quiet, app, printable, tell_json

TWO = 1


@app.command(epilog='Example:  kg why Mistral "Mistral AI"')
def why(
    one: Annotated[str, typer.Argument(help="A name, or an IRI such as id:openai.")],
    two: Annotated[str, typer.Argument(help="Another one.")],
    outputs: Outputs = DEFAULT,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Tell why two names mean one thing, or two.

    The decisions behind it with their scores, reasons and quotes, and what the names say for and against it. With
    --quiet it ends with 0 if they mean one thing, with 1 if two.
    """
    from kg import deciding, store
    from kg.explain import find
    from kg.lexicon import using

    graph = store.load(outputs)
    first, second = find(graph, one), find(graph, two)
    if quiet:
        raise typer.Exit(0 if first == second else TWO)
    with using(store.lexicon(outputs)):
        lines = list(deciding.why(graph, one, two))
    if as_json:
        tell_json(
            {"one": first, "two": second, "same": first == second, "reasons": [line.strip() for line in lines[1:]]}
        )
        return
    for line in lines:
        typer.echo(printable(line))
