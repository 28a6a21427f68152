"""Reads what the page is to show: a folder that `kg` filled, or a file of RDF that it did not make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg import guards, store, vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Literal, Statement

if TYPE_CHECKING:
    import pyoxigraph

FOAF_NAME = "http://xmlns.com/foaf/0.1/name"
NAMES = (
    vocab.LABEL,
    vocab.SKOS + "prefLabel",
    vocab.SCHEMA + "name",
    vocab.SCHEMA.replace("https:", "http:") + "name",
    FOAF_NAME,
    vocab.DCTERMS + "title",
)
"""The properties that give a thing its name, the most telling first."""

SUFFIXES = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".rdf": "RDF_XML",
    ".owl": "RDF_XML",
    ".xml": "RDF_XML",
    ".jsonld": "JSON_LD",
}

_LANGUAGES = ("en", "")


def load(path: Path) -> Graph:
    """The graph in a folder that `kg` filled, or in a file of RDF. Raises KgError as `kg.store.load` and `read` do."""
    if path.is_dir() or (not path.exists() and not path.suffix):
        return store.load(path)
    ours = path.name in ("graph.ttl", "graph.trig", store.GRAPH) and (path.parent / store.GRAPH).is_file()
    return store.load(path.parent) if ours else read(path)


def read(path: Path) -> Graph:
    """The graph in a file of RDF (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD), told by its suffix.

    Each subject gets one rdfs:label out of NAMES, in English if there is one; its other names become skos:altLabel.
    Named graphs are read as one. Nothing is fetched. Raises KgError if the file is missing, of another kind or broken.
    """
    import pyoxigraph

    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise KgError(f"{path} is no RDF that can be told by its suffix; expected one of {', '.join(SUFFIXES)}")
    form = getattr(pyoxigraph.RdfFormat, kind)
    try:
        guards.file(path, kind)
        return Graph(_named(_statements(pyoxigraph.parse(path=path, format=form, base_iri="file:///"))))
    except OSError as error:
        raise KgError(f"can't read {path}: {error.strerror or error}") from error
    except (KgError, SyntaxError, ValueError) as error:
        raise KgError(f"{path} is no valid {form.name}: {' '.join(str(error).split())}") from error


def _named(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements, with the names of each subject sorted into one label and other spellings."""
    names: dict[str, list[tuple[tuple[bool, int, int, str], Literal]]] = {}
    for one in statements:
        if one.predicate in NAMES and isinstance(one.object, Literal):
            names.setdefault(one.subject, []).append((_liking(one.predicate, one.object), one.object))
        else:
            yield one
    for subject, found in names.items():
        best, *others = (name for _, name in sorted(found, key=lambda pair: pair[0]))
        yield Statement(subject, vocab.LABEL, best)
        yield from (Statement(subject, vocab.ALT_LABEL, name) for name in others if name.value != best.value)


def _liking(predicate: str, name: Literal) -> tuple[bool, int, int, str]:
    """Names in English or in no language come first, then by the property, then in order."""
    short = name.language.split("-")[0].lower()
    known = _LANGUAGES.index(short) if short in _LANGUAGES else len(_LANGUAGES)
    return short not in _LANGUAGES, NAMES.index(predicate), known, name.value


def _statements(quads: Iterable[pyoxigraph.Quad]) -> Iterator[Statement]:
    """The triples as statements; blank nodes numbered as they come. Not those about triples and kg's runs."""
    import pyoxigraph

    blank: dict[str, str] = {}

    def iri(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode) -> str:
        if isinstance(term, pyoxigraph.NamedNode):
            return term.value
        return blank.setdefault(term.value, f"_:{len(blank) + 1}")

    for quad in quads:
        subject, item = quad.subject, quad.object
        if isinstance(subject, pyoxigraph.Triple) or isinstance(item, pyoxigraph.Triple):
            continue
        if isinstance(subject, pyoxigraph.NamedNode) and subject.value.startswith(vocab.RUNS):
            continue
        if isinstance(item, pyoxigraph.Literal):
            value: str | Literal = Literal(item.value, item.datatype.value, item.language or "")
        else:
            value = iri(item)
        yield Statement(iri(subject), quad.predicate.value, value)
