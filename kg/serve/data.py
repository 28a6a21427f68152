"""What is served: the triples of a folder that `kg build` filled, or of a file of RDF."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg import database, guards, outputs
from kg.errors import KgError
from kg.view.foreign import SUFFIXES

if TYPE_CHECKING:
    import pyoxigraph

LARGE = 1 << 28
"""From so many bytes of `graph.trig` on it is served from the database on disk, not from memory."""


class Source:
    """A graph, read into memory or kept on disk. Raises KgError where there is none or it is damaged."""

    def __init__(self, path: Path) -> None:
        self._folder, self._store = path, None
        try:
            if not path.is_dir():
                self._store = _read(path)
                return
            outputs.check(path)
            if (path / outputs.TRIG).stat().st_size < LARGE:
                self._store = _read(path / outputs.TRIG)
            else:
                database.make(path)
        except (OSError, SyntaxError, ValueError) as error:
            raise KgError(f"can't read {path}: {getattr(error, 'strerror', None) or error}") from error

    @contextlib.contextmanager
    def opened(self) -> Iterator[pyoxigraph.Store]:
        """The store, for as long as the block runs. A database on disk is opened by each process for itself."""
        if self._store is not None:
            yield self._store
            return
        with database.opened(self._folder) as opened:
            yield opened


def _read(path: Path) -> pyoxigraph.Store:
    import pyoxigraph

    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        if not path.exists():
            raise KgError(f"found no graph at {path}; make one with: kg build PATHS -o {path}")
        raise KgError(f"{path} is no RDF that can be told by its suffix; expected one of {', '.join(SUFFIXES)}")
    try:
        guards.file(path, kind)
    except KgError as error:
        raise KgError(f"{path}: {error}") from None
    filled = pyoxigraph.Store()
    filled.load(path=str(path), format=getattr(pyoxigraph.RdfFormat, kind), base_iri="file:///")
    return filled
