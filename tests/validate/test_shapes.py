"""The shapes are SHACL, follow from the ontology, and name all that it names."""

from __future__ import annotations

import pyshacl
import rdflib
from rdflib import SH

from kg import vocab
from kg.ontology import ontology
from kg.types import STANCES
from kg.validate import shapes

SHAPES = rdflib.Graph().parse(data=shapes(), format="turtle")
KG = rdflib.Namespace(vocab.KG)
SHAPE = rdflib.Namespace(vocab.BASE + "shape/")


def test_the_shapes_are_well_formed_by_the_shapes_of_shacl_itself():
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text


def test_every_relation_has_a_shape_with_both_ends():
    for relation in ontology().relations.values():
        shape = SHAPE[relation.name]
        assert (shape, SH.targetSubjectsOf, rdflib.URIRef(relation.iri)) in SHAPES
        assert SHAPES.value(shape, SH["property"])


def test_developer_asks_for_a_system_or_dataset_and_an_agent():
    (either,) = SHAPES.objects(SHAPE.developer, SH["or"])
    classes = [SHAPES.value(item, SH["class"]) for item in SHAPES.items(either)]
    assert classes == [KG.System, KG.Dataset]
    assert SHAPES.value(SHAPES.value(SHAPE.developer, SH["property"]), SH["class"]) == KG.Agent


def test_dates_ask_for_the_four_datatypes():
    either = SHAPES.value(SHAPES.value(SHAPE.eventDate, SH["property"]), SH["or"])
    kinds = {str(SHAPES.value(item, SH.datatype)).removeprefix(vocab.XSD) for item in SHAPES.items(either)}
    assert kinds == {"date", "dateTime", "gYear", "gYearMonth"}


def test_the_stances_are_those_of_the_program():
    (values,) = (
        SHAPES.value(item, SH["in"])
        for item in SHAPES.objects(SHAPE.stance, SH["property"])
        if SHAPES.value(item, SH["in"])
    )
    assert tuple(map(str, SHAPES.items(values))) == STANCES
