"""The components before the network: furniture and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import IDX, SENT_START
from spacy.language import Language

from kg.nlp.components._doc import characters
from kg.nlp.furniture import furniture
from kg.nlp.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory("kg_furniture", assigns=["doc.spans"])
def make_furniture(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy's signature
    """Find menus, share buttons, adverts."""
    return mark_furniture


def mark_furniture(doc: Doc) -> Doc:
    """Set doc.spans["furniture"], whole lines, unless it is set."""
    if "furniture" not in doc.spans:
        found = (
            doc.char_span(start, end, alignment_mode="expand")
            for start, end in furniture(characters(doc), title=doc._.title)
        )
        doc.spans["furniture"] = [span for span in found if span is not None]
    return doc


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy's signature
    """Split into sentences."""
    return mark_sentences


def mark_sentences(doc: Doc) -> Doc:
    """Set token.is_sent_start, unless sentences are set; a line of furniture is a sentence of its own."""
    if doc.has_annotation("SENT_START"):
        return doc
    skipped = [(span.start_char, span.end_char) for span in doc.spans.get("furniture", ())]
    starts = sorted({start for start, _ in (*sentences(characters(doc), skipped), *skipped)})
    marks = np.full(len(doc) + 1, -1, dtype=np.int64)
    marks[np.searchsorted(doc.to_array(IDX), starts, side="left")] = 1
    marks[0] = 1
    column: Any = marks[: len(doc)].astype(np.uint64)[:, None]  # spaCy's types know no unsigned integers
    return doc.from_array([SENT_START], column)
