"""What kind of thing a name is that the lexicon knows, and that means one thing alone."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon import lexicon

_OWN = frozenset(
    {("Product", "Company"), ("Product", "Model"), ("Product", "Lab"), ("Government", "Place"), ("Place", "Government")}
)
"""What is read, and what is known: a service goes by the name of who runs it, a state by that of its land."""


def kind(names: Iterable[str], read: str) -> str | None:
    """The kind of what goes by these names, where the lexicon knows just one and it is not that which was `read`.

    None where no name is known, where one has several meanings, or where both kinds of thing go by one name.
    """
    known = lexicon()
    kinds = {entry.type for name in names if not known.is_ambiguous(name) for entry in known.meanings(name)}
    if len(kinds) != 1:
        return None
    (found,) = kinds
    return None if found == read or (read, found) in _OWN else found
