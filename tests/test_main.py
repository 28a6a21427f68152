"""The quick way into `kg query`: the same options as typer knows, the same answers, the same complaints."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.__main__ import _LONG, _SHORT, plain


@pytest.fixture
def kg(outputs):
    def run(*words, text=None):
        command = [sys.executable, "-m", "kg", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, input=text, check=False, cwd=outputs.parent)

    return run


def test_it_knows_the_options_that_typer_knows_but_for_list_and_help():
    import typer

    from kg.cli import app

    known = typer.main.get_command(app).commands["query"].params
    declared = {option: item for item in known for option in item.opts if option.startswith("-")}
    quick = {f"--{name.rstrip('=')}" for name in _LONG} | set(_SHORT)
    assert quick == set(declared) - {"--list", "--quiet", "-q"}
    assert {f"--{name}" for name in _LONG if not name.endswith("=")} == {
        option for option, item in declared.items() if item.is_flag and option.startswith("--")
    } - {"--list", "--quiet"}
    assert all(_SHORT[short] in declared[short].opts for short in _SHORT)


def test_options_stand_before_and_after_the_query():
    assert plain(["query", "--json", "ASK {}", "--format=csv"])["form"] == "json"
    words = ["query", "-o", "here", "ASK {}", "--format=csv", "-p", "a=1", "-pb=2", "-e", "--timeout", "2"]
    assert plain(words) == {
        "outputs": "here",
        "sparql": "ASK {}",
        "form": "csv",
        "param": ["a=1", "b=2"],
        "evidence": True,
        "timeout": 2.0,
    }


@pytest.mark.parametrize(
    "words",
    [
        ["build", "seeds"],
        [],
        ["query", "--help"],
        ["query", "--list"],
        ["query", "one", "two"],
        ["query", "--form", "csv", "ASK {}"],
        ["query", "--timeout", "soon", "ASK {}"],
        ["query", "--timeout", "-1", "ASK {}"],
        ["query", "--timeout", "nan", "ASK {}"],
        ["query", "-x", "ASK {}"],
    ],
)
def test_everything_else_is_left_to_typer(words):
    assert plain(words) is None


def test_a_query_is_answered_without_typer_and_what_is_slow(outputs):
    command = [
        sys.executable,
        "-X",
        "importtime",
        "-m",
        "kg",
        "query",
        "ASK { id:sora a kg:Model }",
        "-o",
        str(outputs),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in shown.stderr.splitlines()}
    slow = {"typer", "pydantic", "rich", "rdflib", "spacy", "numpy", "dataclasses", "inspect", "sqlite3", "shutil"}
    assert (shown.stdout, imported & slow, "pyoxigraph" in imported) == ("true\n", set(), True)


def test_faults_are_told_as_typer_would(kg):
    done = kg("query", "SELECT * { ?s ?p }")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: the query is not SPARQL at 1:12: a triple has three parts")
    assert kg("query", "-x").stderr == "kg: No such option: -x; see: kg --help\n"


def test_a_query_comes_by_standard_input_as_well(kg):
    assert kg("query", "-f", "-", text="ASK { id:sora a kg:Model }").stdout == "true\n"
