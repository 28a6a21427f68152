"""SELECT and ASK for agents: answered by workers with limits of time and memory, each row with its evidence."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import re
import time
from typing import TYPE_CHECKING

import anyio.from_thread

from kg.errors import KgError
from kg.mcp.records import Answer, Quote, shown
from kg.query.evidence import COLUMNS, widened
from kg.query.messages import masked
from kg.result import Result, Row, Term, shorten
from kg.serve.frames import Task
from kg.types import Literal

if TYPE_CHECKING:
    from kg.serve.pool import Pool

_JSON = "application/sparql-results+json"
_OK, _NO_TABLE = 200, 406
_QUOTED = 5
"""Of one row, the quotes that are told; the tool `evidence` has the rest."""
_ASK = re.compile(r"(?<![\w:?$-])ASK\b(?!:)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proved(Quote):
    """A quote with the statement that it is for, and the statement's relation."""

    statement: str
    relation: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """One row: a text for each variable, "" where it has no value; and what the row rests on."""

    values: tuple[str, ...]
    evidence: tuple[Proved, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table(Answer):
    """The rows of SELECT, `more` if some were left out; or the `answer` of ASK, with one solution if that is yes."""

    variables: tuple[str, ...] = ()
    rows: tuple[Solution, ...] = ()
    more: bool = False
    answer: bool | None = None


def ask(pool: Pool, query: str, *, limit: int, evidence: bool) -> Table:
    """The answer to a query, at most so many rows of it. To be called in a thread of anyio.

    What ASK affirms comes with one solution as its row. Raises KgError where the query is wrong, no SELECT or ASK,
    writes or calls another server, or passes a limit.
    """
    found = _run(pool, query)
    if found.kind == "select":
        return _table(pool, query, found, limit=limit, evidence=evidence)
    rows = Table()
    if (asks := _ASK.search(masked(query))) and found and evidence:
        select = f"{query[: asks.start()]}SELECT *{query[asks.end() :]}\nLIMIT 1"
        with contextlib.suppress(KgError):  # what can be affirmed can't always be shown
            rows = _table(pool, select, _run(pool, select), limit=1, evidence=True)
    return dataclasses.replace(rows, answer=bool(found))


def _table(pool: Pool, query: str, found: Result, *, limit: int, evidence: bool) -> Table:
    cut = _cut(found, limit)
    until = time.monotonic() + pool.limits.seconds

    def run(text: str) -> Result:
        if time.monotonic() > until:
            raise KgError("the rows have more evidence than can be told in time; ask for fewer, or without it")
        return _run(pool, text)

    rows = widened(run, query, cut).rows if evidence else [row + (None,) * len(COLUMNS) for row in cut.rows]
    own = len(cut.variables)
    solutions = (_solution(row, [each[own:] for each in group]) for row, group in _grouped(rows, own))
    return Table(variables=cut.variables, rows=tuple(solutions), more=len(found) > limit)


def _run(pool: Pool, query: str) -> Result:
    found = anyio.from_thread.run(pool.ask, Task(query, _JSON, ""))
    if found.status == _NO_TABLE:
        raise KgError("only SELECT and ASK are answered; ask for the parts of the triples with SELECT")
    if found.status != _OK:
        raise KgError(" ".join(found.body.decode("utf-8", "replace").split()))
    return Result("ask" if "boolean" in json.loads(found.body) else "select", found.body)


def _cut(found: Result, limit: int) -> Result:
    told = json.loads(found.data)
    told["results"]["bindings"] = told["results"]["bindings"][:limit]
    return Result("select", json.dumps(told).encode())


def _grouped(rows: list[Row], own: int) -> itertools.groupby[Row, Row]:
    return itertools.groupby(rows, lambda row: row[:own])


def _solution(row: Row, evidence: list[Row]) -> Solution:
    proved = (dict(zip(COLUMNS, each, strict=True)) for each in evidence if each[-1] is not None)
    return Solution(values=tuple(map(_text, row)), evidence=tuple(map(_proved, itertools.islice(proved, _QUOTED))))


def _proved(found: dict[str, Term]) -> Proved:
    told = {name: _text(term) for name, term in found.items()}
    return Proved(
        statement=told["statement"].rpartition(":")[2],
        relation=told["relation"].removeprefix("kg:"),
        quote=told["quote"],
        article=told["source"],
        publisher=told["publisher"] or None,
        published=told["published"] or None,
        url=None,
        document=told["document"],
        start=int(told["start"]),
        end=int(told["end"]),
        stance=tuple(filter(None, told["stance"].split(", "))),
        by=told["by"] or None,
    )


def _text(term: Term) -> str:
    """A term as it can be asked for again: IRIs by their prefixes, literals as they are."""
    return shown(term.value) if isinstance(term, Literal) else shorten(term)
