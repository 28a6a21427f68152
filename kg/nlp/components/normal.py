"""The component that normalises dates, amounts and quantities."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from kg.nlp.components._doc import STATE, TEXT, characters
from kg.nlp.values import values
from kg.types import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory("kg_values")
def make_values(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy's signature
    """Normalise dates, amounts and quantities."""
    return add_values


def add_values(doc: Doc) -> Doc:
    """Set the values in doc._.mentions; relative dates are resolved by doc._.published. Drops the network's arrays."""
    doc.user_data.pop(STATE, None)
    mentions: tuple[Mention, ...] = doc._.mentions
    found = values(characters(doc), mentions, doc._.published)
    del doc.user_data[TEXT]
    doc._.mentions = tuple(
        mention if mention.value == value else dataclasses.replace(mention, value=value)
        for mention, value in zip(mentions, found, strict=True)
    )
    return doc
