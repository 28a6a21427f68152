"""The part of a large graph that fits a page: the things of which most is said, and what is said of them."""

from __future__ import annotations

import dataclasses
import heapq
import itertools

from kg import vocab
from kg.graph import Graph
from kg.runs import counted
from kg.types import Statement

MOST = 20_000
"""A graph of more relations is not shown whole."""

_EVIDENCE = 8  # pieces for one statement that are shown
_VALUES, _THINGS = vocab.BASE + "value/", vocab.BASE + "id/"


def excerpt(graph: Graph, *, most: int = MOST) -> Graph:
    """The graph itself, or of one with more relations than `most` the part about its main things, in memory.

    Those are the things that stand at most ends of relations; what leads to others is left out, and of what many
    sources say some of the evidence.
    """
    if len(graph.relations) <= most:
        return graph
    things = _main(graph, most)
    kept = [item for iri in sorted(things) for item in graph.about(iri) if _stays(item, things)]
    values = {item.object for item in kept if isinstance(item.object, str) and item.object.startswith(_VALUES)}
    kept += [item for iri in sorted(values) for item in graph.about(iri)]
    keys = {item.key for item in kept}
    disputes = (each for each in graph.disputes if all(item.key in keys for item in each.statements))
    brief = [dataclasses.replace(item, evidence=item.evidence[:_EVIDENCE]) for item in kept]
    sources = sorted({each.document for item in brief for each in item.evidence} & graph.documents.keys())
    return Graph(brief, (graph.documents[iri] for iri in sources), disputes)


def _main(graph: Graph, most: int) -> set[str]:
    """The things at most ends of relations, so many that these are about `most`."""
    ends = (end for item in graph.relations for end in (item.subject, item.object) if isinstance(end, str))
    ranked = heapq.nsmallest(most, ((-count, iri) for iri, count in counted(ends) if not iri.startswith(_VALUES)))
    sums = itertools.accumulate(-count for count, _ in ranked)
    return {iri for (_, iri), total in zip(ranked, sums, strict=True) if total <= most}


def _stays(item: Statement, things: set[str]) -> bool:
    """Whether a statement leads to no thing that is left out."""
    return not isinstance(item.object, str) or item.object in things or not item.object.startswith(_THINGS)
