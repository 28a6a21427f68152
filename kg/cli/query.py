"""The verb `kg query`. `kg.__main__` takes its plain calls before typer is there: keep the options the same."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Json, Outputs, Quiet, app, tell_json

NO_ROW = 1


def _names(incomplete: str) -> list[str]:
    from kg.questions import questions

    return [name for name in questions() if name.startswith(incomplete)]


@app.command(epilog='Examples:  kg query -n makers -p maker=OpenAI   ·   kg query "SELECT * { ?s kg:developer ?o }"')
def query(
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL 1.1 query; the prefixes are known.")] = None,
    file: Annotated[str | None, typer.Option("--file", "-f", help="A file that holds it, - for stdin.")] = None,
    name: Annotated[
        str | None, typer.Option("--name", "-n", help="A question that is known by name.", autocompletion=_names)
    ] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="Its parameter: maker=OpenAI.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the questions that are known by name.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", "-e", help="Quote what each row rests on.")] = False,
    form: Annotated[str | None, typer.Option("--format", help="table, csv, tsv, json, xml or turtle.")] = None,
    outputs: Outputs = DEFAULT,
    endpoint: Annotated[str | None, typer.Option(help="Ask this SPARQL endpoint instead, over the network.")] = None,
    timeout: Annotated[float | None, typer.Option(min=0, help="Give up after so many seconds.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask the graph in SPARQL.

    The answer is a table on a terminal and CSV elsewhere. CONSTRUCT and DESCRIBE give Turtle. With --quiet it ends
    with 0 if there is a row or ASK says yes, with 1 if not.
    """
    from kg.query.command import Call, answer, found

    if listed:
        _list(as_json=as_json, quiet=quiet)
        return
    call = Call(
        sparql=sparql,
        file=file,
        name=name,
        param=param or (),
        form="json" if as_json else form,
        evidence=evidence,
        outputs=outputs,
        endpoint=endpoint,
        timeout=timeout,
        width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None,
    )
    if quiet:
        raise typer.Exit(0 if found(call) else NO_ROW)
    sys.stdout.write(answer(call))


def _list(*, as_json: bool, quiet: bool) -> None:
    from kg.questions import questions

    if quiet:
        return
    if as_json:
        tell_json(list(questions().values()))
    else:
        typer.echo("\n".join(_known_questions()))


def _known_questions() -> Iterator[str]:
    """Each with its title, and its parameters below it."""
    from kg.questions import questions

    for item in questions().values():
        yield f"{item.name:14} {item.title}"
        yield from (f"{'':14}   -p {each.name}=…  {each.help}" for each in item.parameters)
