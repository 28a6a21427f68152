"""The folder that fetched articles stand in: their files, what is known of each, and what was fetched when."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kg import names
from kg.folder import saved

STATE = ".fetched.jsonl"
"""A line for each fetch, by address: its file, when, and what the server wants to be asked with next time."""

_HASH = 10
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}  # RFC 9110, 8.8 and 13.1

Record = dict[str, Any]


class Kept:
    """The files of a folder by the addresses that they came from; what a killed run fetched is there for the next.

    Safe for threads; for one process at a time (`kg.folder.locked`).
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, threading.Lock()
        self._records = {record["url"]: record for record in _read(folder / STATE)}
        lines = "".join(_line(record) for _, record in sorted(self._records.items()))
        if self._records:
            saved(folder / STATE, lines.encode())

    def record(self, url: str) -> Record:
        """What was noted of an address when it was last fetched, if its file is still there; else nothing."""
        record = self._records.get(url, {})
        return record if "file" not in record or (self._folder / record["file"]).is_file() else {}

    def question(self, url: str) -> dict[str, str]:
        """The fields that make a server answer 304 where nothing changed since."""
        record = self.record(url)
        return {field: record[name] for name, field in _VALIDATORS.items() if record.get(name)}

    def put(self, url: str, data: bytes, suffix: str, told: Mapping[str, str]) -> tuple[Path, bool]:
        """Stores an article with what is told of it in NAME.json; where, and whether anything changed."""
        path, old = self._folder / (file_stem(url) + suffix), self.record(url).get("file")
        same = path.is_file() and path.read_bytes() == data
        if not same:
            beside = json.dumps(dict(sorted(told.items())), ensure_ascii=False, indent=1) + "\n"
            saved(path.with_suffix(".json"), beside.encode("utf-8", "replace"))
            saved(path, data)
        if old and old != path.name:
            (self._folder / old).unlink(missing_ok=True)
        return path, not same

    def note(self, url: str, fields: Mapping[str, str], **more: object) -> None:
        """Remembers a fetch: the answer's validators, and more that is known."""
        kept = {name: fields[name] for name in _VALIDATORS if name in fields}
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self._records[url] = {"url": url, "fetched": now, **kept, **more}
        with self._lock, (self._folder / STATE).open("a", encoding="utf-8", errors="replace") as file:
            file.write(_line(self._records[url]))


def file_stem(url: str) -> str:
    """A file's name for an address: of host and path what is readable, and a hash that keeps addresses apart."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    last = unquote(parts.path.rstrip("/").rpartition("/")[2], errors="replace").rpartition(".")
    readable = names.slug(f"{host} {last[0] or last[2]}")
    return f"{readable}-{hashlib.sha256(url.encode()).hexdigest()[:_HASH]}"


def _read(path: Path) -> Iterator[Record]:
    """The records that can be read; of a run that was killed the last line may be half."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict) and isinstance(record.get("url"), str) and _inside(record.get("file", "a")):
            yield record


def _inside(name: object) -> bool:
    return isinstance(name, str) and name == Path(name).name and name not in {"", ".", ".."}


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
