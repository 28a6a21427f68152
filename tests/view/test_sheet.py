"""The still picture's drawing: lines as surely as they are said, arrows, nothing that no line leads to."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kg import vocab
from kg.graph import Graph
from kg.types import Document, Evidence, Literal, Statement
from kg.view.ink import ink
from kg.view.model import model
from kg.view.picture import picture
from kg.view.sheet import drawing, sheet, state
from tests.view.synthetic import synthetic_graph

ID, KG = vocab.BASE + "id/", vocab.KG
TEXT = "Ada may lead Bob."


def drawn(*said: Statement) -> list[ET.Element]:
    names = [Statement(ID + name, vocab.LABEL, Literal(name)) for name in ("Ada", "Bob", "Alone")]
    rows = model(Graph([*names, *said], [Document("d", "d", TEXT)]))
    return [ET.fromstring(text) for text in drawing(sheet(rows, picture(rows), ink("light")))]


def leads(*stance: str) -> Statement:
    evidence = Evidence("1", "d", 0, len(TEXT), TEXT, stance)
    return Statement(ID + "Ada", KG + "chiefExecutive", ID + "Bob", (evidence,))


def test_a_stated_line_is_unbroken_a_hedged_one_dotted():
    stated = next(node for node in drawn(leads()) if node.tag == "line")
    hedged = next(node for node in drawn(leads("possible")) if node.tag == "line")
    assert stated.get("stroke-dasharray") is None
    assert hedged.get("stroke-dasharray") == "2 5"


def test_two_that_say_something_of_each_other_are_one_line_with_two_heads():
    back = Statement(ID + "Bob", KG + "partnerOf", ID + "Ada")
    found = [node.tag for node in drawn(leads(), back)]
    assert found.count("line") == 1
    assert found.count("polygon") == 2


def test_what_no_line_leads_to_is_left_out():
    assert [node.tag for node in drawn(leads())].count("path") == 2  # Ada and Bob


def test_a_dispute_outdoes_all_and_what_is_stated_a_claim():
    stated, claimed = {"evidence": [{}]}, {"evidence": [{"by": 1}]}
    assert state([claimed, stated]) == "stated"
    assert state([claimed]) == "claimed"
    assert state([stated, claimed | {"dispute": 0}]) == "disputed"


def test_a_map_is_no_wider_than_a_page_and_has_dots_beside_the_main_figures():
    rows = model(synthetic_graph(400, sourced=False))
    on = sheet(rows, picture(rows), ink("light"))
    assert on.width <= 1800
    assert len(on.drawn) == 120
    dots = [text for text in drawing(on) if 'opacity=".5"' in text]
    assert sum(text.count("h1.5") for text in dots) == len(on.shown) - 120
