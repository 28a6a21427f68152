"""The command `kg`: a module a verb; the only place that prints or ends the process."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from kg import settings
from kg.cli.common import STOPPED, TROUBLE, app, warn
from kg.errors import KgError

# Each module brings one verb. They stand in the order in which `kg --help` lists them.
# isort: off
from kg.cli import fetch  # noqa: F401
from kg.cli import build  # noqa: F401
from kg.cli import query  # noqa: F401
from kg.cli import export  # noqa: F401
from kg.cli import view  # noqa: F401
from kg.cli import serve  # noqa: F401
from kg.cli import mcp  # noqa: F401
from kg.cli import info  # noqa: F401
from kg.cli import explain  # noqa: F401
from kg.cli import annotate  # noqa: F401
from kg.cli import evaluate  # noqa: F401
from kg.cli import validate  # noqa: F401
from kg.cli import merge  # noqa: F401
from kg.cli import unmerge  # noqa: F401
from kg.cli import diff  # noqa: F401
from kg.cli import match  # noqa: F401
from kg.cli import why  # noqa: F401
from kg.cli import merge_entities  # noqa: F401
from kg.cli import split  # noqa: F401
from kg.cli import review  # noqa: F401
from kg.cli import forget  # noqa: F401
from kg.cli import init  # noqa: F401
from kg.cli import doctor  # noqa: F401
from kg.cli import version  # noqa: F401
# isort: on


def main() -> NoReturn:
    """Runs the command line. Ends with 0; 1 if nothing was read; 2 if something is wrong; 130 if it was stopped."""
    try:
        code = app(prog_name="kg", standalone_mode=False, default_map=settings.defaults())
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - told there, or raised again
        end(error)
    if code == STOPPED:
        end(KeyboardInterrupt())
    sys.exit(code if isinstance(code, int) else 0)


def end(error: BaseException) -> NoReturn:
    """Tells in one line why the command ends, and ends it. Raises what is our own fault."""
    if isinstance(error, BrokenPipeError):  # such as kg query … | head; nobody is there to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        warn("stopped; what was written before is as it was")
        sys.exit(STOPPED)
    if isinstance(error, KgError):
        warn(str(error))
    elif hasattr(error, "format_message"):  # typer's own complaints about a call have it
        warn(f"{error.format_message().rstrip('.')}; see: kg --help")
    else:
        raise error
    sys.exit(TROUBLE)
