"""Stages: how far they are, and how long they take."""

from __future__ import annotations

import json

from kg.stages import LOG, Clock


def test_each_step_of_a_stage_is_told_with_how_many_there_are():
    told = []
    clock = Clock(lambda *step: told.append(step))
    assert list(clock.each("read", "ab", of=2)) == ["a", "b"]
    assert clock.one("write", lambda: 7) == 7
    assert told == [("read", 0, 2), ("read", 1, 2), ("read", 2, 2), ("write", 0, 1), ("write", 1, 1)]
    assert list(clock.seconds) == ["read", "write"]


def test_what_comes_by_the_million_is_told_of_now_and_then_and_a_stage_goes_on():
    told = []
    clock = Clock(lambda *step: told.append(step))
    assert list(clock.each("read", range(5), step=2)) == list(range(5))
    assert list(clock.each("read", range(3), step=2)) == list(range(3))
    assert told == [("read", done, 0) for done in (0, 2, 4, 5, 5, 6, 8)]


def test_the_log_holds_what_was_read_and_the_seconds_of_each_stage(tmp_path):
    clock = Clock(None)
    clock.seconds = {"read": 0.12345}
    clock.log(tmp_path, documents=2, characters=30)
    assert json.loads((tmp_path / LOG).read_text()) == {"documents": 2, "characters": 30, "seconds": {"read": 0.123}}
