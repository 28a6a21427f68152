"""The verb `kg evaluate`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import Json, Model, Quiet, app, progress_bar, tell_json

if TYPE_CHECKING:
    from kg.stages import Progress


@app.command(epilog="Examples:  kg evaluate training/corpus/*-6.txt   ·   kg evaluate g.txt --system annotated.jsonl")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Files annotated as training/GUIDELINES.md tells.")],
    model: Model = None,
    system: Annotated[Path | None, typer.Option(help="Score this annotated.jsonl instead of a model.")] = None,
    per: Annotated[bool, typer.Option("--per", help="Also a line for each type and relation.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score a model against hand annotation.

    Precision, recall and F of mentions, coreference and triples, from raw text.
    """
    from kg.evaluate import evaluate as score
    from kg.evaluate import outputs
    from kg.gold import read

    documents = [item for path in gold for item in read(path)]
    reader: Any = outputs(system) if system else _model(model)
    with progress_bar(quiet=quiet) as progress:
        counted = _counted(documents, progress)
        table = score(counted, reader)
    if quiet:
        return
    if as_json:
        tell_json(table if per else dataclasses.replace(table, per={}))
        return
    for line in table.lines(per=per):
        typer.echo(line)


def _counted(items: list[Any], progress: Progress | None) -> Iterator[Any]:
    for done, item in enumerate(items):
        if progress:
            progress("read", done, len(items))
        yield item


def _model(path: Path | None) -> Any:
    from kg.nlp import pipeline

    nlp = pipeline.load(path)
    return lambda document: next(iter(pipeline.annotate(nlp, [document])))
