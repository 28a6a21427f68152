"""Whether a graph is what it should be: its terms, its shapes, its links, and its quotes against the texts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg import vocab
from kg.validate import evidence, links, shacl, terms
from kg.validate.data import Data, read
from kg.validate.report import Finding, Report, ordered
from kg.validate.shapes import shapes

if TYPE_CHECKING:
    from kg.validate.data import Term

__all__ = ["Finding", "Report", "shapes", "validate"]


def validate(path: str | Path) -> Report:
    """Checks a folder that `kg build` filled, a folder of RDF files (as one graph), or one RDF file.

    Everything that our vocabulary makes checkable is checked; of a graph that uses none of it, the terms. Quotes are
    compared where a documents.jsonl lies beside the file. Takes time in proportion to the number of triples. Raises
    KgError where there is nothing to check.
    """
    data = read(path)
    checks = [terms.check, links.check, evidence.check]
    foreign = not any(key in _MARKS or key.startswith(vocab.KG) for found in data.facts.values() for key in found)
    foreign = foreign and not any(item.value.startswith(vocab.KG) for item in _classes(data))
    if not foreign:
        checks.append(shacl.check)
    findings = ordered(itertools.chain(data.faults, *(check(data) for check in checks)))
    return Report(str(path), _counts(data), findings, tuple(_unchecked(data, foreign=foreign)))


_MARKS = {vocab.RDF + "subject", vocab.OA + "hasSource"}


def _classes(data: Data) -> Iterator[Term]:
    return (item for found in data.facts.values() for item in found.get(vocab.TYPE, ()))


def _counts(data: Data) -> dict[str, int]:
    kinds = {"statements": vocab.RDF + "Statement", "pieces of evidence": vocab.KG + "Evidence"}
    counted = {name: sum(1 for _ in data.of_type(kind)) for name, kind in kinds.items()}
    return {"triples": data.triples, **counted, "documents": len(data.documents or ())}


def _unchecked(data: Data, *, foreign: bool) -> list[str]:
    reasons = []
    if foreign:
        reasons.append("shapes, since no term of the ontology is used")
    elif data.documents is None and any(data.of_type(vocab.KG + "Evidence")):
        reasons.append("quotes, since no readable documents.jsonl lies beside it")
    return reasons
