"""What others make of a merged graph: Jena's riot where it is found, and the rules of Gephi's schema for GEXF."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from kg import writers
from kg.merge import merge
from tests.merge import foreign

GEXF = "{http://www.gexf.net/1.2draft}"
RIOT = shutil.which("riot")
TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
"""The types of attributes in the schema."""


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    path = tmp_path_factory.mktemp("interchange")
    return merge(foreign.write(path, makers=foreign.MAKERS, others=foreign.OTHERS)).graph


@pytest.mark.skipif(RIOT is None, reason="Apache Jena's riot is not on the path")
@pytest.mark.parametrize(("form", "suffix"), [("trig", "trig"), ("nq", "nq"), ("ttl", "ttl"), ("rdfxml", "rdf")])
def test_riot_reads_it_without_a_warning(merged, tmp_path, form, suffix):
    path = tmp_path / f"graph.{suffix}"
    path.write_bytes(writers.export(merged, form))
    done = subprocess.run([RIOT, "--validate", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_gexf_keeps_the_rules_of_its_schema(merged):
    root = ET.fromstring(writers.export(merged, "gexf"))
    (graph,) = root.findall(GEXF + "graph")
    assert root.get("version") == "1.2"
    assert graph.get("defaultedgetype") in {"directed", "undirected", "mutual"}
    declared = {
        group.get("class"): {each.get("id"): each.get("type") for each in group.findall(GEXF + "attribute")}
        for group in graph.findall(GEXF + "attributes")
    }
    assert declared.keys() <= {"node", "edge"}
    assert {kind for group in declared.values() for kind in group.values()} <= TYPES
    nodes, edges = (graph.findall(f"{GEXF}{name}s/{GEXF}{name}") for name in ("node", "edge"))
    ids = [node.get("id") for node in nodes]
    assert len(ids) == len(set(ids)) > 0
    assert all(node.get("label") for node in nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges) > 0
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(ids)
    for kind, items in (("node", nodes), ("edge", edges)):
        used = {value.get("for") for item in items for value in item.iter(GEXF + "attvalue")}
        assert used <= declared.get(kind, {}).keys()
