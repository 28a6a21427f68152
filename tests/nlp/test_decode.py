"""Decoding: what the best consistent tagging and the clusters are, worked out by hand."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kg.nlp import decode

# Two types. Columns: outside, then begin, inside, last, unit of each.
OUT, B0, I0, L0, U0, B1, I1, L1, U1 = range(9)


def scores(*tags):
    table = np.full((len(tags), 9), -9.0)
    for row, tag in enumerate(tags):
        table[row, tag] = -0.1
    return table


def test_spans_follow_the_tags_where_they_agree():
    assert decode.spans(scores(OUT, U1, B0, I0, L0, OUT)) == [(1, 1, 1), (2, 4, 0)]


def test_a_span_that_begins_must_end_with_the_same_type():
    found = decode.spans(scores(B0, L1))
    assert found in ([(0, 1, 0)], [(0, 1, 1)], [(0, 0, 0)], [(1, 1, 1)], [(0, 0, 0), (1, 1, 1)], [])
    assert decode.spans(scores(B0, I1, L0)) == [(0, 2, 0)]


def test_an_open_span_at_the_end_is_closed_or_dropped():
    assert all(end < 2 for _, end, _ in decode.spans(scores(OUT, B0)))


def test_a_lower_score_of_outside_finds_more():
    table = np.log(np.asarray([[0.6, 0, 0, 0, 0.4, 0, 0, 0, 0]]) + 1e-9)
    assert decode.spans(table) == []
    assert decode.spans(table, outside=-1.0) == [(0, 0, 0)]


@given(arrays.arrays(float, st.tuples(st.integers(0, 9), st.just(9)), elements=st.floats(-20, 0)))
def test_spans_are_in_order_and_never_overlap(table):
    found = decode.spans(table)
    assert all(0 <= start <= end < len(table) and kind in (0, 1) for start, end, kind in found)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(found))


@given(arrays.arrays(float, st.tuples(st.integers(1, 4), st.just(5)), elements=st.floats(-20, 0)))
def test_no_other_consistent_tagging_is_better(table):
    def value(tags):
        return sum(table[row, tag] for row, tag in enumerate(tags))

    def consistent(tags):
        inside = False
        for tag in tags:
            if inside != (tag in (2, 3)):
                return False
            inside = tag in (1, 2)
        return not inside

    def all_tags(count):
        return [[]] if count == 0 else [[*rest, tag] for rest in all_tags(count - 1) for tag in range(5)]

    best = max(value(tags) for tags in all_tags(len(table)) if consistent(tags))
    tags = [0] * len(table)
    for start, end, _ in decode.spans(table):
        tags[start : end + 1] = [4] if start == end else [1, *[2] * (end - start - 1), 3]
    assert abs(value(tags) - best) < 1e-9


def test_a_mention_joins_its_best_antecedent_above_the_threshold():
    table = np.asarray([[0, 0, 0, 0], [-1, 0, 0, 0], [2, 1, 0, 0], [-3, 1, 0.5, 0]], dtype=float)
    assert decode.clusters(table) == [0, 1, 0, 1]
    assert decode.clusters(table, threshold=1.5) == [0, 1, 0, 3]


def test_a_mention_joins_no_cluster_that_holds_one_apart_from_it():
    table = np.asarray([[0, 0, 0, 0], [2, 0, 0, 0], [0, 3, 0, 0], [-1, -1, -1, 0]], dtype=float)
    apart = np.zeros((4, 4), dtype=bool)
    apart[0, 2] = apart[2, 0] = True
    assert decode.clusters(table) == [0, 0, 0, 3]
    assert decode.clusters(table, apart=apart) == [0, 0, 2, 3]


def test_log_softmax_sums_to_one_and_sigmoid_is_safe():
    assert np.allclose(np.exp(decode.log_softmax(np.asarray([[1000.0, 1000.0]]))), [[0.5, 0.5]])
    assert decode.sigmoid(np.asarray([-1e9, 0.0, 1e9])).round(6).tolist() == [0.0, 0.5, 1.0]
