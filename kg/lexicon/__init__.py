"""What is known beforehand: names of the AI industry with their types, aliases and identifiers, read from a table."""

from __future__ import annotations

import contextlib
import contextvars
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg import forms
from kg.lexicon.table import Entry, read
from kg.profiles import compatible

__all__ = ["Entry", "Lexicon", "Link", "known", "lexicon", "read", "using"]

_FOLDER = Path(__file__).parent
_OTHER = "other:"


class Link(NamedTuple):
    """What a name was found to mean: `entry` is None (NIL) where that can't be said; `reason` says why, in words."""

    entry: Entry | None
    score: float
    reason: str


class Lexicon:
    """Known things, found by their names in the form of `kg.forms.key`.

    `ambiguous` holds names that also mean things that are not listed.
    """

    def __init__(self, entries: Iterable[Entry], ambiguous: Iterable[str] = ()) -> None:
        self.entries = tuple(entries)
        self._known: dict[tuple[tuple[str, ...], str], Entry | None] = {}
        self._ambiguous = frozenset(forms.key(name, "") for name in ambiguous)
        self._index: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for key in {forms.key(name, entry.type) for name in entry.names}:
                self._index.setdefault(key, []).append(entry)

    def meanings(self, name: str, type_: str = "") -> tuple[Entry, ...]:
        """The things of this name, those first that have it as their name rather than as an alias.

        With a type, only those of a type that may be the same thing; of these, those of the very type if there are.
        """
        key = forms.key(name, type_)
        found = self._index.get(key, [])
        if type_:
            fitting = [entry for entry in found if compatible(entry.type, type_)]
            found = [entry for entry in fitting if entry.type == type_] or fitting
        return tuple(sorted(found, key=lambda entry: (forms.key(entry.name, entry.type) != key, entry)))

    def is_ambiguous(self, name: str) -> bool:
        """Whether the name also means other things than those listed: a given name, a fruit."""
        return forms.key(name, "") in self._ambiguous

    def identify(self, names: Mapping[str, int] | Iterable[str], type_: str, context: Iterable[str] = ()) -> Link:
        """What an entity with these names means, decided by its type and its context.

        `context` are the names of things to which it is tied: a maker or parent among them decides between several
        meanings, and makes sure of a name that has others. All names that are known must mean the same thing.
        """
        near = {forms.key(name, "Company") for name in context}
        found: dict[Entry, str] = {}
        strange = ""
        for name in names:
            meant = self._meant(name, type_, near)
            if len(meant) > 1:
                return Link(None, 0.0, f"“{name}” has several meanings: {', '.join(map(_told, meant))}")
            if meant:
                found.setdefault(meant[0], name)
            elif others := self.meanings(name):
                strange = strange or f"“{name}” is known as {_told(others[0])}, which is no {type_}"
        if len(found) > 1:
            return Link(None, 0.0, f"its names mean {' and '.join(map(_told, sorted(found)))}")
        return next((self._link(*each, type_, near) for each in found.items()), Link(None, 0.0, strange or "not known"))

    def known(self, names: tuple[str, ...], type_: str) -> Entry | None:
        """The one thing that these names of one entity mean, whatever it is tied to; kept, since names come again."""
        if (names, type_) not in self._known:
            self._known[names, type_] = self.identify(names, type_).entry
        return self._known[names, type_]

    def extended(self, entries: Iterable[Entry]) -> Lexicon:
        """This lexicon with more entries; what one says of a thing that is here (by name and type) goes before."""
        own = {(forms.key(entry.name, entry.type), entry.type): entry for entry in entries}
        kept = []
        for entry in self.entries:
            new = own.pop((forms.key(entry.name, entry.type), entry.type), None)
            kept.append(_united(new, entry) if new else entry)
        result = Lexicon([*kept, *own.values()])
        result._ambiguous = self._ambiguous
        return result

    def _meant(self, name: str, type_: str, near: set[str]) -> tuple[Entry, ...]:
        found = self.meanings(name, type_)
        if len(found) > 1:
            found = tuple(entry for entry in found if _makers(entry) & near) or found
        key = forms.key(name, type_)
        named = tuple(entry for entry in found if forms.key(entry.name, entry.type) == key)
        return named if len(named) == 1 else found

    def _link(self, entry: Entry, name: str, type_: str, near: set[str]) -> Link:
        tied, typed = bool(_makers(entry) & near), entry.type == type_
        reason = f"“{name}” is known as {_told(entry)}, here of type {type_}"
        if tied:
            return Link(entry, 0.97, f"{reason} and tied to {entry.developer or entry.parent}")
        if not self.is_ambiguous(name):
            return Link(entry, 0.95 if typed else 0.85, reason)
        others = f"{reason}, but the name has other meanings too"
        return Link(entry, 0.8, others) if typed else Link(None, 0.0, f"{others} and nothing near tells which")


def known(names: tuple[str, ...], type_: str) -> Entry | None:
    """The one thing of the lexicon in use that these names of one entity mean, whatever it is tied to."""
    return lexicon().known(names, type_)


_in_use: contextvars.ContextVar[Lexicon | None] = contextvars.ContextVar("lexicon", default=None)


def lexicon() -> Lexicon:
    """The lexicon in use: the one that is shipped, within `using` with the user's entries."""
    return _in_use.get() or _shipped()


@contextlib.contextmanager
def using(entries: Iterable[Entry]) -> Iterator[Lexicon]:
    """Within it, `lexicon()` knows these entries too, and of what both hold they go before."""
    own = tuple(entries)
    token = _in_use.set(_shipped().extended(own) if own else None)
    try:
        yield lexicon()
    finally:
        _in_use.reset(token)


@functools.cache
def _shipped() -> Lexicon:
    return Lexicon(read(_FOLDER / "entities.tsv"), _others(_FOLDER / "ambiguous.tsv"))


def _others(path: Path) -> Iterator[str]:
    """The names that have a meaning outside the lexicon."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return (row[0] for row in rows if len(row) > 1 and _OTHER in row[1])


def _united(new: Entry, old: Entry) -> Entry:
    aliases = tuple(dict.fromkeys(name for name in (*new.aliases, *old.names) if name != new.name))
    rest = ((mine or other) for mine, other in zip(new[3:], old[3:], strict=True))
    return Entry(new.name, new.type, aliases, *rest)  # type: ignore[arg-type]


def _makers(entry: Entry) -> set[str]:
    return {forms.key(name, "Company") for name in (entry.developer, entry.parent) if name}


def _told(entry: Entry) -> str:
    return f"{entry.name} ({entry.type})"
