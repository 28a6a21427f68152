"""What sources state, JSON a line: all that one piece of evidence says stands in one, so that it is told once."""

from __future__ import annotations

import itertools
import json
import operator
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg import store
from kg.graph import Graph
from kg.types import Statement
from kg.writers import jsonl

FILE = "stated.jsonl"
"""In a merged folder: what each source states, with ids of its own; all else there is made of it."""


def lines(graph: Graph) -> Iterator[str]:
    """The statements in their order; those that follow each other and have the same evidence share a line."""
    for evidence, group in itertools.groupby(graph, operator.attrgetter("evidence")):
        said = ", ".join(
            f"[{_text(each.subject)}, {_text(each.predicate)}, {jsonl.term(each.object)}]" for each in group
        )
        yield f'{{"evidence": [{", ".join(map(jsonl.evidence, evidence))}], "said": [{said}]}}\n'


def read(path: Path) -> Iterator[Statement]:
    """The statements of such a file. Raises KgError with the line that is damaged."""
    return itertools.chain.from_iterable(store.read(path, _statements))


def _statements(record: dict[str, Any]) -> list[Statement]:
    evidence = tuple(map(store.evidence, record["evidence"]))
    return [Statement(subject, predicate, store.term(item), evidence) for subject, predicate, item in record["said"]]


_text = json.encoder.encode_basestring
