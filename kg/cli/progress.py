"""How far a build is: a bar on a terminal, lines for a person, or JSON Lines for a machine, on standard error."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import typer

from kg.cli.common import progress_bar, warn

if TYPE_CHECKING:
    from kg.stages import Progress

EVERY = 10.0
"""Seconds between two lines about one stage."""

Record = dict[str, Any]


@contextlib.contextmanager
def progress(*, quiet: bool = False, verbose: bool = False, log_json: bool = False) -> Iterator[Progress | None]:
    """What a build tells of its stages to: JSON Lines, lines, else a bar where there is a terminal, else nothing."""
    if log_json or verbose:
        stages = Stages(log if log_json else _line)
        yield stages
        stages.end()
    else:
        with progress_bar(quiet=quiet) as bar:
            yield bar


def log(record: Record) -> None:
    """One event as a line of JSON."""
    typer.echo(json.dumps(record, ensure_ascii=False), err=True)


class Stages:
    """Tells of each stage when it ends, and of long ones in between with rate and remaining time."""

    def __init__(self, tell: Callable[[Record], None], *, every: float = EVERY) -> None:
        self._tell, self._every = tell, every
        self._stage, self._done, self._of = "", 0, 0
        self._start = self._told = time.perf_counter()

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Takes note of how far a stage is; `of` is 0 where nobody knows yet."""
        now = time.perf_counter()
        if stage != self._stage:
            self.end()
            self._stage, self._start, self._told = stage, now, now
        self._done, self._of = done, of
        if now - self._told >= self._every:
            self._told, rate = now, done / (now - self._start)
            left = {"remaining": round((of - done) / rate, 1)} if of and rate else {}
            self._tell({"stage": stage, "done": done, "of": of or None, "rate": round(rate, 2), **left})

    def end(self) -> None:
        """Tells that the present stage has ended."""
        if self._stage:
            taken = round(time.perf_counter() - self._start, 3)
            self._tell({"stage": self._stage, "done": self._done, "of": self._of or None, "seconds": taken})
        self._stage = ""


def _line(record: Record) -> None:
    of = f" of {record['of']:,}" if record["of"] else ""
    took = f"{record['seconds']:.1f} s" if "seconds" in record else f"{record['rate']:.1f} a second"
    left = f", {record['remaining']:.0f} s left" if "remaining" in record else ""
    warn(f"{record['stage']}: {record['done']:,}{of}, {took}{left}")
