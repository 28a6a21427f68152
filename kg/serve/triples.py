"""Triples as the server writes them: JSON-LD under the names of the ontology, the other formats as pyoxigraph does."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from kg import vocab
from kg.errors import KgError
from kg.serve import formats
from kg.writers import jsonld

if TYPE_CHECKING:
    import pyoxigraph

_MANY = 10_000
"""From so many triples on JSON-LD is written as they come, in expanded form: to compact them takes memory."""


def write(triples: Iterable[pyoxigraph.Triple], media: str, file: IO[bytes]) -> None:
    """Writes them to a file in one of `formats.TRIPLES`."""
    import pyoxigraph

    found = iter(triples)
    if media == formats.JSON_LD:
        some = list(itertools.islice(found, _MANY))
        if len(some) < _MANY:
            with contextlib.suppress(KgError):  # what our context can't name is written in full
                file.write(jsonld.compact(some).encode("utf-8", "replace"))
                return
        found = itertools.chain(some, found)
    form: Any = getattr(pyoxigraph.RdfFormat, formats.TRIPLES[media])
    pyoxigraph.serialize(found, file, form, prefixes=vocab.PREFIXES)
