from __future__ import annotations

import pytest

from kg import disputes, vocab
from kg.graph import Graph
from kg.lift import lift
from kg.types import Evidence, Literal, Statement
from tests import careful

LEAK, ROUND, SORA, LABS = (vocab.BASE + "id/" + name for name in ("leak", "round", "sora", "labs"))
DATE = {4: vocab.XSD + "gYear", 7: vocab.XSD + "gYearMonth", 10: vocab.XSD + "date"}


def evidence(key, *stance, by=None):
    return Evidence(key, "doc", 0, 1, "x", stance, by)


def graph(*statements):
    types = ((LEAK, "Event"), (ROUND, "Event"), (SORA, "Model"), (LABS, "Company"))
    return Graph([*(Statement(iri, vocab.TYPE, vocab.KG + name) for iri, name in types), *statements])


def dated(value, *stance, on="eventDate", subject=LEAK):
    return Statement(subject, vocab.KG + on, Literal(value, DATE[len(value)]), (evidence(value, *stance),))


def amounts(*values, subject=ROUND, relation="raised"):
    for currency, number in values:
        node = f"{vocab.BASE}value/money/{currency}-{number}"
        yield Statement(subject, vocab.KG + relation, node, (evidence(node),))
        yield Statement(node, vocab.SCHEMA + "value", Literal(number, vocab.XSD + "decimal"))
        yield Statement(node, vocab.SCHEMA + "currency", Literal(currency))


def period(first, last, relation="eventPeriod"):
    node = vocab.BASE + "value/period/x"
    yield Statement(LEAK, vocab.KG + relation, node, (evidence("period"),))
    yield Statement(node, vocab.KG + "start", Literal(first, vocab.XSD + "date"))
    yield Statement(node, vocab.KG + "end", Literal(last, vocab.XSD + "date"))


def test_two_days_of_one_event_are_a_dispute_with_both():
    (found,) = disputes.find(graph(dated("2024-11-26"), dated("2023-11-14")))
    assert (found.kind, found.subject, found.predicate) == ("value", LEAK, vocab.KG + "eventDate")
    assert [item.object.value for item in found.statements] == ["2023-11-14", "2024-11-26"]


@pytest.mark.parametrize("rough", ["2024", "2024-11"])
def test_a_rougher_date_agrees(rough):
    assert disputes.find(graph(dated("2024-11-26"), dated(rough))) == ()


def test_a_period_agrees_with_a_day_in_it_and_with_no_other():
    autumn = list(period("2024-09-01", "2024-11-30"))
    assert disputes.find(graph(dated("2024-11-26"), *autumn)) == ()
    (found,) = disputes.find(graph(dated("2024-12-01"), *autumn))
    assert {item.predicate for item in found.statements} == {vocab.KG + "eventDate", vocab.KG + "eventPeriod"}


@pytest.mark.parametrize("stance", ["planned", "possible", "past", "negated"])
def test_what_is_not_claimed_to_be_so_is_no_second_value(stance):
    assert disputes.find(graph(dated("2024-11-26"), dated("2023-11-14", stance))) == ()


def test_what_is_alleged_is_a_second_value():
    assert len(disputes.find(graph(dated("2024-11-26"), dated("2023-11-14", "alleged")))) == 1


def test_what_may_have_many_values_has_no_dispute():
    more = [Statement(SORA, vocab.KG + "developer", LABS + str(n), (evidence(str(n)),)) for n in range(2)]
    assert disputes.find(graph(*more)) == ()


@pytest.mark.parametrize(
    ("one", "two", "disputed"),
    [
        (("EUR", "385000000"), ("EUR", "450000000"), True),
        (("EUR", "385000000"), ("EUR", "385000000"), False),
        (("USD", "150000000000"), ("USD", "149700000000"), False),
        (("USD", "2000000000"), ("USD", "1960000000"), False),
        (("USD", "1000000000"), ("USD", "1400000000"), True),
        (("USD", "385000000"), ("EUR", "450000000"), False),
    ],
)
def test_sums_of_one_round_agree_if_one_is_the_other_rounded(one, two, disputed):
    assert bool(disputes.find(graph(*amounts(one), *amounts(two)))) is disputed


def test_a_company_may_raise_several_sums():
    statements = [*amounts(("EUR", "1"), subject=LABS), *amounts(("EUR", "450000000"), subject=LABS)]
    assert disputes.find(graph(*statements)) == ()


def denial(*stances, relation="acquired", swapped=False):
    first, *rest = (evidence(str(place), *stance) for place, stance in enumerate(stances))
    ends = (SORA, LABS) if swapped else (LABS, SORA)
    return [
        Statement(LABS, vocab.KG + relation, SORA, (first,)),
        Statement(ends[0], vocab.KG + relation, ends[1], tuple(rest)),
    ]


@pytest.mark.parametrize(
    ("stances", "disputed"),
    [
        (((), ("negated",)), True),
        ((("alleged",), ("negated",)), True),
        ((("planned",), ("negated", "planned")), True),
        ((("past",), ("negated",)), False),
        ((("negated",), ("negated",)), False),
        (((), ()), False),
    ],
)
def test_what_one_says_and_another_denies_in_the_same_tense_is_a_dispute(stances, disputed):
    found = disputes.find(graph(*denial(*stances)))
    assert [item.kind for item in found] == ["denial"] * disputed


def test_of_a_symmetric_relation_either_direction_is_denied():
    assert len(disputes.find(graph(*denial((), ("negated",), relation="partnerOf", swapped=True)))) == 1
    assert disputes.find(graph(*denial((), ("negated",), relation="acquired", swapped=True))) == ()


def test_an_article_that_denies_what_another_claims_is_found_from_the_text_on():
    text = "Telkabel made an offer, papers say. Telkabel denies it."
    entities = {"t": ("Company", ["Telkabel"]), "o": ("Event", ["an offer"])}
    said = ("o agent t | alleged", "Telkabel made an offer, papers say.")
    denied = ("o agent t | negated, by=t", "Telkabel denies it.")
    annotations = [
        careful.annotation("one", text, entities, [said]),
        careful.annotation("one", text, entities, [denied]),
    ]
    (found,) = disputes.find(Graph(item for each in annotations for item in lift(each)))
    assert found.kind == "denial"
    assert len(found.statements[0].evidence) == 2


def test_disputes_come_in_a_fixed_order():
    statements = [*denial((), ("negated",)), dated("2024-11-26"), dated("2023-11-14"), *amounts(("A", "1"), ("A", "9"))]
    found = disputes.find(graph(*statements))
    assert [item.kind for item in found] == ["denial", "value", "value"]
    assert found == disputes.find(graph(*reversed(statements)))
