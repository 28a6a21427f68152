"""JSON-LD 1.1 that reads as plain JSON: a node a line, under the names of the ontology, its context in the file."""

from __future__ import annotations

import functools
import itertools
import json
import operator
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.ontology import facts
from kg.types import Literal
from kg.writers import _triples, _turtle

if TYPE_CHECKING:
    import pyoxigraph

_TERMS = {  # of other vocabularies, by the names that they have here; a name of our own goes first
    **{name: vocab.RDF + name for name in ("subject", "predicate", "object")},
    "label": vocab.LABEL,
    "altLabel": vocab.ALT_LABEL,
    "sameAs": vocab.SAME_AS,
    "differentFrom": vocab.DIFFERENT_FROM,
    "wasDerivedFrom": vocab.PROV + "wasDerivedFrom",
    "quote": vocab.OA + "exact",
    "source": vocab.OA + "hasSource",
    "from": vocab.OA + "start",
    "to": vocab.OA + "end",
    "title": vocab.DCTERMS + "title",
    "identifier": vocab.DCTERMS + "identifier",
    **{name: vocab.SCHEMA + name for name in ("author", "currency", "datePublished", "unitText", "url", "value")},
}
_LEADS = {_TERMS[name] for name in ("subject", "predicate", "sameAs", "differentFrom", "wasDerivedFrom", "source")}
_COERCED = {vocab.KG + "confidence": vocab.XSD + "decimal", vocab.SCHEMA + "value": vocab.XSD + "decimal"}
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every reader of JSON takes for the same integer
_HALF = dict.fromkeys(range(55296, 57344), "�")


def write(graph: Graph) -> Iterator[str]:
    """The triples of `graph.trig`, in its order; KgError for an IRI that JSON-LD would take for a prefixed name."""
    names, context = _context()
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False, indent=1) + ',\n"@graph": ['
    start = "\n"
    for _, blocks in _triples.sections(graph):
        for subject, pairs in blocks:
            yield start + json.dumps(_node(subject, pairs, names), ensure_ascii=False)
            start = ",\n"
    yield "\n]}\n"


def compact(triples: Iterable[pyoxigraph.Triple]) -> str:
    """Any triples, sorted, with as much of the context as they need. Raises KgError where that can't hold them."""
    names, context = _context()
    blocks = itertools.groupby(sorted(map(_plain, triples), key=_place), operator.itemgetter(0))
    nodes = [_node(subject, [(key, item) for _, key, item in group], names) for subject, group in blocks]
    body = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    used = {name for node in nodes for name in (*node, *_listed(node.get("@type", ())))}
    terms = {name: told for name, told in context.items() if name in used and name not in vocab.PREFIXES}
    said = body + json.dumps(terms)
    known = {name: iri for name, iri in sorted(vocab.PREFIXES.items()) if f'"{name}:' in said}
    head = json.dumps({"@version": 1.1, **known, **terms}, ensure_ascii=False, indent=1)
    return f'{{"@context": {head},\n"@graph": [\n{body}\n]}}\n'


def _plain(triple: pyoxigraph.Triple) -> tuple[str, str, _turtle.Term]:
    """The triple in our own types; a blank node as `_:b0`."""
    import pyoxigraph

    subject, predicate, item = triple
    if isinstance(item, pyoxigraph.Triple):
        raise KgError("JSON-LD can't hold triple terms of RDF 1.2; ask for another format")
    start = str(subject) if isinstance(subject, pyoxigraph.BlankNode) else subject.value
    if not isinstance(item, pyoxigraph.Literal):
        return start, predicate.value, str(item) if isinstance(item, pyoxigraph.BlankNode) else item.value
    if not item.language:
        return start, predicate.value, Literal(item.value, item.datatype.value)
    return start, predicate.value, Literal(item.value, language=item.language)


def _place(triple: tuple[str, str, _turtle.Term]) -> tuple[str, bool, str, str]:
    subject, predicate, item = triple
    return subject, predicate != vocab.TYPE, predicate, repr(item)


def _listed(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


@functools.cache
def _context() -> tuple[dict[str, str], dict[str, Any]]:
    """The name of each IRI that has one, and the context that says so."""
    terms = facts()
    ours = {iri.removeprefix(vocab.KG): iri for iri in sorted(terms) if iri.startswith(vocab.KG)}
    known = {**_TERMS, **ours}
    leads = _LEADS | {iri for iri in terms if vocab.OWL + "ObjectProperty" in terms[iri].get(vocab.TYPE, ())}
    context: dict[str, Any] = {"@version": 1.1, **dict(sorted(vocab.PREFIXES.items()))}
    for name, iri in sorted(known.items()):
        kind = "@id" if iri in leads else _short(_COERCED[iri]) if iri in _COERCED else ""
        context[name] = {"@id": _short(iri), "@type": kind} if kind else _short(iri)
    return {iri: name for name, iri in known.items()}, context


def _node(subject: str, pairs: list[tuple[str, _turtle.Term]], names: dict[str, str]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _iri(subject)}
    for predicate, item in pairs:
        if predicate == vocab.TYPE and isinstance(item, str):
            node.setdefault("@type", []).append(names.get(item) or _iri(item))
        else:
            key = names.get(predicate) or (_turtle.valid(predicate) if predicate == vocab.TYPE else _iri(predicate))
            node.setdefault(key, []).append(_value(predicate, item))
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _value(predicate: str, item: _turtle.Term) -> Any:
    leads = _context()[1].get(_context()[0].get(predicate, ""))
    kind = leads["@type"] if isinstance(leads, dict) else ""
    if not isinstance(item, Literal):
        return _iri(str(item)) if kind == "@id" else {"@id": _iri(str(item))}
    value = item.value.translate(_HALF)
    if _turtle.LANGUAGE.fullmatch(item.language):
        return {"@value": value, "@language": item.language}
    if item.datatype == _turtle.STRING:
        return {"@value": value} if kind else value
    if _COERCED.get(predicate) == item.datatype and kind:
        return value
    if item.datatype == vocab.XSD + "integer" and not kind and _WHOLE.fullmatch(value):
        return int(value)
    return {"@value": value, "@type": _iri(item.datatype)}


@functools.lru_cache(maxsize=1 << 16)
def _iri(value: str) -> str:
    if value.startswith("_:"):
        return value
    iri = _turtle.valid(value)
    if iri.partition(":")[0] in vocab.PREFIXES and not iri.partition(":")[2].startswith("//"):
        raise KgError(f"JSON-LD would read the IRI {iri} as a prefixed name; write it in full, or export as nq")
    return _short(iri)


def _short(iri: str) -> str:
    """A prefixed name where Turtle would have one."""
    written = _turtle.iri(iri)
    return iri if written.startswith("<") else written
