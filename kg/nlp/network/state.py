"""What the stages of reading one text hand on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from kg.nlp import features
    from kg.types import Evidence

Array = NDArray[Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A text as words: the words, whether a space follows each, the sentence of each (rising), and which to skip."""

    words: Sequence[str]
    spaces: Sequence[bool]
    sentence: Sequence[int]
    skip: Sequence[bool]


@dataclasses.dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention: words `start`..`end` (inclusive), type index, probability, and the number of its cluster.

    `verb` marks that of an event which a verb tells: of it nothing holds but what plain words say.
    """

    start: int
    end: int
    type: int
    score: float
    cluster: int
    verb: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation between two mentions (indices into State.mentions), stance as indices, `by` a mention or None."""

    head: int
    relation: int
    tail: int
    score: float
    stance: tuple[int, ...]
    by: int | None


@dataclasses.dataclass(slots=True)
class State:
    """What the stages of reading one text hand on: each fills in what it adds.

    `vectors`, `tags` (log-probabilities) and `furniture` (probabilities) run over the words; `links` over the
    mentions, `pairs` over the relations. `told` holds what was made of a relation, which its stance seldom changes.
    """

    text: Text
    words: features.Words
    vectors: Array
    tags: Array
    furniture: Array
    mentions: tuple[FoundMention, ...] = ()
    links: Array | None = None
    relations: tuple[FoundRelation, ...] = ()
    pairs: Array | None = None
    told: dict[FoundRelation, Evidence] = dataclasses.field(default_factory=dict)
