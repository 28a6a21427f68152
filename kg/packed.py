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

Row: TypeAlias = "tuple[str, str, str, str, str, bytes | tuple[Evidence, ...]]"
"""`Statement.key` and the evidence, packed but in memory; the datatype of what is no literal is empty."""

Told: TypeAlias = tuple[Any, ...]
"""The fields of `Evidence`."""

_MARSHAL = 2  # its version: the same bytes for the same values
_ASSERTED, _DENIED, _CLAIMED = 1, 2, 4  # bits of the first byte of packed evidence
_BITS = [bytes((bits,)) for bits in range(8)]
DENYING = tuple(each for bits, each in enumerate(_BITS) if bits & _DENIED)
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
    return storable((*item.key, item.evidence))


def held(item: Statement) -> Row:
    """A statement as a row, with its evidence as it is there: packed or not."""
    packed, end = item.packed if isinstance(item, _Stored) else None, item.object
    told = item.evidence if packed is None else packed
    if isinstance(end, str):
        return (item.subject, item.predicate, end, "", "", told)
    return (item.subject, item.predicate, end.value, end.datatype, end.language, told)


def storable(row: Row) -> Row:
    """A row as it is stored, whether its evidence is packed or not."""
    *key, told = row
    if isinstance(told, bytes):
        return row
    found = told if len(told) < 2 else merge_evidence((), told)  # noqa: PLR2004
    return stored(key, map(_told, found))


def stored(key: Iterable[str], evidence: Iterable[Told]) -> Row:
    """The row of a statement, from its key and all evidence for it, sorted by id."""
    subject, predicate, value, datatype, language = key
    found = tuple(evidence)
    return (subject, predicate, value, datatype, language, _packed(found) if found else NONE)


def kept(key: Iterable[str], evidence: Iterable[Told]) -> Row:
    """As `stored`, with evidence that is not packed."""
    subject, predicate, value, datatype, language = key
    return (subject, predicate, value, datatype, language, tuple(map(_evidence, evidence)))


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


def told(item: Statement) -> tuple[Told, ...]:
    """The evidence for a statement."""
    if isinstance(item, _Stored) and item.packed is not None:
        return _unpacked(item.packed)
    return tuple(map(_told, item.evidence))


def only_denied(row: Row) -> bool:
    """Whether all evidence of a row denies it, or there is none."""
    evidence = row[-1]
    if isinstance(evidence, bytes):
        return not evidence[0] & _ASSERTED and all("negated" in each[_STANCE] for each in _unpacked(evidence))
    for each in evidence:  # noqa: SIM110 - asked again and again, and `all` takes twice as long
        if "negated" not in each.stance:
            return False
    return True


def statement(row: Row) -> Statement:
    """The statement that is stored so."""
    subject, predicate, value, datatype, language, evidence = row
    end = _literal(value, datatype, language) if datatype else value
    if isinstance(evidence, bytes):
        return _Stored(subject, predicate, end, evidence)
    return Statement(subject, predicate, end, evidence)


def opened(row: Row) -> Statement:
    """As `statement`, with its evidence unpacked: for who asks for it again and again."""
    subject, predicate, value, datatype, language, told = row
    found = tuple(map(_evidence, _unpacked(told))) if isinstance(told, bytes) else told
    return Statement(subject, predicate, _literal(value, datatype, language) if datatype else value, found)


def renamed(item: Statement, ids: Mapping[str, str]) -> Statement:
    """A statement with the ids of its ends, and of who claims it, in place of those that have one."""
    old = held(item)
    new = moved(old, ids)
    return item if all(map(operator.is_, new, old)) else statement(new)


def moved(row: Row, ids: Mapping[str, str]) -> Row:
    """As `renamed`, of a row."""
    subject, predicate, end, datatype, language, told = row
    if not datatype:
        end = ids.get(end, end)
    return (ids.get(subject, subject), predicate, end, datatype, language, _claimed(told, ids))


def _claimed(told: bytes | tuple[Evidence, ...], ids: Mapping[str, str]) -> bytes | tuple[Evidence, ...]:
    """Evidence with the ids of who claims it; as it is where nobody has one: one record may be that of many rows."""
    if isinstance(told, bytes):
        if not told[0] & _CLAIMED:
            return told
        fields = _unpacked(told)
        return _packed(tuple((*each[:_BY], ids.get(each[_BY], each[_BY]), *each[_BY + 1 :]) for each in fields))
    for each in told:
        if each.by and each.by in ids:
            return tuple(dataclasses.replace(e, by=ids.get(e.by, e.by)) if e.by else e for e in told)
    return told


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
    mentions, rows = tuple(map(_of_mention, item.mentions)), cast("Any", tuple(map(row, item.statements)))
    return marshal.dumps((_of_document(item.document), mentions, rows), _MARSHAL)


def unpack_annotation(data: bytes) -> Annotation:
    """The annotation that is stored so."""
    document, mentions, statements = marshal.loads(data)  # noqa: S302
    found = tuple(itertools.starmap(Mention, mentions))
    return Annotation(Document(*document), found, tuple(map(statement, statements)))


def _packed(told: tuple[Told, ...]) -> bytes:
    bits = 0
    for each in told:
        stance = each[_STANCE]
        bits |= (_DENIED if "negated" in stance else 0) if stance else _ASSERTED
        bits |= _CLAIMED if each[_BY] else 0
    return _BITS[bits] + marshal.dumps(told, _MARSHAL)


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
