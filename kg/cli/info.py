"""The verb `kg info`."""

from __future__ import annotations

from kg.cli.common import DEFAULT, Json, Outputs, Quiet, app, console, tell_json


@app.command(epilog="Example:  kg info -o outputs")
def info(outputs: Outputs = DEFAULT, as_json: Json = False, quiet: Quiet = False) -> None:
    """Tell what the graph holds.

    Articles, kinds of things, relations, what is linked to known things, and the things of which most is said.
    """
    from kg import store, terminal
    from kg.lexicon import using

    graph = store.load(outputs)
    if quiet:
        return
    if as_json:
        with using(store.lexicon(outputs)):
            tell_json(terminal.figures(graph))
        return
    out = console()
    out.print(terminal.summary(graph), highlight=False)
    with using(store.lexicon(outputs)):
        for table in terminal.inventory(graph):
            out.print()
            out.print(table)
