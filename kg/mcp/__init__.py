"""A graph for agents: search, evidence and SPARQL as tools of the Model Context Protocol, read-only, over stdio."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from kg.errors import KgError


def serve(path: Path, *, seconds: float = 10) -> None:
    """Answers the client at standard input and output until it leaves; `seconds` are what a SPARQL query may take.

    Raises KgError where there is no graph in the folder, or the extra is not installed.
    """
    if importlib.util.find_spec("mcp") is None:
        raise KgError("kg mcp needs an extra: pip install 'ai-industry-kg[mcp]'")
    from kg import store
    from kg.mcp.server import make

    make(store.load(path), path, seconds=seconds).run()
