"""One point query, as a whole process, `kg query` beside pyoxigraph and rdflib: python -m benchmarks.query [TRIPLES …].

Each is asked in turn, so that all meet the same load; printed are medians, of CPU seconds and peak memory as well.
rdflib is left out above 200,000 triples, parsing with pyoxigraph above 1,000,000: they need minutes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg import vocab

SIZES = (100_000, 1_000_000)
RDFLIB_UP_TO, PARSED_UP_TO = 200_000, 1_000_000
QUERY = "SELECT ?name { id:thing-77 kg:partnerOf/rdfs:label ?name }"
_FULL = "".join(f"PREFIX {name}: <{vocab.PREFIXES[name]}> " for name in ("id", "kg", "rdfs")) + QUERY
_OPENED = "import sys, pyoxigraph as o; s = o.Store.read_only(sys.argv[1]); print(list(s.query(sys.argv[2])))"
_PARSED = (
    "import sys, pyoxigraph as o; s = o.Store(); s.load(path=sys.argv[1], format=o.RdfFormat.TRIG); "
    "print(list(s.query(sys.argv[2])))"
)
_RDFLIB = (
    "import sys, rdflib; g = rdflib.Dataset(default_union=True); g.parse(sys.argv[1], format='trig'); "
    "print(list(g.query(sys.argv[2])))"
)


class Run(NamedTuple):
    """Seconds by the clock and of CPU, and peak memory in MB, of a process."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Makes a graph of each size and prints a table for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, metavar="TRIPLES", default=SIZES)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as place:
            measure(Path(place), size, given.runs)


def measure(folder: Path, size: int, runs: int) -> None:
    """Fills the folder with a graph and asks it in each way, in turn."""
    trig = folder / "graph.trig"
    with trig.open("w", encoding="utf-8") as file:
        file.writelines(triples(size))
    (folder / "graph.jsonl").touch()
    kg = [str(Path(sys.executable).with_name("kg")), "query", QUERY, "-o", str(folder)]
    first = run(kg)
    print(f"\n{size:,} triples, {trig.stat().st_size / 1e6:.0f} MB; median of {runs} runs")
    print(f"the first query, which makes the database: {first.wall:.2f} s, {first.memory:.0f} MB")
    (database,) = (path for path in (folder / "store").iterdir() if path.is_dir())
    ways = {
        "kg query": kg,
        "pyoxigraph, the same database opened": [sys.executable, "-c", _OPENED, str(database), _FULL],
    }
    if size <= PARSED_UP_TO:
        ways["pyoxigraph, the file parsed"] = [sys.executable, "-c", _PARSED, str(trig), _FULL]
    if size <= RDFLIB_UP_TO:
        ways["rdflib, the file parsed"] = [sys.executable, "-c", _RDFLIB, str(trig), _FULL]
    found: dict[str, list[Run]] = {way: [] for way in ways}
    for _ in range(runs):
        for way, command in ways.items():
            found[way].append(run(command))
    middle = {
        way: Run(*(statistics.median(column) for column in zip(*each, strict=True))) for way, each in found.items()
    }
    own = middle["kg query"]
    for way, each in middle.items():
        ratio = f"{each.wall / own.wall:7.2f} times kg query by the clock, {each.cpu / own.cpu:.2f} by CPU"
        print(f"{way:38} {each.wall:7.3f} s  {each.cpu:7.3f} s CPU  {each.memory:5.0f} MB  {ratio}")


def run(command: list[str]) -> Run:
    """One process from its start to its end; what it prints has to hold the answer."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        shown = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    assert process.returncode == 0, shown
    assert b"Thing" in shown, shown
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def triples(size: int) -> Iterator[str]:
    """Statements as `kg build` writes them, ten triples each: a thing, its name, a relation, its node and evidence."""
    base, rdf = vocab.BASE, vocab.RDF
    for number in range(max(size // 10, 100)):
        thing, other = f"<{base}id/thing-{number}>", f"<{base}id/thing-{number * 7919 % max(size // 10, 100)}>"
        node, said = f"<{base}statement/{number:016x}>", f"<{base}evidence/{number:016x}>"
        yield (
            f'{thing} a <{vocab.KG}Company> ; <{vocab.LABEL}> "Thing {number}" ; <{vocab.KG}partnerOf> {other} .\n'
            f"{node} a <{rdf}Statement> ; <{rdf}subject> {thing} ; <{rdf}predicate> <{vocab.KG}partnerOf> ; "
            f"<{rdf}object> {other} ; <{vocab.PROV}wasDerivedFrom> {said} .\n"
            f'{said} <{vocab.OA}exact> "Thing {number} works with another thing, people said on Monday." ; '
            f"<{vocab.OA}hasSource> <{base}doc/{number // 50}> .\n"
        )


if __name__ == "__main__":
    main()
