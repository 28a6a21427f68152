"""From the paths that a user gives to the files to read, in a fixed order, and to their bytes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kg.errors import SkipDocument
from kg.readers import _metadata
from kg.types import Skipped

STDIN = "-"
METADATA = ".json"

_ADDRESS = re.compile("[a-z]+://", re.IGNORECASE)
_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe (give - for standard input)", stat.S_IFSOCK: "a socket"}


class File(NamedTuple):
    """A file to read, and its name for messages: as it was given, without what tells where the project lies."""

    path: Path
    label: str


def find(paths: Iterable[str | os.PathLike[str]], suffixes: Collection[str]) -> Iterator[File | Skipped]:
    """The files that the paths stand for: each itself, or what a folder holds, recursively, sorted by name.

    Hidden files in a folder are passed over, and so is NAME.json beside a document. Links to files are followed, links
    to folders are not, since they may lead back or out. `suffixes` are those that some reader takes (".txt").
    """
    listed = [os.fsdecode(path) for path in paths]
    given = {Path(path) for path in listed}
    for path in listed:
        if path == STDIN:
            yield File(Path(path), path)
        elif not path:
            yield Skipped('""', "an empty path: give a file, a folder or -")
        elif _ADDRESS.match(path):
            yield Skipped(
                _metadata.one_line(path), "addresses are not fetched here: kg fetch it first, and give the folder"
            )
        else:
            yield from _judged(File(Path(path), _label(Path(path))), suffixes, given)


def open_file(path: Path) -> tuple[BinaryIO, int]:
    """The bytes of a regular file and how many there are; SkipDocument says in words why it can't be read."""
    try:
        size = _status(path).st_size
        return path.open("rb"), size
    except OSError as error:
        raise SkipDocument(_why(path, error)) from None


def metadata(path: Path, limit: int) -> Mapping[str, object]:
    """What NAME.json beside a document tells, nothing if there is none; SkipDocument if it can't be read."""
    beside = path.with_suffix(METADATA)
    if beside == path or not os.path.lexists(beside):
        return {}
    stream, size = open_file(beside)
    with stream:
        if size > limit:
            raise SkipDocument(f"{size:,} bytes, more than the limit of {limit:,}")
        try:
            return _metadata.parse(stream.read(limit))
        except ValueError as error:
            raise SkipDocument(str(error)) from None


def _judged(top: File, suffixes: Collection[str], given: Collection[Path]) -> Iterator[File | Skipped]:
    for file in _walk(top):
        if isinstance(file, Skipped):
            yield file
        elif owner := _owner(file.path, suffixes):
            if file is top and owner not in given:
                yield Skipped(file.label, f"the metadata of {_metadata.one_line(owner.name)}: give that file")
        else:
            try:
                _check(file.path, suffixes)
            except SkipDocument as reason:
                yield Skipped(file.label, str(reason))
            else:
                yield file


def _walk(top: File) -> Iterator[File | Skipped]:
    waiting = [top]
    while waiting:
        file = waiting.pop()
        if not os.path.isdir(file.path):  # noqa: PTH112 - Path.is_dir raises where a folder may not be entered
            yield file
        elif file is not top and file.path.is_symlink():
            yield Skipped(file.label, "a link to a folder is not followed: give that folder itself")
        else:
            try:
                inside = _inside(file)
            except OSError as error:
                yield Skipped(file.label, _why(file.path, error))
                continue
            if file is top and not inside:
                yield Skipped(file.label, "an empty folder: nothing to read")
            waiting.extend(reversed(inside))


def _inside(folder: File) -> list[File]:
    shown = "" if folder.label == "." else folder.label + "/"
    names = sorted(os.listdir(folder.path))  # noqa: PTH208 - names are all we need
    return [File(folder.path / name, shown + _metadata.one_line(name)) for name in names if not name.startswith(".")]


def _label(path: Path) -> str:
    return _metadata.one_line(path.name if path.is_absolute() else path.as_posix()) or "."


def _owner(path: Path, suffixes: Collection[str]) -> Path | None:
    """The document beside a metadata file, None if it is no metadata file."""
    if path.suffix != METADATA:
        return None
    forms = sorted({form for suffix in suffixes if suffix != METADATA for form in (suffix, suffix.upper())})
    return next((owner for form in forms if os.path.lexists(owner := path.with_suffix(form))), None)


def _check(path: Path, suffixes: Collection[str]) -> None:
    """SkipDocument, if there is no such file or no reader that takes it."""
    _status(path)
    if path.suffix.lower() not in suffixes:
        found = f"{_metadata.one_line(path.suffix)} files" if path.suffix else "files without a suffix"
        raise SkipDocument(f"no reader for {found}: there are readers for {', '.join(sorted(suffixes))}")


def _status(path: Path) -> os.stat_result:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise SkipDocument(_why(path, error)) from None
    if not stat.S_ISREG(status.st_mode):
        raise SkipDocument(f"{_KINDS.get(stat.S_IFMT(status.st_mode), 'a device')}, expected a file")
    return status


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return f"can't be read: {error.strerror}"
    return "can't be read: not the name of a file"
