"""The picture of the graph at the server's first address."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from kg.serve.protocol import RefusedError

_DRAWING = 60
"""Seconds that it may take."""


class Picture:
    """The page in a folder that `kg build` filled; for a file of RDF one that is drawn when first asked for."""

    def __init__(self, path: Path) -> None:
        self._source = path
        self._page = path / "graph.html" if path.is_dir() else None
        self._lock = asyncio.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def read(self) -> bytes:
        """The page as it stands. Raises RefusedError where there is none and none can be drawn."""
        async with self._lock:
            if self._page is None:
                self._page = await self._drawn()
        try:
            return await asyncio.to_thread(self._page.read_bytes)
        except OSError as error:
            raise RefusedError(404, "there is no picture of this graph; make one with: kg view") from error

    def close(self) -> None:
        """Removes what was drawn."""
        if self._folder is not None:
            self._folder.cleanup()

    async def _drawn(self) -> Path:
        """By a process of its own: what draws is large, and this one stays small."""
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="kg-")
        page = Path(self._folder.name) / "graph.html"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        nowhere = asyncio.subprocess.DEVNULL
        command = [sys.executable, "-m", "kg", "view", str(self._source.absolute()), "-o", str(page)]
        process = await asyncio.create_subprocess_exec(*command, env=environment, stdin=nowhere, stdout=nowhere)
        try:
            await asyncio.wait_for(process.wait(), _DRAWING)
        except TimeoutError:
            pass
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return page
