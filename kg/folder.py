"""A folder of outputs: one writer at a time, and its files all of one run or all of the run before.

`manifest.json` lists the other files. While it is there, they are those that it lists, of one run: when files change,
it goes first and comes back last.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    import sqlite3

MANIFEST = "manifest.json"

LOCK = ".lock"
"""Held by whoever writes in the folder, with the number of the process; the system frees it when the process ends."""

_NEW, _READY, _OLD = ".new-", ".ready", ".old"
_PATIENCE = 5.0  # seconds; a change of files takes a hundredth of one
_held = threading.local()


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keeps other writers out of a folder, which is made if need be, and ends what a killed run began.

    May be nested. A lock left by a process that was killed does not hold. Raises KgError where another run writes
    there, or where nobody can.
    """
    mine: set[Path] = _held.__dict__.setdefault("folders", set())
    if (place := folder.resolve()) in mine:
        yield
        return
    made = not folder.exists()
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(_lock(folder))
            _settle(folder)
        except OSError as error:
            raise trouble(folder, error) from error
        mine.add(place)
        try:
            yield
        finally:
            mine.discard(place)
            _unlock(folder, lock, made=made)


def trouble(folder: Path, error: OSError | sqlite3.Error) -> KgError:
    """Why nothing can be written to a folder, for a person."""
    why = getattr(error, "strerror", None) or error
    return KgError(f"can't write to {folder}: {why}; mend that or choose another folder with -o")


@contextlib.contextmanager
def writing(folder: Path | None) -> Iterator[None]:
    """Turns what hinders writing in the block into a KgError."""
    import sqlite3  # here and below: `kg query` only looks whether a folder is whole

    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if folder is None:
            raise
        raise trouble(folder, error) from error


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """A new folder to write files to, MANIFEST among them, which take the place of those of the run before.

    Until the block ends nothing changes; then everything does, and what a kill breaks off is done by whoever comes
    next. Files that the old manifest lists and the new one does not are removed, others stay. Raises KgError where that
    can't be done; then the old files are whole.
    """
    import shutil
    import tempfile

    with locked(folder):
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
        try:
            yield new
            _sync(new)
            new.rename(folder / _READY)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        try:
            _settle(folder)
        except KeyboardInterrupt:  # what Ctrl-C breaks in on is finished first
            _settle(folder)
            raise


def settle(folder: Path) -> None:
    """Ends a change of files that a killed run began, before they are read; waits where one is under way.

    Raises KgError where that can't be done.
    """
    until = time.monotonic() + _PATIENCE
    while (folder / _READY).is_dir():
        try:
            with locked(folder):
                return
        except KgError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def saved(path: Path, data: bytes) -> None:
    """Writes a file beside and puts it in place, on the disk when this returns: nobody finds half of it."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[IO[str]]:
    while True:
        with (folder / LOCK).open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                who = lock.read(20).strip()
                raise KgError(
                    f"another kg is writing to {folder}{f' (process {who})' if who else ''}: "
                    "wait until it is done, or choose another folder with -o"
                ) from None
            if _is(folder / LOCK, lock):  # else its holder removed it between the two lines above
                lock.truncate(0)
                lock.write(f"{os.getpid()}\n")
                lock.flush()
                yield lock
                return


def _unlock(folder: Path, lock: IO[str], *, made: bool) -> None:
    """Leaves no trace of the lock; a folder that was made for nothing goes too."""
    if _is(folder / LOCK, lock):
        (folder / LOCK).unlink(missing_ok=True)
    if made:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _is(path: Path, file: IO[str]) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False


def _settle(folder: Path) -> None:
    import shutil

    for left in folder.glob(_NEW + "*"):  # by a run that was killed while writing
        if left.is_file():
            left.unlink(missing_ok=True)
        shutil.rmtree(left, ignore_errors=True)
    ready = folder / _READY
    if not ready.is_dir():
        return
    if (ready / MANIFEST).exists():
        if (folder / MANIFEST).exists():
            (folder / MANIFEST).replace(ready / _OLD)
            _sync(folder)
        new = _listed(ready / MANIFEST)
        for name in sorted({*_listed(ready / _OLD)} - {*new}):
            (folder / name).unlink(missing_ok=True)
        for name in new:
            if (ready / name).exists():
                (ready / name).replace(folder / name)
        _sync(folder)
        (ready / MANIFEST).replace(folder / MANIFEST)
    shutil.rmtree(ready)


def _listed(manifest: Path) -> Collection[str]:
    """The names of files that a manifest lists; none of them leads out of the folder."""
    try:
        names = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
        return sorted(name for name in names if name == Path(name).name and name not in {"", ".", ".."})
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _sync(folder: Path) -> None:
    """Has the names of a folder's files on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
