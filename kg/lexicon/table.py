"""Tables of known things: the shipped one, a user's own, and the copy of it that lies in a folder of outputs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError

FILE = "lexicon.tsv"
"""The user's entries in a folder of outputs, so that what is decided later is decided with them."""

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_SPLIT = "|"
_LISTS = ("aliases", "huggingface", "github")
_NEEDED = ("name", "type")
_QID = re.compile(r"Q[1-9]\d*")
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*\.[a-z]{2,}")


class Entry(NamedTuple):
    """A known thing; what is not known is empty. Of identifiers those alone are here that a public file confirms."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    domain: str = ""
    huggingface: tuple[str, ...] = ()
    github: tuple[str, ...] = ()
    developer: str = ""
    parent: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, then its aliases."""
        return (self.name, *self.aliases)


def read_all(paths: Paths) -> tuple[Entry, ...]:
    """The entries of one table or several, in order."""
    listed = [paths] if isinstance(paths, str | os.PathLike) else paths
    return tuple(entry for path in listed for entry in read(Path(path)))


def read(path: Path) -> Iterator[Entry]:
    """The entries of a table: UTF-8, tab-separated, with the fields of `Entry` as its heading, lists joined by "|".

    `name` and `type` must be there, other fields may be, in any order; a line may end early, empty lines and lines that
    begin with "#" are left aside. Raises KgError with the line, and what is wrong with it.
    """
    lines = [(number, line) for number, line in enumerate(_lines(path), 1) if line.strip() and line[0] != "#"]
    if not lines:
        raise KgError(f"{path.name} is empty; expected a heading with {' and '.join(_NEEDED)}, separated by tabs")
    heading = _heading(lines[0][1], path.name, lines[0][0])
    for number, line in lines[1:]:
        yield _entry(heading, [cell.strip() for cell in line.split("\t")], f"{path.name}, line {number}")


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The table that holds these entries, line by line."""
    yield "\t".join(Entry._fields) + "\n"
    for entry in entries:
        yield "\t".join(cell if isinstance(cell, str) else _SPLIT.join(cell) for cell in entry) + "\n"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"can't read the lexicon {path.name}: {error}") from error


def _heading(line: str, file: str, number: int) -> Sequence[str]:
    found = [cell.strip().casefold() for cell in line.split("\t")]
    strange = [cell for cell in found if cell not in Entry._fields]
    if strange or not set(_NEEDED) <= set(found) or len(set(found)) < len(found):
        known = ", ".join(Entry._fields)
        raise KgError(
            f"{file}, line {number}: the columns are {', '.join(found)}; expected name and type, and each other one "
            f"once at most, of {known}, separated by tabs"
        )
    return found


def _entry(heading: Sequence[str], cells: Sequence[str], where: str) -> Entry:
    if len(cells) > len(heading):
        raise KgError(f"{where}: {len(cells)} cells; expected {len(heading)} at most, as in the heading")
    found = dict(zip(heading, cells, strict=False))
    if missing := [name for name in _NEEDED if not found.get(name)]:
        raise KgError(f"{where}: no {missing[0]}; every line needs a name and a type")
    _check(found, where)
    return Entry(**{name: _list(cell) if name in _LISTS else cell for name, cell in found.items()})  # type: ignore[arg-type]


def _check(found: dict[str, str], where: str) -> None:
    from kg.ontology import ontology  # reads a file

    if found["type"] not in ontology().mentionable:
        known = ", ".join(sorted(ontology().mentionable))
        raise KgError(f"{where}: the type is {found['type']!r}; expected one of {known}")
    if (item := found.get("wikidata")) and not _QID.fullmatch(item):
        raise KgError(f"{where}: the Wikidata id is {item!r}; expected Q and a number, such as Q21708200")
    if (domain := found.get("domain")) and not _HOST.fullmatch(domain):
        raise KgError(f"{where}: the domain is {domain!r}; expected one such as openai.com, without https:// and path")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (item.strip() for item in cell.split(_SPLIT))))
