"""The verb `kg info`."""

from __future__ import annotations

from kg.cli.common import DEFAULT, Outputs, app, console


@app.command(epilog="Example:  kg info -o outputs")
def info(outputs: Outputs = DEFAULT) -> None:
    """Tell what the graph holds.

    Articles, kinds of things, relations, what is linked to known things, and the things of which most is said.
    """
    from kg import store, terminal
    from kg.lexicon import using

    graph = store.load(outputs)
    out = console()
    out.print(terminal.summary(graph), highlight=False)
    with using(store.lexicon(outputs)):
        for table in terminal.inventory(graph):
            out.print()
            out.print(table)
