"""Documents annotated by hand, as training/GUIDELINES.md tells: marks in the text, relations under each sentence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg import names
from kg.errors import KgError
from kg.types import Document, Span

_MARK = re.compile(r"\[([a-z]+\d+)(?::([A-Za-z]+))?\|([^\[\]|=]+)(?:=([^\[\]|]*))?\]")
_RELATION = re.compile(r"> (\S+) (\S+) (\S+)(?: \| (.+))?")
_HEADER = re.compile(r"# (doc|style|outlet|published|url|author|title): ?(.*)")


class Marked(NamedTuple):
    """A mention: code points, end exclusive."""

    start: int
    end: int
    type: str
    entity: str
    value: str | None


class Told(NamedTuple):
    """A statement, once for each place and manner in which it is made."""

    subject: str
    predicate: str
    object: str
    stance: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text, by hand or by a system; entities have ids of their own."""

    mentions: tuple[Marked, ...]
    statements: tuple[Told, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Gold:
    """A document, how it is read by hand, and the spans of what is no part of the article."""

    document: Document
    reading: Reading
    furniture: tuple[Span, ...]


def read(path: str | Path) -> Iterator[Gold]:
    """The annotated documents of a file. Raises KgError if it can't be read or is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"can't read {path}: {error}") from error
    starts = [place for place, line in enumerate(lines) if line.startswith("# doc:")]
    if not starts:
        raise KgError(f"found no annotated document in {path}: each begins with a line “# doc: NAME”")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _Page().read(lines[start:end])


class _Page:
    """A document of the corpus while its lines are read: headline first, furniture included."""

    def __init__(self) -> None:
        self.header: dict[str, str] = {}
        self.text = ""
        self.fresh = True  # the next sentence starts a line of the text
        self.types: dict[str, str] = {}
        self.mentions: list[Marked] = []
        self.statements: list[Told] = []
        self.furniture: list[Span] = []

    def read(self, lines: Iterable[str]) -> Gold:
        for line in lines:
            if not self._header(line) and not self._relation(line) and not self._space(line):
                self._sentence(line)
        text = self.text.rstrip() + "\n"
        known = {key: value for key, value in self.header.items() if value and value != "unknown"}
        document = Document(
            id=names.document_id(self.header["doc"], text),
            name=self.header["doc"],
            text=text,
            published=known.get("published"),
            publisher=known.get("outlet"),
            author=known.get("author"),
            url=known.get("url"),
        )
        return Gold(document, Reading(tuple(self.mentions), tuple(self.statements)), tuple(self.furniture))

    def _header(self, line: str) -> bool:
        match = _HEADER.match(line)
        if match and match[1] == "title" and match[2].strip():
            self.fresh = True
            self._sentence(match[2])
            self.text += "\n\n"
            self.fresh = True
        elif match:
            self.header[match[1]] = match[2].strip()
        return bool(match)

    def _relation(self, line: str) -> bool:
        match = _RELATION.fullmatch(line.strip())
        if match:
            tags = [tag for tag in (match[4] or "").replace(" ", "").split(",") if tag]
            stance = frozenset(tag for tag in tags if not tag.startswith("by="))
            self.statements.append(Told(match[1], match[2], match[3], stance))
        return bool(match)

    def _space(self, line: str) -> bool:
        """A blank line ends a paragraph; a line of furniture is a line of the text, without marks."""
        if not line.strip():
            if self.text and not self.text.endswith("\n\n"):
                self.text = self.text.rstrip(" \n") + "\n\n"
        elif line.startswith("~"):
            self.text = self.text.rstrip(" ")
            self.text += "" if not self.text or self.text.endswith("\n") else "\n"
            content = line[1:].strip()
            self.furniture.append(Span(len(self.text), len(self.text) + len(content)))
            self.text += content + "\n"
        else:
            return False
        self.fresh = True
        return True

    def _sentence(self, line: str) -> None:
        if not self.fresh:
            self.text += " "
        position = 0
        for mark in _MARK.finditer(line):
            self.text += line[position : mark.start()]
            if mark[2]:
                self.types[mark[1]] = mark[2]
            end = len(self.text) + len(mark[3])
            self.mentions.append(Marked(len(self.text), end, self.types.get(mark[1], "?"), mark[1], mark[4]))
            self.text += mark[3]
            position = mark.end()
        self.text += line[position:]
        self.fresh = False
