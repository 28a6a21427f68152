"""SHACL shapes, derived from `ontology.ttl` so that nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg import vocab
from kg.ontology import Facts, facts

SHAPE = vocab.BASE + "shape/"

_PREFIXES = ("dcterms", "kg", "oa", "owl", "prov", "rdf", "rdfs", "schema", "xsd")
_STATEMENT = vocab.RDF + "Statement"
_ENDS = {  # in the order of preference: the exact list of types before the class that covers them
    "domain": (vocab.SCHEMA + "domainIncludes", vocab.RDFS + "domain"),
    "range": (vocab.SCHEMA + "rangeIncludes", vocab.RDFS + "range"),
}


def shapes() -> str:
    """The shapes as Turtle (SHACL Core alone: no SPARQL, no rules), in the order of the terms' IRIs.

    A property's shape says between which classes it may stand and of which kind its values are; a class's, what its
    members must have and of what they may have only one. What a shape asks for is told in its `sh:message`.
    """
    terms = facts()
    kinds = {iri: set(found.get(vocab.TYPE, ())) for iri, found in terms.items()}
    properties = (
        iri for iri in sorted(terms) if kinds[iri] & {vocab.OWL + "ObjectProperty", vocab.OWL + "DatatypeProperty"}
    )
    classes = (iri for iri in sorted(terms) if {vocab.KG + "requires", vocab.KG + "atMostOne"} & terms[iri].keys())
    blocks = (*(_property(terms, iri) for iri in properties), *(_class(terms, iri) for iri in classes))
    return "".join((*_header(), *blocks))


def _header() -> Iterator[str]:
    yield "# SHACL Core shapes, derived from ontology.ttl.\n\n"
    yield from (f"@prefix {name}: <{vocab.PREFIXES[name]}> .\n" for name in _PREFIXES)
    yield f"@prefix sh: <{vocab.SH}> .\n@prefix shape: <{SHAPE}> .\n"


def _property(terms: Facts, iri: str) -> str:
    found, name = terms[iri], short(iri)
    heads, tails = (_classes(_first(found, keys)) for keys in _ENDS.values())
    datatypes = [item for item in _first(found, _ENDS["range"]) if item.startswith(vocab.XSD)]
    lines = [f"\nshape:{local(iri)} a sh:NodeShape ;\n    sh:targetSubjectsOf {name} "]
    if heads:
        lines.append(_either("class", heads) + _message(f"{name} starts at {_words(heads)}"))
    if vocab.OWL + "DatatypeProperty" in found[vocab.TYPE]:
        lines.append(
            _value(f"sh:nodeKind sh:Literal ; {_either('datatype', datatypes)}", name, _words(datatypes) or "a literal")
        )
    else:
        lines.append(
            _value(f"sh:nodeKind sh:BlankNodeOrIRI ; {_either('class', tails)}", name, _words(tails) or "a node")
        )
    if allowed := found.get(vocab.KG + "oneOf"):
        values = " ".join(f'"{value}"' for value in allowed)
        lines.append(f"sh:property [ sh:path {name} ; sh:in ( {values} ){_message(f'{name} is one of {values}')} ] ")
    return ";\n    ".join(lines) + ".\n"


def _class(terms: Facts, iri: str) -> str:
    found, name = terms[iri], short(iri)
    required, single = (set(found.get(vocab.KG + key, ())) for key in ("requires", "atMostOne"))
    lines = [f"\nshape:{local(iri)} a sh:NodeShape ;\n    sh:targetClass {name} "]
    for path in sorted(required | single):
        bounds = "sh:minCount 1 ; " * (path in required) + "sh:maxCount 1 ; " * (path in single)
        words = "one" if path in required & single else "at least one" if path in required else "at most one"
        message = _message(f"a {name} has {words} {short(path)}")
        lines.append(f"sh:property [ sh:path {short(path)} ; {bounds.removesuffix(' ; ')}{message} ] ")
    return ";\n    ".join(lines) + ".\n"


def _value(constraint: str, name: str, expected: str) -> str:
    return f"sh:property [ sh:path {name} ; {constraint.removesuffix('; ')}{_message(f'{name} leads to {expected}')} ] "


def _either(key: str, iris: Iterable[str]) -> str:
    names = [short(iri) for iri in iris]
    if len(names) == 1:
        return f"sh:{key} {names[0]} "
    return f"sh:or ( {' '.join(f'[ sh:{key} {name} ]' for name in names)} ) " if names else ""


def _message(text: str) -> str:
    escaped = text.replace('"', '\\"')
    return f' ; sh:message "{escaped}"'


def _first(found: Mapping[str, tuple[str, ...]], keys: Iterable[str]) -> tuple[str, ...]:
    return next((found[key] for key in keys if key in found), ())


def _classes(iris: Iterable[str]) -> list[str]:
    """Those whose members our graphs mark as such: properties, for one, are not typed in the data."""
    return [iri for iri in iris if iri.startswith(vocab.KG) or iri == _STATEMENT]


def _words(iris: Iterable[str]) -> str:
    return " or ".join(short(iri) for iri in iris)


def short(iri: str) -> str:
    """An IRI of the ontology as a prefixed name."""
    name = next(name for name in _PREFIXES if iri.startswith(vocab.PREFIXES[name]))
    return f"{name}:{iri.removeprefix(vocab.PREFIXES[name])}"


def local(iri: str) -> str:
    """The name of a term within its namespace."""
    return short(iri).partition(":")[2]
