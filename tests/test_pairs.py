from __future__ import annotations

import pytest

from kg.compare import Side
from kg.errors import KgError
from kg.pairs import lines, read


def test_columns_count_by_their_names_in_any_order():
    text = "same\tname_b\ttype_b\tname_a\tdeveloper_a\ndunno\tTern\tModel\tKestrel\tAcme\n\n"
    assert list(read(text)) == [(Side("Kestrel", developer="Acme"), Side("Tern", "Model"))]


def test_cells_that_are_left_out_at_the_end_are_unknown():
    assert list(read("name_a\tname_b\ttype_a\nA\tB\n")) == [(Side("A"), Side("B"))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the table has the columns nothing; expected name_a and name_b"),
        ("name\tother\nA\tB\n", "has the columns name, other; expected"),
        ("name_a\tname_b\nA\n", "line 2: expected two names"),
        ("name_a\tname_b\nA\tB\tC\n", "line 2: expected two names"),
    ],
)
def test_what_is_no_table_of_pairs_is_named(text, message):
    with pytest.raises(KgError, match=message):
        list(read(text))


def test_each_row_says_what_is_decided_how_surely_and_why():
    heading, row = lines([(Side("GPT-4", "Model"), Side("GPT-4o", "Model"))])
    assert heading == "decision\tscore\tname_a\tname_b\treasons"
    assert row.startswith(
        "different\t0.00\tGPT-4\tGPT-4o\tknown as two -12 (known as GPT-4 and GPT-4o); other version -9"
    )
