"""A folder of outputs is read back, or the reason why not is said in one line."""

from __future__ import annotations

import json

import pytest

from kg import store
from kg.errors import KgError
from kg.writers import jsonl
from tests import example


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "graph.jsonl").write_text("".join(jsonl.graph(example.graph())), encoding="utf-8")
    documents = jsonl.documents([example.ONE, example.TWO])
    (tmp_path / "documents.jsonl").write_text("".join(documents), encoding="utf-8")
    (tmp_path / "manifest.json").write_text('{"format": 1}', encoding="utf-8")
    return tmp_path


def test_the_graph_is_read_back_with_its_documents(folder):
    assert store.load(folder) == example.graph()
    assert store.load(str(folder)).documents[example.ONE.id].title == 'Sora "leak"'


def test_a_graph_without_manifest_or_documents_is_read_too(folder):
    (folder / "manifest.json").unlink()
    (folder / "documents.jsonl").unlink()
    assert list(store.load(folder)) == list(example.graph())


def test_a_missing_folder_and_an_empty_one_are_told_apart(tmp_path):
    with pytest.raises(KgError, match="no such folder"):
        store.load(tmp_path / "none")
    with pytest.raises(KgError, match=r"no graph\.jsonl in it; make one with: kg build"):
        store.load(tmp_path)


def test_a_newer_form_is_refused(folder):
    (folder / "manifest.json").write_text('{"format": 2}', encoding="utf-8")
    with pytest.raises(KgError, match="newer kg"):
        store.load(folder)


@pytest.mark.parametrize("text", ["{", "[1]", '"x"'])
def test_a_broken_manifest_is_named(folder, text):
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=r"manifest\.json"):
        store.load(folder)


@pytest.mark.parametrize(
    "line", ["{", "{}", "[]", '{"subject": 1}', '{"subject":"a","predicate":"b","object":{"x":1}}']
)
def test_a_damaged_line_is_named(folder, line):
    with (folder / "graph.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(KgError, match=r"graph\.jsonl is damaged at line 19"):
        store.load(folder)


def test_an_altered_text_is_noticed_since_quotes_are_cut_from_it(folder):
    path = folder / "documents.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Sora is made", "Sora was made"), encoding="utf-8")
    with pytest.raises(KgError, match="text of one is not the one that was read"):
        store.load(folder)


def test_bytes_that_are_no_utf8_are_damage(folder):
    (folder / "graph.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(KgError, match=r"graph\.jsonl is damaged"):
        store.load(folder)


def test_a_document_that_an_annotation_names_must_be_there(folder):
    record = {"id": "x", "iri": "https://example.org/x", "mentions": [], "statements": []}
    (folder / "annotated.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"annotated\.jsonl is damaged at line 1"):
        list(store.read_annotations(folder))
