from __future__ import annotations

import pytest

from kg import vocab
from kg.errors import KgError
from kg.merge import mapping
from kg.types import Literal

TEXT = """
dataset: {title: Birds, licence: CC0, namespace: "http://b.example/", unknown: [n/a]}
prefixes: {b: "http://b.example/"}
sources: {all: ["*.csv~csv"]}
mappings:
  bird:
    sources: all
    s: b:$(Name)
    po:
      - [a, kg:Model]
      - [rdfs:label, $(Name), en~lang]
      - [kg:releaseDate, $(Out), xsd:date]
      - [b:page, $(Page)~iri]
      - p: kg:developer
        o: {function: grel:string_split, parameters: [[grel:valueParameter, $(Makers)], [grel:p_string_sep, ","]]}
"""
CSV = 'Name,Out,Page,Makers,Wing Span (cm)\n"Tern 2",2024-01-02,http://p.example/,"A, B (C, D)",81\nWren,n/a,,,n/a\n'


@pytest.fixture
def made(tmp_path):
    (tmp_path / "birds.yml").write_text(TEXT)
    (tmp_path / "birds.csv").write_text(CSV)
    return mapping.load(str(tmp_path / "birds.yml")), tmp_path / "birds.csv"


def read(made):
    found, path = made
    return list(mapping.records(found, path, path.read_bytes()))


def test_a_row_says_what_the_mapping_says_of_it(made):
    tern, _ = read(made)
    assert tern.subject == "http://b.example/Tern%202"
    assert tern.where == "row 1"
    said = [(triple.predicate.rpartition("#")[2].rpartition("/")[2], triple.object) for triple in tern.triples]
    assert said == [
        ("type", vocab.KG + "Model"),
        ("label", Literal("Tern 2", language="en")),
        ("releaseDate", Literal("2024-01-02", vocab.XSD + "date")),
        ("page", "http://p.example/"),
        ("developer", Literal("A")),
        ("developer", Literal("B (C, D)")),
        ("wingSpanCm", Literal("81", vocab.XSD + "decimal")),
    ]


def test_empty_and_unknown_cells_say_nothing(made):
    _, wren = read(made)
    assert [triple.object for triple in wren.triples] == [vocab.KG + "Model", Literal("Wren", language="en")]


def test_columns_that_the_table_lacks_are_named(made):
    found, path = made
    path.write_text("Name,Out\nTern,2024\n")
    with pytest.raises(
        KgError, match=r"birds.csv has no column Makers, Page, which the mapping birds names; it has Name, Out"
    ):
        list(mapping.records(found, path, path.read_bytes()))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("~csv", "~xlsx", "the source"),
        ("grel:string_split", "grel:toTitle", "the function grel:toTitle is none of"),
        ("s: b:", "s: c:", "the prefix c: is not declared"),
        ("    s: b:$(Name)\n", "", "it lacks 'subjects'"),
    ],
)
def test_a_mapping_that_says_what_we_can_not_read_is_refused(tmp_path, before, after, told):
    path = tmp_path / "odd.yml"
    path.write_text(TEXT.replace(before, after))
    with pytest.raises(KgError, match=r"odd\.yml is no mapping that can be read") as error:
        mapping.load(str(path))
    assert told in str(error.value)


def test_an_unknown_name_lists_those_that_are_shipped():
    with pytest.raises(KgError, match="ai_timeline, epoch_ai, lfai_landscape, models_dev"):
        mapping.load("epoch")


def test_all_that_is_shipped_can_be_read_and_tells_its_licence():
    assert all(mapping.load(name).meta.licence for name in mapping.shipped())
