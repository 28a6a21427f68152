"""Imports spaCy without its command line, which costs half as much again and which reading never uses."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import Any

COMMANDS = "spacy.cli"


def info(*args: Any, **options: Any) -> Any:
    """What spacy.info tells of an installation or a pipeline: spaCy's own function, imported when it is called."""
    from spacy.cli.info import info as told

    return told(*args, **options)


def lighten() -> None:
    """Import spaCy; `spacy.cli` stands there as ever, and is loaded when something of it is first used.

    spaCy takes a single function of its command line while it is imported, spacy.info, and with it typer, weasel, httpx
    and jinja2. Does nothing where spaCy is there already.
    """
    if "spacy" in sys.modules:
        return
    sys.modules[f"{COMMANDS}.info"] = deferred = ModuleType(f"{COMMANDS}.info")
    deferred.info = info  # type: ignore[attr-defined]
    try:
        import spacy
    finally:
        del sys.modules[f"{COMMANDS}.info"]
    if COMMANDS not in sys.modules and (spec := importlib.util.find_spec(COMMANDS)) and spec.loader:
        spec.loader = importlib.util.LazyLoader(spec.loader)
        sys.modules[COMMANDS] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        spacy.cli = module  # type: ignore[attr-defined]


lighten()
