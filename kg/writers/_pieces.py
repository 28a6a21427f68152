"""The texts that a graph of articles is written as, made thing by thing: in several processes, and not twice.

What is written of some things follows from what is said of them. So it is made in any process, and where the run before
wrote the same, it is copied from there.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import itertools
import marshal
import operator
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from kg import engines, packed
from kg import folder as folders
from kg.errors import KgError
from kg.graph import Graph
from kg.ontology import locate
from kg.outputs import GRAPH
from kg.types import Statement
from kg.writers import _triples, jsonl, rdf
from kg.writers._spool import Progress, Spool
from kg.writers._triples import DECISIONS, FACTS, NODES

LINES, STATED = "lines", "stated"
PARTS = (LINES, STATED, FACTS, DECISIONS, NODES)
"""The texts of a thing: its lines of graph.jsonl, its paragraph of graph.ttl, and its parts of graph.trig."""

FEW = 20_000
"""Fewer statements than these are not worth other processes."""

_THINGS = 15  # in a piece, on average
_BATCH = 64  # pieces that go to a process at a time
_BLOCK = 1 << 20  # bytes that are read at a time

Texts: TypeAlias = tuple[bytes, ...]
"""One for each of PARTS, in UTF-8."""


class Piece(NamedTuple):
    """What the texts of some things follow from: all that is said of them, and what others say of it.

    `key` is the hash of that, and of the code that writes.
    """

    number: int
    key: str
    rows: bytes
    stated: tuple[str, ...]
    named: tuple[str, ...]
    disputed: tuple[_triples.Key, ...]


def made(
    graph: Graph, folder: Path, *, index: Path | None = None, jobs: int = 1, progress: Progress
) -> Mapping[str, Iterable[str]]:
    """The texts of a graph, by PARTS; they lie in files without names, in the folder where all else is made.

    `index` tells what the files beside it were made from, and is written anew. Raises KgError for a relation that the
    ontology lacks, OSError.
    """
    jobs = jobs if len(graph) >= FEW else 1
    try:
        spools, lines = _made(graph, folder, _Old(index), jobs, progress)
    except _ChangedError:
        spools, lines = _made(graph, folder, _Old(None), jobs, progress)
    if index:
        folders.saved(index, "".join(lines).encode())
    return dict(zip(PARTS, spools, strict=True))


def _made(graph: Graph, folder: Path, old: _Old, jobs: int, progress: Progress) -> tuple[list[Spool], list[str]]:
    """The texts, and the lines of the index."""
    spools, lines = [Spool(folder) for _ in PARTS], []
    done, of = 0, len(graph)
    for key, texts, digest in _texts(graph, old, jobs):
        for spool, text in zip(spools, texts, strict=True):
            spool.add(text)
        done += texts[0].count(b"\n")
        progress(done, of)
        lines.append(f"{key} {digest} {' '.join(str(len(text)) for text in texts)}\n")
    return spools, lines


def written(pieces: tuple[Piece, ...]) -> list[Texts]:
    """The texts of pieces."""
    return [tuple("".join(part).encode() for part in _parts(piece)) for piece in pieces]


def _parts(piece: Piece) -> Iterator[Iterable[str]]:
    statements = [packed.opened(row) for row in marshal.loads(piece.rows)]  # noqa: S302 - our own
    _triples.check(statements)
    facts = list(filter(_triples.is_fact, statements))
    yield jsonl.graph(statements)
    stated, named = (list(_about(facts, values)) for values in (piece.stated, piece.named))
    paragraphs = list(rdf.facts(stated))
    yield paragraphs
    yield paragraphs if stated == named else rdf.facts(named)
    yield rdf.facts(filter(_triples.is_decision, statements))
    yield rdf.nodes(statements, disputed=piece.disputed, merged=False)


def _about(facts: Iterable[Statement], named: Sequence[str]) -> Iterator[Statement]:
    return (item for item in facts if item.subject in named or not _triples.is_value(item.subject))


def _texts(graph: Graph, old: _Old, jobs: int) -> Iterator[tuple[str, Texts, str]]:
    """The texts of all pieces in their order, with their keys and digests."""
    kept, ready = dict[int, str](), dict[int, tuple[str, Texts]]()

    def lacking() -> Iterator[Piece]:
        for piece in _pieces(graph):
            if piece.key in old:
                kept[piece.number] = piece.key
            else:
                yield piece

    turn, missing = 0, lacking()
    batches = iter(lambda: tuple(itertools.islice(missing, _BATCH)), ())

    def next_ones() -> Iterator[tuple[str, Texts, str]]:
        nonlocal turn
        while turn in kept or turn in ready:
            if turn in ready:
                key, texts = ready.pop(turn)
                yield key, texts, _digest(texts)
            else:
                key = kept.pop(turn)
                yield key, *old.found(key)
            turn += 1

    for piece, texts in engines.done(written, batches, jobs=jobs):
        if texts is None:
            raise KgError("writing what is said of some things ended the process, perhaps for want of memory")
        ready[piece.number] = (piece.key, texts)
        yield from next_ones()
    yield from next_ones()


def _pieces(graph: Graph) -> Iterator[Piece]:
    """All that is said, cut between things: by a hash, so that another thing changes the piece that it is in alone."""
    named, stated = _triples.named(graph, hedged=True), _triples.named(graph)
    disputed: dict[str, list[_triples.Key]] = {}
    for key in sorted(_triples.disputed(graph)):
        disputed.setdefault(key[0], []).append(key)
    subjects, rows, number = list[str](), list[packed.Row](), 0

    def piece() -> Piece:
        known, mentioned = (tuple(each for each in subjects if each in some) for some in (stated, named))
        in_dispute = tuple(key for subject in subjects for key in disputed.get(subject, ()))
        parts = (marshal.dumps(rows, 2), known, mentioned, in_dispute)
        return Piece(number, _key(parts), *parts)

    for subject, group in itertools.groupby(graph.rows(), operator.itemgetter(0)):
        if rows and zlib.crc32(subject.encode("utf-8", "surrogatepass")) % _THINGS == 0:
            yield piece()
            number += 1
            subjects, rows = [], []
        subjects.append(subject)
        rows.extend(map(packed.storable, group))
    if rows:
        yield piece()


def _key(parts: tuple[bytes | tuple[object, ...], ...]) -> str:
    return hashlib.blake2b(marshal.dumps((_code(), *parts), 2), digest_size=16).hexdigest()  # type: ignore[arg-type]


class _ChangedError(Exception):
    """The files of the last run are not as it wrote them."""


class _Old:
    """The texts that the run before wrote, by the keys of their pieces, as far as they are still there."""

    def __init__(self, index: Path | None) -> None:
        self._places: dict[str, tuple[str, tuple[int, ...], tuple[int, ...]]] = {}
        self._files: list[BinaryIO] = []
        if index:
            with contextlib.suppress(OSError, ValueError):
                self._read(index, index.parent.parent)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def found(self, key: str) -> tuple[Texts, str]:
        """The texts of a piece, with their digest. Raises _ChangedError if they are others now."""
        digest, starts, lengths = self._places[key]
        texts = tuple(map(_cut, self._files, starts, lengths))
        if _digest(texts) != digest:
            raise _ChangedError
        return texts, digest

    def _read(self, index: Path, folder: Path) -> None:
        lines = [line.split() for line in index.read_text("ascii").splitlines()]
        sizes = [tuple(map(int, line[2:])) for line in lines]
        if any(len(each) != len(PARTS) or min(each) < 0 for each in sizes):
            raise ValueError("damaged")
        for name in (GRAPH, "graph.ttl", *["graph.trig"] * 3):
            self._files.append((folder / name).open("rb"))
        starts = self._starts([sum(each[part] for each in sizes) for part in range(len(PARTS))])
        for (key, digest, *_), lengths in zip(lines, sizes, strict=True):
            self._places[key] = (digest, starts, lengths)
            starts = tuple(map(operator.add, starts, lengths))

    def _starts(self, sizes: Sequence[int]) -> tuple[int, ...]:
        """Where the texts begin in their files; ValueError if so many bytes can't be there."""
        starts = [0, len(rdf.head())]
        after = 0
        for part, title in enumerate(PARTS[2:], 2):
            starts.append(_behind(self._files[part], rdf.heading(title).encode(), after))
            after = starts[part] + sizes[part]
        ends = map(operator.add, starts, sizes)
        if any(end > os.fstat(file.fileno()).st_size for end, file in zip(ends, self._files, strict=True)):
            raise ValueError("damaged")
        return tuple(starts)

    def __del__(self) -> None:
        for file in self._files:
            file.close()


def _behind(file: BinaryIO, title: bytes, start: int) -> int:
    """Where a part of a file begins: its title can be nothing else, since texts are written without ends of lines."""
    file.seek(start)
    data, at = b"", start
    while (found := data.find(title)) < 0:
        data = data[-len(title) :]
        at = file.tell() - len(data)
        if not (block := file.read(_BLOCK)):
            raise ValueError(title)
        data += block
    return at + found + len(title)


def _cut(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _digest(texts: Texts) -> str:
    return hashlib.blake2b(b"".join(texts), digest_size=16).hexdigest()


@functools.cache
def _code() -> str:
    """Tells one version of what writes from another."""
    room = Path(__file__).parent
    files = sorted((*room.glob("*.py"), *room.parent.glob("*.py"), locate()))
    found = b"".join(file.read_bytes() for file in files) + importlib.metadata.version("pyoxigraph").encode()
    return hashlib.blake2b(found, digest_size=16).hexdigest()
