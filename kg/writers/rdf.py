"""RDF: `graph.ttl` (plain facts), `graph.trig` (all of it), the other RDF formats, and rdflib's Dataset."""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Evidence, Literal, Statement
from kg.writers import _triples, _turtle
from kg.writers._text import xml_safe
from kg.writers._triples import FACTS, NODES

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

Made: TypeAlias = Mapping[str, Iterable[str]]
"""Texts of parts of a file, by their titles."""

_NOTHING: Made = types.MappingProxyType({})
_XML_ROOT = re.compile(rb"<rdf:RDF ([^>]*)>")
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*$")

_TURTLE = """What the articles state as fact, as plain triples (RDF 1.1 Turtle).
What they deny, allege, plan or hold possible is left out, and who said what stands in graph.trig."""
_TRIG = """The whole graph (RDF 1.1 TriG): the plain triples of graph.ttl; what was decided to be one thing; the
documents and the run that read them; a node for every statement, with the sentences that say it, under which reserve
and by whom; the disputes.
All of it is in the default graph: one query reaches facts and sources."""


def turtle(graph: Graph, *, made: Made = _NOTHING) -> Iterator[str]:
    """The statements asserted without hedge, as readable Turtle: subject by subject, types and names first.

    `made` holds the text of this part, under the title FACTS, where that is there already.
    """
    yield head()
    yield from made.get(FACTS) or facts(_triples.factual(graph))


def head() -> str:
    """What stands above the facts of graph.ttl."""
    return "".join(_turtle.header(_TURTLE))


def trig(graph: Graph, *, rdf12: bool = False, made: Made = _NOTHING) -> Iterator[str]:
    """All of the graph as TriG: plain triples, documents, statements with their evidence, disputes.

    With `rdf12` a statement's node says `rdf:reifies <<( s p o )>>` (RDF 1.2) instead of naming the three parts. Of a
    merged graph the plain triples of each source stand in a named graph besides, the IRI of its document. `made` holds
    the text of parts that is there already, by their titles and the IRIs of sources.
    """
    yield from _turtle.header(_TRIG)
    for title, blocks in _triples.sections(graph, rdf12=rdf12):
        yield heading(title)
        if title in made:
            yield from made[title]
        elif title == NODES and not rdf12:
            yield from nodes(graph, disputed=_triples.disputed(graph), merged=_triples.is_merged(graph))
        else:
            yield from _blocks(blocks)
    graphs = ((iri, made[iri]) for iri in graph.documents if iri in made) if made else _graphs(graph)
    for iri, texts in graphs:
        yield f"\n# What {graph.documents[iri].name} states\n{_turtle.iri(iri)} {{\n"
        yield from texts
        yield "}\n"


def heading(title: str) -> str:
    """What stands above a part of graph.trig."""
    return f"\n# {title}\n"


def facts(statements: Iterable[Statement]) -> Iterator[str]:
    """Plain triples, a paragraph a thing; the statements come sorted by `Statement.key`."""
    return _blocks(_triples.plain(statements))


def nodes(statements: Iterable[Statement], *, disputed: Collection[_triples.Key], merged: bool) -> Iterator[str]:
    """What `_blocks` makes of the nodes of statements, three times as fast: there are more of them than of all else.

    What is said of all that a record says is made once.
    """
    last = None
    for item in _triples.told(statements, disputed=disputed, merged=merged):
        if isinstance(item, Evidence):
            yield evidence(item)
            continue
        if item.evidence is not last:
            last = item.evidence
            told, rest = kind(last), manner(last, merged=merged)
        subject, predicate, end = _turtle.iri(item.subject), _turtle.iri(item.predicate), _turtle.term(item.object)
        ends = f"rdf:subject {subject} ;\n    rdf:predicate {predicate} ;\n    rdf:object {end}"
        yield f"\nstatement:{item.id} {told} ;\n    {ends} ;\n    {rest} .\n"


def ntriples(graph: Graph, *, rdf12: bool = False) -> Iterator[str]:
    """The triples of the default graph of `graph.trig`, in its order, a line each. `rdf12` as for `trig`."""
    for _, blocks in _triples.sections(graph, rdf12=rdf12):
        for subject, pairs in blocks:
            yield from (_turtle.line(subject, predicate, item) for predicate, item in pairs)


def nquads(graph: Graph, *, rdf12: bool = False) -> Iterator[str]:
    """The quads of `graph.trig`, in its order, a line each: of a merged graph too what each source states."""
    yield from ntriples(graph, rdf12=rdf12)
    for iri, blocks in _triples.graphs(graph):
        for subject, pairs in blocks:
            yield from (_turtle.line(subject, predicate, item, iri) for predicate, item in pairs)


def rdfxml(graph: Graph) -> bytes:
    """The triples of `graph.trig` as RDF/XML, in its order.

    It can't hold every triple: control characters are left out, and a predicate that XML can't name is a KgError.
    """
    import pyoxigraph

    parsed = pyoxigraph.parse("".join(trig(graph)).encode(), pyoxigraph.RdfFormat.TRIG)
    triples = (_fit_for_xml(quad.triple) for quad in parsed)
    written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.RDF_XML, prefixes=vocab.PREFIXES) or b""
    return _XML_ROOT.sub(_sorted_root, written, count=1)


def to_rdflib(graph: Graph) -> rdflib.Dataset:
    """The triples of `graph.trig` in the default graph of an rdflib Dataset, with our prefixes bound."""
    import rdflib

    _triples.check(graph)
    dataset = rdflib.Dataset()
    for name, namespace in vocab.PREFIXES.items():
        dataset.bind(name, namespace, replace=True)
    for _, blocks in _triples.sections(graph):
        for subject, pairs in blocks:
            node = rdflib.URIRef(_turtle.valid(subject))
            for predicate, item in pairs:
                dataset.add((node, rdflib.URIRef(_turtle.valid(predicate)), _rdflib_term(item)))
    return dataset


def _graphs(graph: Graph) -> Iterator[tuple[str, Iterable[str]]]:
    return ((iri, _blocks(blocks)) for iri, blocks in _triples.graphs(graph))


def _blocks(blocks: Iterable[_turtle.Block]) -> Iterator[str]:
    return (_turtle.block(subject, pairs) for subject, pairs in blocks)


def kind(evidence: tuple[Evidence, ...]) -> str:
    """What the node of a statement says of its types."""
    return _kind(decision=_triples.is_concluded(evidence))


@functools.cache
def _kind(*, decision: bool) -> str:
    return _turtle.lines(_triples.kinds(decision=decision))


def manner(evidence: tuple[Evidence, ...], *, merged: bool) -> str:
    """What the node of a statement says of how it is made."""
    if len(evidence) != 1 or evidence[0].stance or evidence[0].by or not evidence[0].document:
        return _turtle.lines(_triples.manner(evidence, merged=merged))
    (item,) = evidence
    origin = f"prov:wasDerivedFrom {_name(item)}"
    source = f" ;\n    dcterms:source {_turtle.iri(item.document)}" if merged else ""
    return f"kg:confidence {item.score:.2f} ;\n    {origin}{source}"


def evidence(item: Evidence) -> str:
    """The paragraph of a place where something is stated."""
    if not item.quote:
        return _turtle.block(*_triples.evidence(item))
    document = item.document
    place = f"<{_turtle.full(document.partition('#')[0])}#char="
    said = [
        f"oa:exact {_turtle.quoted(item.quote)}",
        f"oa:hasSource {_turtle.iri(document)}",
        f"oa:start {item.start} ;\n    oa:end {item.end}",
        f"kg:selector {place}{item.start},{item.end}>",
    ]
    if item.subject:
        said.append(f"kg:subjectSelector {place}{item.subject.start},{item.subject.end}>")
    if item.object:
        said.append(f"kg:objectSelector {place}{item.object.start},{item.object.end}>")
    if item.stance or item.by:
        said.append(_turtle.lines(_triples.reserve((item,))))
    said.append(f"kg:confidence {item.score:.2f}")
    if item.reader:
        said.append(f"kg:reader {_turtle.quoted(item.reader)}")
    if item.reason:
        said.append(f"kg:reason {_turtle.quoted(item.reason)}")
    said[0] = f"\n{_name(item)} a kg:Evidence ;\n    {said[0]}"
    return " ;\n    ".join(said) + " .\n"


def _name(item: Evidence) -> str:
    """The IRI of evidence; there are too many for any to be kept."""
    plain = item.id.isalnum() and item.id.isascii()
    return f"evidence:{item.id}" if plain else _turtle.iri(_triples.evidence_iri(item))


def _rdflib_term(item: _turtle.Term) -> rdflib.term.Identifier:
    import rdflib

    if not isinstance(item, Literal):
        return rdflib.URIRef(_turtle.valid(str(item)))  # never a triple, unless for RDF 1.2
    language = item.language if _turtle.LANGUAGE.fullmatch(item.language) else None
    datatype = None if language or item.datatype == _turtle.STRING else rdflib.URIRef(_turtle.valid(item.datatype))
    return rdflib.Literal(item.value, lang=language, datatype=datatype, normalize=False)


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
