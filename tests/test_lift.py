from __future__ import annotations

import dataclasses
import re
import time

import pytest

from kg import vocab
from kg.lift import lift
from kg.types import Annotation, Document, Literal, Mention
from tests import careful

TEXT = (
    "The start-up Lumen Labs raised $3m in 2023-Q3. It was founded in 2021, and the deal closed soon. "
    "Bob, who left in 2020, spoke of 2020 as the worst year; the staff listened."
)
LIFTED = careful.annotation(
    "lumen",
    TEXT,
    {
        "c": ("Company", ["The start-up", "Lumen Labs", "It was"]),
        "round": ("Event", ["the deal"]),
        "sum": ("Money", ["$3m=USD 3000000"]),
        "quarter": ("Date", ["2023-Q3=2023-Q3"]),
        "year": ("Date", ["2021=2021"]),
        "soon": ("Date", ["soon"]),
        "worst": ("Date", ["2020=2020"]),
        "bob": ("Person", ["Bob"]),
        "staff": ("Group", ["the staff"]),
        "six": ("Quantity", ["3m=3 m"]),
    },
    [
        ("c raised sum", "The start-up Lumen Labs raised $3m in 2023-Q3."),
        ("round eventDate quarter", "The start-up Lumen Labs raised $3m in 2023-Q3."),
        ("c inceptionDate year", "It was founded in 2021, and the deal closed soon."),
        ("round eventDate soon", "It was founded in 2021, and the deal closed soon."),
        ("bob criticizes worst | alleged, by=staff", "spoke of 2020 as the worst year"),
    ],
)
DOC = LIFTED.document.id
VALUE = vocab.BASE + "value/"


def facts(**options):
    return {(item.subject, item.predicate, item.object): item for item in lift(LIFTED, **options)}


def test_a_name_is_a_label_and_a_description_a_hidden_one():
    found = facts()
    assert (f"{DOC}#c", vocab.LABEL, Literal("Lumen Labs")) in found
    assert (f"{DOC}#c", vocab.HIDDEN_LABEL, Literal("start-up")) in found
    assert (f"{DOC}#c", vocab.TYPE, vocab.KG + "Company") in found


def test_the_evidence_of_a_name_is_the_mention():
    (evidence,) = facts()[f"{DOC}#c", vocab.LABEL, Literal("Lumen Labs")].evidence
    assert (evidence.quote, TEXT[evidence.start : evidence.end]) == ("Lumen Labs", "Lumen Labs")


def test_a_date_that_xml_schema_knows_is_a_literal():
    assert (f"{DOC}#c", vocab.KG + "inceptionDate", Literal("2021", vocab.XSD + "gYear")) in facts()


def test_another_period_is_a_node_on_the_sibling_property():
    found = facts()
    node = VALUE + "period/2023-q3"
    assert (f"{DOC}#round", vocab.KG + "eventPeriod", node) in found
    assert (node, vocab.TYPE, vocab.KG + "Period") in found
    assert (node, vocab.KG + "start", Literal("2023-07-01", vocab.XSD + "date")) in found
    assert (node, vocab.KG + "end", Literal("2023-09-30", vocab.XSD + "date")) in found
    assert (f"{DOC}#round", vocab.KG + "eventPeriod", VALUE + "period/soon") in found


def test_a_date_of_which_something_else_is_said_is_a_node():
    assert (f"{DOC}#bob", vocab.KG + "criticizes", VALUE + "period/2020") in facts()


def test_an_amount_is_a_node_with_value_and_currency():
    found, node = facts(), VALUE + "money/usd-3000000"
    assert (f"{DOC}#c", vocab.KG + "raised", node) in found
    assert (node, vocab.LABEL, Literal("USD 3 million")) in found
    assert (node, vocab.ALT_LABEL, Literal("$3m")) in found
    assert (node, vocab.SCHEMA + "value", Literal("3000000", vocab.XSD + "decimal")) in found
    assert (node, vocab.SCHEMA + "currency", Literal("USD")) in found


def test_a_value_that_no_statement_uses_is_left_out():
    assert not any("quantity" in subject for subject, _, _ in facts())


def test_an_unnamed_entity_is_there_if_a_statement_speaks_of_it():
    subjects = {subject for subject, _, _ in facts()}
    assert f"{DOC}#staff" in subjects
    silent = dataclasses.replace(LIFTED, statements=())
    assert {item.subject for item in lift(silent)} == {f"{DOC}#c", f"{DOC}#bob"}


def test_stance_speaker_and_id_of_the_evidence_stay():
    (before,) = LIFTED.statements[-1].evidence
    (after,) = facts()[f"{DOC}#bob", vocab.KG + "criticizes", VALUE + "period/2020"].evidence
    assert (after.id, after.stance, after.by) == (before.id, ("alleged",), f"{DOC}#staff")


def test_evidence_below_the_threshold_is_left_out():
    unsure = tuple(
        dataclasses.replace(item, evidence=tuple(dataclasses.replace(each, score=0.4) for each in item.evidence))
        for item in LIFTED.statements
    )
    found = list(lift(dataclasses.replace(LIFTED, statements=unsure), threshold=0.5))
    assert not any(item.predicate.startswith(vocab.KG) for item in found)


def test_a_name_that_is_less_sure_is_left_out_unless_it_is_known_or_a_statement_speaks_of_it():
    text = "Artful rivals of Marlow met in Leeds, with Nvidia; Marlow left."
    entities = {
        "a": ("Person", ["Artful"]),
        "m": ("Company", ["Marlow"]),
        "l": ("Place", ["Leeds"]),
        "n": ("Company", ["Nvidia"]),
    }
    read = careful.annotation("a", text, entities, [("m locatedIn l", text)])
    unsure = tuple(dataclasses.replace(item, score=0.4) for item in read.mentions)
    found = list(lift(dataclasses.replace(read, mentions=unsure), threshold=0.45))
    labels = {item.object.value for item in found if item.predicate == vocab.LABEL}
    assert labels == {"Marlow", "Leeds", "Nvidia"}, "Nvidia is known"


def test_a_verb_that_tells_an_event_does_not_describe_it():
    text = "Sora was leaked on 3 May; the leak was short."
    entities = {"e": ("Event", ["leaked", "the leak"]), "d": ("Date", ["3 May=2024-05-03"])}
    read = careful.annotation("a", text, entities, [("e eventDate d", text)])
    mentions = tuple(dataclasses.replace(item, named=False) for item in read.mentions)
    found = list(lift(dataclasses.replace(read, mentions=mentions)))
    assert [item.object.value for item in found if item.predicate == vocab.HIDDEN_LABEL] == ["leak"]


def test_what_is_only_pointed_to_is_left_out_with_what_is_said_of_it():
    text = "They accuse OpenAI. Sora is slow, they say."
    entities = {"g": ("Group", ["They", "they"]), "o": ("Company", ["OpenAI"]), "s": ("Model", ["Sora"])}
    relations = [("g criticizes o", "They accuse OpenAI."), ("o developer s | by=g", "Sora is slow, they say.")]
    found = list(lift(careful.annotation("they", text, entities, relations)))
    assert not [item for item in found if item.subject.endswith("#g")]
    (kept,) = [item for item in found if item.predicate.startswith(vocab.KG)]
    assert kept.evidence[0].by is None


@pytest.mark.parametrize("name", ["Acme", "Acme{}"])
def test_an_article_of_many_names_takes_time_in_proportion(name):
    text = " ".join(name.format(number) for number in range(10_000))
    document = Document("x:many", "many", text)
    spans = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    mentions = tuple(Mention(*span, "Company", f"e-{text[slice(*span)]}") for span in spans)
    start = time.process_time()
    assert sum(1 for _ in lift(Annotation(document, mentions, ()))) == 2 * 10_000
    assert time.process_time() - start < 10
