"""The verb `kg doctor`."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

import typer

from kg.cli.common import INVALID, app


@app.command(epilog="Examples:  kg doctor   ·   kg doctor --json")
def doctor(as_json: Annotated[bool, typer.Option("--json", help="Give all findings as JSON.")] = False) -> None:
    """Tell what is installed, and what is missing for what.

    Packages, the model, a browser. Ends with 0 if all is there that is always needed, with 1 if not.
    """
    import kg
    from kg import doctor as doctors

    findings = doctors.examine()
    well = doctors.well(findings)
    if as_json:
        record = {"kg": kg.__version__, "well": well, "findings": [dataclasses.asdict(item) for item in findings]}
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        typer.echo(f"kg {kg.__version__}")
        typer.echo("\n".join(doctors.lines(findings)))
    if not well:
        raise typer.Exit(INVALID)
