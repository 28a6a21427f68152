"""RDF: `graph.ttl` (plain facts), `graph.trig` (all of it), the other RDF formats, and rdflib's Dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Literal
from kg.writers import _triples, _turtle
from kg.writers._text import xml_safe

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

FORMATS = {"jsonld": "JSON_LD", "nq": "N_QUADS", "nt": "N_TRIPLES", "rdfxml": "RDF_XML"}
"""The names of our formats, and pyoxigraph's."""

_XML_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*$")

_TURTLE = """What the articles state as fact, as plain triples (RDF 1.1 Turtle).
What they deny, allege, plan or hold possible is left out, and who said what stands in graph.trig."""
_TRIG = """The whole graph (RDF 1.1 TriG): the plain triples of graph.ttl; what was decided to be one thing; the
documents; a node for every statement, with the sentences that say it, under which reserve and by whom; the disputes.
All of it is in the default graph: one query reaches facts and sources."""


def turtle(graph: Graph) -> Iterator[str]:
    """The statements asserted without hedge, as readable Turtle: subject by subject, types and names first."""
    yield from _turtle.header(_TURTLE)
    yield from _blocks(_triples.plain(_triples.factual(graph)))


def trig(graph: Graph) -> Iterator[str]:
    """All of the graph as TriG: plain triples, documents, statements with their evidence, disputes."""
    yield from _turtle.header(_TRIG)
    for title, blocks in _sections(graph):
        yield f"\n# {title}\n"
        yield from _blocks(blocks)


def serialise(graph: Graph, form: str) -> bytes:
    """The whole graph in one of FORMATS, with the triples of `graph.trig` in the same order.

    RDF/XML can't hold every triple: control characters are left out, and a predicate that XML can't name is a KgError.
    """
    import pyoxigraph

    into = getattr(pyoxigraph.RdfFormat, FORMATS[form])
    parsed = pyoxigraph.parse("".join(trig(graph)).encode(), pyoxigraph.RdfFormat.TRIG)
    fit = _fit_for_xml if form == "rdfxml" else _same
    items = parsed if into.supports_datasets else (fit(quad.triple) for quad in parsed)
    written = pyoxigraph.serialize(items, format=into, prefixes=vocab.PREFIXES) or b""
    return _XML_ROOT.sub(_sorted_root, written, count=1) if form == "rdfxml" else written


def to_rdflib(graph: Graph) -> rdflib.Dataset:
    """The triples of `graph.trig` in the default graph of an rdflib Dataset, with our prefixes bound."""
    import rdflib

    dataset = rdflib.Dataset()
    for name, namespace in vocab.PREFIXES.items():
        dataset.bind(name, namespace, replace=True)
    for _, blocks in _sections(graph):
        for subject, pairs in blocks:
            node = rdflib.URIRef(_turtle.valid(subject))
            for predicate, item in pairs:
                dataset.add((node, rdflib.URIRef(_turtle.valid(predicate)), _rdflib_term(item)))
    return dataset


def _sections(graph: Graph) -> Iterator[tuple[str, Iterable[_turtle.Block]]]:
    decided = _triples.decisions(graph)
    yield "Facts", _triples.plain(_triples.factual(graph, hedged=True))
    yield "Decisions: which entities of single documents are one, and which are not", _triples.plain(decided)
    yield "Documents", _triples.documents(graph)
    yield "Statements and the evidence for them", _triples.statements(graph)
    yield "Disputes", _triples.disputes(graph)


def _blocks(blocks: Iterable[_turtle.Block]) -> Iterator[str]:
    return (_turtle.block(subject, pairs) for subject, pairs in blocks)


def _rdflib_term(item: str | Literal) -> rdflib.term.Identifier:
    import rdflib

    if not isinstance(item, Literal):
        return rdflib.URIRef(_turtle.valid(item))
    language = item.language if _turtle.LANGUAGE.fullmatch(item.language) else None
    datatype = None if language or item.datatype == _turtle.STRING else rdflib.URIRef(_turtle.valid(item.datatype))
    return rdflib.Literal(item.value, lang=language, datatype=datatype, normalize=False)


def _same(triple: pyoxigraph.Triple) -> pyoxigraph.Triple:
    return triple


def _sorted_root(match: re.Match[bytes]) -> bytes:
    """The namespaces of the root in one order: pyoxigraph writes them in any."""
    return b"<rdf:RDF " + b" ".join(sorted(match[1].split())) + b">"


def _fit_for_xml(triple: pyoxigraph.Triple) -> pyoxigraph.Triple:
    import pyoxigraph

    subject, predicate, item = triple.subject, triple.predicate, triple.object
    if not _XML_NAME.search(predicate.value):
        raise KgError(f"RDF/XML can't write the property {predicate.value}: its IRI ends in no XML name; export as nt")
    if isinstance(item, pyoxigraph.Literal):
        kind = {"language": item.language} if item.language else {"datatype": item.datatype}
        item = pyoxigraph.Literal(xml_safe(item.value), **kind)
    return pyoxigraph.Triple(subject, predicate, item)
