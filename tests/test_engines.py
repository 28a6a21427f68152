from __future__ import annotations

import concurrent.futures as cf
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import engines
from kg.errors import KgError

NUMBERS = [tuple(range(start, start + 5)) for start in range(0, 40, 5)]
SQUARES = {number: number * number for number in range(40)}


def squares(batch):
    return [number * number for number in batch]


def deadly(batch):
    """Ends the process at 13, whoever runs it."""
    if 13 in batch:
        os.kill(os.getpid(), 9)
    return squares(batch)


class Once:
    """Ends the process at 13 the first time only."""

    def __init__(self, mark):
        self.mark = mark

    def __call__(self, batch):
        if 13 in batch and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), 9)
        return squares(batch)


def slow(batch):
    Path(batch[0]).write_text(str(os.getpid()))
    time.sleep(60)
    return batch


def wrong(_):
    raise KgError("no model")


@pytest.mark.parametrize("options", [{}, {"jobs": 2}])
def test_each_item_comes_with_its_result(options):
    assert dict(engines.done(squares, NUMBERS, **options)) == SQUARES


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_is_done_beside_other_work(jobs):
    with engines.beside(squares, (1, 2), jobs=jobs) as found:
        assert found() == [1, 4]


def test_work_beside_is_done_here_where_its_process_is_killed(tmp_path):
    with engines.beside(Once(tmp_path / "mark"), (13,), jobs=2) as found:
        assert found() == [169]


def test_anything_shaped_like_an_executor_does_the_work():
    with cf.ThreadPoolExecutor(3) as threads:
        assert dict(engines.done(squares, NUMBERS, executor=threads)) == SQUARES


def test_a_process_that_is_killed_costs_nothing(tmp_path):
    assert dict(engines.done(Once(tmp_path / "killed"), NUMBERS, jobs=2)) == SQUARES


def test_an_item_that_ends_every_process_costs_itself_alone():
    assert dict(engines.done(deadly, [(11, 12), (13, 14)], jobs=2)) == {11: 121, 12: 144, 13: None, 14: 196}


def test_an_engine_that_loses_a_batch_is_asked_again():
    class Forgetful(cf.ThreadPoolExecutor):
        asked = 0

        def submit(self, work, batch):
            self.asked += 1
            return super().submit(work if self.asked > 1 else self.lose, batch)

        def lose(self, _):
            raise ConnectionError("the worker is gone")

    with Forgetful(1) as engine:
        assert dict(engines.done(squares, NUMBERS, executor=engine)) == SQUARES


def test_an_engine_that_loses_a_batch_again_and_again_is_given_up():
    class Lost(cf.ThreadPoolExecutor):
        def submit(self, *_):
            return super().submit(lambda: 1 // 0)

    with Lost(1) as engine, pytest.raises(KgError, match=r"could not do a batch of 5 \(ZeroDivisionError"):
        list(engines.done(squares, NUMBERS, executor=engine))


def test_an_error_of_ours_stops_the_work():
    with pytest.raises(KgError, match="no model"):
        list(engines.done(wrong, NUMBERS, jobs=2))


def test_what_processes_can_not_be_sent_is_told_of():
    with pytest.raises(KgError, match="can't be sent to other processes"):
        list(engines.done(lambda batch: batch, NUMBERS, jobs=2))


def test_processes_end_with_the_one_that_started_them(tmp_path):
    code = (
        "import sys; from kg import engines; from tests.test_engines import slow\n"
        "if __name__ == '__main__': list(engines.done(slow, [(sys.argv[1],)], jobs=2))"
    )
    script = tmp_path / "parent.py"
    script.write_text(code)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, script, tmp_path / "pid"], env=env) as parent:
        pid = int(_when(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
        parent.kill()
    _when(lambda: not _runs(pid))


def _runs(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
    except FileNotFoundError:
        return False


def _when(asked):
    for _ in range(600):
        if found := asked():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen within half a minute")
