from __future__ import annotations

import importlib
import io
import json
import warnings
from pathlib import Path

import hypothesis
import networkx as nx
import pyoxigraph
import pyshacl
import pytest
import rdflib
from hypothesis import strategies as st

from kg import store, vocab, writers
from kg.errors import KgError
from kg.graph import Graph
from kg.merge import crosswalk, merge, rebuild, sources, unmerge
from kg.merge.settle import settle
from kg.runs import Runs
from kg.stages import LOG
from kg.types import Activity, Document
from kg.validate import shapes, validate
from tests.merge import foreign

DATA = Path(__file__).parent / "data"
ONTOLOGY = Path(__file__).parents[2] / "ontology.ttl"
MAPPINGS = ("epoch_ai", "models_dev", "ai_timeline", "lfai_landscape")
TABLES = tuple(DATA / name for name in ("notable_ai_models.csv", "models.json", "timeline.yml", "landscape.yml"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("merge")


@pytest.fixture(scope="module")
def pair(folder):
    return foreign.write(folder, makers=foreign.MAKERS, others=foreign.OTHERS)


@pytest.fixture(scope="module")
def both(pair, folder):
    return merge(pair, output=folder / "both")


@pytest.fixture(scope="module")
def real(outputs, folder):
    return merge([outputs, *TABLES], mappings=MAPPINGS, output=folder / "real")


ARTICLES = [Document(f"{vocab.BASE}doc/{name}", name, f"The text of {name}.") for name in "abc"]


@st.composite
def read(draw):
    """A graph of some articles, read by some runs."""
    documents = draw(st.lists(st.sampled_from(ARTICLES), unique=True, min_size=1))
    runs = draw(st.lists(st.sampled_from("xyz"), unique=True))
    known = tuple(item.id for item in documents)
    return Graph((), documents).with_activities(Activity(key, "1", "network", "{}", known) for key in runs)


@hypothesis.given(read(), read(), read())
def test_each_run_stays_as_it_is_in_whatever_order_graphs_are_united(a, b, c):
    def united(*graphs):
        return sources.union(map(sources.Source, graphs)).stated

    whole = united(a, b, c).activities
    assert whole == united(c, united(b, a)).activities == united(united(c, b, a), a).activities
    assert {item.id for item in whole} == {item.id for graph in (a, b, c) for item in graph.activities}


def test_a_run_goes_with_the_last_of_the_documents_that_it_read():
    first, second = (Activity(key, "1", "network", "{}", (ARTICLES[key == "y"].id,)) for key in "xy")
    whole = Graph((), ARTICLES[:2]).with_activities([second, first])
    assert whole.activities == (first, second)
    left = sources.without(sources.Source(whole), {ARTICLES[0].id})
    assert left.stated.activities == (second,)


def contents(path):
    return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.is_file() and file.name != LOG}


def named(graph, name):
    return [iri for iri, entity in graph.entities.items() if name in (entity.name, *entity.aliases)]


def sources_of(graph, iri):
    members = (item.subject for item in graph.mentioning(iri) if item.predicate == vocab.SAME_AS)
    return {graph.documents[each.partition("#")[0]].name for each in members if "#" in each}


def test_what_two_graphs_know_is_one_thing_and_versions_stay_two(both):
    graph = both.graph
    (kestrel,) = named(graph, "Kestrel Works")
    assert sources_of(graph, kestrel) == {"makers", "others"}
    (tern,) = named(graph, "Tern 4")
    assert sources_of(graph, tern) == {"makers", "others"}
    assert named(graph, "Tern 4o") not in ([], [tern])


def test_ids_are_those_of_wikidata_and_the_former_ones_lead_there(both):
    (kestrel,) = named(both.graph, "Kestrel Works")
    assert kestrel == vocab.WD + "Q1234567"
    former = [item.subject for item in both.graph.mentioning(kestrel) if item.predicate == vocab.SAME_AS]
    assert vocab.BASE + "id/kestrel-works" in former


def test_dates_here_and_there_are_a_dispute(both):
    (dispute,) = both.graph.disputes
    assert dispute.predicate == vocab.KG + "releaseDate"
    assert {item.key[2] for item in dispute.statements} == {"2024-03-01", "2024-05-09"}


def test_what_has_no_counterpart_moves_with_the_thing(both):
    (kestrel,) = named(both.graph, "Kestrel Works")
    assert any(item.predicate == "http://e.example/mood" for item in both.graph.about(kestrel))


@pytest.mark.parametrize("name", ["OpenAI", "Sora", "Dall-E 3", "Hugging Face", "Midjourney"])
def test_things_of_the_articles_find_their_rows_in_the_tables(real, name):
    (iri,) = named(real.graph, name)[:1]
    found = sources_of(real.graph, iri)
    assert "notable_ai_models" in found
    assert any(each not in {path.stem for path in TABLES} for each in found)


@pytest.fixture(scope="module")
def demo(root):
    """The question of docs/merging.md and the answer that stands below it."""
    text = (root / "docs" / "merging.md").read_text(encoding="utf-8")
    query, rest = text.partition("```sparql\n")[2].split("```\n", 1)
    return query, [tuple(line.strip("| ").split(" | ")) for line in rest.strip().split("\n\n")[0].splitlines()[2:]]


def answer(graph, query):
    return [tuple(term.value for term in row) for row in graph.query(query)]


def test_the_question_of_the_docs_gets_its_answer_from_all_sources_and_from_none_alone(demo, folder):
    query, table = demo
    (leak,) = foreign.write(folder, leak=foreign.LEAK)
    assert answer(merge([leak, *TABLES[:2]], mappings=MAPPINGS).graph, query) == table
    for some in ([leak], [leak, TABLES[0]], [leak, TABLES[1]], TABLES[:2]):
        assert answer(merge(some, mappings=MAPPINGS).graph, query) == []


def test_the_articles_give_that_answer_if_they_tell_whose_model_was_leaked(demo, real, outputs):
    query, table = demo
    told = """ASK { ?leak a kg:Event ; rdfs:label ?what ; kg:affects ?leaked . FILTER(CONTAINS(LCASE(?what), "leak"))
        ?leaked rdfs:label "Sora" ; kg:developer ?maker . ?maker rdfs:label "OpenAI" }"""
    if not store.load(outputs).query(told):
        pytest.skip("these outputs do not tell whose model was leaked")
    assert answer(real.graph, query) == table


def test_each_triple_counts_once_and_each_source_has_its_graph(real, folder):
    triples = pyoxigraph.Store()
    triples.load(path=folder / "real" / "graph.trig", format=pyoxigraph.RdfFormat.TRIG)
    assert {node.value for node in triples.named_graphs()} == set(real.graph.documents)
    rows = real.graph.query('SELECT ?x { ?x rdfs:label "GPT-4o" ; a kg:Model }')
    assert len(list(rows)) == 1


def test_n_quads_hold_the_graph_of_each_source_as_trig_does(both, folder):
    named = pyoxigraph.parse(path=folder / "both" / "graph.trig", format=pyoxigraph.RdfFormat.TRIG)
    lines = pyoxigraph.parse(writers.export(both.graph, "nq"), pyoxigraph.RdfFormat.N_QUADS)
    assert set(lines) == set(named)


def test_a_thing_and_a_statement_tell_their_sources(real):
    rows = real.graph.query("""SELECT DISTINCT ?name { ?x rdfs:label "GPT-4o" ; a kg:Model ; dcterms:source ?d .
        ?s rdf:subject ?x ; rdf:predicate kg:developer ; dcterms:source ?d .
        ?d dcterms:identifier ?name } ORDER BY ?name""")
    assert [row[0].value for row in rows] == ["models", "notable_ai_models"]


def test_the_order_and_repetition_of_sources_do_not_change_a_byte(pair, both, folder):
    merge([*reversed(pair), pair[0]], output=folder / "again")
    assert contents(folder / "again") == contents(folder / "both")


def test_large_sources_are_merged_on_the_disk_to_the_same_bytes(outputs, folder, monkeypatch):
    (soup,) = foreign.write(folder, soup="<http://r.example/1> <http://r.example/serves> <http://r.example/2> .")
    given = [outputs, *foreign.write(folder, makers=foreign.MAKERS, others=foreign.OTHERS), soup]
    merge(given, output=folder / "memory")
    monkeypatch.setattr(importlib.import_module("kg.merge"), "LARGE", 0)
    monkeypatch.setattr(Runs.__init__, "__kwdefaults__", {"most": 5})
    merge(given, output=folder / "disk")
    assert contents(folder / "disk") == contents(folder / "memory")
    assert sorted(each.name for each in (folder / "disk").iterdir()) == sorted([*contents(folder / "memory"), LOG])


def test_a_source_is_taken_out_on_the_disk_too(pair, both, folder, monkeypatch):
    merge([pair[0]], output=folder / "first")
    monkeypatch.setattr(importlib.import_module("kg.merge"), "LARGE", 0)
    unmerge(folder / "both", ["others"], output=folder / "rest")
    assert contents(folder / "rest") == contents(folder / "first")


def test_a_merged_folder_can_be_merged_again(pair, both, folder):
    merge([pair[0]], output=folder / "one")
    merge([folder / "one", pair[1], folder / "both"], output=folder / "more")
    assert contents(folder / "more") == contents(folder / "both")


def test_real_extracts_merge_in_any_order_and_grouping(outputs, real, folder):
    merge([TABLES[2], outputs, TABLES[0]], mappings=MAPPINGS, output=folder / "some")
    merge([TABLES[3], folder / "some", TABLES[1]], mappings=MAPPINGS, output=folder / "all")
    assert contents(folder / "all") == contents(folder / "real")


def test_a_source_is_taken_out_again_exactly(pair, both, folder):
    merge([pair[0]], output=folder / "alone")
    unmerge(folder / "both", ["others"], output=folder / "without")
    assert contents(folder / "without") == contents(folder / "alone")


def test_a_table_is_taken_out_of_articles_again_exactly(outputs, real, folder):
    merge([outputs], output=folder / "articles")
    unmerge(folder / "real", [path.stem for path in TABLES], output=folder / "left")
    assert contents(folder / "left") == contents(folder / "articles")


def test_an_unknown_source_is_named_and_nothing_changes(both, folder):
    before = contents(folder / "both")
    with pytest.raises(KgError, match="no source is called 'other'; there are makers, others"):
        unmerge(folder / "both", ["other"])
    with pytest.raises(KgError, match="all of its sources"):
        unmerge(folder / "both", ["makers", "others"])
    assert contents(folder / "both") == before


def test_what_is_written_reads_the_same(both, folder):
    assert store.load(folder / "both") == both.graph
    assert rebuild(folder / "both") == both.graph


NAMES = ("Kestrel", "Tern 4", "Tern 4o", "Ada Quill")
TYPES = ("Organization", "SoftwareApplication", "Person")
THINGS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES), st.sampled_from(["", "Q1", "Q2"])), max_size=4
)


def graph_of(folder, name, things):
    lines = [foreign.PREFIXES]
    for number, (called, type_, item) in enumerate(things):
        lines.append(f'<http://{name}.example/{number}> a s:{type_} ; s:name "{called}" .')
        lines += [f"<http://{name}.example/{number}> owl:sameAs wd:{item} ."] if item else []
    path = folder / f"{name}.ttl"
    path.write_text("\n".join(lines))
    return sources.read(path, crosswalk=crosswalk.load())


@hypothesis.settings(max_examples=12)
@hypothesis.given(a=THINGS, b=THINGS, c=THINGS)
def test_merging_is_commutative_associative_and_idempotent(folder, a, b, c):
    one, two, three = (graph_of(folder, name, part) for name, part in (("a", a), ("b", b), ("c", c)))
    wanted = settle(sources.union([one, two, three]).stated)
    assert settle(sources.union([three, one, two, one]).stated) == wanted
    assert settle(sources.union([sources.union([three, two]), one]).stated) == wanted


@hypothesis.settings(max_examples=12)
@hypothesis.given(a=THINGS, b=THINGS)
def test_two_items_of_wikidata_never_fuse(folder, a, b):
    found = [graph_of(folder, name, part) for name, part in (("a", a), ("b", b))]
    graph = settle(sources.union(found).stated)
    for iri in graph.entities:
        items = {str(item.object) for item in graph.about(iri) if item.predicate == vocab.SAME_AS}
        items |= {iri}
        assert len([item for item in items if item.startswith(vocab.WD)]) <= 1


def test_two_records_of_one_source_stay_two_and_a_third_joins_neither(folder):
    text = foreign.PREFIXES + 'e:{0} a s:SoftwareApplication ; s:name "Warbler" . '
    paths = foreign.write(
        folder, twins=text.format("x") + text.format("y").removeprefix(foreign.PREFIXES), third=text.format("z")
    )
    graph = merge(paths).graph
    assert len(named(graph, "Warbler")) == 3


def test_makers_that_have_nothing_in_common_make_different_things(folder):
    text = foreign.PREFIXES + 'e:{0} a s:SoftwareApplication ; s:name "Warbler 2" ; s:creator "{0} Works" .'
    paths = foreign.write(folder, heron=text.format("Heron"), stork=text.format("Stork"))
    assert len(named(merge(paths).graph, "Warbler 2")) == 2


def test_a_chain_of_same_as_that_would_unite_two_types_is_not_believed(folder):
    chain = foreign.PREFIXES + 'e:p a s:Person ; s:name "Robin" ; owl:sameAs e:m . e:m owl:sameAs e:q .'
    other = foreign.PREFIXES + 'e:q a s:Dataset ; s:name "Robin" .'
    graph = merge(foreign.write(folder, chain=chain, other=other)).graph
    assert len(named(graph, "Robin")) == 2


@pytest.mark.parametrize(
    ("name", "text", "mappings", "told"),
    [
        ("bad.ttl", "<http://e/a> oops", (), "bad.ttl, line 1"),
        ("bad.csv", "Model\nx\n", ("epoch_ai",), "give another --mapping|none of the mappings"),
        ("notable_models.csv", "Model\nx\n", ("epoch_ai",), "no column"),
        ("bad.csv", "a\nx\n", (), "say how to read it with --mapping: ai_timeline"),
        ("bad.doc", "x", (), "rename or convert it"),
        ("empty.ttl", "", (), "state nothing"),
    ],
)
def test_bad_input_is_told_in_one_line_and_nothing_is_written(tmp_path, pair, name, text, mappings, told):
    (tmp_path / name).write_text(text)
    others = [] if name.startswith("empty") else pair
    with pytest.raises(KgError, match=told) as error:
        merge([*others, tmp_path / name], mappings=mappings, output=tmp_path / "out")
    assert "\n" not in str(error.value)
    assert not (tmp_path / "out").exists()


def test_a_graph_of_another_kind_merges_as_what_it_is_with_a_warning(tmp_path):
    path = tmp_path / "soup.ttl"
    path.write_text("@prefix r: <http://r.example/> . r:1 r:serves r:2 ; r:price 3 .")
    done = merge([path])
    assert "has both a name and a type" in done.warnings[0]
    assert {item.predicate for item in done.graph} == {"http://r.example/serves", "http://r.example/price"}


def test_the_merged_folder_is_valid(real, folder):
    assert not validate(folder / "real").findings


def test_others_read_what_is_merged(real, both, folder):
    data = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's parser, about rdflib
        data.parse(data=(folder / "both" / "graph.trig").read_text(), format="trig")
        assert {str(each.identifier) for each in data.graphs()} >= set(both.graph.documents)
    facts = rdflib.Graph().parse(data=(folder / "both" / "graph.ttl").read_text(), format="turtle")
    rules, terms = (rdflib.Graph().parse(data=each, format="turtle") for each in (shapes(), ONTOLOGY.read_text()))
    conforms, _, text = pyshacl.validate(facts, shacl_graph=rules, ont_graph=terms)
    assert conforms, text
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        found = read(io.BytesIO(writers.export(both.graph, form)))
        assert {"Kestrel Works", "Tern 4"} <= {
            str(value) for _, about in found.nodes(data=True) for value in about.values()
        }


def test_each_stage_tells_counts_that_go_up(pair, folder):
    told = []
    merge(pair, output=folder / "told", progress=lambda *step: told.append(step))
    stages = {stage: [done for each, done, _ in told if each == stage] for stage, _, _ in told}
    assert list(stages) == ["read", "state", "match", "unite", "name", "write"]
    assert all(counts == sorted(counts) for counts in stages.values())
    written = len((folder / "told" / "graph.jsonl").read_text().splitlines())
    assert told[-1] == ("write", written, written)


def test_the_log_says_how_long_the_stages_took(pair, folder):
    merge(pair, output=folder / "logged")
    record = json.loads((folder / "logged" / LOG).read_text())
    assert record["documents"] == 2
    assert {"read", "state", "settle", "write"} <= record["seconds"].keys()
