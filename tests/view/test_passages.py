"""Each sentence stands once in the page, with its neighbours, and its spans are right in JavaScript's counting."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.types import Document, Evidence, Span
from kg.view.passages import Passage, cut, named

TEXT = "Heading\n\nOne is here. Two 🤔 is\u00a0there! Three “ends.” Four comes. Five goes."


def document(text: str = TEXT) -> Document:
    return Document("d", "d", text)


def evidence(quote: str, *, subject: str = "", text: str = TEXT, key: str = "e") -> Evidence:
    start = text.index(quote)
    at = text.index(subject, start)
    span = Span(at, at + len(subject)) if subject else None
    return Evidence(key, "d", start, start + len(quote), quote, subject=span)


def in_units(text: str, span: tuple[int, int]) -> str:
    """What JavaScript's `text.slice(...span)` gives."""
    raw = text.encode("utf-16-le")
    return raw[2 * span[0] : 2 * span[1]].decode("utf-16-le")


def single(item: Evidence, embed: str, text: str = TEXT) -> tuple[str, str]:
    """The text of the only passage, and what the evidence's place cuts from it."""
    (passage,), places = cut([item], {"d": document(text)}, embed)
    return passage.text, in_units(passage.text, places[item].at)


@pytest.mark.parametrize(
    ("embed", "expected"),
    [
        ("none", "Two 🤔 is\u00a0there!"),
        ("context", "One is here. Two 🤔 is\u00a0there! Three “ends.”"),
        ("full", TEXT),
    ],
)
def test_embed_says_how_much_text_goes_along(embed, expected):
    assert single(evidence("Two 🤔 is\u00a0there!"), embed) == (expected, "Two 🤔 is\u00a0there!")


def test_the_sentence_before_a_paragraph_is_the_heading():
    assert single(evidence("One is here."), "context")[0] == "Heading\n\nOne is here. Two 🤔 is\u00a0there!"


def test_the_last_sentence_has_no_neighbour_after():
    assert single(evidence("Five goes."), "context")[0] == "Four comes. Five goes."


def test_spans_count_utf_16_units_after_an_emoji():
    item = evidence("Two 🤔 is\u00a0there!", subject="there")
    (passage,), places = cut([item], {"d": document()}, "full")
    assert places[item].subject == (TEXT.index("there") + 1, TEXT.index("there") + 6)
    assert in_units(passage.text, places[item].subject) == "there"


def test_overlapping_contexts_are_one_passage_and_distant_ones_two():
    near = [evidence("One is here.", key="a"), evidence("Two 🤔 is\u00a0there!", key="b")]
    assert len(cut(near, {"d": document()}, "context")[0]) == 1
    apart = [evidence("One is here.", key="a"), evidence("Five goes.", key="b")]
    assert [passage.text for passage in cut(apart, {"d": document()}, "none")[0]] == ["One is here.", "Five goes."]


def test_a_neighbour_that_is_too_long_is_left_out():
    text = "a" * 900 + " said Ada. " + "b" * 900
    assert single(evidence("said Ada.", text=text), "context", text)[0] == "said Ada."


def test_a_quote_without_its_text_is_a_passage_of_its_own():
    item = Evidence("e", "d", 40, 60, "🤔 Ada said so.", subject=Span(42, 45), object=Span(10, 12))
    for documents in ({}, {"d": document("Another text.")}):
        (passage,), places = cut([item], documents, "full")
        assert (passage.start, passage.text) == (40, "🤔 Ada said so.")
        assert in_units(passage.text, places[item].subject) == "Ada"
        assert places[item].object is None


def test_evidence_of_one_id_but_different_words_keeps_its_own_place():
    one, two = evidence("One is here.", key="same"), evidence("Five goes.", key="same")
    passages, places = cut([one, two], {"d": document()}, "none")
    assert passages[places[one].passage].text == "One is here."
    assert passages[places[two].passage].text == "Five goes."


@given(
    text=st.text(st.sampled_from("ab. \n🤔é!\u00a0“”"), max_size=60),
    ends=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
    embed=st.sampled_from(["none", "context", "full"]),
)
def test_law_every_quote_is_cut_right_from_its_passage(text, ends, embed):
    spans = [Span(min(pair), min(max(pair), len(text))) for pair in ends if min(pair) < len(text)]
    items = [Evidence(str(n), "d", *span, text[slice(*span)], subject=span) for n, span in enumerate(spans)]
    passages, places = cut(items, {"d": document(text)}, embed)
    for item in items:
        place = places[item]
        assert in_units(passages[place.passage].text, place.at) == item.quote
        assert text[passages[place.passage].start :].startswith(passages[place.passage].text)
        assert place.subject == (place.at if item.quote else None)
    assert len(passages) <= 1 or embed != "full"


def test_names_are_found_in_their_passages_and_counted_as_javascript_does():
    two, heading = TEXT.index("Two"), Passage("d", 0, "Heading")
    passages = [heading, Passage("d", two, "Two 🤔 is\u00a0there!")]
    there = TEXT.index("there")
    mentions = [
        ("d", Span(there, there + 5), 4),
        ("d", Span(two, two + 3), 1),
        ("d", Span(two, there + 5), 2),
        ("d", Span(TEXT.index("Five"), len(TEXT)), 3),  # in no passage
        ("other", Span(0, 3), 5),
    ]
    assert named(passages, mentions, {"d": document()}) == {1: [(0, 15, 2), (0, 3, 1), (10, 15, 4)]}


def test_a_long_stretch_is_cut_between_sentences_and_nothing_is_lost():
    text = " ".join(f"Sentence number {n} is said here." for n in range(1000))
    starts = [text.index(f"Sentence number {n} ") for n in range(0, 1000, 2)]
    items = [Evidence(str(at), "d", at, text.index(".", at) + 1, text[at : text.index(".", at) + 1]) for at in starts]
    passages, places = cut(items, {"d": document(text)}, "context")
    assert len(passages) == 9
    assert "".join(passage.text for passage in passages) == text
    assert all(passage.start + len(passage.text) == after.start for passage, after in itertools.pairwise(passages))
    for item in items:
        assert in_units(passages[places[item].passage].text, places[item].at) == item.quote
