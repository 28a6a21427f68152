"""`kg validate` finds nothing in a good graph, and in a spoiled one what was spoiled, where, and how to mend it."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import Phase, given, settings

from kg import vocab, writers
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Statement
from kg.validate import validate
from kg.writers import rdf
from tests import example

ID = vocab.BASE + "id/"
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())


def graph(*more):
    """The example; its speaker's and amount's types and what else our shapes ask for are there already."""
    known = example.graph()
    return Graph([*known, *more], known.documents.values(), known.disputes)


@pytest.fixture
def outputs(tmp_path, monkeypatch):
    monkeypatch.setattr(writers, "_page", lambda *_: contextlib.nullcontext(["<page>"]))
    writers.write(graph(), tmp_path / "outputs")
    return tmp_path / "outputs"


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(path):
    return [(item.rule, item.node, item.message) for item in validate(path).findings]


def rules(path):
    return {item.rule for item in validate(path).findings}


def test_nothing_is_wrong_with_what_is_written(outputs):
    report = validate(outputs)
    assert report.findings == ()
    assert report.valid
    assert report.unchecked == ()
    assert report.counts.pop("triples") > 200
    assert report.counts == {"statements": 13, "pieces of evidence": 15, "documents": 2}


@pytest.mark.parametrize("form", ["jsonld", "nq", "nt", "rdfxml", "trig", "ttl"])
def test_each_format_is_read(tmp_path, form):
    path = tmp_path / f"graph.{form.replace('rdfxml', 'rdf')}"
    path.write_bytes(writers.export(graph(), form))
    assert validate(path).findings == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "message"),
    [
        ('oa:exact "The leak came', 'oa:exact "A leak came', "quote", "the text says “The leak came on 26 November.”"),
        ("oa:end 40", "oa:end 4000", "place", "oa:end is 4000, and the text has 98 characters"),
        ("oa:end 40", "oa:end -1", "place", "are no stretch of text"),
        ("#char=0,40>", "#char=1,40>", "place", "kg:selector is not the stretch 0 to 40"),
        ("#char=16,22>", "#char=900,906>", "mention", "kg:objectSelector is at 900"),
        ("kg:developer", "kg:develper", "term", "kg:develper; is kg:developer meant?"),
        ('"2024-11-26"^^xsd:date', '"2024-11-31"^^xsd:date', "literal", "'2024-11-31' is no xsd:date"),
        ("rdf:object id:openai", "rdf:object <no iri>", "iri", "'no iri': "),
        ("prov:wasDerivedFrom evidence:f1", "prov:wasDerivedFrom evidence:f9", "dangling", "evidence/f9"),
        ('kg:stance "alleged", "possible"', 'kg:stance "rumoured"', "shape", "kg:stance is one of"),
        ('kg:disputeKind "value"', "kg:disputeKind 7", "shape", "kg:disputeKind leads to xsd:string"),
        ("    kg:sha256", "    schema:sha256", "shape", "a kg:Document has one kg:sha256"),
        ("kg:Model", "kg:Person", "shape", "kg:developer starts at kg:System or kg:Dataset"),
        ("kg:Company", "kg:Topic", "shape", "https://w3id.org/aikg/id/openai, a kg:Topic"),
        ("id:sora a kg:Model", "id:sora a [] ; a kg:Model", "blank", "blank node"),
        (" ;\n    kg:eventDate", " ;\n    kg:about id:sora ;\n    kg:eventDate", "manifest", "its hash is not"),
    ],
)  # fmt: skip
def test_what_is_spoiled_is_found(outputs, old, new, rule, message):
    spoil(outputs / "graph.trig", old, new)
    matching = [text for kind, _, text in found(outputs) if kind == rule and message in text]
    assert matching, found(outputs)


def test_reifiers_of_rdf_12_are_checked_like_statements(tmp_path):
    path = tmp_path / "graph.trig"
    path.write_bytes(writers.export(graph(), "trig", rdf12=True))
    report = validate(path)
    assert (report.findings, report.counts["statements"]) == ((), 13)
    spoil(path, "kg:developer id:openai )>>", "kg:developer id:leak )>>")
    assert {"identity", "fact", "shape"} <= rules(path)


def test_a_plain_triple_that_all_evidence_hedges_is_found(outputs):
    spoil(
        outputs / "graph.trig",
        "id:openai a kg:Company ;",
        "id:openai a kg:Company ;\n    kg:valuation money:usd-150000000000 ;",
    )
    (fact,) = [item for item in found(outputs) if item[0] == "fact"]
    assert fact[2] == "it stands as a plain triple, and all its evidence makes a reserve"


def test_a_fact_that_is_no_plain_triple_is_found(outputs):
    spoil(
        outputs / "graph.trig",
        'id:sora a kg:Model ;\n    rdfs:label "Sora" ;\n    kg:developer id:openai .',
        'id:sora a kg:Model ; rdfs:label "Sora" .',
    )
    messages = [message for rule, _, message in found(outputs) if rule == "fact"]
    assert "some evidence states it as fact, and it is no plain triple" in messages
    assert f"{vocab.KG}developer {example.ID}openai stands in graph.ttl and not in graph.trig" in messages


def test_a_statement_that_was_edited_no_longer_has_its_hash(outputs):
    spoil(outputs / "graph.trig", "rdf:object money:usd-150000000000", "rdf:object id:sora")
    assert "identity" in rules(outputs)


def test_a_text_that_was_changed_is_found(outputs):
    spoil(outputs / "documents.jsonl", "Sora is made", "Sora was made")
    (document,) = [message for rule, _, message in found(outputs) if rule == "document"]
    assert "the text of one is not the one that was read" in document


def test_a_text_that_is_missing_is_found(outputs):
    lines = (outputs / "documents.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (outputs / "documents.jsonl").write_text(lines[0], encoding="utf-8")
    assert ("document", example.TWO.id, "documents.jsonl does not hold its text") in found(outputs)


def test_syntax_is_told_with_its_line(tmp_path):
    (tmp_path / "bad.ttl").write_text("@prefix a: <http://e/> .\na:b a:c .\n", encoding="utf-8")
    ((rule, _, message),) = found(tmp_path / "bad.ttl")
    assert rule == "syntax"
    assert "line 2" in message


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"\x00\x9f\xff", "line 1"),
        ("a.nt", b"\xff\xfe<\x00a", "UTF-8"),
        ("a.jsonld", b"{", "line 1"),
        ("a.jsonld", b'{"@context": "https://schema.org/", "@id": "x:a"}', "its @context is an address"),
        ("a.rdf", b"<a>", ""),
    ],
)
def test_a_broken_file_is_a_finding_and_no_crash(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    ((rule, _, told),) = found(tmp_path / name)
    assert rule == "syntax"
    assert message in told


def test_an_order_to_the_terminal_stays_text(tmp_path):
    (tmp_path / "a.nt").write_text('<http://e/a> <http://e/b> "x\x1b[31m"^^<http://www.w3.org/2001/XMLSchema#date> .\n')
    ((_, _, told),) = found(tmp_path / "a.nt")
    assert "\x1b" not in told


def test_a_missing_file_of_the_outputs_is_told(outputs):
    (outputs / "graph.ttl").unlink()
    assert ("syntax", "", "there is no such file, and kg build writes one") in found(outputs)


def test_graphs_of_others_are_checked_as_far_as_our_terms_go(tmp_path):
    path = tmp_path / "theirs.ttl"
    path.write_text(
        PREFIXES + '@prefix foaf: <http://xmlns.com/foaf/0.1/> . _:x a foaf:Person ; foaf:age "ten"^^xsd:integer .',
        encoding="utf-8",
    )
    report = validate(path)
    assert [item.message for item in report.findings] == ["'ten' is no xsd:integer"]
    assert report.unchecked == ("shapes, since no term of the ontology is used",)


def test_files_of_one_folder_are_one_graph(tmp_path):
    (tmp_path / "a.ttl").write_text(
        PREFIXES + 'id:a a kg:Model ; rdfs:label "A" ; kg:developer id:b .', encoding="utf-8"
    )
    assert rules(tmp_path) == {"dangling", "shape"}
    (tmp_path / "b.ttl").write_text(PREFIXES + 'id:b a kg:Lab ; rdfs:label "B" .', encoding="utf-8")
    assert rules(tmp_path) == set()


def test_a_subclass_of_an_expected_class_will_do_and_an_untyped_end_will_not(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(
        PREFIXES + 'id:a a kg:Model ; rdfs:label "A" ; kg:developer id:b . id:b rdfs:label "B" .', encoding="utf-8"
    )
    assert found(path) == [
        (
            "shape",
            f"{vocab.BASE}id/a",
            f"kg:developer leads to kg:Agent, and here to {vocab.BASE}id/b, which has no type",
        )
    ]


@pytest.mark.parametrize("name", ["none.ttl", "notes.txt", "empty"])
def test_where_there_is_nothing_to_check_it_says_so(tmp_path, name):
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(KgError, match=r"found no|is none of"):
        validate(tmp_path / name)


def test_the_text_names_what_where_and_how_to_mend(outputs):
    spoil(outputs / "graph.trig", 'oa:exact "The leak came', 'oa:exact "A leak came')
    lines = "\n".join(validate(outputs).lines())
    assert ": 2 faults (240 triples, 13 statements" in lines
    assert "A quote is not what the text says there (1). To mend it: cut it from the text at its offsets" in lines
    assert "\n  graph.trig, https://w3id.org/aikg/evidence/f1: found “A leak came on 26 November.”" in lines


def test_long_lists_are_cut_in_the_text_and_whole_in_json(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(PREFIXES + "".join(f"id:a kg:nothing{number} id:a .\n" for number in range(9)), encoding="utf-8")
    report = validate(path)
    assert "  and 4 more; --json lists them" in report.lines()
    record = json.loads(json.dumps(report.record()))
    assert record["valid"] is False
    assert len(record["findings"]) == 9
    assert set(record["findings"][0]) == {"rule", "file", "node", "message", "mend"}


@settings(max_examples=15, phases=[Phase.generate])
@given(example.graphs())
def test_whatever_is_written_is_good_syntax_and_has_its_hashes(tmp_path_factory, graph):
    path = tmp_path_factory.mktemp("any") / "graph.trig"
    path.write_text("".join(rdf.trig(graph)), encoding="utf-8")
    assert not rules(path) & {"syntax", "fact"}


def test_an_unasserted_relation_must_fit_as_well(tmp_path):
    odd = Statement(
        example.ID + "leak",
        example.KG + "leads",
        example.ID + "sora",
        (example.evidence("z1", example.ONE, "leak", stance=("alleged",)),),
    )
    path = tmp_path / "graph.trig"
    path.write_text("".join(rdf.trig(graph(odd))), encoding="utf-8")
    assert next(item[2] for item in found(path)).startswith("kg:leads leads to kg:Organization")
