"""A graph as two tables for a spreadsheet: its entities, and its relations with a line for each sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kg.graph import Graph
from kg.writers._rows import COLUMNS, rows, type_name

NODES = ("id", "name", "type", "aliases")


def table(graph: Graph) -> Iterator[str]:
    """The relations: CSV (RFC 4180) in UTF-8 with a heading.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that it stays text.
    """
    scored = COLUMNS.index("score")
    told = ((*row[:scored], _score(row[scored]), *row[scored + 1 :]) for row in rows(graph))
    return _lines(COLUMNS, told)


def nodes(graph: Graph) -> Iterator[str]:
    """The entities, by the ids that stand in the table of relations; aliases are parted by " | "."""
    found = graph.entities.values()
    return _lines(NODES, ((item.id, item.name, type_name(graph, item.id), " | ".join(item.aliases)) for item in found))


def _lines(heading: Iterable[str], found: Iterable[Iterable[object]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heading)
    for row in found:
        yield _taken(buffer)
        writer.writerow([_cell(value) for value in row])
    yield _taken(buffer)


def _score(value: object) -> str | None:
    return f"{value:.2f}" if isinstance(value, float) else None


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
