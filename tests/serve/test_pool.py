"""Limits: a query that takes too long, needs too much or is nested too deeply ends alone, and the next is answered."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.serve.frames import HEAD, Task, read_head
from tests.serve.running import serving

POINT = "SELECT ?name { id:openai rdfs:label ?name }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
WIDE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


def quickly(server):
    """Whether the point query is answered at once, the machine being as busy as it may."""
    taken = []
    for _ in range(9):
        start = time.perf_counter()
        found = server.query(POINT, accept="text/csv")
        assert (found.status, found.text.split()) == (200, ["name", "OpenAI"])
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) < 0.5


def test_a_query_without_end_is_ended_at_its_time_and_the_next_one_is_answered(articles):
    start = time.perf_counter()
    found = articles.query(ENDLESS)
    assert found.status == 503
    assert found.text == "no answer within 2 s; narrow the query or set a LIMIT\n"
    assert 1.9 < time.perf_counter() - start < 5
    assert quickly(articles)


def test_a_query_that_hoards_is_ended_at_its_memory(articles):
    found = articles.query(SORTED)
    assert found.status == 503
    assert "more memory than it may have" in found.text or "no answer within" in found.text
    assert quickly(articles)


def test_an_answer_without_end_is_not_sent(articles):
    found = articles.query(WIDE, accept="text/csv")
    assert (found.status, found.text) == (503, "the answer is larger than 1 MB; narrow the query or set a LIMIT\n")
    assert quickly(articles)


def test_a_query_nested_too_deeply_ends_its_worker_alone(articles):
    found = articles.query("ASK {" + "{" * 9000 + "}" * 9000 + "}")
    assert found.status in (400, 503)
    assert quickly(articles)


def test_quick_queries_are_answered_while_long_ones_run(articles):
    long = [threading.Thread(target=articles.query, args=(ENDLESS,)) for _ in range(4)]
    for each in long:
        each.start()
    time.sleep(0.6)
    assert quickly(articles)
    for each in long:
        each.join()


def test_more_long_queries_than_places_are_told_so_and_none_hangs(articles):
    found = []
    asking = [threading.Thread(target=lambda: found.append(articles.query(ENDLESS).status)) for _ in range(12)]
    for each in asking:
        each.start()
    for each in asking:
        each.join(timeout=20)
    assert found == [503] * 12
    assert quickly(articles)


def test_who_goes_away_takes_the_query_along(folder):
    with serving(folder, "--timeout", 30, "--workers", 1) as server:
        assert quickly(server)
        idle = set(server.offspring)
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(1)
            assert len(server.offspring) == len(idle) + 1
        until = time.monotonic() + 10
        while len(server.offspring) > len(idle) and time.monotonic() < until:
            time.sleep(0.1)
        assert len(server.offspring) == len(idle)


def test_a_worker_that_dies_is_replaced(folder):
    with serving(folder, "--workers", 1) as server:
        assert quickly(server)
        nursery, worker = server.offspring
        os.kill(worker, signal.SIGKILL)
        assert server.query(POINT).status in (200, 503)
        assert quickly(server)
        assert len(server.offspring) == 2
        assert server.offspring[0] == nursery


def test_a_nursery_that_dies_is_replaced(folder):
    with serving(folder, "--workers", 1) as server:
        assert quickly(server)
        nursery, worker = server.offspring
        os.kill(nursery, signal.SIGKILL)
        assert quickly(server)  # by the worker that is left
        os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + 30
        while server.query(POINT).status != 200 and time.monotonic() < until:
            time.sleep(0.1)
        assert quickly(server)
        assert len(server.offspring) == 2
        assert not {nursery, worker} & set(server.offspring)


def test_a_query_without_end_is_ended_though_the_nursery_is_dead(folder):
    with serving(folder, "--workers", 1, "--timeout", 2) as server:
        assert quickly(server)
        nursery, worker = server.offspring
        os.kill(nursery, signal.SIGKILL)
        assert server.query(ENDLESS).status == 503
        until = time.monotonic() + 10
        while lives(worker) and time.monotonic() < until:
            time.sleep(0.1)
        assert not lives(worker)


@pytest.mark.parametrize("times", [1, 2])
def test_who_waits_when_the_server_closes_is_told_so(folder, times):
    """More wait than there are workers; a second Ctrl-C changes nothing. `serving` looks for tracebacks."""
    with serving(folder, "--workers", 1, "--timeout", 30) as server:
        found = []
        asking = [threading.Thread(target=lambda: found.append(server.query(ENDLESS))) for _ in range(7)]
        for each in asking:
            each.start()
        time.sleep(2)
        for _ in range(times):
            server.process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        server.process.wait(timeout=20)
        for each in asking:
            each.join(timeout=20)
        assert [(each.status, each.text) for each in found] == [(503, "the server is closing\n")] * 7


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nobody_is_left_behind(folder, end):
    with serving(folder) as server:
        asking = threading.Thread(target=in_vain, args=(server,))
        asking.start()
        time.sleep(0.6)
        left = server.offspring
        server.process.send_signal(end)
        server.process.wait(timeout=20)
        until = time.monotonic() + 10
        while any(map(lives, left)) and time.monotonic() < until:
            time.sleep(0.05)
        asking.join(timeout=20)
        assert not any(map(lives, left))


def in_vain(server):
    """A query that does not end before the server does."""
    with contextlib.suppress(OSError, HTTPException):
        assert server.query(ENDLESS).status == 503


def lives(pid):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


ALONE = """
import socket, sys
from pathlib import Path
from kg.query import messages
from kg.serve.data import Source
from kg.serve.worker import prepare, work

prepare()
messages.calls_out = lambda query: False
with socket.socket(fileno=int(sys.argv[1])) as connection, Source(Path(sys.argv[2])).opened() as store:
    work(connection, store, memory=1 << 28, size=1 << 20)
"""


def test_no_query_opens_a_connection(graphs):
    """Even if the look at the words of a query were deceived: the worker can open nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            command = [sys.executable, "-c", ALONE, str(theirs.fileno()), str(graphs)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            alone = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)
            ours.settimeout(20)
            query = f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
            ours.sendall(Task(query, "text/csv", "").packed())
            status, _, _, length = read_head(ours.recv(HEAD.size, socket.MSG_WAITALL))
            said = ours.recv(length, socket.MSG_WAITALL)
        alone.wait(timeout=20)
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert (status, b"Too many open files" in said) == (400, True)
