"""The merges that were least sure, and the pairs that were nearly merged: python -m benchmarks.borderline [FOLDER …].

Reads folders of outputs; without one, the annotated stories of the corpus, each of which four outlets tell.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from kg import store, vocab
from kg.doubts import doubts
from kg.graph import Graph
from kg.lift import lift
from kg.linking import link
from kg.matchers import MATCHERS
from kg.resolve import resolve
from kg.types import Evidence
from tests import gold

MOST, OUTLETS = 10, 4


def merges(graph: Graph) -> Iterator[tuple[float, str, str]]:
    """Each reason of a matcher for joining two entities, with score and what is called by which words."""
    for item in graph:
        if item.predicate == vocab.SAME_AS and "#" in item.subject:
            for each in item.evidence:
                if each.reader.startswith("matcher:") and each.reader != "matcher:alone":
                    yield each.score, f"{graph.name(str(item.object))} ({each.quote})", _plain(each)


def others(graph: Graph) -> Iterator[tuple[float, str, str]]:
    """Each pair that was left to a person, or held apart, with the probability that the two are one."""
    for item in doubts(graph):
        yield item.score, f"{graph.name(item.subject)} / {graph.name(str(item.object))}", _plain(item.evidence[0])
    things = {item.subject: str(item.object) for item in graph if item.predicate == vocab.SAME_AS}
    for item in graph:
        if item.predicate == vocab.DIFFERENT_FROM:
            ends = (graph.name(things.get(end, end)) for end in (item.subject, str(item.object)))
            for each in item.evidence:
                yield 1 - each.score, " / ".join(ends), _plain(each)


def main() -> None:
    """Prints both lists over all graphs."""
    graphs = [store.load(folder) for folder in sys.argv[1:]] or list(_stories())
    made = sorted({found for graph in graphs for found in merges(graph)})
    left = sorted({found for graph in graphs for found in others(graph)}, reverse=True)
    for heading, found in (("made, the least sure first", made), ("not made, the likeliest first", left)):
        print(f"{heading} (of {len(found)})")
        for score, what, reason in found[:MOST]:
            print(f"  {score:.2f} {what}: {reason}")


def _stories() -> Iterator[Graph]:
    """The graphs of five files, each story by itself."""
    for number in range(1, 6):
        readings = gold.annotations(f"mixed-{number}.txt")
        for start in range(0, len(readings), OUTLETS):
            found = readings[start : start + OUTLETS]
            graph = Graph((s for item in found for s in lift(item)), (item.document for item in found))
            yield link(resolve(graph, matchers=MATCHERS))


def _plain(evidence: Evidence) -> str:
    return evidence.reason.rpartition(" (http")[0] or evidence.reason


if __name__ == "__main__":
    main()
