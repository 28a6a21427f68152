"""The folder of outputs: all files or none, with a manifest that says what they are made of."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys

import pytest

from kg import store, vocab, writers
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Annotation, Mention, Skipped, Statement
from tests import example

FILES = [
    "annotated.jsonl",
    "documents.jsonl",
    "graph.html",
    "graph.jsonl",
    "graph.trig",
    "graph.ttl",
    "manifest.json",
    "report.md",
]
ANNOTATIONS = [
    Annotation(example.TWO, (Mention(0, 6, "Company", "e1"),), ()),
    Annotation(example.ONE, (Mention(0, 4, "Model", "e1"),), ()),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("writers") / "new" / "outputs"
    written = writers.write(
        example.graph(),
        folder,
        annotations=ANNOTATIONS,
        skipped=[Skipped("in/a.bin", "is empty")],
        options={"threshold": 0.5},
        model="network 1",
        title="Two <articles>",
    )
    assert [path.name for path in written] == FILES
    return folder


def test_all_files_are_there_and_nothing_else(folder):
    assert sorted(path.name for path in folder.iterdir()) == FILES


def test_the_graph_and_the_annotations_come_back(folder):
    assert store.load(folder) == example.graph()
    assert [item.document.name for item in store.read_annotations(folder)] == ["one", "two"]


def test_the_manifest_holds_versions_options_and_hashes(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == 1
    assert manifest["model"] == "network 1"
    assert manifest["options"] == {"threshold": 0.5}
    assert manifest["inputs"] == {
        item.id: hashlib.sha256(item.text.encode()).hexdigest() for item in (example.ONE, example.TWO)
    }
    outputs = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES if name != "manifest.json"
    }
    assert manifest["outputs"] == outputs


def test_the_page_has_its_title_escaped_and_the_report_names_what_was_skipped(folder):
    assert "<title>Two &lt;articles&gt;" in (folder / "graph.html").read_text(encoding="utf-8")
    assert "- **a.bin**: is empty" in (folder / "report.md").read_text(encoding="utf-8")


def test_no_path_stands_in_any_file(folder):
    for path in folder.iterdir():
        assert str(folder.parent).encode() not in path.read_bytes()


@pytest.fixture
def quick(monkeypatch):
    """Without the page, which takes most of the time."""
    monkeypatch.setattr(writers, "_page", lambda *_: contextlib.nullcontext(["<page>"]))


def test_a_second_run_gives_the_same_bytes(tmp_path, quick):
    for name in ("one", "two"):
        writers.write(
            example.graph(), tmp_path / name, annotations=reversed(ANNOTATIONS) if name == "two" else ANNOTATIONS
        )
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("fault", [KeyboardInterrupt, KgError, OSError])
def test_a_run_that_is_broken_off_leaves_the_old_files_whole(tmp_path, quick, monkeypatch, fault):
    writers.write(example.graph(), tmp_path, annotations=ANNOTATIONS)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(*_, **__):
        yield "# What"
        raise fault("broken off")

    monkeypatch.setattr(writers, "report", broken)
    with pytest.raises(KeyboardInterrupt if fault is KeyboardInterrupt else KgError):
        writers.write(Graph(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_run_left_is_cleared_away(tmp_path, quick):
    (tmp_path / ".new-abc").mkdir()
    (tmp_path / ".new-abc" / "graph.ttl").write_text("half", encoding="utf-8")
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    writers.write(example.graph(), tmp_path)
    assert not (tmp_path / ".new-abc").exists()
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "kept"


def test_a_process_that_is_killed_while_writing_leaves_the_old_files_whole(tmp_path, quick):
    writers.write(example.graph(), tmp_path)
    before = (tmp_path / "graph.ttl").read_bytes()
    code = (
        "import contextlib, os; from kg import writers; from kg.graph import Graph\n"
        "def page():\n    yield '<p>'\n    os.kill(os.getpid(), 9)\n"
        f"writers._page = lambda *_: contextlib.nullcontext(page())\nwriters.write(Graph(), {str(tmp_path)!r})"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False
    )
    assert killed.returncode == -9
    assert (tmp_path / "graph.ttl").read_bytes() == before
    assert store.load(tmp_path) == example.graph()


def test_annotations_of_another_graph_do_not_stay(tmp_path, quick):
    writers.write(example.graph(), tmp_path, annotations=ANNOTATIONS)
    writers.write(example.graph(), tmp_path)
    assert not (tmp_path / "annotated.jsonl").exists()


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path, quick):
    (tmp_path / "outputs").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match=r"can't write to .*outputs: .*; mend that or choose another folder"):
        writers.write(example.graph(), tmp_path / "outputs")


@pytest.mark.parametrize("form", writers.FORMATS)
def test_every_format_is_exported_twice_with_the_same_bytes(form):
    exported = writers.export(example.graph(), form)
    assert len(exported) > 100
    assert exported == writers.export(example.graph(), form)


def test_an_unknown_format_is_answered_with_those_there_are():
    with pytest.raises(KgError, match="unknown format 'docx'; choose one of csv, csv-nodes, cypher, gexf"):
        writers.export(example.graph(), "docx")


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (("id/sora", "developr", "id/openai"), r"found kg:developr, which ontology\.ttl lacks.*mean kg:developer\?"),
        (("id/sora", "x", "id/openai"), r"found kg:x, which ontology\.ttl lacks.*give it a block there"),
        (("id/sora", None, "ontology#Robots"), r"found kg:Robots, which ontology\.ttl lacks"),
    ],
)
def test_a_relation_or_type_that_the_ontology_lacks_is_written_nowhere(tmp_path, statement, message):
    subject, name, end = statement
    predicate = vocab.KG + name if name else vocab.TYPE
    graph = Graph([*example.graph(), Statement(vocab.BASE + subject, predicate, vocab.BASE + end)])
    for form in writers.FORMATS:
        with pytest.raises(KgError, match=message):
            writers.export(graph, form)
    with pytest.raises(KgError, match=message):
        writers.write(graph, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    with pytest.raises(KgError, match=message):
        graph.to_rdflib()


def test_terms_of_other_vocabularies_are_written():
    graph = Graph([Statement(vocab.BASE + "id/sora", "http://e.example/madeBy", vocab.BASE + "id/openai")])
    assert b"<http://e.example/madeBy>" in writers.export(graph, "nt")
