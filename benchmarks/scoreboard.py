"""Runs the measurements one after the other and writes benchmarks/scoreboard.md: python -m benchmarks.scoreboard.

Each figure stands beside the command that made it. What can't be measured here (a peer that is not installed, a test
set that is not at hand) is a line that says so and how to get it, and never a failure. `--quick` takes as little of
each as shows that it runs; its figures mean nothing.
"""

from __future__ import annotations

import argparse
import csv
import glob
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed import cpu

ROOT = Path(__file__).parent.parent
PATIENCE = 600
FEW = "training/corpus/stance-16.txt"
SCORES = r"(?P<name>.+?)\s+(?P<figure>P\s.+?F\s+[\d.]+)(?P<more>.*)"
LINE = r"(?P<name>.+?)\s{2,}(?P<figure>[\d.]+) (?P<more>.+)"
ABSENT = re.compile(r"(?P<name>.+?)\s+(?P<figure>not (?:installed|at hand)): (?P<more>.*)|(?P<error>found no .*)")


class Figure(NamedTuple):
    """What was measured, by which command; the figure as the command gives it, and its unit or circumstances."""

    name: str
    command: str
    figure: str
    unit: str = ""


class Source(NamedTuple):
    """A command, the same on little, and how a line of what it prints names a figure (groups name, figure, more)."""

    heading: str
    command: str
    quick: str
    line: str


SOURCES = (
    Source(
        "Reading: our annotated documents that were never trained on",
        "kg evaluate training/corpus/*-6.txt",
        f"kg evaluate {FEW}",
        r"(?P<name>\w+)\s+(?P<figure>P\s.+?F\s+[\d.]+|\d[\d.]*)(?P<more>.*)",
    ),
    Source(
        "Reading: public test sets, types mapped as benchmarks/public.py tells",
        "python -m benchmarks.public",
        "python -m benchmarks.public --most 3",
        SCORES,
    ),
    Source(
        "Names, side by side on the same documents",
        "python -m benchmarks.names",
        f"python -m benchmarks.names {FEW}",
        SCORES,
    ),
    Source("Identity: pairs of names", "python -m benchmarks.pairs", "python -m benchmarks.pairs", LINE),
    Source(
        "Speed and memory of reading", "python -m benchmarks.speed", f"python -m benchmarks.speed --runs 1 {FEW}", LINE
    ),
    Source(
        "The page, side by side: a graph of 500 entities",
        "python -m benchmarks.peers.pyvis_page 500",
        "python -m benchmarks.peers.pyvis_page 50",
        LINE,
    ),
    Source(
        "The page in a browser, by entities",
        "python -m benchmarks.view 50 500 10000",
        "python -m benchmarks.view 50",
        r"\| (?P<name>[\d,]+) \|(?P<more> .*) \|",
    ),
    Source(
        "One point query, a process from start to end, side by side",
        "python -m benchmarks.query 100000",
        "python -m benchmarks.query 1000 --runs 1",
        r"(?P<name>(?:kg query|pyoxigraph|rdflib).*?)\s{2,}(?P<figure>[\d.]+) (?P<more>.+)",
    ),
)


def figures(source: Source, *, quick: bool) -> Iterator[Figure]:
    """What a command prints, as figures; one that says so where it fails."""
    command = source.quick if quick else source.command
    done = run(command)
    heads: list[str] = []
    count = 0
    for line in done.stdout.splitlines():
        if line.startswith("| ") and not line[2:3].isdigit():
            heads = [cell.strip() for cell in line.strip("| ").split("|")][1:]
        found = ABSENT.fullmatch(line) or re.fullmatch(source.line, line)
        if found:
            count += 1
            yield from _of(found.groupdict(), command, heads)
    if done.returncode or not count:
        told = (done.stderr.strip().splitlines() or ["it printed no figure"])[-1]
        yield Figure("not measured", command, "–", told.replace(str(ROOT), "."))  # noqa: RUF001 - a dash in a table


def _of(groups: dict[str, str | None], command: str, heads: list[str]) -> Iterator[Figure]:
    name, more = (groups.get("name") or "").strip(), (groups.get("more") or "").strip()
    if heads:
        for head, value in zip(heads, more.split("|"), strict=False):
            yield Figure(f"{name}: {head}", command, value.strip())
    else:
        yield Figure(name or "not measured", command, " ".join((groups.get("figure") or "").split()), more)


def run(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as it is written, in the project's folder, with this Python."""
    words = shlex.split(command)
    own = [sys.executable, "-m", "kg"] if words[0] == "kg" else [sys.executable]
    given = [path for word in words[1:] for path in (sorted(glob.glob(word, root_dir=ROOT)) or [word])]  # noqa: PTH207
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    whole = [*own, *given]
    try:
        return subprocess.run(
            whole, cwd=ROOT, env=os.environ | single, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(whole, 1, "", f"took longer than {PATIENCE} seconds")


def published() -> Iterator[Figure]:
    """What was told elsewhere of peers that need a language-model service."""
    with (Path(__file__).parent / "peers" / "published.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Figure(row["what"], row["source"], row["figure"])


def write(parts: list[tuple[str, list[Figure]]]) -> str:
    """The page: a table for each heading."""
    lines = [
        "# Scoreboard",
        "",
        f"Made by `make bench` on {cpu()}, {os.cpu_count()} cores; each figure by the command beside it.",
        "P, R and F are precision, recall and their harmonic mean, in percent.",
    ]
    for heading, rows in parts:
        last = "source" if heading.startswith("Published") else "command"
        lines += ["", f"## {heading}", "", f"| what | figure | | {last} |", "|---|---|---|---|"]
        for row in rows:
            command = row.command if last == "source" else f"`{row.command}`"
            cells = (row.name, row.figure, row.unit, command)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, write, tell where."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_suffix(".md"))
    parser.add_argument("--quick", action="store_true", help="a little of each, to see that it runs")
    parser.add_argument("--only", default="", metavar="WORD", help="the measurements whose command holds this")
    given = parser.parse_args()
    told = ("Published, not measured: peers that need a language-model service", list(published()))
    parts: list[tuple[str, list[Figure]]] = []
    for source in SOURCES:
        if given.only in source.command:
            print(source.heading, flush=True)
            parts.append((source.heading, list(figures(source, quick=given.quick))))
            beside = given.output.with_suffix(".new")
            beside.write_text(write([*parts, told]), encoding="utf-8")
            beside.replace(given.output)  # what was measured stays, whatever happens to the rest


if __name__ == "__main__":
    main()
