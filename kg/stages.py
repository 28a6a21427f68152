"""How far a run is, and how long each of its stages takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LOG = ".run.json"
"""How long the stages took; the one file in a folder of outputs that differs from run to run."""

Progress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and of how much."""


class Clock:
    """Tells how far a stage is, and measures how long each takes: `seconds`, by the names of the stages."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    def each(self, stage: str, items: Iterable[T], *, of: int = 0) -> Iterator[T]:
        """The items, one by one; the time between them counts too."""
        start = time.perf_counter()
        self._tell(stage, 0, of)
        for done, item in enumerate(items, 1):
            yield item
            self._tell(stage, done, of)
        self.seconds[stage] = time.perf_counter() - start

    def one(self, stage: str, task: Callable[[], T]) -> T:
        """What the task gives."""
        (result,) = [task() for _ in self.each(stage, [None], of=1)]
        return result

    def log(self, folder: Path, *, documents: int, characters: int) -> None:
        """Leaves in a folder of outputs how much was read, and how long the stages took. Raises OSError."""
        seconds = {stage: round(spent, 3) for stage, spent in self.seconds.items()}
        record = {"documents": documents, "characters": characters, "seconds": seconds}
        (folder / LOG).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")

    def _tell(self, stage: str, done: int, of: int) -> None:
        if self._progress:
            self._progress(stage, done, of)
