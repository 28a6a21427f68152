"""What the tutorial tells people to type, works, in its order, on the article that it gives them."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from kg import cli


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs" / "tutorial.md").read_text(encoding="utf-8")


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    """Calls `kg` in a folder of its own, where no browser opens; gives code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda _address: True)

    def run(line):
        monkeypatch.setattr(sys, "argv", shlex.split(line))
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, capsys.readouterr().out

    return run


def commands(page):
    """The calls of `kg` in its blocks, in their order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.startswith("kg ")]


def test_from_an_article_to_answers(page, call, tmp_path):
    article = re.search(r"<!-- article -->\n```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[1]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "2025-02-11-lumen.txt").write_text(article, encoding="utf-8")
    (tmp_path / "articles" / "2025-02-11-lumen.json").write_text('{"published": "2025-02-11"}', encoding="utf-8")
    told = {line: call(line) for line in commands(page)}
    assert len(told) >= 7
    assert {line: code for line, (code, _) in told.items() if code} == {}
    assert "Lumen-2 developer Lumen Labs" in told['kg explain "Lumen Labs" -o mine'][1]
    assert "Lumen-2,Lumen Labs,2025-02-11" in told["kg query -n makers --evidence -o mine"][1]
    assert (tmp_path / "mine" / "graph.html").stat().st_size > 100_000


def test_every_verb_and_option_that_it_names_is_there(page):
    import typer.main

    verbs = typer.main.get_command(cli.app).commands
    for verb, rest in re.findall(r"`kg ([a-z-]+)([^`]*)`", page):
        known = {option for item in verbs[verb].params for option in item.opts} | {"--help"}
        assert set(re.findall(r"(?<!\S)--?[a-z][\w-]*", rest)) <= known, verb
