"""The components that find relations, and how they are stated."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language

from kg.nlp import network
from kg.nlp.components._doc import characters, places
from kg.nlp.components.encoder import Stage
from kg.types import Evidence, Mention, Span, Statement, evidence_id

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:  # noqa: ARG001 - spaCy's signature
    """Find relations between mentions."""
    return Relations(nlp)


class Relations(Stage):
    """Sets doc._.statements, each with the sentence that states it."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the relations between mentions at most a sentence apart."""
        network.relate(self.encoder.engine, self.encoder.settings, self.state(doc))
        doc._.statements = _statements(doc, self.state(doc), self.encoder.settings)
        return doc


@Language.factory("kg_stance")
def make_stance(nlp: Language, name: str) -> Stance:  # noqa: ARG001 - spaCy's signature
    """Say how each relation is stated, and by whom."""
    return Stance(nlp)


class Stance(Stage):
    """Adds stance and speaker to doc._.statements."""

    def __call__(self, doc: Doc) -> Doc:
        """Weigh each relation's stance."""
        network.weigh(self.encoder.engine, self.encoder.settings, self.state(doc))
        doc._.statements = _statements(doc, self.state(doc), self.encoder.settings)
        return doc


def _statements(doc: Doc, state: network.State, settings: network.Settings) -> tuple[Statement, ...]:
    mentions: tuple[Mention, ...] = doc._.mentions
    quotes = _quotes(doc, state.words.sentence) if state.relations else []
    found: dict[tuple[str, str, str], dict[str, Evidence]] = {}
    for relation in state.relations:
        head, tail = mentions[relation.head], mentions[relation.tail]
        if relation not in state.told:
            state.told[relation] = _evidence(doc, state, settings, quotes, relation)
        item, name = state.told[relation], settings.relations[relation.relation]
        found.setdefault((head.entity, name, tail.entity), {})[item.id] = item
    return tuple(
        Statement(*key, tuple(items[i] for i in sorted(items)))
        for key, items in sorted(found.items(), key=lambda f: _place(f[1]))
    )


def _evidence(
    doc: Doc,
    state: network.State,
    settings: network.Settings,
    quotes: list[Span],
    relation: network.FoundRelation,
) -> Evidence:
    text, sentence = characters(doc), state.words.sentence
    head, tail = doc._.mentions[relation.head], doc._.mentions[relation.tail]
    words = (state.mentions[relation.head].start, state.mentions[relation.tail].start)
    start, end = _trimmed(text, quotes[sentence[min(words)]].start, quotes[sentence[max(words)]].end)
    stance = tuple(settings.stances[index] for index in relation.stance)
    by = doc._.mentions[relation.by].entity if relation.by is not None else None
    if by in {head.entity, tail.entity} and by != head.entity:
        by = tail.entity
    ends = Span(head.start, head.end), Span(tail.start, tail.end)
    item = evidence_id(
        document=doc._.iri,
        span=Span(start, end),
        subject=ends[0],
        object=ends[1],
        predicate=settings.relations[relation.relation],
        stance=stance,
        by=by,
    )
    return Evidence(
        id=item,
        document=doc._.iri,
        start=start,
        end=end,
        quote=text[start:end],
        stance=stance,
        by=by,
        score=round(relation.score, 2),
        reader="kg",
        subject=ends[0],
        object=ends[1],
    )


def _quotes(doc: Doc, sentence: Any) -> list[Span]:
    """The characters of each sentence, by its number."""
    first, words = np.flatnonzero(np.diff(sentence, prepend=-1)).tolist(), places(doc)
    return [Span(words[start][0], words[end - 1][1]) for start, end in itertools.pairwise([*first, len(doc)])]


def _place(items: dict[str, Evidence]) -> tuple[Any, ...]:
    return min((item.start, item.subject or (0, 0), item.object or (0, 0), item.id) for item in items.values())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
