"""Whether nodes lead somewhere, statements have their own hash, and plain triples are what evidence states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import vocab
from kg.types import Literal, Statement
from kg.validate.data import Data
from kg.validate.report import Finding

if TYPE_CHECKING:
    from kg.validate.data import Term

_NODES = ("dispute/", "doc/", "evidence/", "id/", "statement/", "value/")
_DESCRIBED = (*(vocab.BASE + part for part in _NODES), *vocab.RUNS)
_STATEMENTS = vocab.BASE + "statement/"
_VALUES = vocab.BASE + "value/"
_PARTS = tuple(vocab.RDF + part for part in ("subject", "predicate", "object"))


def check(data: Data) -> Iterator[Finding]:
    """The faults between nodes, within our own namespace: elsewhere a graph may lead out of itself."""
    yield from _dangling(data)
    for iri, found in data.of_type(vocab.RDF + "Statement"):
        parts = [found.get(part, []) for part in _PARTS]
        if all(len(part) == 1 for part in parts):
            subject, predicate, item = (part[0] for part in parts)
            yield from _identity(data, iri, Statement(subject.value, predicate.value, _object(item)))
            plain = item in data.facts.get(subject, {}).get(predicate.value, ())
            aside = subject.value.startswith(_VALUES)  # what an amount is, is told where it is used
            yield from _plain(data, iri, found, plain=plain, aside=aside)


def _dangling(data: Data) -> Iterator[Finding]:
    known = {subject.value for subject in data.facts}
    told: set[str] = set()
    for subject, found in data.facts.items():
        for predicate, items in found.items():
            for item in items:
                iri = item.value.partition("#char=")[0]
                if not iri.startswith(_DESCRIBED) or "#" in iri or iri in known or iri in told:
                    continue
                if isinstance(_object(item), str):
                    told.add(iri)
                    yield Finding("dangling", data.file, subject.value, f"{predicate} leads to {iri}")


def _identity(data: Data, iri: str, statement: Statement) -> Iterator[Finding]:
    if iri.startswith(_STATEMENTS) and iri != _STATEMENTS + statement.id:
        yield Finding("identity", data.file, iri, f"its content has the hash {statement.id}")


def _plain(data: Data, iri: str, found: dict[str, list[Term]], *, plain: bool, aside: bool) -> Iterator[Finding]:
    """A triple is asserted if some evidence has no stance; asked only where all the evidence is described here."""
    evidence = [data.facts.get(item, {}) for item in found.get(vocab.PROV + "wasDerivedFrom", [])]
    if not evidence or not all(vocab.KG + "Evidence" in _iris(each.get(vocab.TYPE, [])) for each in evidence):
        return
    stated = any(vocab.KG + "stance" not in each for each in evidence)
    if plain and not stated:
        yield Finding("fact", data.file, iri, "it stands as a plain triple, and all its evidence makes a reserve")
    if stated and not plain and not aside:
        yield Finding("fact", data.file, iri, "some evidence states it as fact, and it is no plain triple")


def _iris(terms: list[Term]) -> set[str]:
    return {term.value for term in terms}


def _object(term: Term) -> str | Literal:
    import pyoxigraph

    if not isinstance(term, pyoxigraph.Literal):
        return term.value
    return Literal(term.value, _STRING if term.language else term.datatype.value, term.language or "")


_STRING = Literal("").datatype
