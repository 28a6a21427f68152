"""JSON a line: what is written is read back as it was, and score.py understands it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import store
from kg.types import Annotation, Document, Evidence, Literal, Mention, Span, Statement
from kg.writers import jsonl
from tests import example, gold

DOCUMENT = Document(
    "https://w3id.org/aikg/doc/d", "d", "Lumen Labs unveiled Lumen-2, The Verge said.\u2028\r\nNew.", published="2025"
)
ANNOTATION = Annotation(
    DOCUMENT,
    (
        Mention(0, 10, "Company", "e1", score=0.97),
        Mention(20, 27, "Model", "e2"),
        Mention(29, 38, "Media", "e3", named=True),
        Mention(52, 56, "Date", "d1", value="2025-02-11", named=False),
    ),
    (
        Statement(
            "e2",
            "developer",
            "e1",
            (
                Evidence(
                    "01",
                    DOCUMENT.id,
                    0,
                    44,
                    DOCUMENT.text[0:44],
                    ("alleged",),
                    "e3",
                    0.5,
                    "network",
                    Span(20, 27),
                    Span(0, 10),
                ),
                Evidence("02", DOCUMENT.id, 47, 51, "New.", score=0.25, reason="so it seems"),
            ),
        ),
    ),
)


def test_an_annotation_is_written_as_score_py_reads_it():
    (line,) = jsonl.annotated([ANNOTATION])
    record = json.loads(line)
    assert (record["id"], record["iri"]) == ("d", "https://w3id.org/aikg/doc/d")
    assert record["mentions"][0] == {
        "start": 0, "end": 10, "type": "Company", "entity": "e1", "value": None, "score": 0.97, "named": True
    }  # fmt: skip
    assert record["statements"][0] == {
        "subject": "e2", "predicate": "developer", "object": "e1", "modifiers": ["alleged"], "by": "e3",
        "start": 0, "end": 44, "score": 0.5, "subject_span": [20, 27], "object_span": [0, 10], "reader": "network",
        "id": "01",
    }  # fmt: skip
    assert [item["start"] for item in record["statements"]] == [0, 47]


def test_score_py_finds_all_of_the_gold_in_its_own_annotation(root, tmp_path):
    (tmp_path / "annotated.jsonl").write_text(
        "".join(jsonl.annotated(gold.annotations("mixed-1.txt"))), encoding="utf-8"
    )
    corpus = root / "training" / "corpus" / "mixed-1.txt"
    scored = [
        sys.executable,
        root / "training" / "score.py",
        corpus,
        "--system",
        tmp_path / "annotated.jsonl",
        "--json",
    ]
    table = json.loads(subprocess.run(scored, capture_output=True, check=True).stdout)
    assert {table[key]["f"] for key in ("mentions", "coref", "triples", "stanced")} == {100.0}


def test_annotations_come_back_as_they_were(tmp_path):
    (tmp_path / "documents.jsonl").write_text("".join(jsonl.documents([DOCUMENT])), encoding="utf-8")
    (tmp_path / "annotated.jsonl").write_text("".join(jsonl.annotated([ANNOTATION])), encoding="utf-8")
    assert list(store.read_annotations(tmp_path)) == [ANNOTATION]


def test_a_literal_end_of_a_local_statement_comes_back(tmp_path):
    evidence = (Evidence("03", DOCUMENT.id, 0, 4, "Lume"),)
    named = Annotation(DOCUMENT, (), (Statement("e1", "label", Literal("Lumen", language="en"), evidence),))
    (tmp_path / "documents.jsonl").write_text("".join(jsonl.documents([DOCUMENT])), encoding="utf-8")
    (tmp_path / "annotated.jsonl").write_text("".join(jsonl.annotated([named])), encoding="utf-8")
    assert list(store.read_annotations(tmp_path)) == [named]


def test_scores_have_two_digits():
    evidence = (Evidence("04", DOCUMENT.id, 0, 1, "L", score=0.98765),)
    (line,) = jsonl.annotated(
        [Annotation(DOCUMENT, (Mention(0, 1, "Model", "e1", score=1 / 3),), (Statement("a", "b", "c", evidence),))]
    )
    assert '"score": 0.33' in line
    assert '"score": 0.99' in line


def test_what_is_not_known_of_a_document_is_left_out():
    (line,) = jsonl.documents([DOCUMENT])
    assert list(json.loads(line)) == ["id", "iri", "published", "sha256", "text"]


@given(example.graphs())
def test_any_graph_comes_back_equal(tmp_path_factory, graph):
    folder = tmp_path_factory.mktemp("graph")
    (folder / "graph.jsonl").write_text("".join(jsonl.graph(graph)), encoding="utf-8", newline="\n")
    documents = "".join(jsonl.documents(graph.documents.values()))
    (folder / "documents.jsonl").write_text(documents, encoding="utf-8", newline="\n")
    assert store.load(folder) == graph


@given(st.lists(example.texts))
def test_each_record_is_one_line(texts):
    documents = [Document(f"https://example.org/{number}", "d", text) for number, text in enumerate(texts)]
    lines = list(jsonl.documents(documents))
    assert [json.loads(line)["text"] for line in lines] == texts
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)


@pytest.mark.parametrize("form", [jsonl.graph(example.graph()), jsonl.documents([example.ONE])])
def test_text_is_written_as_it_is_not_as_escapes(form):
    assert "\\u" not in "".join(form)
