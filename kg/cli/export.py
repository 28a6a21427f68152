"""The verb `kg export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT, app, replace
from kg.errors import KgError


def _formats(incomplete: str) -> list[str]:
    from kg.writers import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


@app.command(epilog="Examples:  kg export -f jsonld -o graph.jsonld   ·   kg export outputs -f csv > table.csv")
def export(
    outputs: Annotated[Path, typer.Argument(help="The folder that `kg build` filled.")] = DEFAULT,
    form: Annotated[str, typer.Option("--format", "-f", help="One of those above.", autocompletion=_formats)] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; else stdout.")] = None,
    rdf12: Annotated[bool, typer.Option("--rdf12", help="Statements as reifiers of RDF 1.2: trig, nt, nq.")] = False,
) -> None:
    """Write the graph in another format.

    With all of its evidence: trig, nt, nq, jsonld, rdfxml, jsonl, cypher; a row a sentence: csv, parquet; as nodes and
    edges: graphml, gexf; the entities alone: csv-nodes; the plain facts alone: ttl.
    """
    from kg import writers
    from kg.store import load

    if form not in writers.FORMATS:
        raise KgError(f"found -f {form!r}, expected one of {', '.join(writers.FORMATS)}")
    chunks = writers.stream(load(outputs), form, rdf12=rdf12)
    if output:
        replace(output, chunks)
    elif form == "parquet" and sys.stdout.isatty():
        raise KgError("parquet is nothing for a terminal; name a file with -o")
    else:
        sys.stdout.buffer.writelines(chunks)
