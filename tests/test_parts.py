from __future__ import annotations

import pytest

from kg.parts import forms, parts


@pytest.mark.parametrize(
    ("name", "words", "numbers", "sizes"),
    [
        ("GPT-4o", ("gpt",), ("4o",), set()),
        ("Llama 3.1-70B", ("llama",), ("3.1",), {"70b"}),
        ("Qwen3-235B-A22B", ("qwen",), ("3",), {"235b", "a22b"}),
        ("Mixtral 8x7B", ("mixtral",), (), {"8x7b"}),
        ("Sora 2.0", ("sora",), ("2",), set()),
        ("Midjourney v6", ("midjourney",), ("6",), set()),
        ("Command R+", ("command", "r", "plus"), (), set()),
        ("Gemini 1.5 Flash8B", ("gemini", "flash"), ("1.5",), {"8b"}),
        ("MiniCPM-V", ("minicpm", "v"), (), set()),
    ],
)
def test_words_versions_and_sizes(name, words, numbers, sizes):
    assert parts(name)[:3] == (words, numbers, frozenset(sizes))


def test_a_maker_and_the_day_of_a_snapshot():
    found = parts("anthropic/claude-opus-4-5-20251101")
    assert found == (("claude", "opus"), ("4.5",), frozenset(), "20251101", "anthropic")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Massachusetts Institute of Technology (MIT)", ("Massachusetts Institute of Technology", "MIT")),
        ("Amazon (hosting)", ("Amazon",)),
        ("PaLM (540B)", ("PaLM 540B",)),
        ("Université de Montréal / University of Montreal", ("Université de Montréal", "University of Montreal")),
        ("Zhiyuan aka BAAI", ("Zhiyuan", "BAAI")),
    ],
)
def test_one_entry_may_hold_several_names(name, expected):
    assert forms(name) == expected
