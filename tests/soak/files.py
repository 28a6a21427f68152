"""Builds from files that mean no good: each is read or named in the report, and what is written stays well formed.

Without the page, whose own tests feed it with the same names: its drawing would take most of the time.
"""

from __future__ import annotations

import collections
import contextlib
import os
import random
import resource
import tempfile
import time
from pathlib import Path
from unittest import mock

import pyoxigraph

from kg import readers, writers
from kg.build import run
from kg.readers._metadata import one_line
from kg.types import Document
from tests import fake
from tests.soak._kinds import ANY, KINDS, SUFFIXES

COUNT = 10_000
ROUND = 500
SLOWEST = 12.0
"""Seconds of CPU that a file may take to be read, whatever is in it."""
A_FILE = 0.5
"""Seconds of CPU that a file may take from reading to writing, on average over a round."""

MEMORY = 1_500_000
"""Kilobytes that the process may need at most, over all rounds."""

STEMS = (
    "a b",
    "new\nline",
    "naïve",
    "שלום",
    "quote\"'",
    "<b>",
    "-rf",
    "$(id)",
    "..",
    "%2e",
    "\u202e",
    "x" * 200,
    "\udcff",
)
LINKS = ("link to itself", "link to the folder above", "link to nowhere", "pipe", "folder of a file's name")


def soak(seed, count):
    chance, kinds = random.Random(seed), collections.Counter()
    read = skipped = 0
    for first in range(0, count, ROUND):
        with tempfile.TemporaryDirectory() as place:
            one, two = _round(chance, Path(place), min(ROUND, count - first), kinds)
            read, skipped = read + one, skipped + two
    missing = {*KINDS, *LINKS} - {*kinds}
    assert not missing or count < ROUND, f"never came up: {missing}"
    large = _large() if count >= ROUND else "no large ones among so few"
    return (
        f"{count} files of {len(kinds)} kinds (each at least {min(kinds.values())} times), {read} documents read, "
        f"{skipped} inputs told of as skipped, nothing lost; {large}"
    )


def make(chance, folder, many, kinds):
    """So many files, some with bad metadata beside them, some no files at all; the paths that are to be told of."""
    return [_one(chance, folder, number, kinds) for number in range(many)]


def _one(chance, folder, number, kinds):
    kind = chance.choice([*KINDS, *LINKS] if chance.random() < 0.3 else [*KINDS])
    suffix = SUFFIXES.get(kind, ".txt") if chance.random() < 0.8 else chance.choice(ANY)
    path = folder / f"{number}{chance.choice(STEMS)}{suffix}"
    kinds[kind] += 1
    if kind in KINDS:
        path.write_bytes(KINDS[kind](chance))
        if chance.random() < 0.1 and suffix:
            path.with_suffix(".json").write_bytes(
                KINDS[chance.choice(["JSON Lines", "binary", "empty", "names"])](chance)
            )
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder of a file's name":
        (path / "in it").mkdir(parents=True)
        (path / "in it" / f"{number}.txt").symlink_to(path, target_is_directory=True)
    else:
        path.symlink_to({"link to itself": path.name, "link to nowhere": "nowhere"}.get(kind, folder))
    return path


def _round(chance, place, many, kinds):
    (place / "in").mkdir()
    paths, start = make(chance, place / "in", many, kinds), time.process_time()
    before = {path.name for path in place.iterdir()}
    result, took = _built(place)
    slowest = max(took, key=took.get)
    assert took[slowest] < SLOWEST, f"{slowest!r} took {took[slowest]:.1f} s to read"
    assert time.process_time() - start < A_FILE * many + 60
    assert {path.name for path in place.iterdir()} == before | {"out"}
    told = {name for item in result.skipped for name in (item.path, *item.path.split("/"))}
    told |= {name.partition(":")[0] for name in told}
    for path in paths:
        assert path in took or one_line(path.name) in told, f"lost: {path.name!r}"
    _check(place / "out", result)
    return len(result.annotations), len(result.skipped)


def _built(place):
    """The build, and by path of each file that gave something, a document or why not, how long that took."""
    took = {Path(): 0.0}
    read_file = readers._read_file

    def timed(file, *more):
        start = time.process_time()
        if found := list(read_file(file, *more)):
            took[file.path] = time.process_time() - start
        return found

    with (
        mock.patch.object(writers, "_page", return_value=contextlib.nullcontext(["<page>"])),
        mock.patch.object(readers, "_read_file", timed),
    ):
        return run(place / "in", output=place / "out", model=fake.Reads()), took


def _large():
    """200 MB in one line of each format, and 100,000 names in one article: cut or skipped, and told of."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        with (folder / "line.txt").open("wb") as file:
            for _ in range(200):
                file.write(b"Acme " * 200_000)
        for suffix in (".md", ".html", ".jsonl", ".eml", ".docx", ".pdf", ".warc", ".gz"):
            (folder / f"line{suffix}").hardlink_to(folder / "line.txt")
        (folder / "names.txt").write_text(" ".join(f"Name{number}" for number in range(100_000)))
        start = time.process_time()
        result, _ = _built(Path(place))
        taken = time.process_time() - start
        told = {item.path.rpartition("/")[2].partition(":")[0] for item in result.skipped}
        assert {path.name for path in folder.iterdir()} <= told, told
        assert taken < 120, taken
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY
        most = max(len(item.mentions) for item in result.annotations)
    return f"9 of 200 MB in one line and one of 100,000 names in {taken:.0f} s, at most {most} mentions of one kept"


def _check(folder, result):
    """What was written is well formed, and nothing of it can act."""
    for name in ("graph.ttl", "graph.trig"):
        assert sum(1 for _ in pyoxigraph.parse(path=folder / name))
    assert "<script>" not in (folder / "report.md").read_text("utf-8")
    for item in result.annotations:
        assert isinstance(item.document, Document)
        assert len(item.document.text) <= 200_000
        assert "root:" not in item.document.text
        item.document.text.encode()
