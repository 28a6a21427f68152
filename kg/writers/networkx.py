"""A graph as networkx' MultiDiGraph, and as the files that Gephi, yEd, Cytoscape and NetworkX read of it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

from kg.graph import Graph
from kg.types import STANCES, Evidence, Literal, Statement
from kg.writers._text import local, xml_safe
from kg.writers._turtle import valid

if TYPE_CHECKING:
    import networkx as nx

_MOMENT = re.compile(r' lastmodifieddate="[^"]*"')  # GEXF files would differ from day to day
_TAKEN = {"aliases", "end", "id", "label", "name", "parents", "pid", "slices", "spells", "start", "type", "viz"}
"""Names of node attributes that are ours or that GEXF gives a meaning of its own."""


def to_networkx(graph: Graph) -> nx.MultiDiGraph[str]:
    """Entities as nodes, relations between them as edges keyed by the predicate's local name.

    Nodes have `name`, `type` (local name of the class), `aliases`, and the literal facts that some source asserts, by
    the predicate's local name. Edges have `id`, `predicate` (IRI), `asserted`, `stance`, `score`, `sources` (how many
    documents say it) and the best `quote`. All values are strings, numbers or booleans.
    """
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, entity in graph.entities.items():
        result.add_node(iri, name=entity.name, type=local(entity.type), aliases=" | ".join(entity.aliases))
    for item in graph.relations:
        for end in (item.subject, item.object):
            if isinstance(end, str) and end not in result:
                result.add_node(end, name=graph.name(end), type="", aliases="")
        if isinstance(item.object, Literal):
            _add_fact(result, item, item.object.value)
        else:
            _add_edge(result, item, item.object)
    return result


def graphml(graph: Graph) -> bytes:
    """The MultiDiGraph as GraphML, with all the `evidence` of each edge as a list in JSON.

    Control characters, which XML can't hold, are left out.
    """
    import networkx as nx

    written = io.BytesIO()
    nx.write_graphml_xml(_labelled(graph), written, edge_id_from_attribute="id")
    return written.getvalue()


def gexf(graph: Graph) -> bytes:
    """The MultiDiGraph as GEXF 1.2, with the `evidence` of each edge as a list in JSON, without the date of writing."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_labelled(graph)))
    return _MOMENT.sub("", text, count=1).encode() + b"\n"


def _add_fact(result: nx.MultiDiGraph[str], item: Statement, value: str) -> None:
    if item.asserted or not item.evidence:
        node, key = result.nodes[item.subject], local(item.predicate)
        key = item.predicate if key in _TAKEN else key
        node[key] = f"{node[key]} | {value}" if key in node else value


def _add_edge(result: nx.MultiDiGraph[str], item: Statement, end: str) -> None:
    key = local(item.predicate)
    best = max(item.evidence, key=lambda evidence: (not evidence.stance, evidence.score), default=None)
    stances = {stance for evidence in item.evidence for stance in evidence.stance}
    result.add_edge(
        item.subject,
        end,
        key=item.predicate if result.has_edge(item.subject, end, key) else key,
        id=item.id,
        predicate=item.predicate,
        asserted=item.asserted or not item.evidence,
        stance=", ".join(stance for stance in STANCES if stance in stances),
        score=round(item.score, 2),
        sources=len({evidence.document for evidence in item.evidence}),
        quote=best.quote if best else "",
    )


def _labelled(graph: Graph) -> nx.MultiDiGraph[str]:
    """The graph with the `label` that viewers show, and nothing that XML can't hold."""
    import networkx as nx

    found = to_networkx(graph)
    told = {item.id: item.evidence for item in graph.relations}
    for _, data in found.nodes(data=True):
        _clean(data, data["name"])
    for _, _, key, data in found.edges(keys=True, data=True):
        data["evidence"] = json.dumps([_source(item) for item in told[data["id"]]])
        _clean(data, local(key))
    renamed: nx.MultiDiGraph[str] = nx.relabel_nodes(found, {iri: valid(iri) for iri in found})
    return renamed


def _source(item: Evidence) -> dict[str, object]:
    """Where a sentence stands and how it says it; as JSON in one attribute, since these formats know no lists."""
    known = {"by": item.by, "stance": ", ".join(item.stance), "score": round(item.score, 2)}
    place = {"document": item.document, "start": item.start, "end": item.end, "quote": item.quote}
    return {**place, **{key: value for key, value in known.items() if value}}


def _clean(data: dict[str, object], label: str) -> None:
    for key in list(data):
        value = data.pop(key)
        data[xml_safe(key)] = xml_safe(value) if isinstance(value, str) else value
    data["label"] = xml_safe(label)
