"""What was read in each document, kept in shards beside the outputs, so that it is read once."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from kg import folder as folders
from kg import packed, shelf
from kg.types import Document, digest

FOLDER = ".cache"
"""Its name in a folder of outputs."""

WRITTEN = "written"
"""A file there that is no shard: it tells from what the last run wrote its outputs."""

SHARD = 256
"""The documents of a shard, on average, are more than half as many and not more."""

_FORM = 2
_HASH = 16  # bytes


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Shard:
    """The documents whose keys begin with the `bits` bits of `number`."""

    bits: int
    number: int

    @property
    def path(self) -> Path:
        """Where it lies within what one reader has read."""
        return Path(str(self.bits), f"{self.number:05}")


def key(document: Document) -> str:
    """Thirty-two hexadecimal digits: the hash of all that is known of a document, but for what it is a copy of."""
    fields = tuple(field or "" for field in dataclasses.astuple(dataclasses.replace(document, copy_of=None)))
    return digest((_FORM, *fields)) + digest((*reversed(fields), _FORM))


def keyed(documents: Iterable[Document]) -> Mapping[str, Document]:
    """The documents by their keys."""
    return shelf.table(((key(item), item) for item in documents), packed.pack_document, packed.unpack_document)


def shards(documents: Mapping[str, Document]) -> Iterator[tuple[Shard, list[tuple[str, Document]]]]:
    """The shards of documents by their keys, one after the other."""
    bits = max(0, (max(0, len(documents) - 1) // SHARD).bit_length())
    for shard, items in itertools.groupby(documents.items(), lambda item: _shard(item[0], bits)):
        yield shard, list(items)


def _shard(name: str, bits: int) -> Shard:
    return Shard(bits, int(name[:8], 16) >> (32 - bits))


class Cache:
    """The records of documents that one reader has read: a line of text for each key.

    Without a `folder`, or a `fingerprint` of what reads, nothing is kept. What is damaged is read again, which a hash
    of each record tells.
    """

    def __init__(self, folder: Path | None, fingerprint: str | None) -> None:
        self._all = folder / FOLDER if folder else None
        self._mine = self._all / fingerprint if self._all and fingerprint else None

    def read(self, shard: Shard, wanted: Iterable[str]) -> dict[str, str]:
        """What is known of the keys that are wanted."""
        asked, found = set(wanted), dict[str, str]()
        for path in self._places(shard):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                lines = path.read_text(encoding="utf-8").split("\n")
                parts = (line.partition(" ")[::2] for line in lines[:-1])
                found.update(dict(_whole(parts, asked)))
        return found

    def write(self, shard: Shard, records: Mapping[str, str]) -> None:
        """Keeps the records of a shard in place of those that it had. Raises OSError."""
        if not self._mine:
            return
        path = self._mine / shard.path
        data = "".join(f"{name} {_digest(records[name])} {records[name]}\n" for name in sorted(records)).encode()
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.saved(path, data)

    def keep(self, present: Iterable[Shard]) -> None:
        """Forgets all but these shards: other documents, other divisions, other readers."""
        if self._mine and self._all:
            kept = {self._mine / shard.path for shard in present}
            _prune(self._all, kept | {above for path in kept for above in path.parents} | {self._all / WRITTEN})

    def _places(self, shard: Shard) -> Iterator[Path]:
        """The files that can hold documents of a shard: its own last, before it those of other divisions."""
        if not self._mine or not self._mine.is_dir():
            return
        levels = sorted(int(path.name) for path in self._mine.iterdir() if path.name.isdigit())
        for bits in sorted(levels, key=lambda bits: bits == shard.bits):
            more = bits - shard.bits
            first, after = shard.number << max(more, 0) >> max(-more, 0), shard.number + 1 << max(more, 0)
            numbers = range(first, after) if more > 0 else [first]
            yield from (path for n in numbers if (path := self._mine / Shard(bits, n).path).is_file())


def _whole(lines: Iterable[tuple[str, str]], asked: Collection[str]) -> Iterator[tuple[str, str]]:
    """The records that are asked for, and are as they were written."""
    for name, rest in lines:
        if name in asked:
            digest, _, record = rest.partition(" ")
            if digest == _digest(record):
                yield name, record


def _digest(record: str) -> str:
    return hashlib.blake2b(record.encode("utf-8", "surrogatepass"), digest_size=_HASH).hexdigest()


def forget(folder: Path, documents: Iterable[Document]) -> None:
    """Takes what was read in these documents out of the cache of a folder of outputs. Raises OSError."""
    names = tuple(key(document) for document in documents)
    for path in sorted(path for path in (folder / FOLDER).rglob("*") if path.is_file()):
        lines = path.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(tuple(map(str.encode, names)))]
        if len(kept) < len(lines):
            folders.saved(path, b"".join(kept))


def _prune(folder: Path, kept: set[Path]) -> None:
    for path in folder.iterdir():
        if path not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif path.is_dir():
            _prune(path, kept)
