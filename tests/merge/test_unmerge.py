from __future__ import annotations

import shutil

import hypothesis
import pytest
from hypothesis import strategies as st

from kg import decisions, store, vocab
from kg.graph import Graph
from kg.lexicon import Entry
from kg.merge import merge, rebuild, sources, unmerge
from kg.merge.sources import Source
from kg.stages import LOG
from kg.types import Document, Evidence, Literal, Statement
from tests.merge import foreign

DOCUMENTS = [Document(f"{vocab.BASE}doc/{name}", name, f"The text of {name}.") for name in "abc"]
ENTRIES = [Entry("Kestrel Works", "Company"), Entry("Tern 4", "Model")]


def said(document, number, name):
    evidence = Evidence(f"{document.name}{number}", document.id, 0, 3, "The")
    return Statement(f"{document.id}#e{number}", vocab.LABEL, Literal(name), (evidence,))


@st.composite
def source(draw, document):
    """What one document states, with some of the entries of a lexicon and what is common to all documents."""
    names = draw(st.lists(st.sampled_from(["Kestrel", "Tern 4", "Wren"]), max_size=3))
    shared = Statement("http://e.example/x", vocab.LABEL, Literal("X"), said(document, 9, "").evidence)
    statements = [*(said(document, number, name) for number, name in enumerate(names)), shared]
    known = dict.fromkeys(draw(st.lists(st.sampled_from(ENTRIES), unique=True)), frozenset({document.id}))
    return Source(Graph(statements, [document]), entries=known)


def parts(found):
    return found.stated, found.annotations, dict(found.entries)


@hypothesis.given(*(source(document) for document in DOCUMENTS))
def test_what_is_left_is_what_the_other_sources_make_together(a, b, c):
    whole = sources.union([a, b, c])
    assert parts(sources.without(whole, {DOCUMENTS[1].id})) == parts(sources.union([c, a]))
    assert parts(sources.without(whole, {DOCUMENTS[0].id, DOCUMENTS[1].id})) == parts(c)


def contents(path):
    return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.is_file() and file.name != LOG}


@pytest.fixture
def pair(tmp_path):
    return foreign.write(tmp_path, makers=foreign.MAKERS, others=foreign.OTHERS)


def test_a_folder_is_taken_out_with_the_lexicon_and_the_decisions_that_came_with_it(outputs, pair, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    for name in (store.GRAPH, store.DOCUMENTS, store.ANNOTATED, store.MANIFEST):
        shutil.copy(outputs / name, mine)
    (mine / "lexicon.tsv").write_text("name\ttype\taliases\nKestrel Works\tCompany\tKW\n")
    one, two = [item.subject for item in store.load(outputs) if item.predicate == vocab.SAME_AS][:2]
    decisions.add(mine / decisions.FILE, decisions.Choice((one,), (two,), same=False, reason="so it is", by="me"))
    merge([mine, pair[0]], output=tmp_path / "with")
    assert "Kestrel Works" in (tmp_path / "with" / "lexicon.tsv").read_text()
    merge([pair[0]], output=tmp_path / "only")
    unmerge(tmp_path / "with", [str(mine)])
    assert contents(tmp_path / "with") == contents(tmp_path / "only")


def test_of_what_people_decide_about_a_merged_folder_the_last_word_holds(pair, tmp_path):
    place = tmp_path / "out"
    merge(pair, output=place)
    one, two = sorted(item.id for item in store.load(place).entities.values() if item.name.startswith("Tern"))
    first, second = (decisions.members(store.load(place), iri)[:1] for iri in (one, two))
    for same in (False, True):
        choice = decisions.Choice(first, second, same=same, reason="", by="me")
        decisions.add(place / decisions.FILE, choice)
        graph = rebuild(place)
        assert (len([item for item in graph.entities.values() if item.name.startswith("Tern")]) == 1) is same
