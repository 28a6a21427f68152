"""The columns and shards hold what the model holds."""

from __future__ import annotations

import pytest

from kg.view.columns import STATUSES, columns, said_order, shards
from kg.view.model import Model, model
from kg.view.picture import picture
from tests.view.seeds_graph import seeds_graph


@pytest.fixture(scope="module")
def rows() -> Model:
    return model(seeds_graph())


@pytest.fixture(scope="module")
def view(rows) -> dict:
    return columns(rows, picture(rows), shards=shards(rows))


def opened(rows: Model, parts: list[dict]) -> list[tuple[int, str, str, str]]:
    """Each sentence as the script finds it: its statement's number, its words, those of subject and of object."""
    texts = [text for part in parts for _, _, text, *_ in part["passages"]]
    found = []
    for part in parts:
        before, last = 0, -1
        for passage, said, _, skipped, length, *ends in part["evidence"]:
            raw = texts[part["first"] + passage].encode("utf-16-le")
            start = skipped + (before if passage == last else 0)
            before, last = start + length, passage
            spans = [(start, length), (start + ends[0], ends[1]), (start + ends[2], ends[3])]
            words = [raw[2 * at : 2 * (at + size)].decode("utf-16-le") for at, size in spans]
            found.append((said, *words))
    return found


def expected(rows: Model) -> list[tuple[int, str, str, str]]:
    said = [*(rows.statements[number] for number in said_order(rows)), *rows.facts]
    found = []
    for number, row in enumerate(said):
        for item in row.get("evidence", ()):
            raw = rows.passages[item["passage"]]["text"].encode("utf-16-le")
            spans = [item.get(key, (0, 0)) for key in ("at", "subject", "object")]
            found.append((number, *(raw[2 * start : 2 * end].decode("utf-16-le") for start, end in spans)))
    return found


@pytest.mark.parametrize("most", [1, 900, 400_000])
def test_the_shards_hold_every_sentence_with_its_ends_however_they_are_cut(rows, most):
    parts = shards(rows, most=most)
    assert (len(parts) == 1) == (most == 400_000)
    assert sorted(opened(rows, parts)) == sorted(expected(rows))


def test_statements_and_documents_know_the_shards_of_their_sentences(rows):
    parts = shards(rows, most=1)
    view = columns(rows, picture(rows), shards=parts)
    for number, home in enumerate(view["statements"]["shards"]):
        found = {place for place, part in enumerate(parts) for row in part["evidence"] if row[1] == number}
        assert found == set(home if isinstance(home, list) else [home])
    for number, source in enumerate(view["documents"]):
        assert source["shards"] == [
            place for place, part in enumerate(parts) if any(row[0] == number for row in part["passages"])
        ]


def test_statements_of_one_line_stand_together(view):
    ends = [tuple(sorted(pair)) for pair in zip(view["statements"]["s"], view["statements"]["o"], strict=True)]
    assert ends == sorted(ends)


def test_how_a_statement_stands_is_told_with_it(rows, view):
    labels, said = view["entities"]["label"], view["statements"]
    standing = {
        (labels[said["s"][n]], view["relations"][said["p"][n]], labels[said["o"][n]]): STATUSES[status]
        for n, status in enumerate(said["status"])
    }
    assert standing["OpenAI", "announced", "Sora leak"] == "disputed"
    assert standing["Sora", "developed by", "OpenAI"] == "stated"
    assert {"stated", "claimed", "denied", "disputed"} == set(standing.values())


def test_a_claim_names_who_makes_it_and_a_denial_what_it_is(view):
    said = view["statements"]
    for number, (by, stances) in said["how"].items():
        status = STATUSES[said["status"][int(number)]]
        assert (status == "denied") == ("negated" in stances)
        assert by is None or isinstance(by, str) or view["entities"]["label"][by]


def test_disputes_name_their_statements_by_number(rows, view):
    facts, labels = view["facts"], view["entities"]["label"]
    first = next(row for row in view["disputes"] if row["kind"] == "value")
    number = [one - len(view["statements"]["s"]) for one in first["statements"]]
    assert {facts["value"][one] for one in number} == {"14 November 2023", "26 November 2024"}
    assert {labels[facts["s"][one]] for one in number} == {"Sora leak"}
