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

_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


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
            yield Skipped(path, "an empty path: give a file, a folder or -")
        else:
            yield from _judged(File(Path(path), _label(Path(path))), suffixes, given)


def open_file(path: Path) -> tuple[BinaryIO, int]:
    """The bytes of a regular file and how many there are; SkipDocument says in words why it can't be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SkipDocument(f"{_KINDS.get(stat.S_IFMT(status.st_mode), 'a device')}, expected a file")
        return path.open("rb"), status.st_size
    except (OSError, ValueError) as error:
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
            reason = _unfit(file.path, suffixes)
            yield Skipped(file.label, reason) if reason else file


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
                names = sorted(os.listdir(file.path), reverse=True)  # noqa: PTH208 - names are all we need
            except OSError as error:
                yield Skipped(file.label, _why(file.path, error))
                continue
            waiting.extend(
                File(file.path / name, "/".join(filter(None, (file.label, _metadata.one_line(name)))))
                for name in names
                if not name.startswith(".")
            )


def _label(path: Path) -> str:
    shown = path.name if path.is_absolute() else path.as_posix()
    return "" if shown == "." else _metadata.one_line(shown)


def _owner(path: Path, suffixes: Collection[str]) -> Path | None:
    """The document beside a metadata file, None if it is no metadata file."""
    if path.suffix != METADATA:
        return None
    forms = sorted({form for suffix in suffixes if suffix != METADATA for form in (suffix, suffix.upper())})
    return next((owner for form in forms if os.path.lexists(owner := path.with_suffix(form))), None)


def _unfit(path: Path, suffixes: Collection[str]) -> str:
    """Why no reader takes this file, "" if one does."""
    try:
        path.stat()
    except (OSError, ValueError) as error:
        return _why(path, error)
    if path.suffix.lower() in suffixes:
        return ""
    found = f"{_metadata.one_line(path.suffix)} files" if path.suffix else "files without a suffix"
    return f"no reader for {found}: there are readers for {', '.join(sorted(suffixes))}"


def _why(path: Path, error: Exception) -> str:
    if re.match(r"https?:/", str(path)):
        return "addresses are not fetched: save the page as .html and give that file"
    if isinstance(error, FileNotFoundError):
        return "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return f"can't be read: {error.strerror}"
    return "can't be read: not the name of a file"
