"""The shapes of the ontology put to a graph by pySHACL."""

from __future__ import annotations

import contextlib
import functools
import logging
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import vocab
from kg.ontology import facts
from kg.result import shorten
from kg.validate.data import Data
from kg.validate.report import Finding
from kg.validate.shapes import shapes

if TYPE_CHECKING:
    import rdflib

    from kg.validate.data import Term

_PARTS = tuple(vocab.RDF + part for part in ("subject", "predicate", "object"))


def check(data: Data) -> Iterator[Finding]:
    """What breaks a shape (SHACL Core, no inference), with the shape's message and the value that breaks it.

    What statements say counts as said, so that an alleged relation has to fit as well as a plain triple.
    """
    import pyshacl
    import rdflib

    with _quiet():
        graph = _graph(data)
        conforms, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inplace=True, advanced=False, js=False)
    if conforms or not isinstance(results, rdflib.Graph):
        return
    for result in results.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult):
        node, value, message = (
            results.value(result, rdflib.SH[key]) for key in ("focusNode", "value", "resultMessage")
        )
        tail = "" if value is None or value == node else f", and here to {_text(value)}{_typed(graph, value)}"
        yield Finding("shape", data.file, str(node), f"{message}{tail}")


@functools.cache
def _shapes() -> rdflib.Graph:
    """As rdflib reads them: a third of the time that a small graph takes."""
    import rdflib

    return rdflib.Graph().parse(data=shapes(), format="turtle")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without what rdflib has to say of values that don't fit their datatype: that is among the findings already."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


def _graph(data: Data) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    known: dict[Term | str, rdflib.term.Identifier] = {}

    def node(term: Term | str) -> rdflib.term.Identifier:
        if term not in known:
            known[term] = _term(term)
        return known[term]

    for subject, found in data.facts.items():
        for predicate, items in found.items():
            for item in items:
                graph.add((node(subject), node(predicate), node(item)))
        said = [found.get(part, []) for part in _PARTS]
        if all(len(part) == 1 for part in said):
            graph.add((node(said[0][0]), node(said[1][0]), node(said[2][0])))
    for iri, found_ in facts().items():
        for parent in found_.get(vocab.RDFS + "subClassOf", ()):
            graph.add((rdflib.URIRef(iri), rdflib.RDFS.subClassOf, rdflib.URIRef(parent)))
    return graph


def _term(term: Term | str) -> rdflib.term.Identifier:
    import pyoxigraph
    import rdflib

    if isinstance(term, pyoxigraph.Literal):
        kind = None if term.language else rdflib.URIRef(term.datatype.value)
        kind = None if kind == rdflib.XSD.string else kind
        return rdflib.Literal(term.value, lang=term.language, datatype=kind, normalize=False)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.URIRef(term if isinstance(term, str) else term.value)


def _typed(graph: rdflib.Graph, value: rdflib.term.Node) -> str:
    """Of what type a node is said to be: the likeliest reason why it does not fit."""
    import rdflib

    if isinstance(value, rdflib.Literal):
        return ""
    types = sorted(shorten(str(item)) for item in graph.objects(value, rdflib.RDF.type))
    return f", a {' and '.join(types)}" if types else ", which has no type"


def _text(value: object) -> str:
    line = " ".join(str(value).split())
    return line if len(line) <= 100 else f"{line[:99]}…"  # noqa: PLR2004 - what fits in a line
