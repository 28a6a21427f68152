"""A cluster of dask's as it is: a scheduler and workers that are processes of their own, on the loopback interface."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.annotating import cluster, engines
from kg.errors import KgError

pytest.importorskip("distributed")

ROOT = Path(__file__).parent.parent.parent
# What distributed does as it starts and ends is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def slow_squares(batch):
    time.sleep(0.2)
    return [number * number for number in batch]


@contextlib.contextmanager
def process(*arguments):
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]], env=env
    ) as made:
        try:
            yield made
        finally:
            made.kill()


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(tmp_path):
    """Takes longer than a test should: four processes start."""
    where = tmp_path / "scheduler.json"
    common = ("--scheduler-file", str(where))
    worker = ("worker", *common, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    with process("scheduler", *common, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"):
        while not where.exists():
            time.sleep(0.1)
        address = json.loads(where.read_text())["address"]
        with process(*worker) as first, process(*worker), cluster.dask(scheduler=address) as executor:
            found = {}
            for number, square in engines.done(slow_squares, [(n, n + 1) for n in range(0, 40, 2)], executor=executor):
                found[number] = square
                if number == 4:
                    first.kill()
    assert found == {number: number * number for number in range(40)}


def test_a_scheduler_that_does_not_answer_is_told_of():
    import dask

    patience = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with patience, pytest.raises(KgError, match="no scheduler"), cluster.dask(scheduler="tcp://127.0.0.1:9"):
        pass
