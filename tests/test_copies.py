from __future__ import annotations

import dataclasses
import importlib

from hypothesis import given
from hypothesis import strategies as st

from kg import copies, vocab
from kg.types import Document
from tests import fake

builds = importlib.import_module("kg.build")

WIRE = " ".join(f"word{number} said" for number in range(60)) + ".\nAcme met Brill in the end."
OTHER = " ".join(f"term{number} was" for number in range(60)) + "."


def document(name, text, **more):
    return Document(vocab.BASE + "doc/" + name, name, text, **more)


ONE = document("one", WIRE, published="2025-01-02", url="https://one.example/a")
TWO = document("two", WIRE + " !", published="2025-01-03", url="https://two.example/b")
NEAR = document("near", "Own head. " + WIRE + "\nZorg met Vanta, we add.", published="2025-01-04")
APART = document("apart", OTHER, published="2025-01-01")


@given(st.permutations([ONE, TWO, NEAR, APART]))
def test_copies_lead_to_the_earliest_in_any_order(documents):
    assert copies.copies(documents) == {TWO.id: ONE.id, NEAR.id: ONE.id}


def test_without_dates_the_first_by_id_is_the_original():
    assert copies.copies([document("b", WIRE), document("a", WIRE + " End.")]) == {
        vocab.BASE + "doc/b": vocab.BASE + "doc/a"
    }


def test_short_texts_are_copies_only_word_by_word_and_texts_without_words_never():
    short = [document("a", "Acme met Brill."), document("b", "Acme met Brill?"), document("c", "Acme met Corro.")]
    assert copies.copies(short) == {short[1].id: short[0].id}
    assert copies.copies([document("a", "..."), document("b", "...")]) == {}


def test_what_only_the_copy_says_stays_and_the_rest_counts_once():
    found = copies.copies([ONE, NEAR])
    (near,) = copies.marked([fake.annotation(NEAR)], found, {ONE.id: ONE, NEAR.id: NEAR})
    assert near.document == dataclasses.replace(NEAR, copy_of=ONE.id)
    assert {(item.subject, item.object) for item in near.statements} == {("e-Zorg", "e-Vanta")}
    assert {item.entity for item in near.mentions} == {"e-Zorg", "e-Vanta"}


def test_in_a_graph_a_syndicated_article_counts_once_with_all_its_addresses(tmp_path):
    for item in (ONE, TWO):
        (tmp_path / f"{item.name}.txt").write_text(item.text)
        (tmp_path / f"{item.name}.json").write_text(f'{{"url": "{item.url}", "published": "{item.published}"}}')
    graph = builds.run(tmp_path, model=fake.Reads()).graph
    assert {item.url for item in graph.documents.values()} == {ONE.url, TWO.url}
    (original,) = (item.id for item in graph.documents.values() if item.copy_of is None)
    assert {evidence.document for item in graph for evidence in item.evidence} == {original}
