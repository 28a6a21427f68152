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

__all__ = ["AMBIGUOUS", "DISAGREES", "UNKNOWN", "Entry", "Lexicon", "Link", "known", "lexicon", "read", "using"]

_FOLDER = Path(__file__).parent
_OTHER = "other:"
_MAKER = "Company"
_KEPT = 1 << 16  # answers that stay in memory


UNKNOWN, AMBIGUOUS, DISAGREES = "unknown name", "ambiguous name", "type or context disagrees"
"""Why something is not linked: nothing has its name; several things have; what has it is of another kind or maker."""


class Link(NamedTuple):
    """What a name was found to mean: `entry` is None (NIL) where that can't be said; `reason` says why, in words.

    `nil` is the kind of reason for which there is none: UNKNOWN, AMBIGUOUS or DISAGREES, "" where there is one.
    """

    entry: Entry | None
    score: float
    reason: str
    nil: str = ""


class Lexicon:
    """Known things, found by their names in the form of `kg.forms.key`.

    `ambiguous` holds names that also mean things that are not listed, and what they mean, in words.
    """

    def __init__(self, entries: Iterable[Entry], ambiguous: Mapping[str, str] | None = None) -> None:
        self.entries = tuple(entries)
        self._known: dict[tuple[tuple[str, ...], str], Entry | None] = {}
        self._ambiguous = {forms.key(name, ""): meanings for name, meanings in (ambiguous or {}).items()}
        self._index: dict[str, list[Entry]] = {}
        self._made: dict[str, set[str]] = {}
        for entry in self.entries:
            for key in {forms.key(name, entry.type) for name in entry.names}:
                self._index.setdefault(key, []).append(entry)
            for maker in _makers(entry):
                self._made.setdefault(maker, set()).update(forms.key(name, _MAKER) for name in entry.names)

    def meanings(self, name: str, type_: str = "") -> tuple[Entry, ...]:
        """The things of this name, those first that have it as their name rather than as an alias.

        With a type, only those of a type that may be the same thing; of these, those of the very type if there are.
        """
        key = forms.key(name, type_)
        found = self._index.get(key)
        if found is None:
            return ()
        if type_:
            fitting = [entry for entry in found if compatible(entry.type, type_)]
            found = [entry for entry in fitting if entry.type == type_] or fitting
        return tuple(sorted(found, key=lambda entry: (forms.key(entry.name, entry.type) != key, entry)))

    def is_ambiguous(self, name: str) -> bool:
        """Whether the name also means other things than those listed: a given name, a fruit."""
        return forms.key(name, "") in self._ambiguous

    def identify(
        self,
        names: Mapping[str, int] | Iterable[str],
        type_: str,
        context: Iterable[str] = (),
        makers: Iterable[str] = (),
    ) -> Link:
        """What an entity with these names means, decided by its type and its context.

        `context` are the names of things to which it is tied: its maker or parent among them, or something it makes
        itself, decides between several meanings, and makes sure of a name that has others. `makers` are those of whom
        the text says that they made it: another maker than the known one speaks against a name of several meanings. All
        names that are known must mean the same thing.
        """
        near = {forms.key(name, _MAKER) for name in context}
        found: dict[Entry, str] = {}
        strange = ""
        for name in names:
            meant = self._meant(name, type_, near)
            if len(meant) > 1:
                return _nil(AMBIGUOUS, f"“{name}” has several meanings: {', '.join(map(_told, meant))}")
            if meant:
                found.setdefault(meant[0], name)
            elif others := self.meanings(name):
                strange = strange or f"“{name}” is known as {_told(others[0])}, which is no {type_}"
        if len(found) > 1:
            return _nil(AMBIGUOUS, f"its names mean {' and '.join(map(_told, sorted(found)))}")
        for entry, name in found.items():
            return self._link(entry, name, type_, near, frozenset(makers))
        return _nil(DISAGREES, strange) if strange else _nil(UNKNOWN, "not known")

    def known(self, names: tuple[str, ...], type_: str) -> Entry | None:
        """The one thing that these names of one entity mean, whatever it is tied to; kept, since names come again."""
        if (names, type_) not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
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
        result._ambiguous = self._ambiguous  # keys of it already
        return result

    def _meant(self, name: str, type_: str, near: set[str]) -> tuple[Entry, ...]:
        found = self.meanings(name, type_)
        if not found:  # as for most names
            return ()
        if len(found) > 1:
            found = tuple(entry for entry in found if self._around(entry) & near) or found
        key = forms.key(name, type_)
        named = tuple(entry for entry in found if forms.key(entry.name, entry.type) == key)
        return named if len(named) == 1 else found

    def _link(self, entry: Entry, name: str, type_: str, near: set[str], makers: frozenset[str]) -> Link:
        typed, ambiguous = entry.type == type_, self.is_ambiguous(name)
        reason = f"“{name}” is known as {_told(entry)}, here of type {type_}"
        house = self._house(entry)
        if entry.developer and makers and not any(self._houses(maker) & house for maker in makers):
            against = f"{reason}, but made by {', '.join(sorted(makers))}, not by {entry.developer}"
            return _nil(DISAGREES, against) if ambiguous else Link(entry, 0.7, against)
        if tied := self._around(entry) & near:
            return Link(entry, 0.97, f"{reason} and tied to {self._called(min(tied & house or tied))}")
        if not ambiguous:
            return Link(entry, 0.95 if typed else 0.85, reason)
        others = f"{reason}, but the name has other meanings too"
        if typed:
            return Link(entry, 0.8, others)
        return _nil(AMBIGUOUS, f"{others} and nothing near tells which: {self._ambiguous[forms.key(name, '')]}")

    def _around(self, entry: Entry) -> set[str]:
        """The names of those who made it or own it, and of what it makes itself."""
        return _makers(entry) | self._made.get(forms.key(entry.name, _MAKER), set())

    def _house(self, entry: Entry) -> set[str]:
        """Those who made it or own it, and who owns these."""
        found, above = set[str](), _makers(entry)
        while above - found:
            found |= above
            above = {maker for key in above for owner in self._index.get(key, ()) for maker in _makers(owner)}
        return found

    def _houses(self, maker: str) -> set[str]:
        known_as = self.meanings(maker, _MAKER)[:1]
        own = {forms.key(name, _MAKER) for entry in known_as for name in entry.names}
        return own.union(*map(self._house, known_as)) | {forms.key(maker, _MAKER)}

    def _called(self, key: str) -> str:
        return next((entry.name for entry in self._index.get(key, ())), key)


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


def _others(path: Path) -> dict[str, str]:
    """The names that have a meaning outside the lexicon too, with all that they mean."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].replace(" | ", ", ").replace(_OTHER, "or") for row in rows if _OTHER in row[-1]}


def _nil(kind: str, reason: str) -> Link:
    return Link(None, 0.0, reason, kind)


def _united(new: Entry, old: Entry) -> Entry:
    aliases = tuple(dict.fromkeys(name for name in (*new.aliases, *old.names) if name != new.name))
    rest = ((mine or other) for mine, other in zip(new[3:], old[3:], strict=True))
    return Entry(new.name, new.type, aliases, *rest)  # type: ignore[arg-type]


def _makers(entry: Entry) -> set[str]:
    return {forms.key(name, _MAKER) for name in (entry.developer, entry.parent) if name}


def _told(entry: Entry) -> str:
    return f"{entry.name} ({entry.type})"
