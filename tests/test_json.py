"""What the reading verbs say to machines, and to terminals without colour."""

from __future__ import annotations

import json

import pytest

from kg import cli
from kg.cli import common


@pytest.fixture
def call(monkeypatch, capsys, outputs):
    """Calls a verb with --json on the outputs that all tests share."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["kg", *words, "--json"])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def name(outputs):
    """Of a thing of which something is said, and the relation."""
    from kg.store import load

    graph = load(outputs)
    found = next(item for item in graph.relations if "/id/" in item.subject)
    return found.subject, found.predicate


def test_info_counts(call, outputs):
    from kg.store import load

    code, told = call("info", "-o", str(outputs))
    assert code == 0
    assert len(told["articles"]) == len(load(outputs).documents)
    assert sum(told["relations"].values()) == told["statements"] + told["reserved"]


def test_explain_gives_each_statement_with_its_quotes(call, outputs, name):
    code, told = call("explain", *name, "-o", str(outputs))
    assert code == 0
    assert all(item["iri"].startswith("https://w3id.org/aikg/statement/") and item["quotes"] for item in told)


def test_why_tells_whether_two_names_are_one(call, outputs, name):
    code, told = call("why", name[0], name[0], "-o", str(outputs))
    assert (code, told["same"]) == (0, True)


def test_equal_folders_differ_in_nothing(call, outputs):
    assert call("diff", str(outputs), str(outputs)) == (0, [])


def test_no_color_is_heeded(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert common.console().no_color


def test_json_on_a_terminal_is_ascii(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    common.tell_json(["\x9b31m"])
    assert capsys.readouterr().out == '[\n "\\u009b31m"\n]\n'


def test_the_shell_completes_verbs(monkeypatch, capsys):
    for name, value in {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": "kg vali", "COMP_CWORD": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["kg"])
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().out.split() == ["validate"]
