"""Counted people ("hundreds of artists") are others than the group that was told of before ("a group of artists")."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TypeVar

from kg import phrases
from kg.types import Annotation, Evidence, Literal, Mention, Span, Statement

_T = TypeVar("_T", bound=str | Literal)
_GROUPS = frozenset({"Group", "Collective"})


def apart(annotation: Annotation) -> Annotation:
    """The annotation, in which each count that comes after a group as such is an entity of its own: "e3" gives "e3+1".

    A count introduces those whom it counts (the novelty condition: Heim, The Semantics of Definite and Indefinite Noun
    Phrases, 1982), unless they were only named in general before ("Nurses … 1,140 nurses"). What is said of that very
    mention goes with it; offsets and ids of evidence stay.
    """
    moved = dict(_moved(annotation))
    if not moved:
        return annotation
    mentions = (
        dataclasses.replace(item, entity=moved.get(_span(item), item.entity)) if item.type in _GROUPS else item
        for item in annotation.mentions
    )
    statements = (part for item in annotation.statements for part in _split(item, moved))
    return dataclasses.replace(annotation, mentions=tuple(mentions), statements=tuple(statements))


def _moved(annotation: Annotation) -> Iterator[tuple[Span, str]]:
    """By their places, the mentions that are apart, with their new ids."""
    told: dict[str, int] = {}
    for item in sorted(annotation.mentions, key=_span):
        surface = annotation.document.text[item.start : item.end]
        if item.type not in _GROUPS or phrases.is_pronoun(surface):
            continue
        if phrases.is_body(surface):
            told.setdefault(item.entity, 0)
        elif item.entity in told and phrases.is_count(surface):
            told[item.entity] += 1
            yield _span(item), f"{item.entity}+{told[item.entity]}"


def _split(item: Statement, moved: Mapping[Span, str]) -> Iterator[Statement]:
    """The statement, in parts where its evidence is of different entities now."""
    parts: dict[tuple[str, str | Literal], list[Evidence]] = {}
    for evidence in item.evidence:
        ends = _end(item.subject, evidence.subject, moved), _end(item.object, evidence.object, moved)
        parts.setdefault(ends, []).append(evidence)
    for (subject, object_), found in parts.items():
        yield Statement(subject, item.predicate, object_, tuple(found))


def _end(end: _T, span: Span | None, moved: Mapping[Span, str]) -> _T | str:
    """What the end of a statement is now: it goes with its mention, if that was one of this entity."""
    new = moved.get(span, "") if span else ""
    return new if new.partition("+")[0] == end else end


def _span(item: Mention) -> Span:
    return Span(item.start, item.end)
