"""Graphs that lie on disk: the same statements in the same order, only a few of them in memory at a time."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import marshal
import operator
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar, cast

from kg.graph import Dispute, Entity, Graph, entity, is_relation
from kg.runs import Runs, place
from kg.types import Annotation, Document, Evidence, Literal, Mention, Span, Statement, merge_evidence

T = TypeVar("T")

Row: TypeAlias = tuple[str, str, str, str, str, bytes]
"""`Statement.key` and the evidence; the datatype of what is no literal is empty."""

PREFIX = ".new-"
"""Begins the names that its files have for a moment; `kg.folder` removes what a kill in that moment leaves."""

_KEPT = 1 << 12  # records of one kind that stay in memory
_PAGES = -(1 << 14)  # KiB of a database that stay in memory
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size={_PAGES}", "temp_store=2")
_MARSHAL = 2  # its version: the same bytes for the same values
_TABLES = """
CREATE TABLE statement (place INTEGER PRIMARY KEY,
    subject TEXT, predicate TEXT, object TEXT, datatype TEXT, language TEXT, evidence BLOB);
CREATE TABLE subject (key TEXT PRIMARY KEY, first INTEGER, last INTEGER) WITHOUT ROWID;
CREATE TABLE object (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE entity (key TEXT PRIMARY KEY, type TEXT, name TEXT, aliases BLOB) WITHOUT ROWID;
CREATE TABLE document (key TEXT PRIMARY KEY, fields BLOB) WITHOUT ROWID;
"""
_ROW = "subject, predicate, object, datatype, language, evidence"
_EVERY = f"SELECT {_ROW} FROM statement ORDER BY place"  # noqa: S608 - our own names, here and below
_ABOUT = f"SELECT {_ROW} FROM subject JOIN statement ON place BETWEEN first AND last WHERE key = ? ORDER BY place"  # noqa: S608
_MENTIONING = f"SELECT {_ROW} FROM object JOIN statement USING (place) WHERE key = ? ORDER BY place"  # noqa: S608


def graph(
    statements: Iterable[Statement] = (), documents: Iterable[Document] = (), disputes: Iterable[Dispute] = ()
) -> Graph:
    """What `kg.Graph` makes of the same; within `kg.runs.on_disk` it lies there. Raises OSError for want of room."""
    if place() is None:
        return Graph(statements, documents, disputes)
    rows = Runs(map(row, statements))
    texts = Runs(map(_sortable, documents))
    return _Shelved(_base(), rows, texts, disputes)


def table(items: Iterable[tuple[str, T]], write: Callable[[T], bytes], read: Callable[[bytes], T]) -> Mapping[str, T]:
    """A mapping of what can be written as bytes, in the order of its keys, each of which comes once."""
    if place() is None:
        return dict(sorted(items, key=operator.itemgetter(0)))
    base = _base()
    base.execute("CREATE TABLE item (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
    base.execute("BEGIN")
    base.executemany("INSERT INTO item VALUES (?, ?)", Runs((key, write(item)) for key, item in items))
    base.execute("COMMIT")
    return _Table(base, "item", "value", lambda row: read(row[0]))


class _Base(sqlite3.Connection):
    """A database that is closed when nobody asks it any more."""

    def __del__(self) -> None:
        self.close()


def _base() -> sqlite3.Connection:
    """A database that lasts as long as it is open."""
    number, name = tempfile.mkstemp(prefix=PREFIX, dir=place())
    os.close(number)
    base = sqlite3.connect(name, isolation_level=None, check_same_thread=False, factory=_Base)
    for setting in _SETTINGS:
        base.execute(f"PRAGMA {setting}").close()
    base.execute("CREATE TABLE opened (it)")
    Path(name).unlink()
    return base


class _Shelved(Graph):
    """A graph of which documents, statements, and what was made of them are read as they are asked for."""

    def __init__(
        self,
        base: sqlite3.Connection,
        rows: Iterable[Row],
        documents: Iterable[tuple[Any, ...]],
        disputes: Iterable[Dispute],
    ) -> None:
        super().__init__(disputes=disputes)
        self._base = base
        base.executescript(_TABLES)
        base.execute("BEGIN")
        last = ((record[0], record[-1]) for record in documents)
        base.executemany("INSERT OR REPLACE INTO document VALUES (?, ?)", last)
        self._length = self._relations = 0
        ends: Runs[tuple[str, int]] = Runs()
        for subject, group in itertools.groupby(_united(rows), operator.itemgetter(0)):
            self._add(subject, list(group), ends)
        base.executemany("INSERT INTO object VALUES (?, ?)", ends)
        base.execute("COMMIT")
        self._about = functools.lru_cache(_KEPT)(functools.partial(self._told, _ABOUT))
        self._documents_ = _Table(base, "document", "fields", lambda found: unpack_document(found[0]))
        self._entities = _Table(base, "entity", "key, type, name, aliases", _entity)

    def _add(self, subject: str, rows: list[Row], ends: Runs[tuple[str, int]]) -> None:
        first = self._length
        places = ((place, *row) for place, row in enumerate(rows, first))
        self._base.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?)", places)
        ends.extend((row[2], place) for place, row in enumerate(rows, first) if not row[3])
        self._length += len(rows)
        self._base.execute("INSERT INTO subject VALUES (?, ?, ?)", (subject, first, self._length - 1))
        bare = [statement((*row[:5], _NONE)) for row in rows]
        self._relations += sum(map(is_relation, bare))
        if found := entity(subject, bare):
            aliases = marshal.dumps(found.aliases, _MARSHAL)
            self._base.execute("INSERT INTO entity VALUES (?, ?, ?, ?)", (subject, found.type, found.name, aliases))

    def __iter__(self) -> Iterator[Statement]:
        return map(statement, self._base.execute(_EVERY))

    def __len__(self) -> int:
        return self._length

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by their IRI, in order."""
        return self._documents_

    def about(self, subject: str) -> tuple[Statement, ...]:
        """The statements whose subject is this IRI."""
        return self._about(subject)

    def mentioning(self, object: str) -> tuple[Statement, ...]:  # noqa: A002 - the field's own name
        """The statements whose object is this IRI."""
        return self._told(_MENTIONING, object)

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Every subject that has a type or a name, by its IRI, in order."""
        return self._entities

    @property
    def relations(self) -> Collection[Statement]:
        """The statements other than types, names and links: what the articles say."""
        return _Relations(self, self._relations)

    def _told(self, question: str, iri: str) -> tuple[Statement, ...]:
        return tuple(map(statement, self._base.execute(question, (iri,))))


class _Relations(Collection[Statement]):
    """The relations of a graph, which are counted and read, not held."""

    def __init__(self, graph: Graph, length: int) -> None:
        self._graph, self._length = graph, length

    def __iter__(self) -> Iterator[Statement]:
        return filter(is_relation, self._graph)

    def __len__(self) -> int:
        return self._length

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


class _Table(Mapping[str, T], Generic[T]):
    """A mapping on disk, in the order of its keys; the values that were asked for last stay in memory."""

    def __init__(self, base: sqlite3.Connection, name: str, columns: str, make: Callable[..., T]) -> None:
        self._base, self._make = base, make
        self._one = f"SELECT {columns} FROM {name} WHERE key = ?"  # noqa: S608 - our own names
        self._all = f"SELECT key, {columns} FROM {name} ORDER BY key"  # noqa: S608
        self._count = f"SELECT count(*) FROM {name}"  # noqa: S608
        self._found = functools.lru_cache(_KEPT)(self._find)

    def __getitem__(self, key: str) -> T:
        found = self._found(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: T | None = None) -> T | None:  # type: ignore[override]
        """As for any mapping, without the cost of an error."""
        found = self._found(key)
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._found(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for key, *_ in self._base.execute(self._all))

    def __len__(self) -> int:
        return int(self._base.execute(self._count).fetchone()[0])

    def items(self) -> Iterable[tuple[str, T]]:  # type: ignore[override]
        """Read one after the other."""
        return ((row[0], self._make(row[1:])) for row in self._base.execute(self._all))

    def values(self) -> Iterable[T]:  # type: ignore[override]
        """Read one after the other."""
        return (item for _, item in self.items())

    def _find(self, key: str) -> T | None:
        row = self._base.execute(self._one, (key,)).fetchone()
        return None if row is None else self._make(row)


class _Stored(Statement):
    """A statement whose evidence stays as it is stored until it is asked for."""

    __slots__ = ("_told",)
    _told: bytes | tuple[Evidence, ...]

    def __init__(
        self,
        subject: str,
        predicate: str,
        object: str | Literal,  # noqa: A002 - the field's own name
        evidence: bytes | tuple[Evidence, ...] = (),
    ) -> None:
        for name, value in (("subject", subject), ("predicate", predicate), ("object", object), ("_told", evidence)):
            _set(self, name, value)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence, sorted by id."""
        if isinstance(self._told, bytes):
            _set(self, "_told", tuple(map(_evidence, marshal.loads(self._told))))  # noqa: S302 - our own
        return cast("tuple[Evidence, ...]", self._told)

    @property
    def packed(self) -> bytes | None:
        """The evidence as it is stored, if nobody asked for it yet."""
        return self._told if isinstance(self._told, bytes) else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Statement):
            return NotImplemented
        return self.key == other.key and self.evidence == other.evidence

    def __hash__(self) -> int:
        return hash((self.subject, self.predicate, self.object, self.evidence))

    def __repr__(self) -> str:
        return repr(Statement(self.subject, self.predicate, self.object, self.evidence))


_set = object.__setattr__  # statements are frozen


def row(item: Statement) -> Row:
    """A statement as it is stored."""
    if isinstance(item, _Stored) and item.packed is not None:
        return (*item.key, item.packed)
    found = item.evidence if len(item.evidence) < 2 else merge_evidence((), item.evidence)  # noqa: PLR2004
    return (*item.key, marshal.dumps(tuple(map(_told, found)), _MARSHAL) if found else _NONE)


def renamed(item: Statement, ids: Mapping[str, str]) -> Statement:
    """A statement with the ids of its ends, and of who claims it, in place of those that have one."""
    end = ids.get(item.object, item.object) if isinstance(item.object, str) else item.object
    subject = ids.get(item.subject, item.subject)
    if not isinstance(item, _Stored) or item.packed is None:
        told = tuple(dataclasses.replace(e, by=ids[e.by]) if e.by and e.by in ids else e for e in item.evidence)
        return Statement(subject, item.predicate, end, told)
    fields = marshal.loads(item.packed)  # noqa: S302 - our own
    if any(each[_BY] for each in fields):
        moved = tuple((*each[:_BY], ids.get(each[_BY], each[_BY]), *each[_BY + 1 :]) for each in fields)
        return _Stored(subject, item.predicate, end, marshal.dumps(moved, _MARSHAL))
    return _Stored(subject, item.predicate, end, item.packed)


_BY = 6  # the place of `by` among the fields of evidence
_NONE = marshal.dumps((), _MARSHAL)


def _told(item: Evidence) -> tuple[Any, ...]:
    return (
        *(item.id, item.document, item.start, item.end, item.quote, item.stance, item.by, item.score, item.reader),
        *(item.subject and tuple(item.subject), item.object and tuple(item.object), item.reason),
    )


def _evidence(fields: tuple[Any, ...]) -> Evidence:
    *first, subject, object_, reason = fields
    spans = (subject and Span(*subject), object_ and Span(*object_))
    return Evidence(*first, *spans, reason)  # type: ignore[call-arg] # as many as `_told` gives


def statement(row: Row) -> Statement:
    """The statement that is stored so."""
    subject, predicate, value, datatype, language, evidence = row
    return _Stored(subject, predicate, Literal(value, datatype, language) if datatype else value, evidence)


def _united(rows: Iterable[Row]) -> Iterator[Row]:
    """Each statement once, with all its evidence; they come sorted."""
    for key, group in itertools.groupby(rows, lambda row: row[:5]):
        found = list(group)
        if len(found) == 1:
            yield found[0]
        else:
            evidence = tuple(each for row in found for each in statement(row).evidence)
            yield (*key, marshal.dumps(tuple(map(_told, merge_evidence((), evidence))), _MARSHAL))


def _sortable(item: Document) -> tuple[str | bytes, ...]:
    """As they are ordered in a graph, of two records of one document the greater last."""
    return (item.id, *(field or "" for field in dataclasses.astuple(item)), pack_document(item))


def pack_document(item: Document) -> bytes:
    """A document as it is stored."""
    return marshal.dumps(dataclasses.astuple(item), _MARSHAL)


def unpack_document(data: bytes) -> Document:
    """The document that is stored so."""
    return Document(*marshal.loads(data))  # noqa: S302 - our own


def pack_annotation(item: Annotation) -> bytes:
    """An annotation as it is stored."""
    mentions = tuple(map(dataclasses.astuple, item.mentions))
    return marshal.dumps((pack_document(item.document), mentions, tuple(map(row, item.statements))), _MARSHAL)


def unpack_annotation(data: bytes) -> Annotation:
    """The annotation that is stored so."""
    document, mentions, statements = marshal.loads(data)  # noqa: S302 - our own
    found = tuple(Mention(*each) for each in mentions)
    return Annotation(unpack_document(document), found, tuple(map(statement, statements)))


def _entity(row: tuple[str, str, str, bytes]) -> Entity:
    return Entity(*row[:3], marshal.loads(row[3]))  # noqa: S302 - our own
