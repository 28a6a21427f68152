"""The whole line, with the shipped network, on two short articles of our own."""

import json

import pytest

import kg
from kg import vocab
from kg.types import Literal

WIRE = """Ovidia Labs opens its video model

Ovidia Labs, a start-up based in Toronto, released the video model Larkspur-2 on 12 June 2025. Larkspur-2 was developed
by Ovidia Labs. Ada Okafor is the chief executive of Ovidia Labs.

Share this article | Sign up for our newsletter
"""
BLOG = """What we know about Larkspur-2

Larkspur-2, a video model from Ovidia Labs, was released on 14 June 2025. Meridian Capital has invested in the company.
"""
ID = vocab.BASE + "id/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    articles = tmp_path_factory.mktemp("articles")
    (articles / "wire.txt").write_text(WIRE, encoding="utf-8")
    (articles / "wire.json").write_text(
        json.dumps(
            {"title": "Ovidia Labs opens its video model", "publisher": "Meridian Wire", "published": "2025-06-13"}
        ),
        encoding="utf-8",
    )
    (articles / "blog.txt").write_text(BLOG, encoding="utf-8")
    target = tmp_path_factory.mktemp("outputs")
    kg.build([articles], output=target)
    return target


@pytest.fixture(scope="module")
def graph(folder):
    return kg.load(folder)


def test_both_articles_speak_of_the_same_company_and_model(graph):
    assert graph.entities[ID + "ovidia-labs"].type == vocab.KG + "Company"
    assert graph.entities[ID + "larkspur-2"].type == vocab.KG + "Model"
    told = next(s for s in graph.about(ID + "larkspur-2") if s.predicate == vocab.KG + "developer")
    assert told.object == ID + "ovidia-labs"
    assert len({item.document for item in told.evidence}) == 2


def test_two_dates_of_release_are_a_dispute(graph):
    (dispute,) = (d for d in graph.disputes if d.predicate == vocab.KG + "releaseDate")
    values = {s.object.value for s in dispute.statements if isinstance(s.object, Literal)}
    assert values == {"2025-06-12", "2025-06-14"}


def test_each_quote_is_cut_from_the_stored_text(graph):
    for statement in graph.relations:
        for item in statement.evidence:
            text = graph.documents[item.document].text
            assert text[item.start : item.end] == item.quote


def test_page_furniture_yields_nothing(graph):
    assert not [e.name for e in graph.entities.values() if "newsletter" in e.name.lower() or "share" in e.name.lower()]


def test_a_question_is_answered_from_the_folder(folder):
    rows = kg.query(folder, "SELECT ?place { id:ovidia-labs kg:locatedIn/rdfs:label ?place }").rows
    assert "Toronto" in str(rows)


@pytest.mark.filterwarnings("ignore:.*Dataset:DeprecationWarning")  # rdflib's own use of what it deprecates
def test_networkx_and_rdflib_get_the_same_relation(graph):
    assert graph.to_networkx().has_edge(ID + "larkspur-2", ID + "ovidia-labs")
    asked = f"ASK {{ <{ID}larkspur-2> <{vocab.KG}developer> <{ID}ovidia-labs> }}"
    assert graph.to_rdflib().query(asked).askAnswer


def test_the_page_holds_the_names_and_asks_nothing_of_the_network(folder):
    page = (folder / "graph.html").read_text(encoding="utf-8")
    assert "Larkspur-2" in page
    assert 'src="http' not in page
