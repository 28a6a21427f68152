from __future__ import annotations

import json

import pytest

from kg.errors import KgError
from kg.graph import Graph
from kg.merge import stated
from kg.types import Evidence, Literal, Statement

ROW = (Evidence("1", "http://d.example/a", 0, 3, "row"),)
OTHER = (Evidence("2", "http://d.example/a", 4, 7, "two"),)
SAID = (
    Statement("http://e.example/1", "http://e.example/p", Literal("x", language="en"), ROW),
    Statement("http://e.example/1", "http://e.example/q", "http://e.example/2", ROW),
    Statement("http://e.example/2", "http://e.example/p", Literal("x"), OTHER),
    Statement("http://e.example/3", "http://e.example/p", Literal("2024", "http://www.w3.org/2001/XMLSchema#gYear")),
)


def test_what_is_written_reads_the_same(tmp_path):
    path = tmp_path / stated.FILE
    path.write_text("".join(stated.lines(Graph(SAID))))
    assert Graph(stated.read(path)) == Graph(SAID)


def test_what_one_record_says_stands_in_one_line():
    first, *rest = map(json.loads, stated.lines(Graph(SAID)))
    assert [each["quote"] for each in first["evidence"]] == ["row"]
    assert len(first["said"]) == 2
    assert [len(each["said"]) for each in rest] == [1, 1]


def test_a_damaged_line_is_named(tmp_path):
    path = tmp_path / stated.FILE
    path.write_text("".join(stated.lines(Graph(SAID))) + '{"said": []}\n')
    with pytest.raises(KgError, match="line 4"):
        list(stated.read(path))
