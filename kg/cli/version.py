"""The verb `kg version`."""

from __future__ import annotations

import typer

from kg.cli.common import Json, Quiet, app, tell_json


@app.command(epilog="Examples:  kg version   ·   kg version --json")
def version(as_json: Json = False, quiet: Quiet = False) -> None:
    """Tell which version this is."""
    import kg

    if as_json and not quiet:
        tell_json({"kg": kg.__version__})
    elif not quiet:
        typer.echo(f"kg {kg.__version__}")
