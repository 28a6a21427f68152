from __future__ import annotations

import importlib
import io
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import typer.main

from kg import annotating, cli
from kg.store import load
from tests import gold

builds = importlib.import_module("kg.build")

FILES = ("mixed-1.txt",)
HEAVY = (
    *("spacy", "rdflib", "pyoxigraph", "pyshacl", "networkx", "onnxruntime", "trafilatura", "numpy", "rich", "jinja2"),
)
VERBS = tuple(typer.main.get_command(cli.app).commands)


@pytest.fixture
def run(monkeypatch, capsys):
    """Calls `kg` in this process, with a pipeline that knows the annotation by hand; gives code, output and errors."""
    known = annotating.reader(gold.annotate(*FILES))
    monkeypatch.setattr(builds, "reader", lambda _model: known)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        return end.value.code, out, err

    return call


@pytest.fixture(scope="session")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for item in gold.annotations(*FILES)[:4]:
        (folder / f"{item.document.name}.txt").write_text(item.document.text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def outputs(articles, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "out"
    builds.run(articles, output=folder, model=gold.annotate(*FILES))
    return folder


def alone(*arguments, **options):
    """`python -m kg` in a process of its own."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_the_verbs_are_those_that_the_docs_tell_of():
    assert {"build", "query", "view", "serve", "mcp", "merge", "unmerge", "diff", "init", "doctor"} <= set(VERBS)


def test_help_names_every_verb_and_loads_nothing_heavy():
    code = (
        "import sys; from kg import cli; sys.argv = ['kg', '--help']\n"
        f"try: cli.main()\nexcept SystemExit: print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"\n  {verb} " in shown for verb in VERBS)
    assert shown.endswith("[]\n")


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example(run, verb):
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"kg {verb}" in out.partition("Options:")[2]


def test_build_tells_what_was_found_and_what_to_do_next(run, articles, tmp_path):
    code, out, err = run("build", articles, "-o", tmp_path / "new")
    assert (code, err) == (0, "")
    assert out.startswith("Read 4 articles, ")
    assert f"kg view --open -o {tmp_path / 'new'}" in out
    assert "kg explain" in out
    assert "kg query" in out
    assert (tmp_path / "new" / "graph.html").exists()


def test_build_is_silent_if_asked(run, articles, tmp_path):
    assert run("build", articles, "-o", tmp_path, "--quiet") == (0, "", "")


def test_build_lists_what_it_skipped_and_goes_on(run, articles, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    code, out, err = run("build", articles, tmp_path / "picture.png", "-o", tmp_path / "new")
    assert code == 0
    assert re.search("^kg: skipped picture.png: .*png", err)
    assert "1 input skipped" in out
    assert "picture.png" in (tmp_path / "new" / "report.md").read_text()


def test_build_knows_the_users_own_lexicon_and_names_a_slip_in_it(run, articles, tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("name\ttype\tdomain\nMistral AI\tCompany\tmistral.example\n", encoding="utf-8")
    assert run("build", articles, "-o", tmp_path / "out", "--lexicon", own, "-q")[0] == 0
    assert "https://mistral.example/" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "Mistral AI: linked to Q119718658 " in run("explain", "Mistral AI", "-o", tmp_path / "out")[1]
    own.write_text("name\ttype\nTern\tBird\n", encoding="utf-8")
    code, _, err = run("build", articles, "-o", tmp_path / "other", "--lexicon", own)
    assert (code, (tmp_path / "other").exists()) == (2, False)
    assert err.startswith("kg: own.tsv, line 2: the type is 'Bird'; expected one of ")


def test_build_ends_with_1_and_leaves_the_folder_if_nothing_could_be_read(run, tmp_path):
    code, out, err = run("build", tmp_path / "none.txt", "-o", tmp_path / "new")
    assert (code, out) == (1, "")
    assert "no such file" in err
    assert not (tmp_path / "new").exists()


def test_ctrl_c_ends_with_130_and_leaves_the_old_outputs_whole(run, monkeypatch, articles, outputs):
    before = {path.name: path.read_bytes() for path in outputs.iterdir()}

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(builds.writers.rdf, "trig", stopped)
    code, _, err = run("build", articles, "-o", outputs)
    assert code == 130
    assert err.strip() == "kg: stopped; what was written before is as it was"
    assert {path.name: path.read_bytes() for path in outputs.iterdir()} == before


SELECT = "SELECT ?name { id:mixtral-8x7b kg:hostedOn ?x . ?x rdfs:label ?name }"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (None, "name\nX\n"),
        ("csv", "name\nX\n"),
        ("tsv", '?name\n"X"\n'),
        ("table", "name\n----\nX\n"),
    ],
)
def test_query_answers_in_the_format_asked_for(run, outputs, form, expected):
    code, out, _ = run("query", SELECT, "-o", outputs, *(("--format", form) if form else ()))
    assert (code, out.replace("\r\n", "\n")) == (0, expected)


def test_query_writes_json_and_xml(run, outputs):
    assert json.loads(run("query", SELECT, "-o", outputs, "--format", "json")[1])["head"] == {"vars": ["name"]}
    assert run("query", SELECT, "-o", outputs, "--format", "xml")[1].startswith("<?xml")


def test_query_takes_a_file_and_gives_turtle_for_triples(run, outputs, tmp_path):
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?s kg:uses ?o } { ?s kg:uses ?o }")
    code, out, _ = run("query", "-f", tmp_path / "q.rq", "-o", outputs)
    assert code == 0
    assert "kg:uses" in out


def test_query_lists_the_questions_that_it_knows(run):
    code, out, _ = run("query", "--list")
    assert code == 0
    assert "makers         Who develops or creates what, and when it came out\n" in out
    assert "-p maker=…  only what this one made" in out


def test_query_asks_a_question_by_its_name(run, outputs):
    code, out, _ = run("query", "-n", "places", "-o", outputs)
    assert (code, out.splitlines()[0]) == (0, "thing,place")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "SELECT"), "the query is not SPARQL"),
        (("query",), "expected one query"),
        (("query", "-n", "nothing"), "no question is called 'nothing'"),
        (("query", "-n", "makers", "-p", "OpenAI"), "expected each -p once, as name=value"),
        (("query", "-f", "/none.rq"), "can't read the query"),
        (("query", "ASK { ?s ?p ?o }", "--format", "pdf"), "unknown format 'pdf'"),
        (("explain", "Nobody Known"), "nothing is called 'Nobody Known'"),
        (("info", "-o", "/none"), "found no graph in /none"),
        (("annotate", "x.txt", "--format", "pdf"), "unknown format 'pdf'"),
        (("evaluate", "/none.txt"), "can't read /none.txt"),
        (("export", "-f", "docx"), "found -f 'docx', expected one of csv, csv-nodes"),
        (("export", "/none", "-f", "nt"), "found no graph in /none"),
        (("validate", "/none.ttl"), "found no file or folder /none.ttl"),
        (("build",), "Missing argument"),
        (("bild",), "No such command 'bild'"),
        (("build", "x", "--threshold", "2"), "--threshold"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_code_2(run, outputs, arguments, message):
    folder = ("-o", outputs) if arguments[0] in ("query", "explain") else ()
    code, out, err = run(*arguments, *folder)
    assert (code, out) == (2, "")
    assert err.startswith("kg: ")
    assert message in err
    assert err.count("\n") == 1


def test_view_draws_the_same_page_anew(run, outputs):
    before = (outputs / "graph.html").read_bytes()
    code, out, _ = run("view", "-o", outputs)
    assert (code, out) == (0, f"{outputs / 'graph.html'}\n")
    assert (outputs / "graph.html").read_bytes() == before


def test_view_draws_a_still_picture_also_where_there_is_no_folder_yet(run, outputs, tmp_path):
    target = tmp_path / "neu ä" / "picture.svg"
    code, out, _ = run("view", outputs, "-o", target, "--format", "svg")
    assert (code, out) == (0, f"{target}\n")
    assert target.read_text("utf-8").startswith("<svg ")


def test_view_opens_the_browser_if_asked(run, outputs, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    assert run("view", "-o", outputs, "--open")[0] == 0
    assert opened == [(outputs / "graph.html").as_uri()]


def test_view_says_so_if_there_is_no_browser(run, outputs, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _address: False)
    code, _, err = run("view", "-o", outputs, "--open")
    assert code == 0
    assert "found no browser" in err


def test_info_tells_what_the_graph_holds(run, outputs):
    code, out, _ = run("info", "-o", outputs)
    assert code == 0
    assert out.startswith("4 articles, ")
    assert "Mistral AI" in out


def test_explain_shows_the_sentences_behind_a_statement(run, outputs):
    code, out, _ = run("explain", "Mixtral 8x7B", "hostedOn", "-o", outputs)
    assert code == 0
    assert "Mixtral 8x7B hostedOn X" in out
    assert "it had dropped on X on Friday as a bare torrent link" in out


def test_annotate_shows_what_is_read_in_one_text(run, articles):
    code, out, _ = run("annotate", articles / "mixed-001.txt")
    assert code == 0
    assert "• Mixtral 8x7B hostedOn X" in out
    record = json.loads(run("annotate", articles / "mixed-001.txt", "--format", "json")[1])
    assert record["id"] == "mixed-001"
    assert {"subject", "predicate", "object", "modifiers"} <= set(record["statements"][0])


def test_evaluate_scores_what_a_build_left(run, outputs):
    gold_file = gold.FOLDER / FILES[0]
    code, out, _ = run("evaluate", gold_file, "--system", outputs / "annotated.jsonl", "--per")
    assert code == 0
    assert re.search(r"^triples   P 100\.0  R  \d\d\.\d", out, re.MULTILINE)
    assert "documents 10, 6 missing" in out
    assert "relation developer" in out


def test_export_writes_to_a_file_or_to_the_output(run, outputs, tmp_path):
    assert run("export", outputs, "-f", "nq", "-o", tmp_path / "graph.nq")[:2] == (0, "")
    shown = subprocess.run(
        [sys.executable, "-m", "kg", "export", outputs, "-f", "nq"], capture_output=True, check=True
    ).stdout
    assert shown == (tmp_path / "graph.nq").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def test_export_writes_reifiers_of_rdf_12(run, outputs, tmp_path):
    assert run("export", outputs, "-f", "trig", "--rdf12", "-o", tmp_path / "graph.trig")[0] == 0
    assert "rdf:reifies <<( " in (tmp_path / "graph.trig").read_text(encoding="utf-8")


def test_validate_ends_with_0_if_all_is_well(run, outputs):
    code, out, err = run("validate", outputs)
    assert (code, err) == (0, "")
    assert out.startswith(f"{outputs}: valid (")


def test_validate_ends_with_1_if_something_is_wrong_and_lists_it_as_json_if_asked(run, outputs, tmp_path):
    (tmp_path / "bad.nt").write_text('<http://e/a> <http://e/b> "\x1b"@-- .\n<a> <http://e/b> <http://e/c> .\n')
    code, out, _ = run("validate", tmp_path / "bad.nt", outputs)
    assert code == 1
    assert "1 fault" in out or "faults" in out
    assert "\x1b" not in out
    code, out, _ = run("validate", tmp_path / "bad.nt", outputs, "--json")
    assert code == 1
    assert [report["valid"] for report in json.loads(out)] == [False, True]


def test_match_decides_each_pair_of_a_table(run, tmp_path):
    table = tmp_path / "pairs.tsv"
    table.write_text("name_a\tname_b\nGPT-4\tGPT-4o\nOpen AI\tOpenAI\n", encoding="utf-8")
    code, out, err = run("match", table)
    assert (code, err) == (0, "")
    assert [line.split("\t")[0] for line in out.splitlines()] == ["decision", "different", "same"]


def test_a_person_joins_splits_and_asks_why(run, outputs, tmp_path, monkeypatch):
    folder = shutil.copytree(outputs, tmp_path / "mine")
    names = sorted(entity.name for entity in load(folder).entities.values() if entity.type.endswith("Company"))
    one, two = names[:2]
    assert run("merge-entities", one, two, "-o", folder, "--because", "so it is", "--by", "Ada")[0] == 0
    code, out, _ = run("why", one, two, "-o", folder)
    assert (code, "decided by Ada: so it is" in out) == (0, True)
    assert run("split", one, two, "-o", folder)[0] == 0
    assert "are two" in run("why", one, two, "-o", folder)[1]
    monkeypatch.setattr(sys, "stdin", io.StringIO("q"))
    assert run("review", "-o", folder)[0] == 0


def test_version_tells_the_version(run):
    assert re.fullmatch(r"kg \S+\n", run("version")[1])


def test_python_dash_m_is_the_command():
    done = alone("version")
    assert done.returncode == 0
    assert done.stdout.startswith("kg ")


def test_a_reader_that_goes_away_ends_it_without_a_word(outputs):
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "kg", "query", "SELECT * { ?s ?p ?o }", "-o", outputs]
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_no_escape_sequence_is_printed_where_there_is_no_terminal(outputs):
    for arguments in (("info",), ("explain", "Mistral AI")):
        assert "\x1b" not in alone(*arguments, "-o", outputs).stdout
