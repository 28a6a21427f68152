"""How far a run is, and how long each of its stages takes."""

from __future__ import annotations

import contextlib
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


STEP = 1000
"""Of what comes by the million, so many go by until it is told again."""


class Clock:
    """Tells how far a stage is, and measures how long each takes: `seconds`, by the names of the stages."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._done: dict[str, int] = {}
        self.seconds: dict[str, float] = {}

    def each(self, stage: str, items: Iterable[T], *, of: int = 0, step: int = 1) -> Iterator[T]:
        """The items, one by one, told of at each step; the time between them counts too. A stage may go on later."""
        with self.measured(stage):
            done = first = self._done.get(stage, 0)
            self.tell(stage, done, of)
            for done, item in enumerate(items, first + 1):
                yield item
                if done % step == 0:
                    self.tell(stage, done, of)
            self._done[stage] = done
            if done % step:
                self.tell(stage, done, of)

    def one(self, stage: str, task: Callable[[], T]) -> T:
        """What the task gives."""
        (result,) = [task() for _ in self.each(stage, [None], of=1)]
        return result

    @contextlib.contextmanager
    def measured(self, stage: str) -> Iterator[None]:
        """Counts the time within it to a stage."""
        start = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start

    def tell(self, stage: str, done: int, of: int) -> None:
        """Tells how far a stage is; `of` is 0 where nobody knows yet."""
        if self._progress:
            self._progress(stage, done, of)

    def log(self, folder: Path, *, documents: int, characters: int) -> None:
        """Leaves in a folder of outputs how much was read, and how long the stages took. Raises OSError."""
        seconds = {stage: round(spent, 3) for stage, spent in self.seconds.items()}
        record = {"documents": documents, "characters": characters, "seconds": seconds}
        (folder / LOG).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
