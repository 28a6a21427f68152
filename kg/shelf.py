"""Graphs that lie on disk: the same statements in the same order, only a few of them in memory at a time."""

from __future__ import annotations

import bisect
import functools
import heapq
import itertools
import marshal
import operator
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg import packed, vocab
from kg.graph import Dispute, Entity, Graph, entity, relates
from kg.packed import Row, Told, statement
from kg.runs import Runs, on_disk, place
from kg.types import Document, Statement

T = TypeVar("T")

PREFIX = ".new-"
"""Begins the names that its files have for a moment; `kg.folder` removes what a kill in that moment leaves."""

_LAST = "\U0010ffff"
_KEPT = 1 << 12  # records of one kind that stay in memory
_PAGES = -(1 << 12)  # KiB of a database that stay in memory
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size={_PAGES}", "temp_store=2")
_APART = 1 << 16  # places between two statements, so that others can come between them
_TABLE = """
CREATE TABLE statement (place INTEGER PRIMARY KEY, relation INTEGER,
    subject TEXT, predicate TEXT, object TEXT, datatype TEXT, language TEXT, evidence BLOB);
"""
_INDEXES = """
CREATE INDEX of_subject ON statement (subject);
CREATE INDEX of_object ON statement (object) WHERE datatype = '';
CREATE INDEX of_relation ON statement (relation) WHERE relation = 1;
"""
_INSERT = "INSERT OR REPLACE INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ROW = "SELECT subject, predicate, object, datatype, language, evidence FROM statement"
_EVERY = f"{_ROW} ORDER BY place"
_RELATIONS = f"{_ROW} INDEXED BY of_relation WHERE relation = 1 ORDER BY place"
_SAYING = f"{_ROW} WHERE predicate IN (%s) ORDER BY place"
_LEADING = f"{_ROW} INDEXED BY of_object WHERE object >= ? AND object < ? AND datatype = ''"
_DENIED = f"{_ROW} WHERE substr(evidence, 1, 1) IN ({', '.join('?' * len(packed.DENYING))}) ORDER BY place"
_ABOUT = f"{_ROW} INDEXED BY of_subject WHERE subject = ? ORDER BY place"
_MENTIONING = f"{_ROW} INDEXED BY of_object WHERE object = ? AND datatype = '' ORDER BY place"
_PLACES = "SELECT place, subject, predicate, object, datatype, language FROM statement WHERE subject = ? ORDER BY place"


def graph(
    statements: Iterable[Statement] = (), documents: Iterable[Document] = (), disputes: Iterable[Dispute] = ()
) -> Graph:
    """What `kg.Graph` makes of the same; within `kg.runs.on_disk` it lies there. Raises OSError for want of room."""
    if place() is None:
        return Graph(statements, documents, disputes)
    return _shelved(Runs(map(packed.row, statements)), documents, disputes)


def ordered(*streams: Iterable[Row], documents: Iterable[Document]) -> Graph:
    """As `graph`, of rows that come in streams, each in the order of its subjects: they need no sorting."""
    if place() is None:
        return Graph(statements(itertools.chain(*streams)), documents)
    return _shelved(heapq.merge(*map(_sorted, streams)), documents)


def _sorted(rows: Iterable[Row]) -> Iterator[Row]:
    for _, group in itertools.groupby(rows, operator.itemgetter(0)):
        yield from sorted(map(packed.storable, group))


def _shelved(rows: Iterable[Row], documents: Iterable[Document], disputes: Iterable[Dispute] = ()) -> Graph:
    texts = Runs(map(packed.sortable, documents))
    last = ((key, list(found)[-1][-1]) for key, found in itertools.groupby(texts, operator.itemgetter(0)))
    return _Shelved(packed.united(rows), _table(last, packed.unpack_document), disputes)


def extended(graph: Graph, statements: Iterable[Statement]) -> Graph:
    """The graph with more statements about its things; one that lies on disk takes them in, and is not to be used on.

    Costs no more than what is added, where the graph lies on disk.
    """
    if not isinstance(graph, _Shelved):
        added = tuple(statements)
        return Graph(itertools.chain(graph, added), graph.documents.values(), graph.disputes) if added else graph
    found = Runs(map(packed.row, statements))
    for subject, group in itertools.groupby(packed.united(found), operator.itemgetter(0)):
        graph.take(subject, list(group))
    return graph


def table(items: Iterable[tuple[str, T]], write: Callable[[T], bytes], read: Callable[[bytes], T]) -> Mapping[str, T]:
    """A mapping of what can be written as bytes, in the order of its keys, each of which comes once."""
    if place() is None:
        return dict(sorted(items, key=operator.itemgetter(0)))
    return _table(Runs((key, write(item)) for key, item in items), read)


def given(row: Row) -> Row:
    """A row as it can be sorted among others: in memory it stays as it is."""
    return row if place() is None else packed.storable(row)


def told(key: Iterable[str], evidence: Iterable[Told]) -> Row:
    """The row of a statement, from its key and all evidence for it, sorted by id: packed where graphs lie on disk."""
    return packed.kept(key, evidence) if place() is None else packed.stored(key, evidence)


def statements(rows: Iterable[Row]) -> Iterator[Statement]:
    """The statements of rows, with their evidence as graphs hold it here: packed where they lie on disk."""
    return map(packed.opened if place() is None else packed.statement, rows)


class _Base(sqlite3.Connection):
    """A database that is closed when nobody asks it any more."""

    _has_indexes = False

    def indexed(self) -> _Base:
        """Itself, with statements to be found by their ends: what is only read in order needs no index."""
        if not self._has_indexes:
            self.executescript(_INDEXES)
            self._has_indexes = True
        return self

    def __del__(self) -> None:
        self.close()


def _base() -> _Base:
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

    def __init__(self, rows: Iterable[Row], documents: Mapping[str, Document], disputes: Iterable[Dispute]) -> None:
        super().__init__(disputes=disputes)
        self._folder, self._base, self._documents_ = place(), _base(), documents
        self._base.execute(_TABLE)
        self._base.execute("BEGIN")
        self._base.executemany(_INSERT, (_placed(number * _APART, row) for number, row in enumerate(rows)))
        self._base.execute("COMMIT")
        self._about = functools.lru_cache(_KEPT)(functools.partial(_told, self._base, _ABOUT))  # no cycle

    def take(self, subject: str, rows: Iterable[Row]) -> None:
        """Takes in statements about one of its subjects; raises KeyError if it is none."""
        places = [(row[1:6], row[0]) for row in self._base.indexed().execute(_PLACES, (subject,))]
        if not places:
            raise KeyError(subject)
        for row in rows:
            index = bisect.bisect_left(places, (row[:5], 0))
            if index < len(places) and places[index][0] == row[:5]:
                place = places[index][1]
                (old,) = self._base.execute(f"{_ROW} WHERE place = ?", (place,))
                (row,) = packed.united([old, row])  # noqa: PLW2901 - the two as one
            else:
                place = self._after(places[index - 1][1]) if index else self._before(places[0][1])
                places.insert(index, (row[:5], place))
            self._base.execute(_INSERT, _placed(place, row))
        self._about.cache_clear()
        self.__dict__.pop("entities", None)

    def _after(self, place: int) -> int:
        (following,) = self._base.execute("SELECT min(place) FROM statement WHERE place > ?", (place,)).fetchone()
        return (place + (following or place + _APART)) // 2

    def _before(self, place: int) -> int:
        (former,) = self._base.execute("SELECT max(place) FROM statement WHERE place < ?", (place,)).fetchone()
        return ((place - _APART if former is None else former) + place) // 2

    def __iter__(self) -> Iterator[Statement]:
        return map(statement, self.rows())

    def __len__(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM statement").fetchone()[0])

    def rows(self) -> Iterator[Row]:
        """The statements as rows, in order."""
        return iter(self._base.execute(_EVERY))

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by their IRI, in order."""
        return self._documents_

    def about(self, subject: str) -> tuple[Statement, ...]:
        """The statements whose subject is this IRI."""
        return self._about(subject)

    def mentioning(self, object: str) -> tuple[Statement, ...]:  # noqa: A002 - the field's own name
        """The statements whose object is this IRI."""
        return _told(self._base, _MENTIONING, object)

    def replaced(self, statements: Iterable[Statement | None], more: Iterable[Statement] = ()) -> Graph:
        """The graph with others in place of its statements, in their order (None leaves one out), and with more."""
        with on_disk(self._folder):
            return graph(itertools.chain(filter(None, statements), more), self.documents.values())

    def leading_to(self, objects: Iterable[str]) -> dict[str, list[Statement]]:
        """By each of these IRIs what `mentioning` gives."""
        return {iri: list(self.mentioning(iri)) for iri in objects}

    @functools.cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Every subject that has a type or a name, by its IRI, in order."""
        naming = self.saying(vocab.TYPE, vocab.LABEL, vocab.ALT_LABEL)
        found = (entity(iri, group) for iri, group in itertools.groupby(naming, operator.attrgetter("subject")))
        with on_disk(self._folder):
            return _table(((each.id, _packed(each)) for each in found if each), _unpacked)

    @property
    def relations(self) -> Collection[Statement]:
        """The statements other than types, names and links: what the articles say."""
        return _Relations(self._base.indexed())

    def saying(self, *predicates: str) -> Iterator[Statement]:
        """The statements with one of these predicates, in order."""
        return map(statement, self._base.execute(_SAYING % ", ".join("?" * len(predicates)), predicates))

    def leading(self, start: str) -> Iterator[Statement]:
        """The statements whose object is an IRI that begins so, in no fixed order."""
        return map(statement, self._base.indexed().execute(_LEADING, (start, start + _LAST)))

    def denied(self) -> Iterator[Statement]:
        """The statements that some evidence denies, in order."""
        return map(statement, self._base.execute(_DENIED, packed.DENYING))


def _told(base: _Base, question: str, iri: str) -> tuple[Statement, ...]:
    return tuple(map(statement, base.indexed().execute(question, (iri,))))


def _placed(place: int, row: Row) -> tuple[Any, ...]:
    return (place, relates(row[0], row[1]), *row)


class _Relations(Collection[Statement]):
    """The relations of a graph, which are counted and read, not held."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __iter__(self) -> Iterator[Statement]:
        return map(statement, self._base.execute(_RELATIONS))

    def __len__(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM statement WHERE relation = 1").fetchone()[0])

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


def _table(items: Iterable[tuple[str, bytes]], read: Callable[[bytes], T]) -> Mapping[str, T]:
    base = _base()
    base.execute("CREATE TABLE item (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
    base.execute("BEGIN")
    base.executemany("INSERT INTO item VALUES (?, ?)", items)
    base.execute("COMMIT")
    return _Table(base, read)


class _Table(Mapping[str, T], Generic[T]):
    """A mapping on disk, in the order of its keys; the values that were asked for last stay in memory."""

    def __init__(self, base: sqlite3.Connection, read: Callable[[bytes], T]) -> None:
        self._base, self._read = base, read
        self._found = functools.lru_cache(_KEPT)(functools.partial(_value, base, read))  # no cycle

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
        return (key for (key,) in self._base.execute("SELECT key FROM item ORDER BY key"))

    def __len__(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM item").fetchone()[0])

    def items(self) -> Iterable[tuple[str, T]]:  # type: ignore[override]
        """Read one after the other."""
        return ((key, self._read(value)) for key, value in self._base.execute("SELECT * FROM item ORDER BY key"))

    def values(self) -> Iterable[T]:  # type: ignore[override]
        """Read one after the other."""
        return (item for _, item in self.items())


def _value(base: sqlite3.Connection, read: Callable[[bytes], T], key: str) -> T | None:
    row = base.execute("SELECT value FROM item WHERE key = ?", (key,)).fetchone()
    return None if row is None else read(row[0])


def _packed(item: Entity) -> bytes:
    return marshal.dumps((item.id, item.type, item.name, item.aliases), 2)


def _unpacked(data: bytes) -> Entity:
    return Entity(*marshal.loads(data))  # noqa: S302 - our own
