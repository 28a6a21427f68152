"""How many point queries `kg serve` answers, and how quickly, alone and beside a runaway query.

    python -m benchmarks.serve [TRIPLES] [SECONDS]

Four clients, each a process with one connection, ask for the properties of one of 100,000 triples' subjects after the
other. On Linux server, workers and clients are held to two CPUs. Then the same beside a query that never ends.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from urllib.parse import quote, urlsplit

CLIENTS, CPUS = 4, 2
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FLOOR, WORST, BESIDE = 1000, 50, 100
"""Queries a second; milliseconds that 99 of 100 stay below, alone and beside a runaway query."""


def data(path: Path, triples: int) -> int:
    """A file of N-Triples, ten for each subject; how many subjects there are."""
    subjects = triples // 10
    with path.open("w", encoding="utf-8") as file:
        for number in range(subjects):
            for row in range(10):
                value = f'"value {number} {row}"' if row % 2 else f"<http://e/s{number * 7919 % subjects}>"
                file.write(f"<http://e/s{number}> <http://e/p{row}> {value} .\n")
    return subjects


@contextlib.contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of a server over a file."""
    command = [sys.executable, "-m", "kg", "serve", str(path), "--port", "0", "--timeout", "30"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[0]
        finally:
            process.terminate()


def client(address: str, subjects: int, seconds: float, seed: int, told: SimpleQueue[list[float]]) -> None:
    """Asks over one connection for so long; tells the milliseconds that each answer took, -1 for a failure."""
    chance, taken = random.Random(seed), []  # noqa: S311
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        query = quote(f"SELECT ?p ?o {{ <http://e/s{chance.randrange(subjects)}> ?p ?o }}")
        connection.request("GET", f"/sparql?query={query}", headers={"Accept": "application/sparql-results+json"})
        found = connection.getresponse()
        well = found.status == 200 and found.read().count(b'"o":') == 10
        taken.append((time.perf_counter() - start) * 1000 if well else -1)
    told.put(taken)


def load(address: str, subjects: int, seconds: float) -> tuple[float, float, float, int]:
    """Queries a second, median and 99th percentile in milliseconds, failures."""
    told: SimpleQueue[list[float]] = multiprocessing.SimpleQueue()
    clients = [
        multiprocessing.Process(target=client, args=(address, subjects, seconds, seed, told)) for seed in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    taken = [each for _ in clients for each in told.get()]
    for each in clients:
        each.join()
    well = sorted(each for each in taken if each >= 0)
    return len(well) / seconds, statistics.median(well), well[int(len(well) * 0.99)], len(taken) - len(well)


def runaway(address: str) -> None:
    """A query that does not end by itself."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", f"/sparql?query={quote(RUNAWAY)}")
    connection.getresponse().read()


def main(triples: int = 100_000, seconds: float = 10) -> int:
    """Print both loads; 1 where a floor is not held."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CPUS])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.nt"
        subjects = data(path, triples)
        with serving(path) as address:
            load(address, subjects, 1)  # warm
            alone = load(address, subjects, seconds)
            threading.Thread(target=runaway, args=(address,), daemon=True).start()
            time.sleep(1)
            beside = load(address, subjects, min(seconds, 25))
    for name, (rate, median, worst, failed) in (("alone", alone), ("beside a runaway query", beside)):
        print(f"{name}: {rate:,.0f} queries/s, median {median:.1f} ms, p99 {worst:.1f} ms, {failed} failed")
    held = alone[0] >= FLOOR and alone[2] <= WORST and beside[2] <= BESIDE and not alone[3] + beside[3]
    print(f"load before the start, 1 minute: {os.getloadavg()[0]:.1f}; the floors are {'held' if held else 'NOT held'}")
    return int(not held)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
