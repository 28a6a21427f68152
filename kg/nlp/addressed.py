"""To whom a letter goes, where the words between tell it plainly: "an open letter directed at Pelham"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg import phrases

if TYPE_CHECKING:
    from kg.nlp.network import FoundRelation, State

ADDRESSED = "addressedTo"
_LETTERS = phrases.listed("letter petition complaint appeal note email e-mail memo message statement plea")
_SENT = phrases.listed("directed addressed sent written aimed delivered")
_MISREAD = frozenset({"creator", "publisher", "about"})
"""What a letter to somebody may be misread as; of 60 works that "to" links to a name in the corpus, 51 go there."""


def readdressed(state: State, names: Sequence[str], speaks: Sequence[bool]) -> tuple[FoundRelation, ...]:
    """The relations of a text, those of letters to their addressees called so.

    `names` are the relations' names, by their index; `speaks` tells of each mention whether it can be addressed.
    """
    if ADDRESSED not in names:
        return state.relations
    index = list(names).index(ADDRESSED)
    words = [word.lower() for word in state.text.words] if state.relations else []

    def to(relation: FoundRelation) -> bool:
        letter, other = state.mentions[relation.head], state.mentions[relation.tail]
        named = _LETTERS & set(words[letter.start : letter.end + 1])
        return bool(named and speaks[relation.tail] and names[relation.relation] in _MISREAD) and is_to(
            words[letter.end + 1 : other.start]
        )

    return tuple(
        dataclasses.replace(relation, relation=index) if to(relation) else relation for relation in state.relations
    )


def is_to(words: Sequence[str]) -> bool:
    """Whether what stands between a letter and a name, in lower case, says that it goes there."""
    match list(words):
        case ["to"]:
            return True
        case [sent, "to" | "at"]:
            return sent in _SENT
    return False
