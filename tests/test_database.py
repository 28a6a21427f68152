"""The database beside a graph: made once, made anew when the graph changed, read by many at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest

from kg import database
from kg.errors import KgError
from kg.query import run
from kg.writers import jsonl, rdf
from tests import example

NAMES = "SELECT ?n { ?s rdfs:label ?n } ORDER BY ?n"
OTHER = '<http://e/s> <http://www.w3.org/2000/01/rdf-schema#label> "other" .'


@pytest.fixture(autouse=True)
def every_graph_is_large(monkeypatch):
    monkeypatch.setattr(database, "PAYS", 0)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "graph.jsonl").write_text("".join(jsonl.graph(example.graph())), encoding="utf-8")
    (tmp_path / "graph.trig").write_text("".join(rdf.trig(example.graph())), encoding="utf-8")
    return tmp_path


def databases(folder):
    return sorted(path.name for path in (folder / "store").iterdir() if path.is_dir())


def aged(path):
    """As if the file had been written an hour ago: what is seconds old is hashed each time."""
    os.utime(path, (time.time() - 3600,) * 2)


def test_it_answers_as_the_graph_does(folder):
    for query in (NAMES, "ASK { id:sora kg:developer id:openai }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"):
        assert run(folder, query) == run(example.graph(), query)
    assert len(databases(folder)) == 1


def test_a_small_graph_has_none(folder, monkeypatch):
    monkeypatch.setattr(database, "PAYS", 2_000_000)
    run(folder, NAMES)
    assert not (folder / "store").exists()


def test_it_is_made_once(folder, monkeypatch):
    aged(folder / "graph.trig")
    run(folder, NAMES)
    monkeypatch.setattr(database, "make", None)  # may not be called again
    assert run(folder, NAMES) == run(example.graph(), NAMES)


def test_it_follows_the_graph_however_soon_that_changes(folder):
    run(folder, NAMES)
    (folder / "graph.trig").write_text(OTHER, encoding="utf-8")
    assert [row[0].value for row in run(folder, NAMES)] == ["other"]
    assert len(databases(folder)) == 1


def test_a_copied_folder_keeps_it(folder, tmp_path_factory):
    run(folder, NAMES)
    made = (folder / "store" / databases(folder)[0]).stat().st_mtime_ns
    copy = shutil.copytree(folder, tmp_path_factory.mktemp("copy") / "outputs")
    assert run(copy, NAMES) == run(folder, NAMES)
    assert (copy / "store" / databases(folder)[0]).stat().st_mtime_ns == made


def test_what_somebody_reads_stays_until_the_next_change(folder):
    with database.opened(folder) as old:
        (folder / "graph.trig").write_text(OTHER, encoding="utf-8")
        assert [row[0].value for row in run(folder, NAMES)] == ["other"]
        assert len(databases(folder)) == 2
        assert len(old) > 1
    database.make(folder)
    assert len(databases(folder)) == 1


def test_a_damaged_one_is_made_anew(folder):
    run(folder, NAMES)
    path = folder / "store" / databases(folder)[0]
    (path / "CURRENT").unlink()
    assert run(folder, NAMES) == run(example.graph(), NAMES)
    (folder / "store" / "about.json").write_text("[", encoding="utf-8")
    assert run(folder, NAMES) == run(example.graph(), NAMES)


def test_what_a_killed_process_left_goes(folder):
    left = folder / "store" / ".new-left"
    left.mkdir(parents=True)
    run(folder, NAMES)
    assert not left.exists()


def test_where_it_cannot_be_made_the_file_is_read(folder):
    (folder / "store").write_text("a file is in the way", encoding="utf-8")
    assert run(folder, NAMES) == run(example.graph(), NAMES)


def test_a_damaged_graph_is_told_in_one_line(folder):
    (folder / "graph.trig").write_text("<http://e/s> <", encoding="utf-8")
    with pytest.raises(KgError, match=r"can't read .*graph\.trig .*run kg build again"):
        run(folder, NAMES)


def test_processes_that_ask_at_once_get_the_same_answer_and_make_one(folder, root):
    code = "import sys; from kg import database; from kg.query import run; database.PAYS = 0; "
    code += "print(len(run(sys.argv[1], sys.argv[2])))"
    words = [sys.executable, "-c", code, str(folder), NAMES]
    asked = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(4)]
    assert {each.communicate(timeout=60)[0] for each in asked} == {f"{len(run(example.graph(), NAMES))}\n"}
    assert len(databases(folder)) == 1
