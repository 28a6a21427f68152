from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.merge import tables

NESTED = '{"data": [{"id": "a", "price": {"in": 2}, "kinds": ["x", "y"]}, {"id": "b", "price": null, "kinds": []}]}'


def rows(name, text, iterator=""):
    return list(tables.read(Path(name), text.encode(), iterator))


def test_csv_gives_a_row_a_record_and_counts_them():
    found = rows("t.csv", 'Model,Maker\n"Tern, 2",Kestrel\n\nWren,\n')
    assert [row.where for row in found] == ["row 1", "row 2"]
    assert found[0].cells == {"Model": ("Tern, 2",), "Maker": ("Kestrel",)}
    assert found[1].cells == {"Model": ("Wren",), "Maker": ()}


def test_json_gives_lists_as_several_values_and_inner_fields_by_their_path():
    one, two = rows("t.json", NESTED, "$.data[*]")
    assert one.cells == {"id": ("a",), "price.in": ("2",), "kinds": ("x", "y")}
    assert two.cells == {"id": ("b",), "price": (), "kinds": ()}


def test_a_record_sees_the_objects_around_it_with_a_mark_for_each_step_outwards():
    text = "- year: 2023\n  events:\n  - date: March\n    info:\n    - text: Tern\n"
    (row,) = rows("t.yml", text, "$[*].events[*].info[*]")
    assert row.cells == {"text": ("Tern",), "^date": ("March",), "^^year": ("2023",)}


def test_values_of_yaml_stay_as_they_are_written():
    (row,) = rows("t.yaml", "- a: 2024-01-02\n  b: no\n  c: 1.10\n  d: ~\n")
    assert row.cells == {"a": ("2024-01-02",), "b": ("no",), "c": ("1.10",), "d": ()}


def test_a_filter_picks_records_by_a_field():
    text = "a:\n- {k: x, of: [{n: 1}]}\n- {k: y, of: [{n: 2}]}\n- {k: z, of: [{n: 3}]}\n"
    assert [row.cells["n"] for row in rows("t.yml", text, "$.a[?(@.k!='x' && @.k != 'y')].of[*]")] == [("3",)]
    assert [row.cells["n"] for row in rows("t.yml", text, '$.a[?(@.k=="y")].of[*]')] == [("2",)]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("t.csv", "a,b\n1,2\n1,2,3\n", "t.csv, line 3: 3 cells, and the heading has 2"),
        ("t.csv", "a,a\n1,2\n", "t.csv, line 1: expected a heading"),
        ("t.csv", 'a,b\n"1,2\n', "t.csv, line"),
        ("t.json", '[{"a": 1},\n{"a" 2}]', "t.json, line 2, column 6"),
        ("t.yml", "- a: 1\n b: 2\n", "t.yml, line 2"),
        ("t.yml", "- a: &x 1\n  b: *x\n", "aliases are not read"),
        ("t.json", "[1]", "record 1: found int, expected an object"),
        ("t.json", "{}", "holds nothing at"),
    ],
)
def test_what_is_broken_is_named_with_its_line(name, text, told):
    with pytest.raises(KgError, match=told.replace("(", r"\(")):
        rows(name, text)


def test_what_is_not_utf_8_is_named_with_its_line():
    with pytest.raises(KgError, match="line 2: this is not UTF-8"):
        list(tables.read(Path("t.csv"), b"a\n\xff\n"))


def test_an_iterator_that_can_not_be_followed_is_said():
    with pytest.raises(KgError, match="can't follow the iterator"):
        rows("t.json", "[]", "$..deep")
