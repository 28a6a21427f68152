"""CSV: a line for each sentence that states a relation, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from kg.graph import Graph
from kg.types import Evidence, Literal, Statement
from kg.writers.csv import COLUMNS, nodes, table
from tests import example


def rows(graph):
    return list(csv.DictReader(io.StringIO("".join(table(graph)), newline="")))


def test_each_piece_of_evidence_is_a_line_with_its_source():
    said, denied = [row for row in rows(example.graph()) if row["predicate"] == "developer"]
    assert said == {
        "subject": "Sora",
        "subject_type": "Model",
        "predicate": "developer",
        "object": "OpenAI",
        "object_type": "Company",
        "stance": "",
        "by": "Sam Altman",
        "score": "0.91",
        "quote": "Sora is made by OpenAI, Sam Altman said.",
        "title": 'Sora "leak"',
        "publisher": "The Verge",
        "published": "2024-11-27",
        "url": "https://example.org/sora?a=1",
        "document": "https://w3id.org/aikg/doc/one-11111111",
        "start": "0",
        "end": "40",
        "subject_id": "https://w3id.org/aikg/id/sora",
        "predicate_id": "https://w3id.org/aikg/ontology#developer",
        "object_id": "https://w3id.org/aikg/id/openai",
    }
    assert (denied["stance"], denied["title"], denied["publisher"]) == ("negated", "two", "")


def test_a_literal_shows_its_text_and_type():
    dates = [
        (row["object"], row["object_type"], row["object_id"])
        for row in rows(example.graph())
        if row["subject"] == "leak"
    ]
    assert dates == [("2023-11-14", "date", ""), ("2024-11-26", "date", "")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(text):
    evidence = (Evidence("1", "https://example.org/d", 0, 1, text),)
    (row,) = rows(Graph([Statement(example.ID + "a", example.KG + "role", Literal(text), evidence)]))
    assert row["object"] == row["quote"] == "'" + text


@given(example.graphs())
def test_every_relation_has_a_line_of_as_many_cells_as_the_heading(graph):
    lines = list(csv.reader(io.StringIO("".join(table(graph)), newline="")))
    assert tuple(lines[0]) == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert len(lines) - 1 == sum(max(1, len(item.evidence)) for item in graph.relations)


def test_the_entities_are_a_table_of_their_own_by_the_ids_of_the_relations():
    found = list(csv.DictReader(io.StringIO("".join(nodes(example.graph())), newline="")))
    assert {
        "id": "https://w3id.org/aikg/id/openai",
        "name": "OpenAI",
        "type": "Company",
        "aliases": "OpenAI, Inc.",
    } in found
    ids = {row["id"] for row in found}
    assert {row["subject_id"] for row in rows(example.graph())} <= ids
