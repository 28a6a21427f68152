"""The verb `kg doctor`."""

from __future__ import annotations

import typer

from kg.cli.common import INVALID, Json, Quiet, app, tell_json


@app.command(epilog="Examples:  kg doctor   ·   kg doctor --json")
def doctor(as_json: Json = False, quiet: Quiet = False) -> None:
    """Tell what is installed, and what is missing for what.

    Packages, the model, a browser. Ends with 0 if all is there that is always needed, with 1 if not.
    """
    import kg
    from kg import doctor as doctors

    findings = doctors.examine()
    well = doctors.well(findings)
    if as_json and not quiet:
        tell_json({"kg": kg.__version__, "well": well, "findings": findings})
    elif not quiet:
        typer.echo(f"kg {kg.__version__}")
        typer.echo("\n".join(doctors.lines(findings)))
    if not well:
        raise typer.Exit(INVALID)
