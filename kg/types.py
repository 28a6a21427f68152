"""The few frozen values that flow through `kg`: documents, mentions, statements and their evidence.

Offsets are Unicode code points into `Document.text`, end exclusive, everywhere.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

STANCES = ("negated", "alleged", "planned", "possible", "past")
"""The ways in which a text may say less than "this is so"; in the order in which they are written."""


class Span(NamedTuple):
    """A stretch of a document's text: code points, end exclusive."""

    start: int
    end: int


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """Anything that states something: an article, a curated file, a foreign graph.

    `id` is an absolute IRI; `name` the short name that people see (a file's stem); `text` is kept exactly as it was
    read. What is not known is None. `published` is ISO 8601 (a year, a month, a day or a moment). `format` is the media
    type of a table or a foreign graph, whose text lists its records; None for what is read as text. `copy_of` is the
    IRI of the document that has (nearly) the same text, whose word stands for both.
    """

    id: str
    name: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    note: str | None = None
    licence: str | None = None
    format: str | None = None
    copy_of: str | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of the text as UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A typed span of a document's text; `entity` is an id within the document ("e1").

    `value` is the normalised date ("2024-11-26"), amount ("USD 150000000000") or quantity ("600 signatures").
    `type` is the local name of a class of the ontology. `named` is False for pronouns and descriptions.
    """

    start: int
    end: int
    type: str
    entity: str
    value: str | None = None
    score: float = 1.0
    named: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Literal:
    """An RDF literal: lexical form, datatype IRI, language tag ("" for none)."""

    value: str
    datatype: str = "http://www.w3.org/2001/XMLSchema#string"
    language: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement was said and how.

    `document` is a document's IRI; `start`, `end` span the sentence, `quote` is `text[start:end]`. `subject` and
    `object` are the spans of the two ends where known. `stance` holds words of STANCES in their order. `by` is the
    entity that claims it, None when it is the document itself. `reader` names what read it; `score` is its
    probability in 0..1. `reason` says in words why, for statements that were concluded rather than read.
    `id` is the hash of what was read, set once by `evidence_id` and kept when entities are renamed.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    stance: tuple[str, ...] = ()
    by: str | None = None
    score: float = 1.0
    reader: str = ""
    subject: Span | None = None
    object: Span | None = None
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate, object, and the evidence for it, sorted by id.

    In a graph all three are IRIs (the object may be a Literal); in an Annotation subject, object and `by` are ids
    within the document and the predicate is the relation's local name.
    """

    subject: str
    predicate: str
    object: str | Literal
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes two statements the same, and the order in which they are written."""
        end = self.object
        if isinstance(end, str):
            return (self.subject, self.predicate, end, "", "")
        return (self.subject, self.predicate, end.value, end.datatype, end.language)

    @property
    def id(self) -> str:
        """Content hash of subject, predicate and object: 16 hexadecimal digits."""
        return hashed("\x1f".join(self.key))

    @property
    def documents(self) -> frozenset[str]:
        """The IRIs of the documents that it is read from."""
        return frozenset([item.document for item in self.evidence])

    @property
    def asserted(self) -> bool:
        """Whether some evidence states it as fact: without any stance (`by` alone does not hinder)."""
        for item in self.evidence:  # noqa: SIM110 - asked again and again, and `any` takes twice as long
            if not item.stance:
                return True
        return False

    @property
    def denied(self) -> bool:
        """Whether some evidence denies it."""
        for item in self.evidence:  # noqa: SIM110 - as above
            if "negated" in item.stance:
                return True
        return False

    @property
    def vouched(self) -> bool:
        """Whether some source states it as fact in its own name: without any stance and any other who claims it."""
        for item in self.evidence:  # noqa: SIM110 - as above
            if not (item.stance or item.by):
                return True
        return False

    @property
    def score(self) -> float:
        """The best score among the evidence that states it as fact, else among all; 1.0 without evidence."""
        plain = [item.score for item in self.evidence if not item.stance]
        return max(plain or [item.score for item in self.evidence], default=1.0)


@dataclasses.dataclass(frozen=True, slots=True)
class Annotation:
    """What was read in one document: its mentions and statements, with ids local to the document."""

    document: Document
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Activity:
    """A run of `kg build`: prov:Activity of PROV-O.

    `id` is the hash of all that determines what it made; `version` is that of kg, `model` the name and version of what
    read the texts, `options` a JSON object, `documents` the IRIs of those that it read, sorted. No clock, no machine:
    the same run is the same everywhere.
    """

    id: str
    version: str
    model: str
    options: str
    documents: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read, and why, in one line for the report."""

    path: str
    reason: str


def digest(parts: Iterable[object]) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the parts, each separated so that they can't run together."""
    return hashed("\x1f".join(map(str, parts)))


def hashed(joined: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of a text: the id of a statement whose key is joined by U+001F."""
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def evidence_id(
    *,
    document: str,
    span: Span,
    subject: Span | None,
    object: Span | None,  # noqa: A002 - the field's own name
    predicate: str,
    stance: tuple[str, ...],
    by: str | None,
    extra: str = "",
) -> str:
    """The id of an evidence: the hash of what was read, so that it stays when names are resolved otherwise.

    `by` is the speaker's id within the document; `extra` tells apart evidence that differs in nothing else (the
    literal of a naming statement, for one).
    """
    return digest((document, *span, subject or "", object or "", predicate, ",".join(stance), by or "", extra))


def merge_evidence(one: tuple[Evidence, ...], two: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The union of two sets of evidence by id, sorted; of two with one id the greater record stands.

    Commutative, associative, idempotent.
    """
    best: dict[str, Evidence] = {}
    for item in (*one, *two):
        other = best.get(item.id)
        if other is None or _order(item) > _order(other):
            best[item.id] = item
    return tuple(best[key] for key in sorted(best))


def merge_activities(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """The union of runs by id, sorted, each with all the documents that it is known to have read.

    Commutative, associative, idempotent.
    """
    read: dict[Activity, set[str]] = {}
    for item in activities:
        read.setdefault(dataclasses.replace(item, documents=()), set()).update(item.documents)
    found = (dataclasses.replace(item, documents=tuple(sorted(read[item]))) for item in read)
    return tuple(sorted(found, key=dataclasses.astuple))


def _order(item: Evidence) -> tuple[object, ...]:
    return (item.score, *(str(getattr(item, field.name)) for field in dataclasses.fields(item)))
