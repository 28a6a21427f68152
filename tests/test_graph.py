"""The laws of merge, searched by hypothesis, and what a graph answers about itself."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from kg import vocab
from kg.graph import Graph, merge
from kg.types import Document, Evidence, Literal, Statement

NODES = st.sampled_from(["https://example.org/a", "https://example.org/b", "https://example.org/c"])
PREDICATES = st.sampled_from([vocab.KG + "developer", vocab.LABEL, vocab.TYPE])
LITERALS = st.builds(Literal, st.sampled_from(["x", "y", ""]), language=st.sampled_from(["", "en"]))
EVIDENCE = st.builds(
    Evidence,
    id=st.sampled_from("123"),
    document=st.just("https://example.org/d"),
    start=st.integers(0, 3),
    end=st.integers(4, 6),
    quote=st.sampled_from(["one", "two"]),
    stance=st.sampled_from([(), ("planned",), ("negated",)]),
    by=st.sampled_from([None, "https://example.org/a"]),
    score=st.sampled_from([0.1, 0.5, 1.0]),
    reader=st.sampled_from(["kg", "hand"]),
    subject=st.sampled_from([None, (0, 1)]),
    object=st.sampled_from([None, (1, 2)]),
    reason=st.sampled_from(["", "because"]),
)
STATEMENTS = st.builds(Statement, NODES, PREDICATES, NODES | LITERALS, st.lists(EVIDENCE, max_size=3).map(tuple))
DOCUMENTS = st.builds(
    Document,
    st.sampled_from(["https://example.org/d", "https://example.org/e"]),
    st.sampled_from(["d", "e"]),
    st.sampled_from(["", "text"]),
    title=st.sampled_from([None, "", "Title"]),
)
GRAPHS = st.builds(Graph, st.lists(STATEMENTS, max_size=6), st.lists(DOCUMENTS, max_size=3))


@given(GRAPHS, GRAPHS)
def test_merge_does_not_mind_the_order_of_two(one, two):
    assert merge(one, two) == merge(two, one)


@given(GRAPHS, GRAPHS, GRAPHS)
def test_merge_does_not_mind_which_are_merged_first(one, two, three):
    assert merge(merge(one, two), three) == merge(one, merge(two, three)) == merge(one, two, three)


@given(GRAPHS)
def test_merging_a_graph_with_itself_changes_nothing(graph):
    assert merge(graph, graph) == graph
    assert merge(graph, Graph()) == graph


@given(st.lists(STATEMENTS, max_size=6), st.randoms())
def test_the_order_in_which_statements_come_does_not_matter(statements, random):
    shuffled = [*statements]
    random.shuffle(shuffled)
    assert list(Graph(statements)) == list(Graph(shuffled))


@given(GRAPHS)
def test_every_statement_stands_once_in_the_order_of_its_key(graph):
    keys = [statement.key for statement in graph]
    assert keys == sorted(set(keys))


def test_the_same_statement_unites_its_evidence():
    def said(id_):
        return Evidence(id=id_, document="https://example.org/d", start=0, end=3, quote="abc")

    first, second = (
        Statement("https://example.org/a", vocab.KG + "uses", "https://example.org/b", (said(id_),)) for id_ in "12"
    )
    (united,) = Graph([second, first])
    assert [item.id for item in united.evidence] == ["1", "2"]


def test_an_entity_has_the_name_type_and_aliases_that_are_stated():
    iri = vocab.BASE + "id/openai"
    graph = Graph(
        [
            Statement(iri, vocab.TYPE, vocab.KG + "Company"),
            Statement(iri, vocab.LABEL, Literal("OpenAI")),
            Statement(iri, vocab.ALT_LABEL, Literal("the ChatGPT maker")),
            Statement(vocab.BASE + "id/sora", vocab.KG + "developer", iri),
        ]
    )
    assert graph.entities[iri].name == "OpenAI"
    assert graph.entities[iri].type == vocab.KG + "Company"
    assert graph.entities[iri].aliases == ("the ChatGPT maker",)
    assert graph.name(vocab.BASE + "id/sora") == "sora"
    assert [statement.subject for statement in graph.mentioning(iri)] == [vocab.BASE + "id/sora"]
    assert [statement.predicate for statement in graph.relations] == [vocab.KG + "developer"]


@given(GRAPHS, st.sampled_from(["https://example.org/a", "https://example.org/b", "https://example.org/none"]))
def test_what_leads_to_some_is_what_mentions_each(graph, iri):
    assert graph.leading_to([iri]) == {iri: list(graph.mentioning(iri))}


@given(GRAPHS)
def test_a_graph_of_which_nothing_is_replaced_stays_itself(graph):
    assert graph.replaced(iter(graph)) is graph


@given(GRAPHS, st.randoms())
def test_replacing_statements_gives_the_graph_of_the_others(graph, random):
    moved = [random.choice((item, None, dataclasses.replace(item, subject="https://example.org/a"))) for item in graph]
    more = [Statement("https://example.org/z", vocab.SAME_AS, "https://example.org/a")]
    expected = Graph([*filter(None, moved), *more], graph.documents.values())
    assert graph.replaced(moved, more) == expected
