"""What is written on the still picture: every name, and of lines what there is room for."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kg.view.ink import ink
from kg.view.lettering import lettering
from kg.view.model import model
from kg.view.picture import picture
from kg.view.sheet import sheet
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph


def written(graph) -> list[ET.Element]:
    rows = model(graph, embed="none")
    texts = "".join(lettering(sheet(rows, picture(rows), ink("light"))))
    return list(ET.fromstring(f"<g>{texts}</g>"))


@pytest.fixture(scope="module")
def seeds() -> list[ET.Element]:
    return written(seeds_graph())


def test_every_name_is_written_and_the_main_ones_are_larger(seeds):
    sizes = {node.text: float(node.get("font-size", 0)) for node in seeds}
    assert {"OpenAI", "Sora leak", "Toronto", "TechCrunch"} <= set(sizes)
    assert sizes["OpenAI"] > sizes["Toronto"]


def test_relations_run_along_their_lines_and_a_disputed_one_bears_its_sign(seeds):
    along = [node for node in seeds if "rotate" in node.get("transform", "")]
    assert 5 <= len(along) <= 14
    assert [node.get("fill") for node in along if "≠" in (node.text or "")] == [ink("light")["warn"]]


def test_groups_are_named_in_another_hand(seeds):
    assert "around Sora leak" in [node.text for node in seeds if node.get("font-style") == "italic"]


def test_on_a_map_names_keep_off_each_other_and_lines_say_nothing():
    found = written(synthetic_graph(400, sourced=False))
    assert 20 < len(found) < 120
    assert not [node for node in found if node.get("transform")]
