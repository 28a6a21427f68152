"""The still picture says what the page shows, and is well-formed whatever the graph holds."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kg.errors import KgError
from kg.graph import Graph
from kg.view import still
from kg.writers import svg
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph
from tests.writers.test_html import HOSTILE, hostile_graph


@pytest.fixture(scope="module")
def text() -> str:
    return svg.render(seeds_graph(), title="The Sora leak")


def words(text: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(text).iter() if node.tag.endswith("}text")]


def test_it_has_title_dates_legend_names_and_groups(text):
    found = words(text)
    assert "5 documents, 27 November 2024 · 43 entities · 82 statements" in found
    assert {"The Sora leak", "OpenAI", "Toronto", "around Sora leak", "Organisation", "sources disagree ≠"} <= set(
        found
    )


def test_disputes_are_marked_by_sign_and_dash(text):
    assert sum("≠" in each for each in words(text)) == 3  # in the key, beside the glyph, on the line
    assert 'stroke-dasharray="9 6"' in text


def test_the_same_text_each_time(text):
    assert svg.render(seeds_graph(), title="The Sora leak") == text


def test_nothing_in_it_runs_or_is_fetched():
    text = svg.render(hostile_graph(), title=HOSTILE)
    tags = {node.tag.rpartition("}")[2] for node in ET.fromstring(text).iter()}
    assert tags <= {"svg", "title", "rect", "g", "path", "circle", "line", "polygon", "text"}
    assert "⟨U+202E⟩" in text
    assert "href=" not in text


@pytest.mark.parametrize("graph", [Graph(), synthetic_graph(300, sourced=False)], ids=["empty", "map"])
def test_other_graphs_are_pictures_too(graph):
    found = words(svg.render(graph))
    assert found[0] if len(graph) else "0 entities · 0 statements · no sources given" in found


def test_dark_is_darker(text):
    dark = svg.render(seeds_graph(), title="The Sora leak", theme="dark")
    assert "#101317" in dark
    assert "#101317" not in text


def test_as_png_it_is_twice_as_wide(text):
    pytest.importorskip("resvg_py")
    content = still.png(text)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) == round(2 * float(ET.fromstring(text).get("width")))


def test_without_resvg_one_line_says_what_to_do(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    with pytest.raises(KgError, match="--format svg"):
        still.png("<svg/>")
