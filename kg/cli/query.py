"""The verb `kg query`. `kg.__main__` takes its plain calls before typer is there: keep the options the same."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, Outputs, app


@app.command(epilog='Examples:  kg query -n makers -p maker=OpenAI   ·   kg query "SELECT * { ?s kg:developer ?o }"')
def query(
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL 1.1 query; the prefixes are known.")] = None,
    file: Annotated[str | None, typer.Option("--file", "-f", help="A file that holds it, - for stdin.")] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", help="A question that is known by name.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="Its parameter: maker=OpenAI.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the questions that are known by name.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", "-e", help="Quote what each row rests on.")] = False,
    form: Annotated[str | None, typer.Option("--format", help="table, csv, tsv, json, xml or turtle.")] = None,
    outputs: Outputs = DEFAULT,
    endpoint: Annotated[str | None, typer.Option(help="Ask this SPARQL endpoint instead, over the network.")] = None,
    timeout: Annotated[float | None, typer.Option(min=0, help="Give up after so many seconds.")] = None,
) -> None:
    """Ask the graph in SPARQL.

    The answer is a table on a terminal and CSV elsewhere. CONSTRUCT and DESCRIBE give Turtle.
    """
    from kg.query.command import Call, answer

    if listed:
        typer.echo("\n".join(_known_questions()))
        return
    call = Call(
        sparql=sparql,
        file=file,
        name=name,
        param=param or (),
        form=form,
        evidence=evidence,
        outputs=outputs,
        endpoint=endpoint,
        timeout=timeout,
        width=shutil.get_terminal_size().columns if sys.stdout.isatty() else None,
    )
    sys.stdout.write(answer(call))


def _known_questions() -> Iterator[str]:
    """Each with its title, and its parameters below it."""
    from kg.questions import questions

    for item in questions().values():
        yield f"{item.name:14} {item.title}"
        yield from (f"{'':14}   -p {each.name}=…  {each.help}" for each in item.parameters)
