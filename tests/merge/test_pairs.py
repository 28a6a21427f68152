"""How well merging tells links between real sources from look-alikes: the pairs of benchmarks/pairs.tsv, end to end."""

from __future__ import annotations

import csv

import pytest

from kg import compare, vocab
from kg.graph import Graph, merge
from kg.merge import crosswalk
from kg.merge.records import Meta, Record, Triple, kind, state
from kg.merge.settle import settle
from kg.ontology import ontology
from kg.types import Literal

PRECISION, RECALL = 0.99, 0.85
ANY = frozenset(ontology().mentionable)
ORGANISATIONS = {"org", "provider"}


@pytest.fixture(scope="module")
def pairs(root):
    text = (root / "benchmarks" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def type_of(pair, side, other):
    """The type that the mappings give: an item is a project or a member of a landscape, bold is a thing of any kind."""
    given = pair["type_" + side]
    if given in ORGANISATIONS or (given == "item" and pair["type_" + other] in ORGANISATIONS):
        return "Company"
    return "Product" if given == "item" else compare.kind(given) or kind(pair["name_" + side], ANY)


def source(name, type_, called):
    triples = (Triple(name, vocab.TYPE, vocab.KG + type_), Triple(name, vocab.LABEL, Literal(called)))
    found = state(name, "text/csv", Meta(), [Record(name, "row 1", (("name", called),), triples)], crosswalk.load())
    return Graph(found.statements, [found.document])


def is_one(pair):
    sides = (("a", "b"), ("b", "a"))
    stated = merge(*(source(f"http://{one}/1", type_of(pair, one, two), pair["name_" + one]) for one, two in sides))
    return (
        len(
            {
                str(item.object)
                for item in settle(stated)
                if item.predicate == vocab.SAME_AS
                and "#r" in item.subject
                and not str(item.object).startswith(("http://a/", "http://b/"))
            }
        )
        == 1
    )


def test_links_between_real_sources_are_found_and_look_alikes_are_not(pairs):
    found = [(is_one(pair), pair["same"] == "yes") for pair in pairs]
    right = sum(one and wanted for one, wanted in found)
    assert right / sum(one for one, _ in found) >= PRECISION
    assert right / sum(wanted for _, wanted in found) >= RECALL
