"""The values that flow through kg: ids, what counts as asserted, the union of evidence."""

from kg.types import Document, Evidence, Literal, Span, Statement, digest, evidence_id, merge_evidence


def said(id_, **fields):
    return Evidence(id=id_, document="https://example.org/d", start=0, end=3, quote="abc", **fields)


def test_a_statement_is_asserted_when_some_evidence_has_no_stance():
    planned, plain = said("1", stance=("planned",)), said("2", by="https://example.org/x")
    assert not Statement("s", "p", "o", (planned,)).asserted
    assert Statement("s", "p", "o", (planned, plain)).asserted
    assert not Statement("s", "p", "o").asserted


def test_a_statement_is_vouched_for_when_a_source_states_it_in_its_own_name():
    claimed, own = said("1", by="e1"), said("2")
    assert Statement("s", "p", "o", (claimed, own)).vouched
    assert not Statement("s", "p", "o", (claimed, said("3", stance=("planned",)))).vouched


def test_a_statement_is_denied_when_some_evidence_negates_it():
    assert Statement("s", "p", "o", (said("1", stance=("negated", "past")),)).denied
    assert not Statement("s", "p", "o", (said("1"),)).denied


def test_the_score_of_a_statement_is_that_of_its_best_plain_evidence():
    items = (said("1", score=0.9, stance=("alleged",)), said("2", score=0.4), said("3", score=0.6))
    assert Statement("s", "p", "o", items).score == 0.6
    assert Statement("s", "p", "o", items[:1]).score == 0.9
    assert Statement("s", "p", "o").score == 1.0


def test_the_id_tells_an_iri_from_a_literal_and_one_literal_from_another():
    ids = {
        Statement("s", "p", "o").id,
        Statement("s", "p", Literal("o")).id,
        Statement("s", "p", Literal("o", language="en")).id,
        Statement("s", "p", Literal("o", "https://example.org/type")).id,
    }
    assert len(ids) == 4
    assert all(len(id_) == 16 for id_ in ids)


def test_parts_of_a_digest_do_not_run_together():
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_the_id_of_evidence_changes_with_what_was_read_only():
    known = {
        "document": "d", "span": Span(0, 9), "subject": Span(0, 1), "object": Span(3, 4), "predicate": "p",
        "stance": (), "by": None,
    }  # fmt: skip
    assert evidence_id(**known) == evidence_id(**known)
    for change in ({"span": Span(0, 8)}, {"stance": ("past",)}, {"by": "e1"}, {"object": None}, {"extra": "x"}):
        assert evidence_id(**{**known, **change}) != evidence_id(**known)


def test_of_two_records_of_one_evidence_the_surer_stands():
    low, high = said("1", score=0.2), said("1", score=0.8)
    assert merge_evidence((low,), (high,)) == merge_evidence((high,), (low,)) == (high,)


def test_a_documents_hash_is_the_sha_256_of_its_text():
    assert Document("https://example.org/d", "d", "abc").hash.startswith("ba7816bf8f01cfea414140de5dae2223")
