"""The folder that `kg build` fills: the names of its files, and whether this version can read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.folder import MANIFEST, settle

__all__ = ["ANNOTATED", "DOCUMENTS", "FORMAT", "GRAPH", "MANIFEST", "TRIG", "check", "manifest"]

FORMAT = 1
"""The version of the files' form; raised when an older `kg` could not read them any more."""

GRAPH, DOCUMENTS, ANNOTATED = "graph.jsonl", "documents.jsonl", "annotated.jsonl"
TRIG = "graph.trig"


def check(folder: Path) -> None:
    """Raises KgError unless the folder holds a graph of a form that this version reads, all of it of one run."""
    settle(folder)
    if not (folder / GRAPH).is_file():
        found = "no such folder" if not folder.is_dir() else f"no {GRAPH} in it"
        raise KgError(f"found no graph in {folder}: {found}; make one with: kg build PATHS -o {folder}")
    form = manifest(folder).get("format", FORMAT)
    if not isinstance(form, int) or form > FORMAT:
        raise KgError(f"{folder} was written by a newer kg (format {form}, this one reads up to {FORMAT}); update kg")


def manifest(folder: Path) -> dict[str, Any]:
    """What a folder's manifest.json says; nothing if there is none. Raises KgError where it is damaged."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise KgError(f"{folder / MANIFEST} can't be read ({error}); run kg build again") from error
    if not isinstance(found, dict):
        raise KgError(f"{folder / MANIFEST} holds no JSON object; run kg build again")
    return found
