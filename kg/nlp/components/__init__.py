"""The stages of reading as spaCy components; each sets what spaCy users expect and leaves what others set before it.

    kg_furniture     doc.spans["furniture"]   lines that a reader would skip
    kg_sentences     token.is_sent_start      sentences, unless something before has set them
    kg_encoder       doc.user_data            what the network sees of each word
    kg_entities      doc.spans["mentions"], doc.ents (the named ones, unless something before has set them)
    kg_coreference   doc.spans["coref_1"]...  the mentions of one thing, from the first mentioned on
    kg_relations     doc._.statements         relations, asserted
    kg_stance        doc._.statements         the same with their stance and speaker
    kg_values        doc._.mentions           normalised dates, amounts and quantities

A component may be left out or replaced; entities of another recogniser are taken over. Where known, set
doc._.published (ISO 8601, for relative dates), doc._.title and doc._.iri before the components run.
"""

from __future__ import annotations

from kg.nlp.components._doc import text_of
from kg.nlp.components.encoder import Encoder, make_encoder
from kg.nlp.components.lines import make_furniture, make_sentences, mark_furniture, mark_sentences
from kg.nlp.components.mentions import Coreference, Entities, make_coreference, make_entities
from kg.nlp.components.normal import add_values, make_values
from kg.nlp.components.statements import Relations, Stance, make_relations, make_stance

__all__ = [
    "Coreference",
    "Encoder",
    "Entities",
    "Relations",
    "Stance",
    "add_values",
    "make_coreference",
    "make_encoder",
    "make_entities",
    "make_furniture",
    "make_relations",
    "make_sentences",
    "make_stance",
    "make_values",
    "mark_furniture",
    "mark_sentences",
    "text_of",
]
