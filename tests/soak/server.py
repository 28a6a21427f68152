"""Sends hostile requests to `kg serve`, which must answer each, tell no traceback, keep its memory and stay alive."""

from __future__ import annotations

import collections
import random
import re
import tempfile
from pathlib import Path

from tests.serve.running import TRIG, serving
from tests.soak._requests import POINT, exchange, request

COUNT = 5000
WAIT = 30
"""Seconds for one answer; the server's own limit is two."""

MEMORY = 300
"""Megabytes that the server itself may need at most."""

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_TOLD = re.compile(rb"Traceback|File \"/|panicked|site-packages")


def soak(seed, count):
    """Sends `count` requests, each followed by a plain one now and then that must be answered."""
    chance, seen = random.Random(seed), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graphs.trig"
        path.write_text(TRIG, encoding="utf-8")
        with serving(path, "--timeout", 2, "--memory", 256, "--size", 1) as server:
            for number in range(count):
                data, ends = request(chance)
                answer = exchange(server.address, data, wait=WAIT, ends=ends)
                status = _STATUS.match(answer)
                seen[status[1].decode() if status else "none"] += 1
                assert not _TOLD.search(answer), (number, data, answer)
                assert not status or status[1] != b"500", (number, data, answer)
                assert server.process.poll() is None, (number, data)
                if number % 50 == 0:
                    assert b" 200 OK" in exchange(server.address, POINT, wait=WAIT), (number, data)
            most = _peak(server.process.pid)
            assert most < MEMORY, most
    return f"{count} requests, by status {dict(sorted(seen.items()))}, server at most {most:.0f} MB"


def _peak(pid):
    """Megabytes that a process held at most; Linux tells it, and nothing elsewhere."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024
