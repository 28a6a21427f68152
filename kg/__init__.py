"""Reads articles about the AI industry, offline, and writes a knowledge graph in which every statement leads back.

    import kg

    graph = kg.build(["seeds/"])
    graph.query("SELECT ?who { ?model kg:developer ?who }")
    kg.write(graph, "outputs/")

Names are loaded when they are first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.build import build
    from kg.errors import KgError, SkipDocument
    from kg.evaluate import evaluate
    from kg.explain import explain
    from kg.graph import Dispute, Entity, Graph, merge
    from kg.query import run as query
    from kg.readers import read
    from kg.store import load
    from kg.types import Annotation, Document, Evidence, Literal, Mention, Skipped, Span, Statement
    from kg.writers import export, write
    from kg.writers.html import render

__all__ = [
    "Annotation",
    "Dispute",
    "Document",
    "Entity",
    "Evidence",
    "Graph",
    "KgError",
    "Literal",
    "Mention",
    "SkipDocument",
    "Skipped",
    "Span",
    "Statement",
    "build",
    "evaluate",
    "explain",
    "export",
    "load",
    "merge",
    "query",
    "read",
    "render",
    "write",
]

_HOMES = {
    "build": "build",
    "errors": "KgError SkipDocument",
    "evaluate": "evaluate",
    "explain": "explain",
    "graph": "Dispute Entity Graph merge",
    "query": "run",
    "readers": "read",
    "store": "load",
    "types": "Annotation Document Evidence Literal Mention Skipped Span Statement",
    "writers": "export write",
    "writers.html": "render",
}
_WHERE = {name: (home, name) for home, names in _HOMES.items() for name in names.split()} | {"query": ("query", "run")}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return _version()
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, own = _WHERE[name]
    value = getattr(importlib.import_module(f"{__name__}.{home}"), own)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("ai-industry-kg")
    except PackageNotFoundError:  # a checkout that is not installed
        return "unknown"


class _Package(ModuleType):
    """Keeps `kg.build` the function: importing the module of that name would put the module there."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
