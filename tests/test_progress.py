"""What a build tells of its stages; the tests of the command run it whole."""

from __future__ import annotations

import json

import pytest

from kg.cli import progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "perf_counter", lambda: now[0])
    return now


def run(stages, clock):
    for stage, done, of, when in (("read", 0, 0, 0), ("read", 4, 0, 1), ("annotate", 0, 4, 1), ("annotate", 1, 4, 9)):
        clock[0] = when
        stages(stage, done, of)
    clock[0] = 21
    stages("annotate", 2, 4)
    clock[0] = 31
    stages("annotate", 4, 4)
    stages.end()


def test_each_stage_is_told_at_its_end_and_a_long_one_in_between(clock):
    told = []
    run(progress.Stages(told.append), clock)
    assert told == [
        {"stage": "read", "done": 4, "of": None, "seconds": 1.0},
        {"stage": "annotate", "done": 2, "of": 4, "rate": 0.1, "remaining": 20.0},
        {"stage": "annotate", "done": 4, "of": 4, "rate": 0.13, "remaining": 0.0},
        {"stage": "annotate", "done": 4, "of": 4, "seconds": 30.0},
    ]


def test_for_a_person_it_is_a_line(clock, capsys):
    with progress.progress(verbose=True) as stages:
        run(stages, clock)
    assert capsys.readouterr().err.splitlines() == [
        "kg: read: 4, 1.0 s",
        "kg: annotate: 2 of 4, 0.1 a second, 20 s left",
        "kg: annotate: 4 of 4, 0.1 a second, 0 s left",
        "kg: annotate: 4 of 4, 30.0 s",
    ]


def test_for_a_machine_it_is_json(clock, capsys):
    with progress.progress(log_json=True, quiet=True) as stages:
        run(stages, clock)
    assert json.loads(capsys.readouterr().err.splitlines()[0])["stage"] == "read"
