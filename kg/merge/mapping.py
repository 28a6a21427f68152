"""How the columns of a table become statements: a mapping in YARRRML, of which the documented part is read.

YARRRML (https://rml.io/yarrrml/spec/) is RML written in YAML. Read are `prefixes`, `sources`, and in `mappings` one
subject template with predicates and objects; docs/merging.md lists it all. The key `dataset` is our own: other
processors pass it by. It tells title, publisher, url and licence of the table, the namespace in which columns are kept
that the mapping does not name, and the cells that mean "not known".
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import fnmatch
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg import vocab
from kg.errors import KgError
from kg.merge import tables
from kg.merge.records import Meta, Record, Triple
from kg.types import Literal

FOLDER = Path(__file__).parent / "mappings"
"""The mappings that are shipped."""

FUNCTIONS = vocab.BASE + "function#"
_REFERENCE = re.compile(r"\$\(((?:[^()]|\([^()]*\))+)\)")
_PREFIXES = {
    **vocab.PREFIXES,
    "fn": FUNCTIONS,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "grel": "http://users.ugent.be/~bjdmeest/function/grel.ttl#",
}
_VALUE, _SEPARATOR = _PREFIXES["grel"] + "valueParameter", _PREFIXES["grel"] + "p_string_sep"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_FORMS = {"csv": (".csv", ".tsv"), "jsonpath": (".json", ".jsonl", ".yaml", ".yml")}

Cells = Mapping[str, tuple[str, ...]]
Make = Callable[[Cells], Iterable[str | Literal]]


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One mapping of a file: the source's pattern and iterator, the subject, and what is said of it."""

    name: str
    pattern: str
    iterator: str
    subject: str
    facts: tuple[tuple[str, Make], ...]
    named: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class TableMapping:
    """What a mapping file says; `namespace` takes the columns that it does not name."""

    name: str
    meta: Meta
    namespace: str
    unknown: frozenset[str]
    rules: tuple[Rule, ...]


def shipped() -> list[str]:
    """The names of the mappings that come with this package."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def load(name: str) -> TableMapping:
    """The mapping of this name, or in this file. Raises KgError if it is unknown or says what we can't read."""
    path = FOLDER / f"{name}.yml" if name in shipped() else Path(name)
    try:
        data = path.read_bytes()
    except OSError:
        raise KgError(f"found no mapping {name!r}; give a file, or one of {', '.join(shipped())}") from None
    found = tables.value(path.with_suffix(".yml"), data)
    try:
        return _mapping(path, found)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        what = f"it lacks {error}" if isinstance(error, KeyError) else f"{error}"
        raise KgError(f"{path.name} is no mapping that can be read ({what}); see docs/merging.md") from None


def fits(mapping: TableMapping, path: Path) -> bool:
    """Whether some rule of the mapping is for a file of this name."""
    return any(_fits(rule, path) for rule in mapping.rules)


def records(mapping: TableMapping, path: Path, data: bytes) -> Iterator[Record]:
    """What each row of a table says under a mapping, in the order of the rows.

    Raises KgError where the table is broken, or where the mapping names columns that no row has.
    """
    fitting = [rule for rule in mapping.rules if _fits(rule, path)]
    if not fitting:
        wanted = ", ".join(sorted({rule.pattern for rule in mapping.rules}))
        raise KgError(f"the mapping {mapping.name} is for files {wanted}, not for {path.name}; give another --mapping")
    for rule in fitting:
        rows = list(tables.read(path, data, rule.iterator))
        known = tables.columns(rows)
        if rows and (missing := sorted(rule.named - set(known))):
            found = ", ".join(each for each in known if not each.startswith("^"))
            lacking = f"{path.name} has no column {', '.join(missing)}, which the mapping {mapping.name} names"
            raise KgError(f"{lacking}; it has {found}")
        for row in rows:
            yield from _record(mapping, rule, row)


def _fits(rule: Rule, path: Path) -> bool:
    return fnmatch.fnmatch(path.name.lower(), rule.pattern.lower())


def _record(mapping: TableMapping, rule: Rule, row: tables.Row) -> Iterator[Record]:
    cells = {key: tuple(each for each in found if each not in mapping.unknown) for key, found in row.cells.items()}
    cells = {key: found for key, found in cells.items() if found}
    for subject in _filled(rule.subject, cells, escape=True):
        triples = [Triple(subject, predicate, item) for predicate, make in rule.facts for item in make(cells)]
        for column, found in cells.items():
            if column not in rule.named and not column.startswith("^"):
                own = mapping.namespace + _camel(column)
                triples += [Triple(subject, own, _typed(each)) for each in found]
        shown = tuple(
            (key, "; ".join(cells[key])) for key in sorted(rule.named, key=list(row.cells).index) if key in cells
        )
        yield Record(subject, row.where, shown, tuple(triples))


def _mapping(path: Path, found: Any) -> TableMapping:
    about = found.get("dataset", {})
    prefixes = {**_PREFIXES, **found.get("prefixes", {})}
    sources = {name: _source(given) for name, given in found.get("sources", {}).items()}
    rules = tuple(_rules(found["mappings"], sources, prefixes))
    meta = Meta(**{key: str(about[key]) for key in Meta._fields if about.get(key)})
    space = _expand(str(about.get("namespace", vocab.BASE + f"table/{path.stem}#")), prefixes)
    return TableMapping(path.stem, meta, space, frozenset(map(str, about.get("unknown", ()))), rules)


def _source(given: list[str]) -> tuple[str, str]:
    """The pattern of a source's file names, and its iterator."""
    pattern, _, form = given[0].rpartition("~")
    if form not in _FORMS:
        raise ValueError(f"the source {given[0]!r} ends in none of {', '.join('~' + each for each in _FORMS)}")
    return pattern, given[1] if len(given) > 1 else ""


def _rules(mappings: Any, sources: Mapping[str, tuple[str, str]], prefixes: Mapping[str, str]) -> Iterator[Rule]:
    for name, body in mappings.items():
        subject = body.get("s") or body["subjects"]
        facts, named = [], set(_REFERENCE.findall(subject))
        for each in body.get("po") or body["predicateobjects"]:
            predicate, make, columns = _fact(each, prefixes)
            facts.append((predicate, make))
            named |= columns
        for source in [body["sources"]] if isinstance(body["sources"], str) else body["sources"]:
            pattern, iterator = sources[source]
            yield Rule(name, pattern, iterator, _expand(subject, prefixes), tuple(facts), frozenset(named))


def _fact(given: Any, prefixes: Mapping[str, str]) -> tuple[str, Make, set[str]]:
    if isinstance(given, list):
        predicate, item, *kind = given
        given = {"p": predicate, "o": {"value": item, "datatype": kind[0] if kind else ""}}
    predicate = given.get("p") or given["predicates"]
    item = given.get("o") or given["objects"]
    item = item if isinstance(item, dict) else {"value": item}
    datatype = str(item.get("datatype") or "")
    iri = vocab.TYPE if predicate == "a" else _expand(predicate, prefixes)
    columns = set(_REFERENCE.findall(str(item)))
    if "function" in item:
        make = _function(item, prefixes)
    else:
        template = str(item["value"])
        if template.endswith("~iri") or iri == vocab.TYPE:
            whole = _expand(template.removesuffix("~iri"), prefixes)
            return iri, functools.partial(_filled, whole, escape=not whole.startswith("$(")), columns
        make = functools.partial(_filled, template)
    return iri, functools.partial(_literals, make, *_kind(datatype, prefixes)), columns


def _kind(datatype: str, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """A datatype's IRI and a language, as the third place of a predicate and object tells them."""
    if datatype.endswith("~lang"):
        return vocab.XSD + "string", datatype.removesuffix("~lang")
    return _expand(datatype, prefixes) if datatype else vocab.XSD + "string", ""


def _literals(make: Callable[[Cells], Iterable[str]], datatype: str, language: str, cells: Cells) -> Iterator[Literal]:
    return (Literal(value, datatype, language) for value in make(cells))


def _filled(template: str, cells: Cells, *, escape: bool = False) -> Iterator[str]:
    """The template with each value of its columns; none where a column is empty; of several, the first values."""
    names = _REFERENCE.findall(template)
    if any(name not in cells for name in names):
        return
    for place in range(len(cells[names[0]]) if len(names) == 1 else 1):
        parts = {name: quote(cells[name][place], safe="") if escape else cells[name][place] for name in names}
        yield _REFERENCE.sub(lambda match, parts=parts: parts[match[1]], template)  # type: ignore[misc]


def _function(item: Any, prefixes: Mapping[str, str]) -> Callable[[Cells], Iterable[str]]:
    """One of the functions that we know, with its parameters."""
    iri = _expand(item["function"], prefixes)
    given = {_expand(key, prefixes): str(value) for key, value in item["parameters"]}
    if iri not in _FUNCTIONS:
        raise ValueError(f"the function {item['function']} is none of {', '.join(map(_short, _FUNCTIONS))}")
    act, template = _FUNCTIONS[iri], given.pop(_VALUE)
    return lambda cells: [each for text in _filled(template, cells) for each in act(text, given)]


def _split(text: str, given: Mapping[str, str]) -> list[str]:
    """The parts between a separator, not within brackets."""
    separator = re.escape(given[_SEPARATOR])
    return [part.strip() for part in re.split(separator + r"(?![^()]*\))", text) if part.strip()]


def _find(text: str, given: Mapping[str, str]) -> list[str]:
    """What the first group of a pattern holds, for each place where it is found."""
    pattern = re.compile(given[FUNCTIONS + "pattern"])
    return [match[1].strip() for match in pattern.finditer(text) if match[1] and match[1].strip()]


def _day(text: str, _given: Mapping[str, str]) -> list[str]:
    """The day (UTC) of a count of seconds since 1970."""
    try:
        return [dt.datetime.fromtimestamp(int(text), dt.UTC).date().isoformat()]
    except (ValueError, OverflowError, OSError):
        return [text]


def _strip(text: str, _given: Mapping[str, str]) -> list[str]:
    """The text without tags of HTML."""
    return [" ".join(re.sub(r"<[^<>]*>", "", text).split())]


_FUNCTIONS: dict[str, Callable[[str, Mapping[str, str]], list[str]]] = {
    _PREFIXES["grel"] + "string_split": _split,
    FUNCTIONS + "day": _day,
    FUNCTIONS + "find": _find,
    FUNCTIONS + "withoutTags": _strip,
}


def _short(iri: str) -> str:
    return next(
        (f"{name}:{iri.removeprefix(space)}" for name, space in _PREFIXES.items() if iri.startswith(space)), iri
    )


def _expand(term: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, rest = term.partition(":")
    if colon and not rest.startswith("//") and "$(" not in prefix:
        if prefix not in prefixes:
            raise ValueError(f"the prefix {prefix}: is not declared")
        return prefixes[prefix] + rest
    return term


def _camel(column: str) -> str:
    words = re.findall(r"[^\W_]+", column) or ["column"]
    return quote("".join([words[0].lower(), *(word[:1].upper() + word[1:].lower() for word in words[1:])]))


def _typed(text: str) -> Literal:
    """A cell of a column that no mapping names: a number where it is one."""
    return Literal(text, vocab.XSD + "decimal") if _NUMBER.fullmatch(text) else Literal(text)
