"""The comparison by which CI judges two builds: bytes must agree, and statements but for a few."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.fixture
def compare(root):
    return lambda *words: subprocess.run(
        [sys.executable, root / ".ci" / "compare.py", *words], capture_output=True, check=False
    )


def fill(folder, statements, **others):
    folder.mkdir()
    (folder / "graph.jsonl").write_text(
        "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in statements), encoding="utf-8"
    )
    for name, text in {"documents.jsonl": "one\n", **others}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def said(number, *, score=0.9, quote="It is so.\u2028Really."):
    evidence = {"id": f"e{number}", "quote": quote, "score": score, "stance": []}
    return {"subject": f"s{number}", "predicate": "p", "object": "o", "evidence": [evidence]}


HUNDRED = [said(number) for number in range(100)]


def test_folders_with_the_same_bytes_are_equal_whatever_their_private_file_says(compare, tmp_path):
    one = fill(tmp_path / "one", HUNDRED, **{".run.json": "1"})
    two = fill(tmp_path / "two", HUNDRED, **{".run.json": "2"})
    assert compare(one, two).returncode == 0


def test_one_other_byte_is_told_of(compare, tmp_path):
    one = fill(tmp_path / "one", HUNDRED, **{"report.md": "a"})
    two = fill(tmp_path / "two", HUNDRED, **{"report.md": "b"})
    done = compare(one, two)
    assert done.returncode == 1
    assert b"differs: report.md" in done.stdout


def test_empty_folders_are_not_called_equal(compare, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert compare(tmp_path / "one", tmp_path / "two").returncode == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ([said(number, score=0.91) for number in range(100)], 0),
        ([*HUNDRED[2:]], 0),
        ([*HUNDRED[3:]], 1),
        ([said(0, quote="No."), said(1, quote="No."), *HUNDRED[2:]], 0),
        ([said(0, quote="No."), said(1, quote="No."), said(2, quote="No."), *HUNDRED[3:]], 1),
    ],
    ids=["other scores", "two lack", "three lack", "two rest on other words", "three rest on other words"],
)
def test_two_of_a_hundred_statements_may_turn(compare, tmp_path, other, code):
    one, two = fill(tmp_path / "one", HUNDRED), fill(tmp_path / "two", other)
    assert compare("--turned", "0.02", one, two).returncode == code


def test_other_texts_are_no_matter_of_the_cpu(compare, tmp_path):
    one, two = fill(tmp_path / "one", HUNDRED), fill(tmp_path / "two", HUNDRED, **{"documents.jsonl": "two\n"})
    assert compare("--turned", "0.02", one, two).returncode == 1
