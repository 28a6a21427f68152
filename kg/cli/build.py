"""The verb `kg build`."""

from __future__ import annotations

import concurrent.futures as cf
import contextlib
import enum
import heapq
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import DEFAULT, NONE_READ, Model, app, warn
from kg.cli.progress import log, progress
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.build import Build
    from kg.graph import Graph

_SOME = 100  # things of which one has a name that a shell takes as it is


class Engine(enum.StrEnum):
    """What runs processes."""

    local = "local"
    dask = "dask"


@app.command(epilog="Examples:  kg build seeds/   ·   kg build a.txt b.html -o mine   ·   cat a.txt | kg build -")
def build(
    paths: Annotated[
        list[str], typer.Argument(help="Articles: files (txt, md, html, jsonl, eml, docx, pdf, warc), folders, -.")
    ],
    outputs: Annotated[Path, typer.Option("--outputs", "-o", help="The folder to fill.")] = DEFAULT,
    model: Model = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out what is less sure than this; 0.45 if not given.")
    ] = None,
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="A table of things you know (name, type, aliases, …); may be repeated.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The heading of the page.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="So many processes read articles; same result.")] = 1,
    engine: Annotated[Engine, typer.Option(help="What the processes are run by.")] = Engine.local,
    scheduler: Annotated[
        str | None, typer.Option(help="The address of dask's scheduler; else one is made here.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line for each stage, with its time.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="The same as JSON Lines on standard error.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")] = False,
) -> None:
    """Read articles and write their graph.

    The folder gets the graph as Turtle, TriG and JSON Lines, a page to look at, and a report. What was there stays
    whole until all of it is written. What was read in an article is kept, and read again only when it changes. Ends
    with 0 if some article was read, with 1 if none: then nothing is written.
    """
    from kg.build import THRESHOLD, run

    start, limit, known = time.perf_counter(), THRESHOLD if threshold is None else threshold, lexicon or ()
    with (
        progress(quiet=quiet, verbose=verbose, log_json=log_json) as told,
        _executor(engine, scheduler, jobs) as elsewhere,
    ):
        done = run(
            paths,
            output=outputs,
            model=model,
            threshold=limit,
            lexicon=known,
            title=title,
            progress=told,
            jobs=jobs,
            executor=elsewhere,
        )
    for item in done.skipped:
        if log_json:
            log({"skipped": item.path, "reason": item.reason})
        else:
            warn(f"skipped {item.path}: {item.reason}")
    if not done.annotations:
        warn("no article could be read, so nothing was written; give files of type txt, md, html or jsonl")
        raise typer.Exit(NONE_READ)
    if not quiet:
        _tell(done, outputs, time.perf_counter() - start)


@contextlib.contextmanager
def _executor(engine: Engine, scheduler: str | None, jobs: int) -> Iterator[cf.Executor | None]:
    """Where to read, if not in processes of our own."""
    if engine is Engine.local and scheduler:
        raise KgError("--scheduler is for --engine dask")
    if engine is Engine.local:
        yield None
    else:
        from kg.annotating.cluster import dask

        with dask(scheduler=scheduler, jobs=jobs) as executor:
            yield executor


def _tell(done: Build, outputs: Path, seconds: float) -> None:
    """What was found, where it is, and what to do next."""
    from kg import terminal
    from kg.runs import on_disk

    folder = "" if outputs == DEFAULT else f" -o {outputs}"
    typer.echo(f"Read {terminal.summary(done.graph, skipped=len(done.skipped))}.")
    typer.echo(
        f"Wrote {outputs}/ in {seconds:.1f} s: graph.html to look at, report.md to read, graph.ttl and graph.trig."
    )
    typer.echo("Next:")
    typer.echo(f"  kg view --open{folder}")
    with on_disk(outputs):
        for line in _questions(done.graph):
            typer.echo(f"  {line}{folder}")


def _questions(graph: Graph) -> Iterator[str]:
    """Commands that give an answer with this graph."""
    from kg.runs import counted

    ends = (end for item in graph for end in (item.subject, str(item.object)) if "/id/" in end)
    things = heapq.nsmallest(_SOME, ((-count, iri) for iri, count in counted(ends) if iri in graph.entities))
    known = (graph.name(iri) for _, iri in things)
    name = next((name for name in known if name.replace(" ", "").replace("-", "").isalnum()), None)
    if name:
        yield f'kg explain "{name}"'
    yield 'kg query "SELECT ?what ?maker { ?w kg:developer ?m . ?w rdfs:label ?what . ?m rdfs:label ?maker }"'
