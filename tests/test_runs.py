"""Sorting and grouping more than memory holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg import runs

RECORDS = st.lists(st.tuples(st.text("ab\0é", max_size=3), st.integers(0, 3)))


@given(RECORDS, st.integers(1, 5))
def test_records_come_in_their_order_as_often_as_they_were_added_however_few_fit_in_memory(
    tmp_path_factory, records, most
):
    with runs.on_disk(tmp_path_factory.getbasetemp()):
        found = runs.Runs(records, most=most)
    assert len(found) == len(records)
    assert list(found) == sorted(records)
    assert list(found) == sorted(records), "a second time"


def test_more_runs_than_may_be_open_are_merged_and_leave_no_files(tmp_path):
    with runs.on_disk(tmp_path):
        found = runs.Runs(((number * 7919 % 1000,) for number in range(1000)), most=3)
    assert list(found) == [(number,) for number in range(1000)]
    assert list(tmp_path.iterdir()) == []


def test_records_are_grouped_by_their_first_field_and_those_alone_left_out():
    assert list(runs.grouped([("b", 1), ("a", 2), ("b", 0), ("b", 1)])) == [[("b", 0), ("b", 1)]]


def test_records_are_gathered_by_their_first_field_on_disk_and_in_memory(tmp_path):
    records = [("b", 1), ("a", 2), ("b", 0), ("b", 1), ("c", 3), ("c", 3)]
    for place in (None, tmp_path):
        with runs.on_disk(place):
            assert list(runs.gathered(records)) == [[("a", 2)], [("b", 0), ("b", 1), ("b", 1)], [("c", 3), ("c", 3)]]
            assert list(runs.grouped(records)) == [[("b", 0), ("b", 1)]]


def test_each_key_is_counted():
    assert sorted(runs.counted(["b", "a", "b"])) == [("a", 1), ("b", 2)]
