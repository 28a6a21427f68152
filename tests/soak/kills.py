"""Kills builds and decisions at random moments: files are always of one run, and the next run gives the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNT = 200
CALM = 8  # kills between two runs that may end

WORDS = ("Acme", "Brill", "Corro", "Dovetail", "Ember", "Fjord", "met", "left", "raised", "the", "founders", "of")
PRIVATE = {".run.json", ".cache", ".lock"}

WORK = """
import sys
from pathlib import Path
from kg import deciding, writers
from kg.build import run
from tests import fake

writers._page = lambda _graph, _title: iter(["<page>" * 20_000])

if __name__ == "__main__":
    what, folder, jobs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    print("go", flush=True)
    if what in ("merge", "split"):
        getattr(deciding, what)(folder, "Acme", "Brill")
    else:
        run(what, output=folder, model=fake.Reads(), jobs=jobs)
"""


def soak(seed, count):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        return _soak(chance, count, Path(place))


def _soak(chance, count, place):
    (place / "work.py").write_text(WORK)
    inputs, folder = [_articles(chance, place / name) for name in ("one", "two")], place / "out"
    longest = max(_calm(place, str(each), folder) for each in inputs)
    killed = 0
    for number in range(count):
        what = chance.choice([*map(str, inputs), "merge", "split"])
        jobs = chance.choice([1, 1, 2])
        killed += _killed(place, what, folder, jobs, after=chance.uniform(0, longest * jobs))
        _check(folder, f"kill {number} of {what}")
        if number % CALM == CALM - 1 or number == count - 1:
            _compare(chance.choice(inputs), folder, place)
    return f"{killed} of {count} kills hit a running process, all files always of one run, each next run the same bytes"


def _articles(chance, folder):
    folder.mkdir()
    for number in range(20):
        lines = [" ".join(chance.choices(WORDS, k=12)) for _ in range(20)]
        (folder / f"article {number}.txt").write_text("\n".join(lines))
    return folder


def _start(place, what, folder, jobs=1):
    root = Path(__file__).parent.parent.parent
    command = [sys.executable, place / "work.py", what, folder, str(jobs)]
    env = {**os.environ, "PYTHONPATH": str(root)}
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline() == "go\n", process.stderr.read()
    return process


def _calm(place, what, folder):
    """Runs to the end; how long it took."""
    process, start = _start(place, what, folder), time.perf_counter()
    _, told = process.communicate()
    assert process.returncode == 0, told
    return time.perf_counter() - start


def _killed(place, what, folder, jobs, *, after):
    """Starts and kills, now the process alone, now its children too; whether it was still running."""
    process = _start(place, what, folder, jobs)
    time.sleep(after)
    running = process.poll() is None
    if int(after * 1000) % 2:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    _, told = process.communicate()
    assert (
        running
        or not process.returncode
        or " are one already" in told
        or "nothing is called" in told
        or ("no article tells" in told)
    ), told
    return running


def _check(folder, when):
    """While there is a manifest, all files are the ones that it lists."""
    if not (folder / "manifest.json").exists():
        return
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["outputs"]
    for name, sha in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha, f"{name} after {when}"


def _compare(source, folder, place):
    """What the next run leaves, beside what a run leaves in a new folder with the same decisions."""
    new = place / "new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    with contextlib.suppress(FileNotFoundError):
        shutil.copy(folder / "decisions.ttl", new)
    _calm(place, str(source), folder)
    _calm(place, str(source), new)
    assert _files(folder) == _files(new)


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in PRIVATE}
