"""Each term by itself: are IRIs absolute, literals of the form of their datatype, names of the ontology known?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import values, vocab
from kg.ontology import ontology
from kg.validate.data import Data
from kg.validate.report import Finding

if TYPE_CHECKING:
    import pyoxigraph

    from kg.validate.data import Term

_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
_FORMS = {  # XML Schema 1.1, part 2, section 3; the calendar is asked besides
    "boolean": re.compile("true|false|0|1"),
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    "double": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"),
    "float": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"),
    "date": re.compile(rf"(-?\d{{4,}}-\d\d-\d\d){_ZONE}"),
    "dateTime": re.compile(rf"(-?\d{{4,}}-\d\d-\d\d)T(?:[01]\d|2[0-4]):[0-5]\d:[0-5]\d(?:\.\d+)?{_ZONE}"),
    "gYearMonth": re.compile(rf"(-?\d{{4,}}-\d\d){_ZONE}"),
    "gYear": re.compile(rf"(-?\d{{4,}}){_ZONE}"),
}
_CALENDAR = ("date", "dateTime", "gYearMonth")


def check(data: Data) -> Iterator[Finding]:
    """The faults of single terms; each term is looked at once for all the triples that hold it."""
    seen: dict[Term | str, str] = {}
    for subject, found in data.facts.items():
        for term in (subject, *found, *(item for items in found.values() for item in items)):
            if term not in seen:
                seen[term] = ""
                yield from _check(data, subject.value, term)


def _check(data: Data, subject: str, term: Term | str) -> Iterator[Finding]:
    import pyoxigraph

    if isinstance(term, pyoxigraph.Literal):
        if message := _literal(term):
            yield Finding("literal", data.file, subject, message)
        term = term.datatype.value
    if isinstance(term, pyoxigraph.BlankNode):
        if data.ours:
            yield Finding("blank", data.file, subject, "it is or leads to a blank node")
        return
    iri = term if isinstance(term, str) else term.value
    try:
        pyoxigraph.NamedNode(iri)
    except ValueError as error:
        yield Finding("iri", data.file, subject, f"{iri!r}: {error}")
    if iri.startswith(vocab.KG) and iri.removeprefix(vocab.KG) not in ontology().labels:
        near = difflib.get_close_matches(iri.removeprefix(vocab.KG), ontology().labels, 1)
        meant = f"; is kg:{near[0]} meant?" if near else ""
        yield Finding("term", data.file, subject, f"kg:{iri.removeprefix(vocab.KG)}{meant}")


def _literal(term: pyoxigraph.Literal) -> str:
    import pyoxigraph

    kind, value = term.datatype.value.removeprefix(vocab.XSD), term.value
    if term.language:
        try:
            pyoxigraph.Literal(value, language=term.language)
        except ValueError:
            return f"{term.language!r} is no language tag"
    if not (form := _FORMS.get(kind)):
        return ""
    match = form.fullmatch(value.strip())
    if match and (kind not in _CALENDAR or match[1].startswith("-") or len(match[1].split("-")[0]) > 4):  # noqa: PLR2004
        return ""  # years that our calendar does not reach
    if match and (kind not in _CALENDAR or values.days(match[1])):
        return ""
    return f"{value!r} is no xsd:{kind}"
