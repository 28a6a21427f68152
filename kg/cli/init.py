"""The verb `kg init`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import app, replace
from kg.errors import KgError


@app.command(epilog="Examples:  kg init   ·   KG_OUTPUTS=mine kg info   ·   KG_SERVE_PORT=8080 kg serve")
def init(force: Annotated[bool, typer.Option("--force", help="Also over one that is there.")] = False) -> None:
    """Write a kg.toml with all settings as comments.

    It holds for every call in its folder. An option goes before the environment (KG_OUTPUTS, KG_BUILD_THRESHOLD), the
    environment before kg.toml, kg.toml before the default.
    """
    from kg import settings

    if settings.FILE.exists() and not force:
        raise KgError(f"there is a {settings.FILE} already; --force writes over it")
    replace(settings.FILE, [settings.template().encode()])
    typer.echo(settings.FILE)
