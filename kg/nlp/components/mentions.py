"""The components that find mentions: candidates, then what the whole document confirms and unites."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.nlp import network
from kg.nlp.components._doc import characters
from kg.nlp.components.encoder import Stage
from kg.types import Mention

FURNITURE = 0.3
"""A line is left out where the network gives its words this probability of being furniture, on average."""
FOREIGN = {
    "ORG": "Company",
    "PER": "Person",
    "PERSON": "Person",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK_OF_ART": "Work",
    "LAW": "Law",
    "DATE": "Date",
    "MONEY": "Money",
    "CARDINAL": "Quantity",
    "PERCENT": "Quantity",
    "QUANTITY": "Quantity",
    "NORP": "Group",
}
"""Types of other recognisers' entities (OntoNotes and CoNLL labels) in ours."""


@Language.factory("kg_entities", assigns=["doc.ents", "doc.spans"])
def make_entities(nlp: Language, name: str) -> Entities:  # noqa: ARG001 - spaCy's signature
    """Find mentions: names, descriptions, pronouns."""
    return Entities(nlp)


class Entities(Stage):
    """Sets doc.spans["mentions"], candidates that coreference goes through, and doc.ents."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark what may be a mention; entities that stand in doc.ents already are taken over instead of our names."""
        state, settings = self.state(doc), self.encoder.settings
        skip_lines(doc, state)
        found = [
            Span(doc, start, end + 1, settings.types[kind]) for start, end, kind in network.propose(settings, state)
        ]
        if ents := doc.ents:
            given = [Span(doc, ent.start, ent.end, FOREIGN.get(ent.label_, ent.label_)) for ent in ents]
            given = [span for span in given if span.label_ in settings.types]
            taken = {i for span in ents for i in range(span.start, span.end)}
            ours = [s for s in found if not taken & set(range(s.start, s.end)) and not _named(s)]
            found = sorted([*given, *ours], key=lambda span: (span.start, span.end))
            doc.spans["given"] = given
        doc.spans["mentions"] = found
        if not ents:
            doc.ents = [span for span in found if _named(span)]
        return doc


def skip_lines(doc: Doc, state: network.State) -> None:
    """Add to doc.spans["furniture"] the lines that the network takes for furniture, beyond what the rules found."""
    skip = np.asarray(state.text.skip, dtype=bool)
    breaks = [-1, *(i for i, word in enumerate(state.text.words) if "\n" in word), len(doc)]
    lines = [(start + 1, end) for start, end in itertools.pairwise(breaks) if end > start + 1]
    more = [line for line in lines if not skip[slice(*line)].all() and state.furniture[slice(*line)].mean() > FURNITURE]
    if not more:
        return
    for start, end in more:
        skip[start:end] = True
    state.text = dataclasses.replace(state.text, skip=skip.tolist())
    known = [span for span in doc.spans.get("furniture", ()) if not any(s <= span.start < e for s, e in more)]
    found = [*known, *(doc[start:end] for start, end in more)]
    doc.spans["furniture"] = sorted(found, key=lambda span: span.start)


@Language.factory("kg_coreference", requires=["doc.spans"], assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str) -> Coreference:  # noqa: ARG001 - spaCy's signature
    """Unite the mentions of one thing."""
    return Coreference(nlp)


class Coreference(Stage):
    """Weighs the candidates in the light of the whole document, and unites those of one thing."""

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.spans["coref_1"] and so on, and doc.spans["mentions"] and doc.ents anew with what was confirmed."""
        state, settings = self.state(doc), self.encoder.settings
        kinds = {name: index for index, name in enumerate(settings.types)}
        candidates = [(s.start, s.end - 1, kinds[s.label_]) for s in doc.spans.get("mentions", ()) if s.label_ in kinds]
        network.link(self.encoder.engine, settings, state, candidates)
        spans = [Span(doc, m.start, m.end + 1, settings.types[m.type]) for m in state.mentions]
        names = [_named(span) for span in spans]
        doc.spans["mentions"] = spans
        if "given" not in doc.spans:
            doc.ents = list(itertools.compress(spans, names))
        order: dict[int, int] = {}
        groups: dict[int, list[Span]] = {}
        for mention, span in zip(state.mentions, spans, strict=True):
            number = order.setdefault(mention.cluster, len(order) + 1)
            groups.setdefault(number, []).append(span)
        for number, group in groups.items():
            doc.spans[f"coref_{number}"] = group
        doc._.mentions = tuple(
            Mention(
                span.start_char,
                span.end_char,
                span.label_,
                f"e{order[m.cluster]}",
                None,
                round(m.score, 2),
                named,
            )
            for m, span, named in zip(state.mentions, spans, names, strict=True)
        )
        return doc


def _named(span: Span) -> bool:
    return network.is_name(characters(span.doc)[span.start_char : span.end_char], span.label_)
