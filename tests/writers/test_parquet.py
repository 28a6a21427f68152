"""Parquet: the rows of the CSV with types, nulls for what is not known."""

from __future__ import annotations

import io
import sys

import pytest

from kg.errors import KgError
from kg.writers import parquet
from tests import example

pq = pytest.importorskip("pyarrow.parquet")


def rows():
    return pq.read_table(io.BytesIO(parquet.table(example.graph()))).to_pylist()


def test_each_sentence_is_a_row_with_numbers_as_numbers():
    found = [row for row in rows() if row["predicate"] == "developer"]
    assert [(row["quote"], row["score"], row["start"], row["end"]) for row in found] == [
        ("Sora is made by OpenAI, Sam Altman said.", 0.91, 0, 40),
        ("OpenAI denies that it made Sora.", 0.8, 0, 32),
    ]
    assert (found[0]["by"], found[1]["by"]) == ("Sam Altman", None)
    assert found[1]["stance"] == "negated"


def test_the_columns_have_types():
    schema = pq.read_schema(io.BytesIO(parquet.table(example.graph())))
    kinds = {name: str(schema.field(name).type) for name in ("subject", "score", "start", "end")}
    assert kinds == {"subject": "string", "score": "double", "start": "int64", "end": "int64"}


def test_without_pyarrow_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgError, match=r"pip install 'ai-industry-kg\[parquet\]'"):
        parquet.table(example.graph())
