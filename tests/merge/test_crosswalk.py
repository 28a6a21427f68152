from __future__ import annotations

import pytest

from kg import vocab
from kg.errors import KgError
from kg.merge import crosswalk
from kg.merge.crosswalk import Crosswalk, Match
from kg.ontology import ontology

HEAD = "#curie_map:\n#  ex: http://e.example/\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\n"
WHY = "semapv:ManualMappingCuration"


@pytest.fixture(scope="module")
def shipped():
    return crosswalk.load()


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("http://schema.org/founder", {"founder"}),
        ("https://schema.org/creator", {"creator", "developer"}),
        (vocab.WDT + "P178", {"developer"}),
        ("http://dbpedia.org/ontology/foundingDate", {"inceptionDate"}),
        ("http://xmlns.com/foaf/0.1/made", {"created", "developed"}),
        ("http://www.w3.org/ns/prov#wasRevisionOf", {"variantOf"}),
        ("http://e.example/founder", set()),
    ],
)
def test_foreign_properties_and_what_they_are_in_ours(shipped, foreign, ours):
    assert shipped.property(foreign) == {vocab.KG + name for name in ours}


def test_classes_of_wikidata_and_schema_org(shipped):
    assert shipped.classes("https://www.wikidata.org/entity/Q5") == (vocab.KG + "Person",)
    assert shipped.classes("http://schema.org/Corporation") == (vocab.KG + "Company",)
    assert shipped.classes("http://schema.org/Recipe") == ()


def test_each_term_of_ours_in_a_shipped_crosswalk_is_one_of_the_ontology():
    known = {vocab.KG + name for name in (*ontology().labels, *ontology().classes)}
    ours = {each.object_id for each in crosswalk.shipped() if each.object_id.startswith(vocab.KG)}
    assert ours <= known


def test_a_narrower_term_of_ours_and_a_denied_mapping_do_not_hold():
    rows = [
        Match("http://e.example/made", "skos:narrowMatch", vocab.KG + "developer", WHY),
        Match("http://e.example/by", "skos:exactMatch", vocab.KG + "developer", WHY, predicate_modifier="Not"),
        Match(vocab.KG + "developer", "skos:narrowMatch", "http://e.example/coder", WHY),
    ]
    found = Crosswalk(rows)
    assert not found.property("http://e.example/made")
    assert not found.property("http://e.example/by")
    assert found.property("http://e.example/coder") == {vocab.KG + "developer"}


def test_what_is_written_reads_the_same(tmp_path):
    path = tmp_path / "own.sssom.tsv"
    rows = [
        Match("http://e.example/a", "skos:exactMatch", vocab.KG + "owner", WHY, confidence="0.9", comment="a\tb\n c")
    ]
    text = "".join(crosswalk.write(rows, name="own", about="A test", prefixes={"ex": "http://e.example/"}))
    assert text.startswith("#mapping_set_id: https://w3id.org/aikg/mappings/own\n")
    assert "ex:a\tskos:exactMatch\tkg:owner" in text
    path.write_text(text)
    assert crosswalk.read(path) == [
        Match("http://e.example/a", "skos:exactMatch", vocab.KG + "owner", WHY, confidence="0.9", comment="a b c")
    ]


def test_the_shipped_tables_are_as_we_write_them():
    for path in crosswalk.FOLDER.glob("*.tsv"):
        body = [line for line in path.read_text().splitlines() if not line.startswith("#")]
        assert body[1:] == sorted(set(body[1:]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD.replace("\tobject_id", ""), "line 3: an SSSOM table needs the columns object_id"),
        (HEAD + "ex:a\tskos:exactMatch\t\tx\n", "line 4: each row needs"),
        (HEAD + f"no:a\tskos:exactMatch\tkg:owner\t{WHY}\n", "line 4: the prefix of 'no:a' is not in the curie_map"),
        (HEAD + f"ex:a\tskos:is\tkg:owner\t{WHY}\n", "line 4: skos:is is no mapping predicate"),
    ],
)
def test_a_broken_table_is_named_with_its_line(tmp_path, text, told):
    path = tmp_path / "x.sssom.tsv"
    path.write_text(text)
    with pytest.raises(KgError) as error:
        crosswalk.read(path)
    assert told in str(error.value)
