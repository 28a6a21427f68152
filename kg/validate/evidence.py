"""Whether each quote is cut from its document's text at its offsets, and the words that are meant lie near it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import vocab
from kg.types import Document, Span
from kg.validate.data import Data
from kg.validate.report import Finding

if TYPE_CHECKING:
    from kg.validate.data import Term

NEAR = 300
"""How many characters may lie between a sentence and a mention of what it speaks of: a pronoun's name, a heading."""

_CHAR = re.compile(r"(.*)#char=(\d+),(\d+)")
_CUT = 60


def check(data: Data) -> Iterator[Finding]:
    """The faults of documents and of evidence, each compared with the text where it is known."""
    texts = data.documents or {}
    for iri, found in data.of_type(vocab.KG + "Document"):
        document = texts.get(iri)
        if document is None and texts:
            yield Finding("document", data.file, iri, "documents.jsonl does not hold its text")
        if document and _one(found, vocab.KG + "sha256") not in ("", document.hash):
            yield Finding("document", data.file, iri, f"kg:sha256 is not the hash of its text, {document.hash}")
    for iri, found in data.of_type(vocab.KG + "Evidence"):
        for rule, message in _evidence(found, texts.get(_one(found, vocab.OA + "hasSource"))):
            yield Finding(rule, data.file, iri, message)


def _evidence(found: dict[str, list[Term]], document: Document | None) -> Iterator[tuple[str, str]]:
    source = _one(found, vocab.OA + "hasSource")
    start, end = (_one(found, vocab.OA + name) for name in ("start", "end"))
    if not (start.isdecimal() and end.isdecimal() and int(start) <= int(end)):
        yield "place", f"oa:start {start!r} and oa:end {end!r} are no stretch of text"
        return
    span = Span(int(start), int(end))
    if _selector(found, "selector", source) not in (None, span):
        yield "place", f"kg:selector is not the stretch {start} to {end} of {source}"
    for name in ("subjectSelector", "objectSelector"):
        mention = _selector(found, name, source)
        if mention and max(span.start - mention.end, mention.start - span.end) > NEAR:
            yield "mention", f"kg:{name} is at {mention.start}, the sentence at {start} to {end}"
        if mention and document and not mention.start <= mention.end <= len(document.text):
            yield "place", f"kg:{name} ends at {mention.end}, the text at {len(document.text)}"
    if document:
        yield from _quote(document, span, found)


def _quote(document: Document, span: Span, found: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    if span.end > len(document.text):
        yield "place", f"oa:end is {span.end}, and the text has {len(document.text)} characters"
        return
    quote, text = _one(found, vocab.OA + "exact"), document.text[span.start : span.end]
    if vocab.OA + "exact" in found and quote != text:
        yield "quote", f"found “{_short(quote)}”, and the text says “{_short(text)}”"


def _selector(found: dict[str, list[Term]], name: str, source: str) -> Span | None:
    """The stretch that a selector names; an impossible one if it is of another document or none at all."""
    value = _one(found, vocab.KG + name)
    match = _CHAR.fullmatch(value)
    if not value:
        return None
    return Span(int(match[2]), int(match[3])) if match and match[1] == source.partition("#")[0] else Span(1, 0)


def _one(found: dict[str, list[Term]], predicate: str) -> str:
    return next((item.value for item in found.get(predicate, ())), "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CUT else f"{line[: _CUT - 1]}…"
