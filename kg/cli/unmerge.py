"""The verb `kg unmerge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import app


@app.command(epilog="Example:  kg unmerge notable_ai_models -o merged")
def unmerge(
    sources: Annotated[
        list[str], typer.Argument(help="Sources to take out: names as in merge.md, IRIs, merged folders.")
    ],
    outputs: Annotated[Path, typer.Option("--outputs", "-o", help="The folder that `kg merge` filled.")],
) -> None:
    """Take sources out of a merged graph.

    The folder is written anew as if they had never been merged: what they alone state goes, and so does what was one
    thing only by them.
    """
    from kg.merge import unmerge as take_out

    done = take_out(outputs, sources)
    left = len(done.graph.documents)
    typer.echo(f"{left} source{'' if left == 1 else 's'} left, {len(done.graph):,} statements in {outputs}/")
