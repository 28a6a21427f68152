"""Texts made thing by thing: the same as made of the whole, and copied where nothing changed."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings

from kg import runs, shelf, vocab, writers
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Literal, Statement
from kg.writers import _pieces, jsonl, rdf
from tests import example

FILES = ("graph.jsonl", "graph.trig", "graph.ttl")


def whole(graph):
    return ["".join(texts).encode() for texts in (jsonl.graph(graph), rdf.trig(graph), rdf.turtle(graph))]


def written(graph, folder, **more):
    index = folder / ".cache" / "written"
    index.parent.mkdir(exist_ok=True, parents=True)
    writers.write(graph, folder, page=False, index=index, **more)
    return [(folder / name).read_bytes() for name in FILES]


@pytest.fixture
def made(monkeypatch):
    """How many things were put into text."""
    done = []
    put = _pieces.written
    monkeypatch.setattr(_pieces, "_THINGS", 1)  # a piece for each
    monkeypatch.setattr(_pieces, "written", lambda pieces: done.extend(pieces) or put(pieces))
    return lambda: len([done.pop() for _ in range(len(done))])


@settings(max_examples=40, deadline=None)
@given(example.graphs(), example.graphs())
def test_what_is_made_in_pieces_is_what_is_made_of_the_whole_whatever_was_there_before(tmp_path_factory, one, two):
    folder = tmp_path_factory.mktemp("pieces")
    for graph in (one, two, one):
        assert written(graph, folder) == whole(graph)


def test_only_what_changed_is_put_into_text_again(tmp_path, made):
    graph = example.graph()
    written(graph, tmp_path)
    assert made() == 6  # OpenAI, Sora, Sam Altman, the leak, the amount, and an entity of an article
    assert written(graph, tmp_path) == whole(graph)
    assert made() == 0
    more = Graph([*graph, Statement(example.ID + "sora", vocab.ALT_LABEL, Literal("S."))], graph.documents.values())
    assert written(more, tmp_path) == whole(more)
    assert made() == 2  # Sora; and the leak, which is in dispute no more: the new graph was not asked for disputes


def test_an_amount_is_written_again_when_nobody_names_it_any_more(tmp_path, made):
    graph = example.graph()
    written(graph, tmp_path)
    made()
    less = Graph([item for item in graph if item.object != example.MONEY], graph.documents.values(), graph.disputes)
    assert written(less, tmp_path) == whole(less)
    assert made() == 2


@pytest.mark.parametrize("name", FILES)
def test_what_somebody_changed_in_the_files_is_made_again(tmp_path, made, name):
    graph = example.graph()
    written(graph, tmp_path)
    changed = (tmp_path / name).read_bytes().replace(b"OpenAI", b"OpenIA")
    (tmp_path / name).write_bytes(changed)
    assert written(graph, tmp_path) == whole(graph)
    (tmp_path / name).write_bytes(b"")
    assert written(graph, tmp_path) == whole(graph)
    (tmp_path / name).unlink()
    assert written(graph, tmp_path) == whole(graph)


def test_a_damaged_index_does_no_harm(tmp_path):
    graph = example.graph()
    for data in (b"", b"x\n", b"\xff", b"a b c d e f g\n", b"a b 1 2 3 4 99999999999\n"):
        (tmp_path / ".cache").mkdir(exist_ok=True)
        (tmp_path / ".cache" / "written").write_bytes(data)
        assert written(graph, tmp_path) == whole(graph)


def test_processes_make_the_same_of_a_graph_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(_pieces, "FEW", 0)
    graph = example.graph()
    with runs.on_disk(tmp_path):
        stored = shelf.graph(graph, graph.documents.values(), graph.disputes)
    assert written(stored, tmp_path / "out", jobs=2) == whole(graph)


def test_an_unknown_relation_is_told_of_from_other_processes_too(tmp_path, monkeypatch):
    monkeypatch.setattr(_pieces, "FEW", 0)
    item = next(iter(example.graph()))
    graph = Graph([dataclasses.replace(item, predicate=vocab.KG + "develper")])
    for jobs in (1, 2):
        with pytest.raises(KgError, match="did you mean kg:developer"):
            written(graph, tmp_path / "out", jobs=jobs)
        assert not (tmp_path / "out" / "graph.jsonl").exists()


def test_it_tells_how_many_statements_are_written(tmp_path, made):
    told = []
    graph = example.graph()
    writers.write(graph, tmp_path, page=False, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert len(told) == made()
    assert told[-1] == (len(graph), len(graph))
