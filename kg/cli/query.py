"""The verb `kg query`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Outputs, app, console, text
from kg.errors import KgError


@app.command(epilog='Examples:  kg query -n makers -p maker=OpenAI   ·   kg query "SELECT * { ?s kg:developer ?o }"')
def query(
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL 1.1 query; the prefixes are known.")] = None,
    file: Annotated[str | None, typer.Option("--file", "-f", help="A file that holds it, - for stdin.")] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="A question that is known by name.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="Its parameter: maker=OpenAI.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the questions that are known by name.")] = False,
    form: Annotated[str | None, typer.Option("--format", help="table, csv, tsv, json, xml or turtle.")] = None,
    outputs: Outputs = DEFAULT,
    timeout: Annotated[float | None, typer.Option(min=0, help="Give up after so many seconds.")] = None,
) -> None:
    """Ask the graph in SPARQL.

    The answer is a table on a terminal and CSV elsewhere. CONSTRUCT and DESCRIBE give Turtle.
    """
    from kg.query import ask, run

    if listed:
        typer.echo("\n".join(_known_questions()))
        return
    if [sparql, file, name].count(None) != 2:  # noqa: PLR2004 - one of the three
        raise KgError("expected one query: as an argument, in a file with -f, or a question's name with -n")
    if name is not None:
        result = ask(outputs, name, _pairs(param or []), timeout=timeout)
    else:
        result = run(outputs, text(file) if file is not None else sparql or "", timeout=timeout)
    form = form or ("turtle" if result.kind == "graph" else "table" if sys.stdout.isatty() else "csv")
    makers = {name: getattr(result, f"to_{name}") for name in ("table", "csv", "tsv", "json", "xml", "turtle")}
    if form not in makers:
        raise KgError(f"unknown format {form!r}; choose one of {', '.join(makers)}")
    if form == "table" and sys.stdout.isatty():
        from kg import terminal

        console().print(terminal.answer(result))
    else:
        typer.echo(makers[form]().removesuffix("\n"))


def _known_questions() -> Iterator[str]:
    """Each with its title, and its parameters below it."""
    from kg.questions import questions

    for item in questions().values():
        yield f"{item.name:14} {item.title}"
        yield from (f"{'':14}   -p {each.name}=…  {each.help}" for each in item.parameters)


def _pairs(params: list[str]) -> dict[str, str]:
    pairs = {name: value for name, mark, value in (item.partition("=") for item in params) if mark}
    if len(pairs) != len(params):
        raise KgError("expected each -p once, as name=value, such as -p maker=OpenAI")
    return pairs
