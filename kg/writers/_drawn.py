"""graph.html of a build: it is drawn in another process meanwhile, where there may be several."""

from __future__ import annotations

import contextlib
import marshal
from collections.abc import Iterable, Iterator
from typing import Any

from kg import engines, packed
from kg.excerpt import excerpt
from kg.graph import Dispute, Graph
from kg.types import Statement
from kg.writers import html


@contextlib.contextmanager
def drawn(graph: Graph, title: str, *, jobs: int = 1) -> Iterator[Iterable[str]]:
    """The page of a graph, or of the main part of a large one, to be read within the block."""
    part = excerpt(graph)
    if part is graph:
        yield (html.render(graph, title=title) for _ in range(1))
        return
    with engines.beside(_draw, _given(part, f"{title} (main part)"), jobs=jobs) as page:
        yield (page() for _ in range(1))


def _draw(given: bytes) -> str:
    rows, documents, disputes, title = marshal.loads(given)  # noqa: S302 - from the process that started this one
    told = [Dispute(kind, one, by, tuple(map(packed.statement, said))) for kind, one, by, said in disputes]
    return html.render(Graph(map(packed.statement, rows), map(packed.unpack_document, documents), told), title=title)


def _given(graph: Graph, title: str) -> bytes:
    """All that a page shows, as it is sent."""
    disputes = [(each.kind, each.subject, each.predicate, _rows(each.statements)) for each in graph.disputes]
    documents = list(map(packed.pack_document, graph.documents.values()))
    return marshal.dumps((_rows(graph), documents, disputes, title))


def _rows(statements: Iterable[Statement]) -> list[Any]:
    return list(map(packed.row, statements))
