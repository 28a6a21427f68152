"""The scoreboard: each figure beside its command, and what can't be measured said in a line."""

from __future__ import annotations

import re
import sys

import pytest

from benchmarks import names, public, scoreboard
from benchmarks.scoreboard import SOURCES, Figure, figures, write


def source(line, prints, code=0):
    script = f"import sys; print({prints!r}); sys.exit({code})"
    command = f'python -c "{script}"'
    return scoreboard.Source("A heading", command, command, line)


def test_a_line_becomes_a_figure_with_its_unit_beside_its_command():
    one = source(scoreboard.LINE, "whole pipeline   2149 words a second")
    assert list(figures(one, quick=False)) == [Figure("whole pipeline", one.command, "2149", "words a second")]


def test_scores_are_one_figure():
    (found,) = figures(source(scoreboard.SCORES, "kg   P  50.0  R  25.0  F  33.3   900 words a second"), quick=True)
    assert found[2:] == ("P 50.0 R 25.0 F 33.3", "900 words a second")


def test_what_is_not_installed_is_a_line_and_how_to_get_it():
    (found,) = figures(source(scoreboard.SCORES, "wink-nlp 2.4.0    not installed: npm install it"), quick=False)
    assert (found.name, found.figure, found.unit) == ("wink-nlp 2.4.0", "not installed", "npm install it")


def test_a_command_that_fails_is_a_line_too():
    (found,) = figures(source(scoreboard.LINE, "nothing of use", code=1), quick=False)
    assert found.name == "not measured"


def test_a_table_gives_a_figure_for_each_of_its_columns():
    view = next(each for each in SOURCES if "view" in each.command)
    prints = "| entities | bytes | heap, MB |\\n|---|---|---|\\n| 50 | 696,000 | 7 |"
    command = f"python -c \"print('{prints}')\""
    found = list(figures(view._replace(command=command), quick=False))
    assert [(each.name, each.figure) for each in found] == [("50: bytes", "696,000"), ("50: heap, MB", "7")]


def test_the_page_has_a_table_for_each_heading_and_keeps_bars_inside_cells():
    text = write([("Speed", [Figure("a|b", "python -m x", "3", "s")])])
    assert "## Speed" in text
    assert "| a\\|b | 3 | s | `python -m x` |" in text


def test_what_others_published_has_a_source():
    rows = list(scoreboard.published())
    assert len(rows) >= 3
    assert all(row.command.startswith("https://") and row.figure for row in rows)


@pytest.mark.parametrize("word", ["pairs", "public", "pyvis_page"])
def test_the_quick_run_measures_what_is_at_hand(word, tmp_path, monkeypatch):
    for name in ("KG_CROSSNER", "KG_WNUT17", "KG_CORE"):
        monkeypatch.delenv(name, raising=False)
    page = tmp_path / "scoreboard.md"
    monkeypatch.setattr(sys, "argv", ["scoreboard", "--quick", "--only", word, "-o", str(page)])
    scoreboard.main()
    text = page.read_text(encoding="utf-8")
    assert "not measured |" not in text, text
    assert ("not at hand" in text) == (word == "public")
    assert not re.search(r"(?<![\w:/])/(?:home|root|tmp|usr)/", text), "no absolute paths"


def test_tagged_words_are_read_as_spans_of_characters():
    words = ["Sam", "Altman", "leads", "OpenAI"]
    assert public.spans(words, ["B-person", "I-person", "O", "B-organisation"]) == {
        (0, 10, "person"),
        (17, 23, "organisation"),
    }
    assert public.characters(words, 3, 3) == (17, 23)


def test_a_peer_that_cannot_be_asked_is_told_of_and_is_no_failure():
    assert names.by_peer(["no-such-program"], []) is None
    assert names.by_peer([sys.executable, "-c", "raise SystemExit(3)"], []) is None


def test_a_peer_answers_with_spans_and_seconds():
    answer = "import json; json.dump({'seconds': 0.5, 'spans': [[[0, 6]]]}, __import__('sys').stdout)"
    assert names.by_peer([sys.executable, "-c", answer], []) == ([{(0, 6)}], 0.5)


def test_names_are_scored_by_both_their_ends():
    found = ([{(0, 6), (9, 12)}], 2.0)
    assert names.row([{(0, 6), (20, 24)}], found, 100).split() == [
        *("P", "50.0", "R", "50.0", "F", "50.0"),
        *("50", "words", "a", "second"),
    ]
