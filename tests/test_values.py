from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import values, vocab
from kg.types import Literal


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        ("2024-11-26", "2024-11-26", "date"),
        ("2024-11", "2024-11", "gYearMonth"),
        ("2024", "2024", "gYear"),
        ("2024-11-26T10:00+01:00", "2024-11-26T10:00:00+01:00", "dateTime"),
        ("2024-11-26T10:00:30Z", "2024-11-26T10:00:30Z", "dateTime"),
    ],
)
def test_a_date_is_a_literal_where_xml_schema_has_the_type(value, lexical, datatype):
    assert values.date_literal(value) == Literal(lexical, vocab.XSD + datatype)


@pytest.mark.parametrize("value", ["2024-Q3", "2024-11-26/2024-11-28", "2024-W39", "2024-H1", "2024-02-30", "soon", ""])
def test_other_periods_and_what_is_no_date_have_no_literal(value):
    assert values.date_literal(value) is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-Q3", (2024, 7, 1), (2024, 9, 30)),
        ("2024-H2", (2024, 7, 1), (2024, 12, 31)),
        ("2024-W01", (2024, 1, 1), (2024, 1, 7)),
        ("2024-11-26T23:00Z", (2024, 11, 26), (2024, 11, 26)),
        ("2024-11-26/2024-11-28", (2024, 11, 26), (2024, 11, 28)),
        ("2023/2024-03", (2023, 1, 1), (2024, 3, 31)),
    ],
)
def test_a_period_covers_days(value, first, last):
    assert values.days(value) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize("value", ["2024-13", "2024-02-30", "2024-W60", "2024-11-28/2024-11-26", "next week"])
def test_what_is_no_period_covers_none(value):
    assert values.days(value) is None


def test_amounts_and_quantities_are_taken_apart():
    assert values.money("USD 150000000000") == ("USD", Decimal(150000000000))
    assert values.money("150 dollars") is None
    assert values.quantity("600 signatures") == (Decimal(600), "signatures")
    assert values.quantity("8.3") == (Decimal("8.3"), "")
    assert values.quantity("several") is None


def test_a_decimal_has_no_needless_zeros():
    assert values.decimal(Decimal("8.50")).value == "8.5"
    assert values.decimal(Decimal(150000000000)).value == "150000000000"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("USD 150000000000", "USD 150 billion"),
        ("EUR 48000", "EUR 48,000"),
        ("USD 1500000", "USD 1.5 million"),
        ("46700000000 parameters", "46.7 billion parameters"),
        ("600 signatures", "600 signatures"),
        ("2024-11-26/2024-11-28", "2024-11-26 to 2024-11-28"),
        ("2024", "2024"),
    ],
)
def test_a_value_is_written_as_people_write_it(value, words):
    assert values.words(value) == words


@given(st.text())
def test_any_text_may_be_no_value(text):
    values.days(text)
    values.money(text)
    values.quantity(text)
    values.number(text)
    assert values.words(text) is not None
