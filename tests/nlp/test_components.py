"""The components as spaCy users meet them: what each sets, and that each may be left out or replaced."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Span

from kg.errors import KgError
from kg.nlp import components, pipeline
from kg.types import Document

TEXT = (
    "Ovidia Labs, a Toronto start-up, released Larkspur-2 on Tuesday. The company said the model cost $3m to train.\n\n"
    "Share this on Facebook\n"
)


@pytest.fixture(scope="module")
def nlp():
    return spacy.load(pipeline.SHIPPED)


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(TEXT)


def test_the_shipped_pipeline_is_loaded_by_spacy_and_names_its_components(nlp):
    assert tuple(nlp.pipe_names) == pipeline.NAMES


def test_entities_are_the_names_of_the_text(doc):
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert ("Ovidia Labs", "Company") in found
    assert ("Toronto", "Place") in found
    assert not any("Facebook" in text for text, _ in found)


def test_mentions_include_descriptions(doc):
    assert {"Ovidia Labs", "The company"} <= {span.text for span in doc.spans["mentions"]}


def test_coreference_stands_in_span_groups_and_in_mentions(doc):
    groups = [doc.spans[key] for key in doc.spans if key.startswith("coref_")]
    together = next(group for group in groups if any(span.text == "Ovidia Labs" for span in group))
    assert "The company" in {span.text for span in together}
    entities = {TEXT[m.start : m.end]: m.entity for m in doc._.mentions}
    assert entities["Ovidia Labs"] == entities["The company"]


def test_furniture_is_marked_by_whole_lines(doc):
    assert [span.text.strip() for span in doc.spans["furniture"]] == ["Share this on Facebook"]


def test_statements_carry_their_sentence_and_the_spans_of_both_ends(doc):
    assert doc._.statements
    for statement in doc._.statements:
        for item in statement.evidence:
            assert TEXT[item.start : item.end] == item.quote
            assert item.subject is not None
            assert item.start <= item.subject.start < item.subject.end <= item.end
            assert 0.0 <= item.score <= 1.0


def test_the_makers_relation_is_read(doc):
    names = {m.entity: TEXT[m.start : m.end] for m in reversed(doc._.mentions)}
    found = {(names[s.subject], s.predicate, names[s.object]) for s in doc._.statements}
    assert ("Larkspur-2", "developer", "Ovidia Labs") in found or ("Ovidia Labs", "released", "Larkspur-2") in found


def test_values_are_normalised_by_the_documents_date(nlp):
    document = Document("https://example.org/d", "d", TEXT, published="2025-06-12")
    (annotation,) = pipeline.annotate(nlp, [document])
    values = {TEXT[m.start : m.end]: m.value for m in annotation.mentions if m.value}
    assert values["$3m"] == "USD 3000000"
    assert values.get("on Tuesday") == "2025-06-10"


def test_a_verb_dates_the_event_that_a_noun_names_later(nlp):
    text = (
        "Zephyr 2, the new image model of Marlow Labs, was leaked by a group of painters on Tuesday. Marlow Labs said "
        "that it regrets the Zephyr 2 leak."
    )
    document = Document("https://example.org/d", "d", text, published="2025-03-06")
    (annotation,) = pipeline.annotate(nlp, [document])
    called = {(text[m.start : m.end], m.entity) for m in annotation.mentions}
    dates = {m.entity for m in annotation.mentions if m.value == "2025-03-04"}
    found = [s for s in annotation.statements if s.predicate == "eventDate" and s.object in dates]
    assert [("leaked", s.subject) in called for s in found] == [True]
    assert any("leak" in name.split() and entity == found[0].subject for name, entity in called)


def test_pipe_gives_what_single_calls_give(nlp):
    texts = [TEXT, "", "Nothing here.", TEXT * 2]
    piped = [(doc._.mentions, doc._.statements) for doc in nlp.pipe(texts, batch_size=3)]
    assert piped == [(doc._.mentions, doc._.statements) for doc in map(nlp, texts)]


def test_the_arrays_of_the_network_do_not_stay_in_the_doc(doc):
    assert "kg.state" not in doc.user_data


def test_a_component_can_be_left_out(nlp):
    with nlp.select_pipes(disable=["kg_relations", "kg_stance"]):
        doc = nlp(TEXT)
    assert doc._.mentions
    assert doc._.statements == ()


def test_entities_that_stand_before_are_taken_over(nlp):
    with nlp.select_pipes(disable=["kg_relations", "kg_stance"]):
        doc = nlp.make_doc(TEXT)
        doc.ents = [Span(doc, 0, 2, "ORG")]
        doc = nlp(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ovidia Labs", "ORG")]
    assert ("Ovidia Labs", "Company") in {(span.text, span.label_) for span in doc.spans["mentions"]}


def test_a_pipeline_of_others_is_filled_up_with_ours(tmp_path):
    other = spacy.blank("en")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Ovidia Labs"}])
    other.to_disk(tmp_path / "other")
    loaded = pipeline.load(tmp_path / "other")
    assert loaded.pipe_names[0] == "kg_furniture"
    assert [(ent.text, ent.label_) for ent in loaded(TEXT).ents] == [("Ovidia Labs", "ORG")]


def test_a_pipeline_goes_to_disk_and_comes_back(nlp, tmp_path):
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert again(TEXT)._.statements == nlp(TEXT)._.statements


def test_a_folder_without_a_pipeline_is_told_in_one_line(tmp_path):
    with pytest.raises(KgError, match=r"config\.cfg"):
        pipeline.load(tmp_path)


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "🤔", "a" * 5000, "[" * 300, "\u202eevil", "“", "1/9:"])
def test_odd_texts_are_read_without_a_fault(nlp, text):
    doc = nlp(text)
    assert all(0 <= m.start < m.end <= len(text) for m in doc._.mentions)


def test_a_long_text_is_read_in_windows(nlp):
    text = " ".join([TEXT.split("\n", maxsplit=1)[0]] * 40)
    doc = nlp(text)
    ovidia = [m for m in doc._.mentions if text[m.start : m.end] == "Ovidia Labs"]
    assert len(ovidia) == 40
    assert len({m.entity for m in ovidia}) == 1


def test_text_of_numbers_the_sentences_in_order(nlp):
    doc = components.mark_sentences(nlp.make_doc("One here. Two here."))
    assert np.asarray(components.text_of(doc).sentence).tolist() == [0, 0, 0, 1, 1, 1]
