"""Texts that are made before their turn: they lie in files without names until they are read."""

from __future__ import annotations

import codecs
import functools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many statements are put into text, and of how many."""

_BLOCK = 1 << 20  # bytes that are read at a time


class Spool:
    """A text that lies in a file without a name, which goes with this."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        self.add = self._file.write

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return codecs.iterdecode(iter(functools.partial(self._file.read, _BLOCK), b""), "utf-8")

    def __del__(self) -> None:
        self._file.close()


class Spools:
    """Texts by their names that grow in turns, any number of them: all lie in one file without a name."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        self._places: dict[str, list[tuple[int, int]]] = {}

    def add(self, name: str, text: str) -> None:
        """Puts text to the end of what goes by this name."""
        start = self._file.tell()
        self._places.setdefault(name, []).append((start, self._file.write(text.encode())))

    def texts(self) -> Mapping[str, Iterable[str]]:
        """What was put together, to be read when nothing more comes."""
        return {name: _Text(self, name) for name in self._places}

    def read(self, name: str) -> Iterator[str]:
        """One of them, as it was put."""
        for start, length in self._places.get(name, ()):
            self._file.seek(start)
            yield self._file.read(length).decode()

    def __del__(self) -> None:
        self._file.close()


class _Text:
    """One of some texts."""

    def __init__(self, spools: Spools, name: str) -> None:
        self._spools, self._name = spools, name

    def __iter__(self) -> Iterator[str]:
        return self._spools.read(self._name)
