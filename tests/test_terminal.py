from __future__ import annotations

import io

import pytest
from rich.console import Console

from kg import terminal
from kg.explain import explain
from tests import careful, example


def printed(*things, colour=False):
    console = Console(
        file=io.StringIO(), width=200, force_terminal=colour, color_system="truecolor" if colour else None
    )
    for thing in things:
        console.print(thing)
    return console.file.getvalue()


def test_a_summary_counts_what_was_found():
    found = terminal.summary(example.graph(), skipped=1)
    assert found.startswith("2 articles, ")
    assert found.endswith("; 1 input skipped")


def test_an_inventory_lists_articles_types_relations_and_main_things():
    shown = printed(*terminal.inventory(example.graph()))
    for word in ("The Verge", "2024-11-27", "Company", "developer", "OpenAI"):
        assert word in shown


def test_an_explanation_shows_quote_source_and_reserve():
    shown = printed(*terminal.explained(explain(example.graph(), "Sora", "developer")))
    assert "Sora developer OpenAI" in shown
    assert "“Sora is made by OpenAI, Sam Altman said.”" in shown
    assert "The Verge, 2024-11-27" in shown


def test_a_reading_shows_the_text_its_types_and_statements():
    (annotation,) = [item for item in careful.annotations() if item.document.name.startswith("002")]
    shown = printed(*terminal.read(annotation))
    assert "OpenAI’s Sora leaked by protesting artists" in shown
    assert "• Air Head creator Shy Kids" in shown
    assert "• Dall-E 3 releaseDate 2023" in shown


def test_entities_are_in_colour_on_a_terminal():
    (annotation, *_) = careful.annotations()
    assert "\x1b[1;38;2;" in printed(*terminal.read(annotation), colour=True)


@pytest.mark.parametrize(("number", "words"), [(1, "1 article,"), (2, "2 articles,")])
def test_numbers_agree_with_their_nouns(number, words):
    documents = [example.ONE, example.TWO][:number]
    from kg.graph import Graph

    assert terminal.summary(Graph((), documents)).startswith(words)
