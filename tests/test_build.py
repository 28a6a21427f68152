from __future__ import annotations

import contextlib
import importlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from unittest import mock

import hypothesis
import pytest
from hypothesis import strategies as st

import kg
from kg import deciding, folder, readers, store, writers
from kg.annotating import cache
from kg.errors import KgError, SkipDocument
from kg.stages import LOG
from tests import fake, gold

builds = importlib.import_module("kg.build")  # `kg.build` is the function

ROOT = Path(__file__).parent.parent
FILES = ("mixed-1.txt", "mixed-2.txt")


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """Twenty articles with what is known of them, and one that is no text."""
    folder = tmp_path_factory.mktemp("articles")
    for item in gold.annotations(*FILES):
        document = item.document
        (folder / f"{document.name}.txt").write_text(document.text, encoding="utf-8")
        known = {key: getattr(document, key) for key in ("title", "published", "publisher", "author", "url")}
        (folder / f"{document.name}.json").write_text(json.dumps({k: v for k, v in known.items() if v}))
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00\xd8")
    return folder


@pytest.fixture(scope="module")
def done(articles, tmp_path_factory):
    output = tmp_path_factory.mktemp("outputs")
    return builds.run(articles, output=output, model=gold.annotate(*FILES)), output


def test_all_articles_become_one_graph(done):
    result, _ = done
    assert len(result.graph.documents) == 20
    assert {item.path.rpartition("/")[2] for item in result.skipped} == {"broken.txt"}
    names = [entity.name for entity in result.graph.entities.values()]
    assert names.count("Mistral AI") == names.count("ohmlet") == 1


def test_disputes_are_found_in_what_was_built(done):
    disputed = {(done[0].graph.name(item.subject), item.kind) for item in done[0].graph.disputes}
    assert {("funding round (Mistral AI)", "value"), ("Mixtral 8x7B", "denial")} <= disputed


def test_the_folder_holds_the_graph_and_the_log_of_the_run(done):
    result, output = done
    assert store.load(output) == result.graph
    assert store.load(output).disputes == result.graph.disputes
    log = json.loads((output / LOG).read_text())
    assert log["documents"] == 20
    assert list(log["seconds"]) == ["read", "annotate", "resolve", "write"]


def test_nothing_but_the_log_knows_the_time_and_the_place(done, articles):
    _, output = done
    for path in sorted(output.rglob("*")):
        if path.is_file() and path.name != LOG:
            text = path.read_text(encoding="utf-8")
            assert str(output) not in text
            assert str(articles) not in text


def test_the_run_stands_in_the_graph_as_in_what_is_loaded_and_exported(done):
    result, output = done
    (run,) = result.graph.activities
    assert run.documents == tuple(result.graph.documents)
    assert run.options.endswith('"threshold": 0.45}')
    loaded = store.load(output)
    assert loaded.activities == (run,)
    assert writers.export(loaded, "trig") == (output / "graph.trig").read_bytes()
    assert f"<https://w3id.org/aikg/run/{run.id}> a prov:Activity" in (output / "graph.trig").read_text("utf-8")


def test_a_run_is_another_where_an_option_a_lexicon_or_an_article_is(articles, tmp_path):
    table = tmp_path / "lexicon.tsv"
    table.write_text("name\ttype\nKestrel Works\tCompany\n", encoding="utf-8")
    one, two = sorted(articles.glob("*.json"))[:2]

    def run(*paths, **options):
        texts = [path.with_suffix(".txt") for path in paths]
        return kg.build(texts, model=gold.annotate(*FILES), **options).activities[0].id

    assert run(one) == run(one)
    assert len({run(one), run(two), run(one, two), run(one, threshold=0.9), run(one, lexicon=table)}) == 5


def test_two_runs_give_the_same_bytes(done, articles, tmp_path):
    _, output = done
    kg.build([articles], output=tmp_path, model=gold.annotate(*FILES))
    for path in sorted(output.rglob("*")):
        if path.is_file() and path.name != LOG:
            assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_parts_of_a_folder_in_any_order_give_the_same_graph(done, articles):
    files = sorted(articles.glob("*.txt"), reverse=True)
    assert kg.build(files, model=gold.annotate(*FILES)) == done[0].graph


def test_one_text_that_fails_does_not_cost_the_others(articles):
    whole = gold.annotate(*FILES)

    def fragile(documents):
        for document in documents:
            if document.name == "mixed-002":
                raise ValueError("no such token")
            if document.name == "mixed-003":
                raise SkipDocument("too strange")
            yield from whole([document])

    result = builds.run(articles, model=fragile)
    reasons = {item.path: item.reason for item in result.skipped}
    assert reasons["mixed-002"] == "reading it failed: ValueError: no such token"
    assert reasons["mixed-003"] == "too strange"
    assert len(result.annotations) == 18


def test_progress_is_told_for_each_article(articles):
    told = []
    kg.build(articles, model=gold.annotate(*FILES), progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "annotate"][-1] == ("annotate", 20, 20)


def test_where_nothing_could_be_read_nothing_is_written(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "graph.ttl").write_text("old")
    result = builds.run(tmp_path / "none.txt", output=tmp_path / "old", model=gold.annotate())
    assert (result.annotations, len(result.skipped)) == ((), 1)
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["graph.ttl"]


def test_a_missing_model_is_told_of(articles, tmp_path):
    with pytest.raises(KgError, match="no spaCy pipeline"):
        kg.build(articles, model=tmp_path)


@pytest.fixture
def quick(monkeypatch):
    """Without the page, which takes most of the time."""
    monkeypatch.setattr(writers, "_page", lambda *_: contextlib.nullcontext(["<page>"]))


def written(output):
    """The files that a build leaves, by their names, but for the log and what it remembers for itself."""
    aside = {LOG, ".cache"}
    return {path.name: path.read_bytes() for path in output.iterdir() if path.name not in aside}


ARTICLES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.sampled_from(["Acme", "Brill", "Corro", "met", "left", "\n"]), min_size=1, max_size=9).map(" ".join),
    max_size=6,
)


HARMS = {
    "none": lambda data: data,
    "cut off": lambda data: data[: len(data) // 2],
    "other words": lambda data: data.replace(b"Acme", b"Acne"),
    "emptied": lambda _: b"",
}


def harmed(folder, harm):
    """Does something to all files of a cache."""
    for path in (folder / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(HARMS[harm](path.read_bytes()))


EDITS = st.tuples(ARTICLES, st.sampled_from([*HARMS]), st.sampled_from([0.45, 0.95]), st.sampled_from([0, builds.MANY]))


@hypothesis.given(st.lists(EDITS, min_size=2, max_size=4))
@hypothesis.settings(max_examples=8, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_after_any_edits_the_outputs_are_those_of_a_build_from_nothing(quick, tmp_path_factory, edits):
    place = tmp_path_factory.mktemp("edits")
    before = {}
    for number, (drawn, harm, threshold, many) in enumerate(edits):
        articles = {name: text for name, text in drawn.items() if text.strip()}
        inputs = place / f"in-{number}"
        inputs.mkdir()
        for name, text in articles.items():
            (inputs / f"{name}.txt").write_text(text)
        reads = fake.Reads()
        harmed(place / "out", harm)
        with mock.patch.object(builds, "MANY", many):  # on disk, or in memory
            kg.build(inputs, output=place / "out", model=reads, threshold=threshold)
        if articles:
            new = {name for name in articles if before.get(name) != articles[name]}
            assert set(reads.names) == new if harm == "none" else set(reads.names) >= new
            kg.build(inputs, output=place / f"new-{number}", model=fake.Reads(), threshold=threshold)
            assert written(place / "out") == written(place / f"new-{number}")
            before = articles
    shutil.rmtree(place)


def test_any_number_of_processes_gives_the_same_bytes(quick, articles, tmp_path):
    for jobs in (1, 3):
        kg.build(articles, output=tmp_path / str(jobs), model=fake.Reads(), jobs=jobs)
    assert written(tmp_path / "1") == written(tmp_path / "3")


def test_a_second_build_in_one_folder_says_so_and_stops(quick, articles, tmp_path):
    with folder.locked(tmp_path):
        code = (
            "import sys, kg; from tests import fake\n"
            "try: kg.build(sys.argv[1], output=sys.argv[2], model=fake.Reads())\n"
            "except kg.KgError as error: print(error)"
        )
        command = [sys.executable, "-c", code, str(articles), str(tmp_path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "another kg is writing to" in told
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys, kg
from kg import writers
from tests import fake
kg.build(sys.argv[1], output=sys.argv[2], model=fake.Reads())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    kg.build(sys.argv[3], output=sys.argv[2], model=fake.Reads())
except kg.KgError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [100, 100_000])  # too little for the cache, and for the outputs
def test_a_full_disk_is_one_clear_line_and_the_old_outputs_stay_whole(articles, tmp_path, room):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("Acme met Brill.")
    kg.build(tmp_path / "in", output=tmp_path / "calm", model=fake.Reads())
    command = [sys.executable, "-c", FULL, tmp_path / "in", tmp_path / "out", articles, str(room)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert re.fullmatch(r"can't write to .*out: File too large; mend that or choose another folder with -o\n", told)
    assert written(tmp_path / "out") == written(tmp_path / "calm")


def test_an_article_that_vanishes_while_others_are_read_is_skipped(tmp_path, quick, monkeypatch):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("Acme met Brill.")
    opened = readers._files.open_file

    def vanishing(path):
        (tmp_path / "b.txt").unlink(missing_ok=True)
        return opened(path)

    monkeypatch.setattr(readers._files, "open_file", vanishing)
    result = builds.run(tmp_path, output=tmp_path / "out", model=fake.Reads())
    assert [item.document.name for item in result.annotations] == ["a"]
    assert [item.reason for item in result.skipped] == ["no such file or folder"]


def test_what_is_forgotten_is_nowhere_in_the_folder_any_more(quick, tmp_path):
    (tmp_path / "in").mkdir()
    for name, text in {"stays": "Acme met Brill.", "goes": "Acme met Brill. Zorg met Vanta."}.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    (tmp_path / "in" / "goes.json").write_text('{"url": "https://example.org/goes"}')
    kg.build(tmp_path / "in", output=tmp_path / "out", model=fake.Reads())
    deciding.merge(tmp_path / "out", "Zorg", "Acme")
    (forgotten,) = builds.forget(tmp_path / "out", "https://example.org/goes")
    assert forgotten.name == "goes"
    key = cache.key(forgotten)
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not any(word in text for word in ("Zorg", "Vanta", "doc/goes", key)), path.name
    (tmp_path / "in" / "goes.txt").unlink()
    (tmp_path / "in" / "goes.json").unlink()
    kg.build(tmp_path / "in", output=tmp_path / "new", model=fake.Reads())
    assert {k: v for k, v in written(tmp_path / "out").items() if k != "decisions.ttl"} == written(tmp_path / "new")


def test_an_unknown_document_can_not_be_forgotten(done):
    with pytest.raises(KgError, match=r"no document is called 'none'; give a name as in documents.jsonl: mixed-"):
        builds.forget(done[1], "mixed-001", "none")
