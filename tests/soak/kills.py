"""Kills builds, merges and decisions at random moments: files are always of one run, the next run gives the same bytes.

What is killed is a fork of this process, which has loaded everything: a new one would take more time to start than to
work. The page is left to its own tests, since drawing it would take most of the time.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import tempfile
import time
import traceback
from pathlib import Path
from unittest import mock

from kg import deciding, writers
from kg.build import run
from kg.errors import KgError
from kg.merge import merge
from tests import fake

COUNT = 200
CALM = 8  # kills between two runs that may end

WORDS = ("Acme", "Brill", "Corro", "Dovetail", "Ember", "Fjord", "met", "left", "raised", "the", "founders", "of")
OF_A_RUN = {".run.json", ".cache", ".lock", "store"}
"""What may differ: times, what was kept to be read once, and the lock of a run that was killed."""

FOREIGN = """@prefix schema: <http://schema.org/> .
<http://f.example/acme> a schema:Organization ; schema:name "Acme" ; schema:url <http://acme.example/> .
<http://f.example/zorg> a schema:Organization ; schema:name "Zorg" ; schema:parentOrganization <http://f.example/acme> .
"""


def soak(seed, count):
    with (
        tempfile.TemporaryDirectory() as place,
        mock.patch.object(writers, "_page", return_value=contextlib.nullcontext(["<page>" * 20_000])),
    ):
        return _soak(random.Random(seed), count, Path(place))


def _soak(chance, count, place):
    articles = [_articles(chance, place / name) for name in ("one", "two")]
    for each in articles:
        run(each, output=place / f"built-{each.name}", model=fake.Reads())
    (place / "foreign.ttl").write_text(FOREIGN)
    works = {"built": [("build", each) for each in articles]}
    works["merged"] = [("merge", place / f"built-{each.name}", place / "foreign.ttl") for each in articles]
    longest = {name: max(_calm(work, place / name) for work in each) for name, each in works.items()}
    kinds, number, late = collections.Counter(), 0, 0
    while number < count:
        name = chance.choice([*works, "built"])
        work = chance.choice([*works[name], ("join",), ("split",)])
        jobs = chance.choice([1, 1, 1, 1, 1, 1, 1, 2]) if work[0] == "build" else 1
        hit = _killed(work, place / name, jobs, after=chance.uniform(0, longest[name] * (1 if jobs == 1 else 8)))
        _check(place / name, f"kill {number} of {work[0]}")
        number, late = number + hit, late + (not hit)
        kinds[work[0]] += hit
        if hit and (number % CALM == 0 or number == count):
            for name, each in works.items():
                _compare(chance.choice(each), place / name, place / "new")
    shown = ", ".join(f"{number} of {kind}" for kind, number in sorted(kinds.items()))
    found = "files always of one run, the next run the same bytes"
    return f"{count} kills hit a running process ({shown}), {late} came late; {found}"


def _articles(chance, folder):
    folder.mkdir()
    for number in range(12):
        lines = [" ".join(chance.choices(WORDS, k=12)) for _ in range(12)]
        (folder / f"article {number}.txt").write_text("\n".join(lines))
    return folder


def _work(work, folder, jobs):
    """What is killed; a refusal is an end as good as another."""
    what, *given = work
    with contextlib.suppress(KgError) if what in ("join", "split") else contextlib.nullcontext():
        if what == "build":
            run(*given, output=folder, model=fake.Reads(), jobs=jobs)
        elif what == "merge":
            merge(given, output=folder)
        else:
            {"join": deciding.merge, "split": deciding.split}[what](folder, "Acme", "Brill")


def _fork(work, folder, jobs=1):
    """A process of its own, with its own children, that ends with 0 if all went well; what went wrong is in a file."""
    if process := os.fork():
        return process
    code = 1
    try:
        os.setsid()
        _work(work, folder, jobs)
        code = 0
    except BaseException:  # noqa: BLE001 - told by the one who forked
        folder.with_suffix(".told").write_text(traceback.format_exc())
    finally:
        os._exit(code)


def _calm(work, folder):
    """Runs to the end; how long it took."""
    start = time.perf_counter()
    _, status = os.waitpid(_fork(work, folder), 0)
    assert status == 0, folder.with_suffix(".told").read_text()
    return time.perf_counter() - start


def _killed(work, folder, jobs, *, after):
    """Starts and kills, now the process alone, now its children too; whether it was still running."""
    process = _fork(work, folder, jobs)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if int(after * 1e6) % 2 else os.kill)(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    running = os.WIFSIGNALED(status)
    assert running or status == 0, folder.with_suffix(".told").read_text()
    return running


def _check(folder, when):
    """While there is a manifest, all files are the ones that it lists."""
    if not (folder / "manifest.json").exists():
        return
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["outputs"]
    for name, sha in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha, f"{name} after {when}"


def _compare(work, folder, new):
    """What the next run leaves, beside what a run leaves in a new folder with the same decisions."""
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    with contextlib.suppress(FileNotFoundError):
        shutil.copy(folder / "decisions.ttl", new)
    _calm(work, folder)
    _calm(work, new)
    assert _files(folder) == _files(new)


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in OF_A_RUN}
