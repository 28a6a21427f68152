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
import socket
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
REQUEST = "GET /sparql?query={query} HTTP/1.1\r\nHost: {host}\r\nAccept: application/sparql-results+json\r\n\r\n"
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
    """Asks over one connection for so long; tells the milliseconds that each answer took, -1 for a failure.

    It speaks HTTP by hand: a client that costs more than the server would measure itself.
    """
    chance, taken = random.Random(seed), []  # noqa: S311
    place = urlsplit(address)
    end = time.perf_counter() + seconds
    with socket.create_connection((place.hostname or "", place.port or 80)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (start := time.perf_counter()) < end:
            query = quote(f"SELECT ?p ?o {{ <http://e/s{chance.randrange(subjects)}> ?p ?o }}")
            connection.sendall(REQUEST.format(query=query, host=place.netloc).encode())
            head, body = received(connection)
            well = head.startswith(b"HTTP/1.1 200 ") and body.count(b'"o":') == 10
            taken.append((time.perf_counter() - start) * 1000 if well else -1)
    told.put(taken)


def received(connection: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of an answer that says its length."""
    data = connection.recv(1 << 16)
    while b"\r\n\r\n" not in data:
        data += connection.recv(1 << 16)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r")[0])
    while len(body) < length:
        body += connection.recv(1 << 16)
    return head, body


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
