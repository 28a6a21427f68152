"""The triples of a folder as a database on disk beside them: made when first asked, and again when they changed."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.outputs import TRIG

if TYPE_CHECKING:
    import pyoxigraph

STORE = "store"
PAYS = 2_000_000
"""From so many bytes of `graph.trig` on, opening a database is quicker than reading the file; a tenth of a second."""

_ABOUT, _READING, _MAKING, _NEW = "about.json", "reading.lock", "making.lock", ".new-"
_RACY = 2 * 10**9
"""Nanoseconds: a file that is younger may be written again without its time of change telling it."""


def worthwhile(folder: Path) -> bool:
    """Whether the graph is so large that a database pays."""
    try:
        return (folder / TRIG).stat().st_size >= PAYS
    except OSError:
        return False


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[pyoxigraph.Store]:
    """The database of a folder, read-only, for as long as the block runs.

    It holds what `graph.trig` holds when this is called; any number of processes may read it, and one that finds
    it missing, outdated or damaged makes it while others wait or read the old one. Raises OSError where it can't be
    made there, and SyntaxError where `graph.trig` is damaged.
    """
    key = _recorded(folder) or make(folder)
    with _locked(folder / STORE / _READING, exclusive=False):
        store = _read(folder / STORE / key)
        if store is not None:
            yield store
    if store is None:  # damaged, or another process made a newer one and tidied up since we looked
        key = make(folder, anew=(folder / STORE / key).is_dir())
        with _locked(folder / STORE / _READING, exclusive=False):
            import pyoxigraph

            yield pyoxigraph.Store.read_only(str(folder / STORE / key))


def _read(path: Path) -> pyoxigraph.Store | None:
    import pyoxigraph

    try:
        return pyoxigraph.Store.read_only(str(path))
    except OSError:
        return None


def make(folder: Path, *, anew: bool = False) -> str:
    """Makes the database, unless it is there, and returns its name within `store`; older ones that nobody reads go.

    With `anew`, it is made though there is one.
    """
    import shutil
    import tempfile

    place = folder / STORE
    place.mkdir(exist_ok=True)
    with _locked(place / _MAKING), (folder / TRIG).open("rb") as file:
        key = _key(file)
        if anew:
            shutil.rmtree(place / key, ignore_errors=True)
        if not (place / key).is_dir():
            for left in place.glob(_NEW + "*"):  # by a process that was killed
                shutil.rmtree(left, ignore_errors=True)
            new = Path(tempfile.mkdtemp(prefix=_NEW, dir=place))
            try:
                _fill(new, file)
                new.rename(place / key)
            finally:
                shutil.rmtree(new, ignore_errors=True)
        _record(place, key, file)
        _tidy(place, key)
    return key


def _fill(path: Path, file: BufferedReader) -> None:
    import pyoxigraph

    file.seek(0)
    store = pyoxigraph.Store(str(path))
    store.bulk_load(file, pyoxigraph.RdfFormat.TRIG)
    store.flush()


def _key(file: BufferedReader) -> str:
    """The name of the database for a file: a hash of its bytes and of the version that reads it."""
    import hashlib

    import pyoxigraph

    sha = hashlib.file_digest(file, "sha256")
    sha.update(pyoxigraph.__version__.encode())
    return sha.hexdigest()[:32]


def _recorded(folder: Path) -> str:
    """The name of the database if `graph.trig` is the file that it was made from, else ""."""
    import pyoxigraph

    try:
        about = json.loads((folder / STORE / _ABOUT).read_bytes())
        same = about["file"] == _stamp((folder / TRIG).stat()) and about["engine"] == pyoxigraph.__version__
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return str(about["key"]) if same and (folder / STORE / str(about["key"])).is_dir() else ""


def _record(place: Path, key: str, file: BufferedReader) -> None:
    import pyoxigraph

    found = os.fstat(file.fileno())
    sure = time.time_ns() - found.st_mtime_ns > _RACY  # else the bytes are hashed again next time
    about: dict[str, Any] = {"key": key, "engine": pyoxigraph.__version__, "file": _stamp(found) if sure else None}
    new = place / f"{_NEW}{_ABOUT}"
    new.write_text(json.dumps(about), encoding="utf-8")
    new.replace(place / _ABOUT)


def _stamp(found: os.stat_result) -> list[int]:
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def _tidy(place: Path, key: str) -> None:
    """Removes other databases, unless somebody reads."""
    import shutil

    with contextlib.suppress(BlockingIOError), _locked(place / _READING, wait=False):
        for other in place.iterdir():
            if other.is_dir() and other.name != key:
                shutil.rmtree(other, ignore_errors=True)


@contextlib.contextmanager
def _locked(path: Path, *, exclusive: bool = True, wait: bool = True) -> Iterator[None]:
    """Holds a lock that the system lets go of when the process ends, however it ends."""
    import fcntl

    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666) if exclusive else os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(file)
