"""A stand-in for the pipeline that costs nothing: capitalised words are companies, two in a line are partners."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re

from kg.types import Annotation, Evidence, Mention, Span, Statement, evidence_id, merge_evidence

_NAME = re.compile(r"\b[A-Z]\w+")


class Reads:
    """Annotates, and remembers the names of the documents that it was given; can be sent to other processes."""

    __name__ = "fake"

    def __init__(self, fingerprint="fake 1"):
        self.fingerprint = fingerprint
        self.names = []

    def __call__(self, documents):
        for document in documents:
            self.names.append(document.name)
            yield annotation(document)


def annotation(document):
    mentions, found = [], {}
    for line in re.finditer(r"[^\n]{1,2000}", document.text):
        names = [Span(line.start() + m.start(), line.start() + m.end()) for m in _NAME.finditer(line[0])]
        mentions += [Mention(*span, "Company", _entity(document, span)) for span in names]
        for one, two in itertools.pairwise(names):
            item = _statement(document, Span(*line.span()), one, two)
            found.setdefault(item.key, []).append(item)
    return Annotation(document, tuple(mentions), tuple(map(_united, found.values())))


def _entity(document, span):
    return f"e-{document.text[span.start : span.end]}"


def _united(same):
    evidence = merge_evidence((), tuple(each for item in same for each in item.evidence))
    return dataclasses.replace(same[0], evidence=evidence)


def _statement(document, span, one, two):
    key = functools.partial(evidence_id, document=document.id, span=span, predicate="partnerOf", stance=(), by=None)
    quote = document.text[span.start : span.end]
    evidence = Evidence(
        key(subject=one, object=two), document.id, *span, quote, score=0.9, reader="fake", subject=one, object=two
    )
    return Statement(_entity(document, one), "partnerOf", _entity(document, two), (evidence,))
