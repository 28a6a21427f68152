"""The answer to a SPARQL query: its rows as values, as a table for people, and in the formats of the standard."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import vocab
from kg.errors import KgError

if TYPE_CHECKING:
    import pyoxigraph

    from kg.types import Literal  # where it runs, it is imported when asked for: an answer as CSV does without it

Term: TypeAlias = "str | Literal | None"
"""An IRI, a literal, or nothing where a variable has no value."""
Row: TypeAlias = "tuple[Term, ...]"

_NAMESPACES = sorted(vocab.PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


class Result:
    """The answer to a query.

    `kind` is "select", "ask" or "graph" (CONSTRUCT and DESCRIBE), `data` the answer as SPARQL JSON or N-Triples.
    It is true if an ASK query says so, or if there are rows.
    """

    def __init__(self, kind: str, data: bytes) -> None:
        self.kind, self.data = kind, data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and (self.kind, self.data) == (other.kind, other.data)

    def __hash__(self) -> int:
        return hash((self.kind, self.data))

    @functools.cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns: the variables, "answer", or "subject", "predicate" and "object"."""
        if self.kind == "graph":
            return ("subject", "predicate", "object")
        return tuple(self._json["head"].get("vars", ("answer",)))

    @functools.cached_property
    def rows(self) -> list[tuple[Term, ...]]:
        """One tuple for each solution (or triple), with a value for each of `variables`: IRI, Literal or None."""
        from kg.types import Literal

        if self.kind == "ask":
            return [(Literal(str(self._json["boolean"]).lower(), vocab.XSD + "boolean"),)]
        if self.kind == "graph":
            import pyoxigraph

            quads = pyoxigraph.parse(self.data, pyoxigraph.RdfFormat.N_TRIPLES)
            return [tuple(map(_term, quad.triple)) for quad in quads]
        bindings = self._json["results"]["bindings"]
        return [tuple(_binding(solution.get(name)) for name in self.variables) for solution in bindings]

    @functools.cached_property
    def _json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.data)
        return found

    def __iter__(self) -> Iterator[tuple[Term, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self._json["boolean"]) if self.kind == "ask" else bool(self.rows)

    def to_table(self, *, width: int | None = None) -> str:
        """The rows as text in columns, for people: IRIs shortened by our prefixes, line ends as spaces.

        No line is wider than `width` cells of a terminal where that is given.
        """
        from kg.tables import safe, table

        head, rows = map(safe, self.variables), [[shorten(term) for term in row] for row in self.rows]
        return table(list(head), rows, width=width)

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV."""
        return self._solutions("CSV")

    def to_tsv(self) -> str:
        """SPARQL 1.1 Query Results TSV."""
        return self._solutions("TSV")

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        return self._solutions("JSON")

    def to_xml(self) -> str:
        """SPARQL Query Results XML."""
        return self._solutions("XML")

    def to_turtle(self) -> str:
        """The triples of a CONSTRUCT or DESCRIBE query as Turtle, sorted."""
        if self.kind != "graph":
            raise KgError("only CONSTRUCT and DESCRIBE give triples; choose csv, json, xml or tsv")
        import pyoxigraph

        triples = [quad.triple for quad in pyoxigraph.parse(self.data, pyoxigraph.RdfFormat.N_TRIPLES)]
        written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=vocab.PREFIXES)
        lines = (written or b"").decode().splitlines(keepends=True)
        prefixes = sorted(line for line in lines if line.startswith("@prefix "))  # they come in no order
        return "".join([*prefixes, *lines[len(prefixes) :]])

    def _solutions(self, form: str) -> str:
        if self.kind == "graph":
            raise KgError("CONSTRUCT and DESCRIBE give triples, which are written as Turtle; ask SELECT for a table")
        import pyoxigraph

        formats = pyoxigraph.QueryResultsFormat
        found = pyoxigraph.parse_query_results(self.data, formats.JSON)
        return (found.serialize(format=getattr(formats, form)) or b"").decode()


def shorten(term: Term) -> str:
    """A term as people read it: `id:openai`, the text of a literal, or nothing; always one line."""
    from kg.tables import safe
    from kg.types import Literal

    if isinstance(term, Literal):
        return " ".join(safe(term.value).split())
    if term is None:
        return ""
    term = safe(term)
    found = ((name, namespace) for name, namespace in _NAMESPACES if term.startswith(namespace))
    name, namespace = next(found, ("", ""))
    return f"{name}:{term[len(namespace) :]}" if name else term


def _binding(found: dict[str, str] | None) -> Term:
    """A term of SPARQL JSON."""
    from kg.types import Literal

    if found is None:
        return None
    if found["type"] != "literal":
        return f"_:{found['value']}" if found["type"] == "bnode" else str(found["value"])
    plain = Literal(found["value"])
    return Literal(found["value"], found.get("datatype", plain.datatype), found.get("xml:lang", ""))


def _term(found: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Term:
    import pyoxigraph

    from kg.types import Literal

    if isinstance(found, pyoxigraph.Literal):
        language = found.language or ""
        return Literal(found.value, Literal("").datatype if language else found.datatype.value, language)
    return str(found.value) if isinstance(found, pyoxigraph.NamedNode) else str(found)
