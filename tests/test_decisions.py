from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import vocab
from kg.decisions import Choice, add, choices, read
from kg.errors import KgError

A, B, C = (f"{vocab.BASE}doc/a-1#e{number}" for number in (1, 2, 3))


def pairs(path):
    return {(item.subject, item.predicate.rsplit("#")[-1], item.object) for item in read(path)}


def test_decisions_come_back_as_statements_with_who_and_why(tmp_path):
    path = tmp_path / "decisions.ttl"
    add(path, Choice((A,), (B, C), same=False, reason='"Turbo" is\nanother', by="Ada"))
    assert pairs(path) == {(A, "differentFrom", B), (A, "differentFrom", C)}
    (evidence,) = read(path)[0].evidence
    assert (evidence.reason, evidence.reader, evidence.score) == ('decided by Ada: "Turbo" is another', "person", 1.0)


def test_a_file_only_grows_and_of_two_decisions_about_a_pair_the_later_holds(tmp_path):
    path = tmp_path / "decisions.ttl"
    add(path, Choice((A,), (B,), same=True, reason="", by=""))
    before = path.read_bytes()
    add(path, Choice((B,), (A,), same=False, reason="", by=""))
    assert path.read_bytes().startswith(before)
    assert pairs(path) == {(A, "differentFrom", B)}
    assert [choice.same for choice in choices(path)] == [True, False]


def test_it_is_turtle_that_others_read(tmp_path):
    path = tmp_path / "decisions.ttl"
    add(path, Choice((A,), (B,), same=True, reason="why", by="Ada"))
    found = {quad.predicate.value.rsplit("#")[-1] for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    assert {"type", "subject", "predicate", "object", "comment"} <= found


def test_no_file_is_no_decision_and_a_broken_one_is_named(tmp_path):
    path = tmp_path / "decisions.ttl"
    assert read(path) == ()
    path.write_text("<a> <b", encoding="utf-8")
    with pytest.raises(KgError, match=r"decisions\.ttl can't be read"):
        read(path)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_reason_and_name_come_back(tmp_path_factory, reason, by):
    path = tmp_path_factory.mktemp("any") / "decisions.ttl"
    reason, by = (text.encode("utf-8", "ignore").decode() for text in (reason, by))
    add(path, Choice((A,), (B,), same=True, reason=reason, by=by))
    (choice,) = choices(path)
    assert (choice.reason, choice.by) == (" ".join(reason.split()), " ".join(by.split()))
