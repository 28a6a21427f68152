"""The verb `kg version`."""

from __future__ import annotations

import typer

from kg.cli.common import app


@app.command()
def version() -> None:
    """Tell which version this is."""
    import kg

    typer.echo(f"kg {kg.__version__}")
