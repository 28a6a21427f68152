"""What one look at all relations of a graph tells: there may be millions, and they may lie on the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

from kg.graph import Graph
from kg.types import Statement

T = TypeVar("T")

MANY = 200
"""Lines of one kind that a report has at most."""


class First(Generic[T]):
    """The first of many, to be put into words, and how many there are."""

    def __init__(self) -> None:
        self.items, self.count = list[T](), 0

    def add(self, item: T) -> None:
        """Takes one in."""
        self.count += 1
        if self.count <= MANY:
            self.items.append(item)

    def lines(self, put: Callable[[T], str]) -> Iterator[str]:
        """The first, put into words, and how many more there are."""
        yield from map(put, self.items)
        if self.count > MANY:
            yield f"\nAnd {self.count - MANY} more."


class Counts(NamedTuple):
    """What one look at all relations tells.

    How many of each predicate are stated as fact, and only with reserve; how many each document says; those that are
    said with reserve, and those that no source states in its own name.
    """

    stated: Counter[str]
    reserved: Counter[str]
    documents: Counter[str]
    hedged: First[Statement]
    claimed: First[Statement]


def counts(graph: Graph) -> Counts:
    """Looks at all relations of a graph."""
    found = Counts(Counter(), Counter(), Counter(), First(), First())
    for item in graph.relations:
        for document in item.documents:
            found.documents[document] += 1
        if item.asserted:
            found.stated[item.predicate] += 1
            if not item.vouched:
                found.claimed.add(item)
        else:
            found.reserved[item.predicate] += 1
            if item.evidence:
                found.hedged.add(item)
    return found
