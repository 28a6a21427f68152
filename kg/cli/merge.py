"""The verb `kg merge`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import app, printable, warn
from kg.cli.progress import progress
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.merge import Merged


@app.command(epilog="Example:  kg merge outputs other.ttl models.csv --mapping epoch_ai -o merged")
def merge(
    sources: Annotated[
        list[str], typer.Argument(help="Folders of outputs, RDF of any kind, tables (csv, json, yaml).")
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The folder to fill.")] = None,
    mapping: Annotated[
        list[str] | None, typer.Option(help="How to read a table: a shipped mapping's name, or a YARRRML file.")
    ] = None,
    crosswalk: Annotated[
        list[Path] | None, typer.Option(help="What foreign terms are in ours: an SSSOM table, beside the shipped ones.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the report and write nothing.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line for each stage, with its time.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="The same as JSON Lines on standard error.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Merge graphs and tables into one graph.

    Every statement keeps its sources, and kg unmerge takes one out again. The order of the sources does not matter, a
    merged folder can be merged again. merge.md tells what was matched and why, what was not, and where they disagree.
    Mappings that are shipped: ai_timeline, epoch_ai, lfai_landscape, models_dev.
    """
    from kg.merge import merge as unite
    from kg.merge import told

    if output is None and not dry_run:
        raise KgError("name the folder to write to with -o, or look first with --dry-run")
    with progress(quiet=quiet, verbose=verbose, log_json=log_json) as told_to:
        done = unite(
            sources,
            mappings=mapping or (),
            crosswalks=crosswalk or (),
            output=None if dry_run else output,
            progress=told_to,
        )
    for line in done.warnings:
        warn(line)
    if dry_run:
        typer.echo(printable("".join(told(done))), nl=False)
    elif not quiet:
        _tell(done, output)


def _tell(done: Merged, output: Path | None) -> None:
    """What was made, where it is, and what to do next."""
    graph = done.graph
    typer.echo(
        f"Merged {len(graph.documents)} sources into {len(graph):,} statements about {len(graph.entities):,} things, "
        f"with {len(graph.disputes)} disputes."
    )
    page = output is not None and (output / "graph.html").is_file()  # too many things are not drawn
    typer.echo(f"Wrote {output}/: merge.md to read, {'graph.html to look at, ' * page}graph.ttl and graph.trig.")
    typer.echo("Next:" + f"\n  kg view --open -o {output}" * page + f"\n  kg unmerge NAME -o {output}")
