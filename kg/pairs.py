"""Pairs of names from a table, each side with what is known of it, and what is decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.compare import Side, compare
from kg.errors import KgError
from kg.weights import Verdict, told

HEADING = ("decision", "score", "name_a", "name_b", "reasons")


def read(text: str, name: str = "the table") -> Iterator[tuple[Side, Side]]:
    """The pairs of a tab-separated table with a heading.

    `name_a` and `name_b` must be there; type, developer, date, domain and wikidata count, each with _a or _b behind it;
    other columns are left aside. Raises KgError with the line that lacks a name or has too many cells.
    """
    lines = text.lstrip("\ufeff").splitlines()
    heading = [column.strip() for column in lines[0].split("\t")] if lines else []
    if not {"name_a", "name_b"} <= set(heading):
        found = ", ".join(filter(None, heading)) or "nothing"
        raise KgError(f"{name} has the columns {found}; expected name_a and name_b at least, separated by tabs")
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            cells = [cell.strip() for cell in line.split("\t")]
            row = dict(zip(heading, cells, strict=False))
            if len(cells) > len(heading) or not (row.get("name_a") and row.get("name_b")):
                raise KgError(f"{name}, line {number}: expected two names, and no more cells than the heading has")
            yield _side(row, "_a"), _side(row, "_b")


def match(pairs: Iterable[tuple[Side, Side]]) -> Iterator[tuple[Side, Side, Verdict]]:
    """Each pair with what is decided about it."""
    return ((one, two, compare(one, two)) for one, two in pairs)


def lines(pairs: Iterable[tuple[Side, Side]]) -> Iterator[str]:
    """The decisions as a tab-separated table: decision, score, names, and the evidence, weightiest first."""
    yield "\t".join(HEADING)
    for one, two, verdict in match(pairs):
        yield "\t".join((verdict.decision, f"{verdict.score:.2f}", one.name, two.name, told(verdict.features)))


def records(pairs: Iterable[tuple[Side, Side]]) -> Iterator[dict[str, object]]:
    """The same for machines: by the names of the columns."""
    for one, two, verdict in match(pairs):
        row = (verdict.decision, round(verdict.score, 2), one.name, two.name, told(verdict.features))
        yield dict(zip(HEADING, row, strict=True))


def _side(row: dict[str, str], which: str) -> Side:
    return Side(**{field: row.get(field + which, "") for field in Side._fields})
