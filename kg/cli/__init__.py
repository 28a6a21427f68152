"""The command `kg`: a module a verb; the only place that prints or ends the process."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from kg.cli.common import STOPPED, TROUBLE, app, warn
from kg.errors import KgError

# Each module brings one verb. They stand in the order in which `kg --help` lists them.
# isort: off
from kg.cli import build  # noqa: F401
from kg.cli import query  # noqa: F401
from kg.cli import export  # noqa: F401
from kg.cli import view  # noqa: F401
from kg.cli import serve  # noqa: F401
from kg.cli import info  # noqa: F401
from kg.cli import explain  # noqa: F401
from kg.cli import annotate  # noqa: F401
from kg.cli import evaluate  # noqa: F401
from kg.cli import validate  # noqa: F401
from kg.cli import match  # noqa: F401
from kg.cli import why  # noqa: F401
from kg.cli import merge_entities  # noqa: F401
from kg.cli import split  # noqa: F401
from kg.cli import review  # noqa: F401
from kg.cli import version  # noqa: F401
# isort: on


def main() -> NoReturn:
    """Runs the command line. Ends with 0; 1 if nothing was read; 2 if something is wrong; 130 if it was stopped."""
    try:
        code = app(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except BrokenPipeError:  # such as kg query … | head; nobody is there to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KgError as error:
        _end(str(error), TROUBLE)
    except Exception as error:
        if not hasattr(error, "format_message"):  # typer's own complaints about a call have it
            raise
        _end(f"{error.format_message().rstrip('.')}; see: kg --help", TROUBLE)
    if code == STOPPED:
        _end("stopped; what was written before is as it was", STOPPED)
    sys.exit(code if isinstance(code, int) else 0)


def _end(message: str, code: int) -> NoReturn:
    warn(message)
    sys.exit(code)
