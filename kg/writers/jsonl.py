"""JSON a line: the working form of a graph, its documents, and what was read in each; `kg.store` reads it back."""

from __future__ import annotations

import dataclasses
import json
import operator
from collections.abc import Iterable, Iterator
from typing import Any

from kg import vocab
from kg.types import Annotation, Document, Evidence, Literal, Mention, Span, Statement

Record = dict[str, Any]


def graph(statements: Iterable[Statement]) -> Iterator[str]:
    """One statement a line, with its evidence, in the order of `Statement.key`; scores have two digits."""
    last: tuple[Evidence, ...] = ()
    told = ""
    for item in statements:
        if item.evidence is not last:  # a record says many things
            last = item.evidence
            told = f', "evidence": [{", ".join(map(evidence, last))}]' if last else ""
        ends = f'"subject": {_text(item.subject)}, "predicate": {_text(item.predicate)}, "object": {term(item.object)}'
        yield f'{{"id": "{item.id}", {ends}{told}}}\n'


def documents(documents: Iterable[Document]) -> Iterator[str]:
    """One document a line: its name as `id`, its IRI, what is known of it, its text as stored and the hash of that."""
    return (_line(_document(item)) for item in documents)


def annotated(annotations: Iterable[Annotation]) -> Iterator[str]:
    """One document a line, with its mentions, and a record for each place that makes a statement.

    Offsets are characters into the text, end exclusive; entity ids are local to the document.
    """
    return (_line(_annotation(item)) for item in annotations)


_STRING = vocab.XSD + "string"
_json = json.JSONEncoder(ensure_ascii=False).encode
_text = json.encoder.encode_basestring


_MENTION = tuple(field.name for field in dataclasses.fields(Mention))
_of_mention = operator.attrgetter(*_MENTION)


def _line(record: Record) -> str:
    return _json(record) + "\n"


def term(item: str | Literal) -> str:
    """An IRI or a literal as JSON."""
    if not isinstance(item, Literal):
        return _text(item)
    kind = f', "datatype": {_text(item.datatype)}' if item.datatype != _STRING else ""
    language = f', "language": {_text(item.language)}' if item.language else ""
    return f'{{"value": {_text(item.value)}{kind}{language}}}'


def _kind(item: Literal) -> Record:
    """What a literal is, where it is more than a string."""
    kind = {"datatype": item.datatype} if item.datatype != _STRING else {}
    return {**kind, "language": item.language} if item.language else kind


def evidence(item: Evidence) -> str:
    """A place where a statement is made, as JSON; what is empty is left out."""
    place = f'"document": {_text(item.document)}, ' if item.document else ""
    manner = _optional("stance", item.stance) + _optional("by", item.by) if item.stance or item.by else ""
    spans = _span("subject", item.subject) + _span("object", item.object)
    reader = f', "reader": {_text(item.reader)}' if item.reader else ""
    reason = f', "reason": {_text(item.reason)}' if item.reason else ""
    said = f'{place}"start": {item.start}, "end": {item.end}, "quote": {_text(item.quote)}{manner}'
    return f'{{"id": {_text(item.id)}, {said}, "score": {round(item.score, 2)}{reader}{spans}{reason}}}'


def _span(key: str, value: Span | None) -> str:
    return f', "{key}": [{value.start}, {value.end}]' if value else ""


def _optional(key: str, value: Any) -> str:
    return f', "{key}": {_json(value)}' if value else ""


def _document(item: Document) -> Record:
    known = dataclasses.asdict(item)
    text = {"sha256": item.hash, "text": known.pop("text")}
    record = {"id": known.pop("name"), "iri": known.pop("id"), **known}
    return {key: value for key, value in record.items() if value is not None} | text


def _annotation(item: Annotation) -> Record:
    return {
        "id": item.document.name,
        "iri": item.document.id,
        "mentions": [_mention(mention) for mention in item.mentions],
        "statements": [_place(statement, evidence) for statement in item.statements for evidence in statement.evidence],
    }


def _mention(item: Mention) -> Record:
    return dict(zip(_MENTION, _of_mention(item), strict=True)) | {"score": round(item.score, 2)}


def _place(statement: Statement, item: Evidence) -> Record:
    end = statement.object
    record: Record = {
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": end.value if isinstance(end, Literal) else end,
        "modifiers": item.stance,
        "by": item.by,
        "start": item.start,
        "end": item.end,
        "score": round(item.score, 2),
    }
    if isinstance(end, Literal):
        record["literal"] = _kind(end)
    more = {"subject_span": item.subject, "object_span": item.object, "reader": item.reader, "reason": item.reason}
    return {**record, **{key: value for key, value in more.items() if value}, "id": item.id}
