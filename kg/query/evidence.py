"""The sentences behind the rows of an answer: the statements that each row rests on, quoted with their sources."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator

from kg import vocab
from kg.errors import KgError
from kg.query.messages import masked
from kg.questions import literal
from kg.result import Result, Row, Term, shorten
from kg.tables import safe
from kg.tables import table as columns
from kg.types import Literal

COLUMNS = (
    *("relation", "quote", "stance", "by", "source", "publisher", "published", "document", "start", "end"),
    "statement",
)
"""What is told of a piece of evidence; `start` and `end` are code points in the document's text, end exclusive."""

_SOLUTIONS = 20  # of one row, that are looked at
_QUOTED = 20  # pieces of evidence of one row, that are told
_SHOWN = 3  # of one row and relation, in a table
_NAMING = "rdf:type, rdfs:label, skos:altLabel, skos:hiddenLabel, owl:sameAs, owl:differentFrom"
_KEPT = (vocab.BASE + "statement/", vocab.BASE + "evidence/")
_VARIABLE, _BOUND = re.compile(r"[?$](\w+)"), re.compile(r"\bAS\s+[?$](\w+)", re.IGNORECASE)
_IRI = re.compile(r"<([^<>\"{}|\\^`\x00-\x20]+)>")
_PREFIX = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\"{}|\\^`\x00-\x20]*)>", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w:?$.-])([A-Za-z][\w.-]*|):([\w-]+(?:\.[\w-]+)*)")
_SELECT = re.compile(r"\bSELECT\b", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\b.*?(?=\bWHERE\b|$)", re.IGNORECASE | re.DOTALL)
_LOOKUP = """SELECT ?relation ?quote (GROUP_CONCAT(DISTINCT ?word; SEPARATOR=", ") AS ?stance)
  (SAMPLE(?speaker) AS ?by) (SAMPLE(?title) AS ?source) (SAMPLE(?press) AS ?publisher) (SAMPLE(?day) AS ?published)
  ?document ?start ?end (?s AS ?statement) WHERE {
  WHICH FILTER(?relation NAMING)
  ?s rdf:predicate ?relation ; prov:wasDerivedFrom ?e .
  ?e oa:exact ?quote ; oa:hasSource ?document ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?e kg:stance ?word }
  OPTIONAL { ?e kg:claimedBy/rdfs:label ?speaker }
  OPTIONAL { ?document rdfs:label ?title }
  OPTIONAL { ?document schema:publisher ?press }
  OPTIONAL { ?document schema:datePublished ?day }
} GROUP BY ?relation ?e ?quote ?document ?start ?end ?s
ORDER BY ?relation (?stance != "") ?document ?start ?end ?e ?s LIMIT MOST"""

Run = Callable[[str], Result]


def widened(run: Run, sparql: str, result: Result) -> Result:
    """The answer to a SELECT query with a row for each piece of evidence, told in columns after its own.

    A row's statements are those whose subject, predicate and object all occur in its solutions (in variables that it
    does not show as well; a name stands for what is called so) or in the query. Names and types count only where there
    is nothing else; a row without evidence stays one. `run` answers a query. Raises KgError for other kinds of query.
    """
    if result.kind != "select":
        raise KgError("only the rows of SELECT have evidence; this query gives none")
    taken = set(result.variables)
    names = [*result.variables, *(f"{name}_of_evidence" if name in taken else name for name in COLUMNS)]
    found = {row: _evidence(run, sparql, dict(zip(result.variables, row, strict=True))) for row in set(result.rows)}
    lines = (row + each for row in result.rows for each in found[row] or [(None,) * len(COLUMNS)])
    bindings = [{key: _json(term) for key, term in zip(names, line, strict=True) if term is not None} for line in lines]
    return Result("select", json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode())


def table(result: Result, *, width: int | None = None) -> str:
    """An answer of `widened` for people: its rows as a table, the quotes of each below it, within the width."""
    own = len(result.variables) - len(COLUMNS)
    rows, notes = [], []
    for row, group in itertools.groupby(result.rows, lambda row: row[:own]):
        rows.append([shorten(term) for term in row])
        notes.append(list(_notes([shorten(term) for term in each[own:]] for each in group if each[own] is not None)))
    return columns([safe(name) for name in result.variables[:own]], rows, width=width, notes=notes)


def _notes(evidence: Iterable[list[str]]) -> Iterator[str]:
    """The first quotes of each relation, and how many more there are."""
    for relation, group in itertools.groupby(evidence, lambda parts: parts[0]):
        found = list(group)
        yield from (_note(*parts) for parts in found[:_SHOWN])
        if (more := len(found) - _SHOWN) > 0:
            yield f"{relation.rpartition(':')[2]}: {more} more, see --format csv"


def _note(*parts: str) -> str:
    relation, quote, stance, by, source, publisher, published, _, start, end, _ = parts
    manner = "".join(f" [{part}]" for part in (stance, by and f"by {by}") if part)
    told = ", ".join(part for part in (source, publisher, published) if part)
    return f"{relation.rpartition(':')[2]}: “{quote}”{manner} — {told} ({start}–{end})"  # noqa: RUF001 - a range


def _evidence(run: Run, sparql: str, row: dict[str, Term]) -> list[Row]:
    terms = {*_solutions(run, sparql, row), *row.values()} - {None}
    iris = sorted({*(term for term in terms if isinstance(term, str)), *_mentioned(sparql)})
    texts = sorted((term for term in terms if isinstance(term, Literal)), key=lambda term: (term.value, term.datatype))
    kept = _list((iri for iri in iris if iri.startswith(_KEPT)), " ")
    ends = sorted({*iris, *_called(run, texts)})
    if kept:
        which = f"{{ VALUES ?s {{ {kept} }} }} UNION {{ VALUES ?e {{ {kept} }} }} ?s prov:wasDerivedFrom ?e ."
    else:
        which = f"VALUES ?a {{ {_list(ends, ' ')} }} ?s rdf:subject ?a ; rdf:object ?b . "
        which += f"FILTER(?relation IN ({_list(iris)})) FILTER(?b IN ({_list([*ends, *texts])}))"
    return run(_asked(which, f"NOT IN ({_NAMING})")).rows or run(_asked(which, f"IN ({_NAMING})")).rows


def _asked(which: str, naming: str) -> str:
    return _LOOKUP.replace("MOST", str(_QUOTED)).replace("NAMING", naming).replace("WHICH", which)


def _solutions(run: Run, sparql: str, row: dict[str, Term]) -> set[Term]:
    """All that the query's variables stand for where it gives this row, as far as its text can be taken apart."""
    for text in _opened_up(sparql, row):
        with contextlib.suppress(KgError):
            return {term for found in run(text).rows for term in found}
    return set()


def _opened_up(sparql: str, row: dict[str, Term]) -> Iterator[str]:
    """The query for all variables instead of some, where those of the row have its values: two ways of saying it."""
    text = masked(sparql)
    select = _SELECT.search(text)
    span = _group(text, select.end()) if select else None
    if not select or not span:
        return
    body, covered = sparql[span[0] + 1 : span[1]], text[span[0] : span[1]]
    if _SELECT.match(covered[1:].lstrip()):  # all of it is a query within the query
        yield from _opened_up(f"{sparql[: select.start()]} {body}", row)
        return
    dataset = _FROM.search(text, select.end(), span[0])
    sources = sparql[dataset.start() : dataset.end()] if dataset else ""
    late = set(_BOUND.findall(covered))  # BIND does not take a variable that has a value
    known = {name: term for name, term in row.items() if term is not None and name in _VARIABLE.findall(covered)}
    early = "".join(_value(name, term) for name, term in known.items() if name not in late)
    after = "".join(_value(name, term) for name, term in known.items() if name in late)
    for inner in (f"{early} {body}\n", f"{early} {{ {body}\n}}"):
        yield f"{sparql[: select.start()]} SELECT * {sources} WHERE {{ {{ {inner} }} {after} }} LIMIT {_SOLUTIONS}"


def _group(text: str, start: int) -> tuple[int, int] | None:
    """Where the braces of WHERE stand: the first that are in no parentheses."""
    rounds, curls, first = 0, 0, 0
    for place in range(start, len(text)):
        char = text[place]
        rounds += (char == "(") - (char == ")")
        if char == "{":
            first = first if curls or rounds else place
            curls += 1
        curls -= char == "}"
        if char == "}" and not curls and not rounds and first:
            return first, place
    return None


def _mentioned(sparql: str) -> set[str]:
    """The IRIs in a query's text, in full or as prefixed names."""
    prefixes = {**vocab.PREFIXES, **dict(_PREFIX.findall(sparql))}
    names = _NAME.findall(masked(sparql))
    return {prefixes[name] + local for name, local in names if name in prefixes} | set(_IRI.findall(sparql))


def _called(run: Run, texts: Iterable[Literal]) -> list[str]:
    """The things that have one of these names."""
    names = _list([text for text in texts if text.language or text.datatype == vocab.XSD + "string"], " ")
    if not names:
        return []
    found = run(f"SELECT DISTINCT ?x {{ VALUES ?n {{ {names} }} ?x rdfs:label ?n }} LIMIT {_SOLUTIONS}")
    return [str(row[0]) for row in found.rows]


def _value(name: str, term: Term) -> str:
    listed = _list([term])
    return f"VALUES ?{name} {{ {listed} }} " if listed else ""


def _list(terms: Iterable[Term], mark: str = ", ") -> str:
    """Terms as SPARQL writes them, without blank nodes, which have no name."""
    return mark.join(filter(None, map(_term, terms)))


def _term(term: Term) -> str:
    if isinstance(term, Literal):
        if term.language:
            return f"{literal(term.value)}@{term.language}"
        return f"{literal(term.value)}^^<{term.datatype}>"
    return f"<{term}>" if term and _IRI.fullmatch(f"<{term}>") and not term.startswith("_:") else ""


def _json(term: Term) -> dict[str, str]:
    """A term of SPARQL JSON."""
    if isinstance(term, Literal):
        more = {"xml:lang": term.language} if term.language else {}
        return {"type": "literal", "value": term.value, **(more or {"datatype": term.datatype})}
    if term and term.startswith("_:"):
        return {"type": "bnode", "value": term[2:]}
    return {"type": "uri", "value": term or ""}
