"""What a document says, lifted, as texts that are kept from run to run: its statements, and its entities' profiles."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg import packed
from kg.graph import Graph
from kg.lift import lift
from kg.profiles import Keys, Profile, Record, profiles
from kg.runs import Runs, on_disk
from kg.types import Annotation, Document, Evidence, Statement

_OWN = "\x1f"  # stands for the document's IRI and "#": JSON holds no such character, but as an escape


class Lifted(NamedTuple):
    """JSON without ends of lines and tabs: what `rows` and `entities` read, and, function by function, `records`."""

    statements: str
    profiles: str
    keys: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it."""
        return (self.statements, self.profiles, *self.keys)


def from_texts(texts: Sequence[str]) -> Lifted:
    """What has these `texts`; ValueError if they are too few."""
    statements, profiles, *keys = texts
    return Lifted(statements, profiles, tuple(keys))


def lifted(annotation: Annotation, *, threshold: float, keys: Iterable[Keys] = ()) -> Lifted:
    """What `kg.lift.lift` gives, and what `kg.profiles` and `keys` make of it: all follows from this document alone.

    Evidence is written once, without what the document holds: its IRI and the words of the quote.
    """
    document = annotation.document
    graph, numbers = Graph(lift(annotation, threshold=threshold), [document]), dict[Evidence, int]()
    with on_disk(None):  # there is little of it
        found = profiles(graph)
        known = [_profile(each) for each in found.values()]
        made = tuple(_text(list(make(found)), document) for make in keys)
    rows = [[*item.key, [numbers.setdefault(each, len(numbers)) for each in item.evidence]] for item in graph]
    told = [[getattr(each, name) for name in _FIELDS] for each in numbers]
    return Lifted(_text([told, rows], document), _text(known, document), made)


class Articles:
    """What documents say, as a `kg.graph.Graph` holds it, to be read in its order only: one reader at a time."""

    def __init__(self, rows: Iterable[packed.Row], documents: Mapping[str, Document]) -> None:
        self._rows, self.documents = Runs(rows), documents

    def __iter__(self) -> Iterator[Statement]:
        return map(packed.statement, self.rows())

    def rows(self) -> Iterator[packed.Row]:
        """The statements as rows, in order."""
        return packed.united(self._rows)

    def saying(self, *predicates: str) -> Iterator[Statement]:
        """The statements with one of these predicates, in order."""
        return map(packed.statement, packed.united(row for row in self._rows if row[1] in predicates))


def rows(text: str, document: Document) -> Iterator[packed.Row]:
    """The statements of a document, sorted, as they are stored. Raises ValueError or TypeError for other texts."""
    told, found = _read(text, document)
    for *key, numbers in found:
        yield packed.stored(key, [_evidence(told[number], document) for number in numbers])


def entities(text: str, document: Document) -> Iterator[Profile]:
    """The profiles of the entities of a document. Raises ValueError or TypeError for other texts."""
    for key, type_, names, descriptions, ties in _read(text, document):
        found = frozenset(map(tuple, ties))
        yield Profile(key, document.id, type_, names, descriptions, found, document.published or "")


def records(text: str, document: Document) -> Iterator[Record]:
    """The records that one of the functions made. Raises ValueError or TypeError for other texts."""
    return map(_frozen, _read(text, document))


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _text(found: list[Any], document: Document) -> str:
    return json.dumps(found, separators=(",", ":")).replace(f"{document.id}#", _OWN)


def _read(text: str, document: Document) -> Any:
    return json.loads(text.replace(_OWN, f"{document.id}#"))


def _evidence(fields: list[Any], document: Document) -> packed.Told:
    """As `packed` has evidence: the fields of `kg.types.Evidence` in their order."""
    key, start, end, stance, by, score, reader, subject, object_, reason = fields
    spans = (span and tuple(span) for span in (subject, object_))
    return (key, document.id, start, end, document.text[start:end], tuple(stance), by, score, reader, *spans, reason)


def _profile(item: Profile) -> list[Any]:
    return [item.id, item.type, item.names, item.descriptions, sorted(item.ties)]


_FIELDS = tuple(field.name for field in dataclasses.fields(Evidence) if field.name not in ("document", "quote"))
