"""The rows of the page say what the graph says."""

from __future__ import annotations

import pytest

from kg import vocab
from kg.graph import Dispute, Graph
from kg.types import Document, Evidence, Literal, Span, Statement
from kg.view.model import Model, model
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph

ID, KG = vocab.BASE + "id/", vocab.KG


@pytest.fixture(scope="module")
def seeds() -> Model:
    return model(seeds_graph())


def entity(rows: Model, label: str) -> dict:
    return next(row for row in rows.entities if row["label"] == label)


def said(rows: Model, subject: str, relation: str, object_: str) -> dict:
    number = [row["label"] for row in rows.entities]
    found = (number.index(subject), rows.relations.index(relation), number.index(object_))
    return next(row for row in rows.statements if (row["s"], row["p"], row["o"]) == found)


def quoted(rows: Model, item: dict, span: str = "at") -> str:
    raw = rows.passages[item["passage"]]["text"].encode("utf-16-le")
    start, end = item[span]
    return raw[2 * start : 2 * end].decode("utf-16-le")


def test_entities_come_from_the_most_central(seeds):
    assert {row["label"] for row in seeds.entities[:4]} == {"OpenAI", "Sora", "Sora leak", "group of artists"}
    assert seeds.entities[0]["rank"] == 1
    assert len(seeds.entities) == 43


def test_an_entity_has_its_names_its_type_and_its_documents(seeds):
    row = entity(seeds, "OpenAI")
    assert row["aliases"] == ["ChatGPT-maker", "the company"]
    assert row["id"] == "openai"
    assert seeds.types[row["type"]]["name"] == "Company"
    assert row["documents"] == [0, 1, 2, 3, 4]
    assert entity(seeds, "Toronto")["documents"] == [2]


def test_types_bring_their_colours_and_shapes_from_the_ontology(seeds):
    look = {row["name"]: (row["group"], row["shape"]) for row in seeds.types}
    assert look["Company"] == look["Media"]
    assert look["Company"] != look["Person"]
    assert seeds.types[0]["name"] == "Company"


def test_roles_dates_amounts_and_quantities_are_facts_and_no_entities(seeds):
    labels = [row["label"] for row in seeds.entities]
    facts = {(labels[row["s"]], seeds.relations[row["p"]], row["value"]) for row in seeds.facts}
    assert {
        ("Sora leak", "happened", "14 November 2023"),
        ("Sora leak", "happened", "26 November 2024"),
        ("Sora", "was announced", "February 2024"),
        ("Dall-E 3", "was released", "2023"),
        ("open letter", "has", "nearly 600 signatures"),
        ("Jamie Davidson", "is", "Senior Rumors Analyst"),
    } <= facts
    assert not {"Senior Rumors Analyst", "more than $150bn", "2023"} & set(labels)


def test_a_sentence_comes_with_its_spans_stance_and_speaker(seeds):
    denied = said(seeds, "OpenAI", "announced", "Sora leak")["evidence"][0]
    assert quoted(seeds, denied).startswith("Meanwhile, The Verge reported")
    assert quoted(seeds, denied, "subject") == "OpenAI"
    assert quoted(seeds, denied, "object") == "alleged Sora leak"
    assert denied["stance"] == ["negated"]
    assert seeds.entities[denied["by"]]["label"] == "The Verge"
    assert denied["chars"] == (2398, 2511)


def test_every_sentence_stands_in_its_document_where_it_says(seeds):
    graph = seeds_graph()
    texts = [document.text for document in graph.documents.values()]
    rows = [*seeds.statements, *seeds.facts]
    items = [item for row in rows for item in row["evidence"]]
    assert len(items) == sum(len(statement.evidence) for statement in graph.relations) == 112
    for item in items:
        assert texts[item["document"]][slice(*item["chars"])] == quoted(seeds, item)


def test_disputes_name_their_statements_and_these_their_dispute(seeds):
    value, denial = seeds.disputes
    assert (value["kind"], denial["kind"]) == ("value", "denial")
    assert [row["dispute"] for row in seeds.facts if row["id"] in value["statements"]] == [0, 0]
    assert said(seeds, "OpenAI", "announced", "Sora leak")["dispute"] == 1
    assert denial["statements"] == [said(seeds, "OpenAI", "announced", "Sora leak")["id"]]


def test_documents_tell_what_is_known_of_them(seeds):
    assert seeds.documents[2] == {
        "id": "002_d2385473773569d1",
        "iri": "https://w3id.org/aikg/doc/002_d2385473773569d1",
        "title": "OpenAI’s Sora leaked by protesting artists",
        "publisher": "Silicon Republic",
        "date": "27 November 2024",
        "iso": "2024-11-27",
        "note": seeds.documents[2]["note"],
    }
    assert seeds.documents[0]["untitled"]


def test_pairs_count_the_sentences_between_two(seeds):
    labels = [row["label"] for row in seeds.entities]
    pair = tuple(sorted((labels.index("Shy Kids"), labels.index("Toronto"))))
    assert seeds.pairs[pair] == 1
    assert list(seeds.pairs) == sorted(seeds.pairs)


def test_a_foreign_graph_without_sources_keeps_its_words():
    base = "http://example.org/"
    foaf = "http://xmlns.com/foaf/0.1/"
    rows = model(
        Graph(
            [
                Statement(base + "ada", vocab.TYPE, foaf + "Person"),
                Statement(base + "ada", vocab.LABEL, Literal("Ada")),
                Statement(base + "ada", foaf + "knowsOf", base + "bob"),
                Statement(base + "ada", foaf + "age", Literal("36", vocab.XSD + "integer")),
            ]
        )
    )
    assert [row["label"] for row in rows.entities] == ["Ada", "bob"]
    assert [row["label"] for row in rows.types] == ["Person", "No type"]
    assert rows.relations == ["age", "knows of"]
    assert rows.facts[0]["value"] == "36"
    assert "evidence" not in rows.statements[0]
    assert rows.entities[0]["id"] == base + "ada"


def test_a_speaker_that_is_no_entity_is_a_name():
    item = Evidence("e", "http://d/1", 0, 3, "So.", by="http://a.org/x#Somebody", subject=Span(0, 2))
    rows = model(Graph([Statement(ID + "a", KG + "developer", ID + "b", (item,))]))
    assert rows.statements[0]["evidence"][0]["by"] == "Somebody"
    assert rows.documents == [{"id": "1", "iri": "http://d/1", "title": "1"}]


def test_only_web_addresses_become_links():
    documents = [
        Document(f"d{n}", "d", "x", url=url) for n, url in enumerate(["javascript:x()", "https://a.org", "file:///x"])
    ]
    assert [row.get("url") for row in model(Graph([], documents)).documents] == [None, "https://a.org", None]


def test_a_dispute_about_nothing_known_is_no_error():
    rows = model(Graph([], [], [Dispute("value", ID + "x", KG + "eventDate", ())]))
    assert rows.disputes[0]["s"] == "x"
    assert rows.disputes[0]["p"] == -1


def test_a_statement_about_itself_is_no_line():
    rows = model(Graph([Statement(ID + "a", KG + "competitorOf", ID + "a")]))
    assert len(rows.statements) == 1
    assert rows.pairs == {}


def test_statements_about_values_and_documents_stay_out():
    money = vocab.BASE + "value/money/usd-1"
    rows = model(
        Graph(
            [
                Statement(money, vocab.SCHEMA + "currency", Literal("USD")),
                Statement("http://d/1", vocab.DCTERMS + "title", Literal("T")),
                Statement(ID + "a", KG + "valuation", money),
            ],
            [Document("http://d/1", "1", "text")],
        )
    )
    assert [row["label"] for row in rows.entities] == ["a"]
    assert [row["value"] for row in rows.facts] == ["usd-1"]
    assert rows.statements == []


def test_a_large_graph_keeps_every_sentence_once():
    rows = model(synthetic_graph(200), embed="none")
    assert len(rows.passages) == len({row["start"] for row in rows.passages})
    assert rows.passages[0]["start"] == 0
