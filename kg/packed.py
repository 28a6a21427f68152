"""Statements, documents and annotations as the bytes by which they are stored, sorted and sent to other processes.

What is packed is read by the process that packed it, or one that it started: `marshal` reads no bytes of anybody else.
"""

from __future__ import annotations

import dataclasses
import itertools
import marshal
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from kg.types import Annotation, Document, Evidence, Literal, Mention, Span, Statement, merge_evidence

Row: TypeAlias = tuple[str, str, str, str, str, bytes]
"""`Statement.key` and the evidence; the datatype of what is no literal is empty."""

Told: TypeAlias = tuple[Any, ...]
"""The fields of `Evidence`."""

_MARSHAL = 2  # its version: the same bytes for the same values
_ASSERTED, _DENIED = 1, 2  # bits of the first byte of packed evidence
DENYING = (bytes((_DENIED,)), bytes((_ASSERTED | _DENIED,)))
"""How packed evidence begins if some of it denies."""

_DOCUMENT, _START, _STANCE, _BY, _SPANS = 1, 2, 5, 6, (9, 10)  # places among the fields of evidence


def _fields(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return operator.attrgetter(*(field.name for field in dataclasses.fields(kind)))


def _setters(kind: type) -> list[Callable[[object, Any], None]]:
    """What sets the fields of a frozen value: values are made by the million, and this is the quickest way."""
    return [getattr(kind, field.name).__set__ for field in dataclasses.fields(kind)]


_of_evidence, _of_document, _of_mention = map(_fields, (Evidence, Document, Mention))
_set_evidence, _set_literal = map(_setters, (Evidence, Literal))
_set_subject, _set_predicate, _set_object, _set_evidences = _setters(Statement)


class _Stored(Statement):
    """A statement whose evidence stays packed until it is asked for."""

    __slots__ = ("_told",)
    _told: bytes | tuple[Evidence, ...]

    def __init__(
        self,
        subject: str,
        predicate: str,
        object: str | Literal,  # noqa: A002 - the field's own name
        evidence: bytes | tuple[Evidence, ...] = (),
    ) -> None:
        _set_subject(self, subject)
        _set_predicate(self, predicate)
        _set_object(self, object)
        _set_told(self, evidence)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence, sorted by id."""
        if isinstance(self._told, bytes):
            _set_told(self, tuple(map(_evidence, _unpacked(self._told))))
        return cast("tuple[Evidence, ...]", self._told)

    @property
    def packed(self) -> bytes | None:
        """The evidence as it is stored, if nobody asked for it yet."""
        return self._told if isinstance(self._told, bytes) else None

    @property
    def documents(self) -> frozenset[str]:
        """The IRIs of the documents that it is read from."""
        told = self._told
        if isinstance(told, bytes):
            return frozenset([fields[_DOCUMENT] for fields in _unpacked(told)])
        return frozenset([item.document for item in told])

    @property
    def asserted(self) -> bool:
        """Whether some evidence states it as fact: without any stance (`by` alone does not hinder)."""
        told = self._told
        return bool(told[0] & _ASSERTED) if isinstance(told, bytes) else any(not each.stance for each in told)

    @property
    def denied(self) -> bool:
        """Whether some evidence denies it."""
        told = self._told
        return bool(told[0] & _DENIED) if isinstance(told, bytes) else any("negated" in each.stance for each in told)

    @property
    def vouched(self) -> bool:
        """Whether some source states it as fact in its own name."""
        told = self._told
        if isinstance(told, bytes):
            return any(not (fields[_STANCE] or fields[_BY]) for fields in _unpacked(told))
        return any(not (each.stance or each.by) for each in told)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Statement):
            return NotImplemented
        return self.key == other.key and self.evidence == other.evidence

    def __hash__(self) -> int:
        return hash((self.subject, self.predicate, self.object, self.evidence))

    def __repr__(self) -> str:
        return repr(Statement(self.subject, self.predicate, self.object, self.evidence))


_set_told = _Stored.__dict__["_told"].__set__


def row(item: Statement) -> Row:
    """A statement as it is stored."""
    if isinstance(item, _Stored) and item.packed is not None:
        return (*item.key, item.packed)
    found = item.evidence if len(item.evidence) < 2 else merge_evidence((), item.evidence)  # noqa: PLR2004
    return (*item.key, _packed(tuple(map(_told, found))) if found else NONE)


def stored(key: Iterable[str], evidence: Iterable[Told]) -> Row:
    """The row of a statement, from its key and all evidence for it, sorted by id."""
    subject, predicate, value, datatype, language = key
    found = tuple(evidence)
    return (subject, predicate, value, datatype, language, _packed(found) if found else NONE)


def count(item: Statement) -> int:
    """How many pieces of evidence there are for a statement: it stays packed."""
    if isinstance(item, _Stored) and item.packed is not None:
        return len(_unpacked(item.packed))
    return len(item.evidence)


def places(item: Statement) -> list[tuple[str, int]]:
    """The document of each piece of evidence, and where it begins there: it stays packed."""
    if isinstance(item, _Stored) and item.packed is not None:
        return [(fields[_DOCUMENT], fields[_START]) for fields in _unpacked(item.packed)]
    return [(each.document, each.start) for each in item.evidence]


def statement(row: Row) -> Statement:
    """The statement that is stored so."""
    subject, predicate, value, datatype, language, evidence = row
    return _Stored(subject, predicate, _literal(value, datatype, language) if datatype else value, evidence)


def renamed(item: Statement, ids: Mapping[str, str]) -> Statement:
    """A statement with the ids of its ends, and of who claims it, in place of those that have one."""
    end = ids.get(item.object, item.object) if isinstance(item.object, str) else item.object
    subject = ids.get(item.subject, item.subject)
    if not isinstance(item, _Stored) or item.packed is None:
        if subject is item.subject and end is item.object and not any(e.by in ids for e in item.evidence if e.by):
            return item
        told = item.evidence  # kept as it is where it can be: one record is the evidence for many statements
        if any(e.by in ids for e in told if e.by):
            told = tuple(dataclasses.replace(e, by=ids[e.by]) if e.by and e.by in ids else e for e in told)
        return Statement(subject, item.predicate, end, told)
    fields = _unpacked(item.packed)
    if any(each[_BY] for each in fields):
        moved = tuple((*each[:_BY], ids.get(each[_BY], each[_BY]), *each[_BY + 1 :]) for each in fields)
        return _Stored(subject, item.predicate, end, _packed(moved))
    return _Stored(subject, item.predicate, end, item.packed)


def united(rows: Iterable[Row]) -> Iterator[Row]:
    """Each statement once, with all its evidence; they come sorted."""
    for key, group in itertools.groupby(rows, operator.itemgetter(0, 1, 2, 3, 4)):
        found = list(group)
        if len(found) == 1:
            yield found[0]
        else:
            evidence = tuple(each for row in found for each in statement(row).evidence)
            yield (*key, _packed(tuple(map(_told, merge_evidence((), evidence)))))


def sortable(item: Document) -> tuple[Any, ...]:
    """As they are ordered in a graph, of two records of one document the greater last."""
    return (item.id, *(field or "" for field in _of_document(item)), pack_document(item))


def pack_document(item: Document) -> bytes:
    """A document as it is stored."""
    return marshal.dumps(_of_document(item), _MARSHAL)


def unpack_document(data: bytes) -> Document:
    """The document that is stored so."""
    return Document(*marshal.loads(data))  # noqa: S302 - our own, here and below


def pack_annotation(item: Annotation) -> bytes:
    """An annotation as it is stored."""
    mentions = tuple(map(_of_mention, item.mentions))
    return marshal.dumps((_of_document(item.document), mentions, tuple(map(row, item.statements))), _MARSHAL)


def unpack_annotation(data: bytes) -> Annotation:
    """The annotation that is stored so."""
    document, mentions, statements = marshal.loads(data)  # noqa: S302
    found = tuple(itertools.starmap(Mention, mentions))
    return Annotation(Document(*document), found, tuple(map(statement, statements)))


def _packed(told: tuple[Told, ...]) -> bytes:
    asserted = _ASSERTED * any(not each[_STANCE] for each in told)
    denied = _DENIED * any("negated" in each[_STANCE] for each in told)
    return bytes((asserted | denied,)) + marshal.dumps(told, _MARSHAL)


def _unpacked(data: bytes) -> tuple[tuple[Any, ...], ...]:
    return cast("tuple[tuple[Any, ...], ...]", marshal.loads(memoryview(data)[1:]))  # noqa: S302


NONE = _packed(())
"""No evidence, as it is stored."""


def _told(item: Evidence) -> tuple[Any, ...]:
    *first, subject, object_, reason = _of_evidence(item)
    return (*first, subject and tuple(subject), object_ and tuple(object_), reason)


def _evidence(fields: tuple[Any, ...]) -> Evidence:
    item = Evidence.__new__(Evidence)
    any(map(operator.call, _set_evidence, itertools.repeat(item), fields))  # all of them: each gives None
    for place in _SPANS:
        if fields[place]:
            _set_evidence[place](item, Span._make(fields[place]))
    return item


def _literal(*fields: str) -> Literal:
    item = Literal.__new__(Literal)
    any(map(operator.call, _set_literal, itertools.repeat(item), fields))
    return item
