"""Foreign RDF as records: all that a file says of each subject, in one order whatever the file's own."""

from __future__ import annotations

import functools
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg import guards, vocab
from kg.errors import KgError
from kg.merge.records import Meta, Record, Triple, order
from kg.types import Literal

if TYPE_CHECKING:
    from typing import TypeAlias

    import pyoxigraph

    _Term: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple

SUFFIXES = {
    ".jsonld": "JSON_LD",
    ".nq": "N_QUADS",
    ".nt": "N_TRIPLES",
    ".owl": "RDF_XML",
    ".rdf": "RDF_XML",
    ".trig": "TRIG",
    ".ttl": "TURTLE",
    ".xml": "RDF_XML",
}
"""By a file's suffix, pyoxigraph's name of its format."""

TOGETHER = 20
"""Triples of one subject that make one record: hubs have many, and what is quoted should be short."""

_HEAD = 4096
_KNOTS = 50_000  # blank nodes that get names made from all around them; naming more could take for ever
_STARTS = {
    "RDF_XML": re.compile(
        rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<!DOCTYPE[^>\[]*(\[.*?\])?>\s*)*<(\w+:)?RDF\b", re.DOTALL
    ),
    "JSON_LD": re.compile(rb'\s*[\[{]\s*["{\[]'),
}
_ABOUT = {
    "title": (vocab.DCTERMS + "title", vocab.SCHEMA + "name", vocab.LABEL),
    "publisher": (vocab.DCTERMS + "publisher", vocab.SCHEMA + "publisher"),
    "published": (vocab.DCTERMS + "issued", vocab.DCTERMS + "modified", vocab.SCHEMA + "datePublished"),
    "licence": (vocab.DCTERMS + "license", vocab.SCHEMA + "license"),
}
_PROPERTY, _OF_STATEMENT, _DIRECT = (f"http://www.wikidata.org/prop/{each}" for each in ("", "statement/", "direct/"))
_RANK, _DEPRECATED = "http://wikiba.se/ontology#rank", "http://wikiba.se/ontology#DeprecatedRank"
_WHOLES = {
    vocab.OWL + "Ontology",
    "http://rdfs.org/ns/void#Dataset",
    "http://www.w3.org/ns/dcat#Dataset",
}
"""Classes of what describes the file as a whole."""


def is_rdf(path: Path, head: bytes) -> bool:
    """Whether a file is RDF, by its suffix; JSON is if it has a context."""
    return path.suffix.lower() in SUFFIXES or (path.suffix.lower() == ".json" and b'"@context"' in head)


def form(path: Path, head: bytes) -> tuple[str, str]:
    """Pyoxigraph's name for a file's format, and a warning where its suffix says another one."""
    said = SUFFIXES.get(path.suffix.lower(), "JSON_LD")
    seen = next((name for name, start in _STARTS.items() if start.match(head.removeprefix(b"\xef\xbb\xbf"))), "")
    if (
        not seen
        or seen == said
        or (seen == "JSON_LD" and said in ("TURTLE", "TRIG") and not head.lstrip().startswith(b"{"))
    ):
        return said, ""
    return seen, f"{path.name} is {seen.replace('_', '/').title()}, whatever its suffix; it is read as that"


def read(
    path: Path, format_: str, *, count: Callable[[Iterable[pyoxigraph.Quad]], Iterable[pyoxigraph.Quad]] = iter
) -> tuple[list[Record], list[str]]:
    """The records of a file by their subjects, sorted, and warnings.

    Blank nodes are named by the canonical labels of RDFC 1.0. The triples of all named graphs are taken together;
    those about triples (RDF 1.2) are left out with a warning, those about runs of kg without: they are no things of
    the industry. What a statement of Wikidata says is said of its subject too, unless it is deprecated. `count` sees
    all that is read go by. Raises KgError with the line that is broken.
    """
    import pyoxigraph

    found: dict[str, list[Triple]] = {}
    knots: list[pyoxigraph.Quad] = []
    terms = 0
    named, plain = pyoxigraph.NamedNode, {pyoxigraph.NamedNode, pyoxigraph.Literal}
    for quad in count(_parsed(path, format_)):
        subject, item = quad.subject, quad.object
        if type(subject) is named and type(item) in plain:
            _take(subject.value, quad.predicate.value, item, found)
        elif pyoxigraph.Triple in (type(subject), type(item)):
            terms += 1
        else:
            knots.append(quad)
    for quad in _labelled(knots):
        _take(_iri(quad.subject), quad.predicate.value, quad.object, found)
    for run in [each for each in found if each.startswith(vocab.RUNS)]:
        del found[run]
    for triple in list(_direct(found)):
        found[triple.subject].append(triple)
    told = f"{path.name} holds {terms} triples about triples (RDF 1.2), which are left out"
    return [each for subject in sorted(found) for each in _records(subject, found.pop(subject))], [told] * bool(terms)


def _direct(found: Mapping[str, Sequence[Triple]]) -> Iterator[Triple]:
    """What Wikidata's statements say, as the plain triples that its exports have beside them: p:P1 [ ps:P1 x ] as x."""
    for triple in (each for triples in found.values() for each in triples if each.predicate.startswith(_PROPERTY)):
        name = triple.predicate.removeprefix(_PROPERTY)
        said = found.get(triple.object, ()) if isinstance(triple.object, str) and "/" not in name else ()
        if not any(each.predicate == _RANK and each.object == _DEPRECATED for each in said):
            values = (each.object for each in said if each.predicate == _OF_STATEMENT + name)
            yield from (Triple(triple.subject, _DIRECT + name, value) for value in values)


def about(records: list[Record], path: Path) -> Meta:
    """What a graph says of itself: of a void:Dataset, dcat:Dataset or owl:Ontology in it, if there is just one."""
    wholes = {t.subject for r in records for t in r.triples if t.predicate == vocab.TYPE and t.object in _WHOLES}
    said: dict[str, list[str | Literal]] = {}
    for triple in (t for r in records if r.subject in wholes for t in r.triples):
        said.setdefault(triple.predicate.replace("http://schema.org/", vocab.SCHEMA), []).append(triple.object)
    if len(wholes) != 1:
        return Meta(title=path.stem)
    values = {key: next((said[each][0] for each in names if each in said), None) for key, names in _ABOUT.items()}
    plain = {key: value.value if isinstance(value, Literal) else value for key, value in values.items() if value}
    return Meta(**{"title": path.stem, **plain})


def _parsed(path: Path, format_: str) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph

    try:
        guards.file(path, format_)
        yield from pyoxigraph.parse(path=str(path), format=getattr(pyoxigraph.RdfFormat, format_), base_iri="file:///")
    except (KgError, SyntaxError, ValueError) as error:
        message = " ".join(str(error).split())
        if "LoadDocumentCallback" in message:  # pyoxigraph's word for it
            message = "its @context is an address, and nothing is fetched; put the context itself into the file"
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise KgError(f"{path.name}{line}: {message}") from None
    except OSError as error:
        raise KgError(f"can't read {path}: {error.strerror or error}") from error


def _take(subject: str, predicate: str, item: _Term, found: dict[str, list[Triple]]) -> None:
    """Puts a triple to its subject; IRIs that come again and again are held once."""
    subject = sys.intern(subject)
    triple = Triple(subject, sys.intern(predicate), _object(item))
    if known := found.get(subject):
        known.append(triple)
    else:
        found[subject] = [triple]


def _labelled(quads: list[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    """The quads with canonical labels for blank nodes, where these are not too many; each quad has one."""
    import pyoxigraph

    blank = {
        end.value for quad in quads for end in (quad.subject, quad.object) if isinstance(end, pyoxigraph.BlankNode)
    }
    if len(blank) > _KNOTS:
        return _counted(quads)
    around = pyoxigraph.Dataset(quads)
    around.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return iter(around)


def _counted(quads: list[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    """Blank nodes numbered as they come."""
    import pyoxigraph

    numbers: dict[str, pyoxigraph.BlankNode] = {}

    def named(end: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple):  # type: ignore[no-untyped-def] # noqa: ANN202 - what it was given
        if not isinstance(end, pyoxigraph.BlankNode):
            return end
        return numbers.setdefault(end.value, pyoxigraph.BlankNode(f"n{len(numbers) + 1}"))

    for quad in quads:
        yield pyoxigraph.Quad(named(quad.subject), quad.predicate, named(quad.object))


def _records(subject: str, triples: list[Triple]) -> Iterator[Record]:
    known = {order(triple): triple for triple in triples}
    ordered = [known[key] for key in sorted(known)]
    for start in range(0, len(ordered), TOGETHER):
        some = tuple(ordered[start : start + TOGETHER])
        shown = tuple((_local(each.predicate), _value(each.object)) for each in itertools.islice(some, TOGETHER))
        yield Record(subject, f"<{subject}>", shown, some)


def _iri(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Triple) -> str:
    value = str(getattr(term, "value", ""))
    return f"_:{value}" if type(term).__name__ == "BlankNode" else value


def _object(term: _Term) -> str | Literal:
    if type(term).__name__ == "Literal":
        return _literal(term.value, term.datatype.value, term.language or "")  # type: ignore[union-attr]
    return sys.intern(_iri(term))  # type: ignore[arg-type]


_literal = functools.lru_cache(1 << 16)(Literal)
"""Dates and numbers come again and again, and are held once."""


def _value(item: str | Literal) -> str:
    return item.value if isinstance(item, Literal) else _local(item)


@functools.lru_cache(1 << 16)
def _local(iri: str) -> str:
    plain = iri.rstrip("/#")
    return plain[max(plain.rfind("/"), plain.rfind("#")) + 1 :] or iri
