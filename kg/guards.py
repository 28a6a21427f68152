"""What of a stranger's query or file would end or stall the process that parses it; refused beforehand, in one line.

The parsers of pyoxigraph work down what is nested by calling themselves, and the stack ends before hostile text does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from pathlib import Path

from kg.errors import KgError

NESTED = 100
"""How deep a query may be nested, a statement about statements, or (five times as deep) a document of JSON or XML."""
OPERATORS = 2000
"""How many operators and clauses a query may have; names and values as many as it likes."""

_NESTING = re.compile(r"<<|>>|[][(){}]")
_OPERATOR = re.compile(
    r"[!*/|&^=+({\[]|(?<![\w.:%])-|\b(?:UNION|OPTIONAL|MINUS|FILTER|BIND|EXISTS|GRAPH|VALUES|AS)\b", re.IGNORECASE
)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = dict(zip(b"[{]}", (1, 1, -1, -1), strict=True))
_TERM = re.compile(rb"<<|>>")
_ENTITY = 1000  # characters: enough for any namespace


def query(text: str) -> None:
    """Raises KgError for a query (its strings, IRIs, comments left out) that is nested too deep or has too many parts.

    One that passes may still take forever to answer: only a process of its own, which is ended, helps against that.
    """
    if _deepest(1 if mark in ("(", "[", "{", "<<") else -1 for mark in _NESTING.findall(text)) > NESTED:
        raise KgError(f"the query is nested deeper than {NESTED} brackets; write it flatter")
    if sum(1 for _ in _OPERATOR.finditer(text)) > OPERATORS:
        raise KgError(f"the query has more than {OPERATORS} operators and clauses; ask in several queries")


def file(path: Path, kind: str) -> None:
    """Raises KgError for a file of RDF that is nested too deep, or whose entities would blow it up.

    `kind` is pyoxigraph's name of its format. Raises OSError where it can't be read.
    """
    if kind == "RDF_XML":
        _xml(path)
        return
    data = path.read_bytes()
    if kind == "JSON_LD":
        brackets = _STRING.sub(b"", data).translate(None, _BRACKETS)
        if _deepest(map(_STEPS.__getitem__, brackets)) > 5 * NESTED:
            raise KgError(f"its JSON is nested deeper than {5 * NESTED} brackets, and nothing of RDF needs that")
    elif data.count(b"<<") > NESTED:
        marks = _TERM.findall(_STRING.sub(b"", data))
        if _deepest(1 if mark == b"<<" else -1 for mark in marks) > NESTED:
            raise KgError(f"statements about statements are nested deeper than {NESTED}")


def _deepest(steps: Iterable[int]) -> int:
    return max(itertools.accumulate(steps), default=0)


def _xml(path: Path) -> None:
    """Reads it through once: Python's parser stops at what is neither well-formed nor in proportion."""
    import xml.parsers.expat

    parser = xml.parsers.expat.ParserCreate()
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > 5 * NESTED:
            raise KgError(f"its XML is nested deeper than {5 * NESTED} elements, and nothing of RDF needs that")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _parameter: object, value: str | None, *_: object) -> None:
        if value is None or "&" in value or "%" in value or len(value) > _ENTITY:
            raise KgError(f"its entity {name} is no plain text of at most {_ENTITY} characters; write it out")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except xml.parsers.expat.ExpatError as error:
        raise KgError(f"it is not well-formed XML: {error}") from None
