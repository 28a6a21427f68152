"""The verb `kg explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import DEFAULT, Json, Outputs, Quiet, app, console, printable, tell_json
from kg.errors import KgError
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.explain import Explanation


@app.command(epilog='Examples:  kg explain Sora   ·   kg explain Sora developer   ·   kg explain "Sora leak" eventDate')
def explain(
    subject: Annotated[str, typer.Argument(help="A name, or an IRI such as id:openai.")],
    predicate: Annotated[str | None, typer.Argument(help="A relation, such as developer.")] = None,
    object_: Annotated[str | None, typer.Argument(metavar="[OBJECT]", help="A name, an IRI or a value.")] = None,
    outputs: Outputs = DEFAULT,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show the sentences behind a statement.

    Under each statement stand the sentences that make it, who says so, under which reserve, and in which article.
    Of a thing the last line tells to what known thing it is linked, or why to none (NIL).
    """
    from kg import linking, store, terminal
    from kg.explain import explain as why
    from kg.explain import find
    from kg.lexicon import using

    out, graph = console(), store.load(outputs)
    found = why(graph, subject, predicate, object_)
    if not found:
        raise KgError(f"the graph says nothing of the kind about {subject!r}; see: kg explain {subject!r}")
    if quiet:
        return
    if as_json:
        tell_json([{"iri": BASE + "statement/" + item.statement.id, **_record(item)} for item in found])
        return
    for line in terminal.explained(found):
        out.print(line)
    if predicate is None:
        with using(store.lexicon(outputs)):
            typer.echo(printable(f"{graph.name(find(graph, subject))}: {linking.told(graph, find(graph, subject))}"))


def _record(item: Explanation) -> dict[str, Any]:
    """What is told of a statement, in words; spans of its ends count from the quote's start."""
    return {name: getattr(item, name) for name in ("subject", "predicate", "object", "disputed", "quotes")}
