"""What a foreign source says of each of its things, put into our terms: statements whose evidence is the record."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg import forms, names, values, vocab
from kg.lexicon import lexicon
from kg.merge.crosswalk import Crosswalk
from kg.ontology import Relation, ontology
from kg.profiles import ORGANISATIONS
from kg.types import Document, Evidence, Literal, Statement, digest

READER = "merge"
"""What reads records, in their evidence."""

KEPT = vocab.BASE + "kept#"
"""Where a property of ours stands whose value has not the form that it asks for, so that nothing is dropped."""

_PART = "\x1f"  # stands between the parts of what is hashed
_SHOWN = 200  # characters of a record that are kept as its text
_DATES = frozenset({"announcedDate", "eventDate", "inceptionDate", "releaseDate"})
_NAMES = frozenset({vocab.LABEL, vocab.ALT_LABEL})
_TYPING, _NAMING, _LINKING, _RELATING = range(4)
_WAYS = {
    _TYPING: frozenset({vocab.TYPE}),
    _NAMING: _NAMES,
    _LINKING: frozenset({vocab.SAME_AS, vocab.SCHEMA + "url"}),
}
"""Ways to read a predicate that means one of these, the first that fits; others relate two things."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SPOKEN = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,\s*)?(\d{4})")
_MIDNIGHT = re.compile(r"\+?(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?(?:Z|[+-]00:00)?")
_WORDS = {
    "University": re.compile(
        r"\b(universit\w+|college|[ée]cole|polytechni\w+|hochschule|universidad)\b", re.IGNORECASE
    ),
    "Lab": re.compile(r"\b(labs?|laborator\w+|institut\w*|research (cent(er|re)|group)|academy)\b", re.IGNORECASE),
    "Government": re.compile(r"\b(ministry|government|department of|agency|commission|parliament)\b", re.IGNORECASE),
    "Nonprofit": re.compile(r"\b(foundation|association|society|non-?profit|alliance|consortium)\b", re.IGNORECASE),
}
_LIKELY = ("Company", "Dataset", "Product", "Model", "Person", "Work", "Place", "Topic", "Event", "Role")
_ALIKE = frozenset({"basedOn", "variantOf"})  # both ends are most often of one type


class Meta(NamedTuple):
    """What is known of a source as a whole."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None


class Triple(NamedTuple):
    """A triple in the source's own terms."""

    subject: str
    predicate: str
    object: str | Literal


def order(triple: Triple) -> tuple[str, ...]:
    """What tells the triples of a subject apart, and their order: an IRI has no datatype."""
    item = triple.object
    if isinstance(item, Literal):
        return (triple.predicate, item.value, item.datatype, item.language)
    return (triple.predicate, item, "", "")


class Record(NamedTuple):
    """All that stands in one place of the source: the subject, the place in words, what to show of it, the triples."""

    subject: str
    where: str
    shown: tuple[tuple[str, str], ...]
    triples: tuple[Triple, ...]


class Stated(NamedTuple):
    """A source as a document, and what it states with ids of its own, `<document>#r1`."""

    document: Document
    statements: tuple[Statement, ...]


def state(name: str, format_: str, meta: Meta, records: Iterable[Record], crosswalk: Crosswalk) -> Stated:
    """What `stating` gives, all of it held."""
    document, statements = stating(name, format_, meta, records, crosswalk)
    return Stated(document, tuple(statements))


def stating(
    name: str, format_: str, meta: Meta, records: Iterable[Record], crosswalk: Crosswalk
) -> tuple[Document, Iterator[Statement]]:
    """The document that stands for a source, and its statements in our terms where there are any.

    A record that has a name and a type becomes an entity `<document>#r1`, in the order of the records, that is
    owl:sameAs its own IRI; a text where our terms want a thing becomes one too, `<document>#s1`. What has no
    counterpart is kept under its own name. The document's text holds a line a record: the quote of what is read there.
    """
    listed = [record for record in records if record.triples]
    text, spans = _text(name, listed)
    document = Document(names.document_id(name, text), name, text, format=format_, **meta._asdict())
    return document, _Reader(document, listed, spans, crosswalk).statements()


def _text(name: str, records: list[Record]) -> tuple[str, list[tuple[int, int]]]:
    """A heading with the hash of all that the source says, then a line a record, with the span of each."""
    content = hashlib.sha256()
    for record in records:
        said = [record.subject]
        for triple in record.triples:
            said += order(triple)
        content.update(f"{_PART.join(said)}\x1e".encode("utf-8", "surrogatepass"))
    lines = [f"{name}: {len(records)} records, sha256 {content.hexdigest()}"]
    spans, start = [], len(lines[0]) + 1
    for record in records:
        line = record.where
        for key, value in record.shown:
            if len(line) > _SHOWN:
                break
            line += f" · {key}: {' '.join(value.split())}"
        line = line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
        lines.append(line)
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return "\n".join(lines) + "\n", spans


@dataclasses.dataclass(slots=True)
class _Reader:
    """Puts the records of one document into our terms."""

    document: Document
    records: list[Record]
    spans: list[tuple[int, int]]
    crosswalk: Crosswalk
    types: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    ids: dict[str, str] = dataclasses.field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    called: dict[tuple[str, str], str] = dataclasses.field(default_factory=dict)
    strings: dict[tuple[str, str], str] = dataclasses.field(default_factory=dict)
    ways: dict[str, tuple[int, list[str]]] = dataclasses.field(default_factory=dict)

    def statements(self) -> Iterator[Statement]:
        """All that the records say."""
        called = self._names()
        for subject, types in self._types().items():
            if subject in called:
                self.types[subject] = tuple(dict.fromkeys(_leaf(type_, called[subject]) for type_ in types))
                self.ids[subject] = f"{self.document.id}#r{len(self.ids) + 1}"
        self.called = self._called(called)
        self.kinds = {self.ids[subject]: frozenset(found) for subject, found in self.types.items()}
        own = self._meaning(frozenset())
        for record, span in zip(self.records, self.spans, strict=True):
            evidence = self._evidence(record, span)
            if record.subject in self.ids and not record.subject.startswith("_:"):
                yield Statement(self.ids[record.subject], vocab.SAME_AS, record.subject, evidence)
            for triple in record.triples:
                if triple.predicate in own:
                    yield Statement(self._id(triple.subject), triple.predicate, self._own(triple.object), evidence)
                else:
                    yield from self._triple(triple, evidence)

    def _meaning(self, wanted: frozenset[str]) -> frozenset[str]:
        """The predicates that mean one of some properties; given none, those that mean none."""
        used = {triple.predicate for record in self.records for triple in record.triples}
        meant = {predicate: self.crosswalk.property(predicate) for predicate in used}
        return frozenset(each for each in used if (meant[each] & wanted if wanted else not meant[each]))

    def _names(self) -> dict[str, str]:
        """By subject the name to go by: a label before other names, in English or in no language if there is one."""
        found: dict[str, tuple[bool, bool, str]] = {}
        naming = self._meaning(_NAMES)
        for record in self.records:
            for triple in record.triples:
                if triple.predicate not in naming:
                    continue
                kind = self.crosswalk.property(triple.predicate)
                if isinstance(triple.object, Literal) and triple.object.value.strip():
                    foreign = triple.object.language.split("-")[0].lower() not in ("", "en", "mul")
                    rank = (vocab.LABEL not in kind, foreign, triple.object.value)
                    found[triple.subject] = min(found.get(triple.subject, rank), rank)
        return {subject: name for subject, (_, _, name) in found.items()}

    def _types(self) -> dict[str, list[str]]:
        """By subject, in the order of the records, its classes: ours if some has a counterpart, else its own."""
        own: dict[str, list[str]] = {}
        typing = self._meaning(frozenset({vocab.TYPE}))
        for record in self.records:
            for triple in record.triples:
                if triple.predicate in typing and isinstance(triple.object, str):
                    own.setdefault(triple.subject, []).append(triple.object)
        ours = {key: [each for type_ in found for each in self.crosswalk.classes(type_)] for key, found in own.items()}
        return {key: ours[key] or found[:1] for key, found in own.items()}

    def _called(self, called: Mapping[str, str]) -> dict[tuple[str, str], str]:
        """By kind and name the records that alone in this source have it: a text that names one means it."""
        found: dict[tuple[str, str], set[str]] = {}
        for subject, entity in self.ids.items():
            for type_ in self.types[subject]:
                found.setdefault((_family(type_), forms.key(called[subject], type_)), set()).add(entity)
        return {key: entities.pop() for key, entities in found.items() if len(entities) == 1}

    def _record(self, name: str, wanted: frozenset[str]) -> str:
        """The record that alone has this name and a type that fits; "" if there is none, or one of two kinds."""
        keys = {(_family(type_), forms.key(name, type_)) for type_ in wanted} & self.called.keys()
        found = {self.called[key] for key in keys if self.kinds[self.called[key]] & wanted}
        return found.pop() if len(found) == 1 else ""

    def _evidence(self, record: Record, span: tuple[int, int]) -> tuple[Evidence, ...]:
        key = digest((self.document.id, *span, record.subject))
        quote = self.document.text[span[0] : span[1]]
        return (Evidence(key, self.document.id, *span, quote, reader=READER),)

    def _triple(self, triple: Triple, evidence: tuple[Evidence, ...]) -> Iterable[Statement]:
        """What a triple states whose predicate means something in our terms."""
        way, meant = self._ways(triple.predicate)
        if way == _TYPING and isinstance(triple.object, str):
            return self._typed(triple, triple.object, evidence)
        if way == _NAMING and isinstance(triple.object, Literal):
            return [Statement(self._id(triple.subject), *self._name(triple), evidence)]
        if way == _LINKING:
            return [self._linked(triple, meant, evidence)]
        found = next((each for name in meant if (each := self._relation(triple, name, evidence))), None)
        predicate = triple.predicate.replace(vocab.KG, KEPT, 1)
        return found or [Statement(self._id(triple.subject), predicate, self._own(triple.object), evidence)]

    def _ways(self, predicate: str) -> tuple[int, list[str]]:
        """How a predicate is read, and what it means: a developer before a creator, where it may be both."""
        if predicate not in self.ways:
            meant = self.crosswalk.property(predicate)
            fitting = (way for way, wanted in _WAYS.items() if meant & wanted)
            self.ways[predicate] = next(fitting, _RELATING), sorted(meant, reverse=True)
        return self.ways[predicate]

    def _typed(self, triple: Triple, class_: str, evidence: tuple[Evidence, ...]) -> Iterator[Statement]:
        subject, ours = self._id(triple.subject), self.crosswalk.classes(class_)
        for type_ in self.types.get(triple.subject, ()) if ours else (class_,):
            yield Statement(subject, vocab.TYPE, _class(type_), evidence)
        if ours and not class_.startswith(vocab.KG):
            yield Statement(subject, vocab.TYPE, class_, evidence)

    def _linked(self, triple: Triple, meant: Iterable[str], evidence: tuple[Evidence, ...]) -> Statement:
        subject = self._id(triple.subject)
        target = triple.object.value if isinstance(triple.object, Literal) else self._id(triple.object)
        predicate = min(_WAYS[_LINKING].intersection(meant))
        target += "/" if predicate != vocab.SAME_AS and re.fullmatch(r"https?://[^/?#]+", target) else ""
        if predicate == vocab.SAME_AS or re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", target):
            return Statement(subject, predicate, target, evidence)
        return Statement(subject, triple.predicate, triple.object, evidence)

    def _own(self, item: str | Literal) -> str | Literal:
        """An object that stays as it is, but for a record's IRI; a text with a language has no other datatype."""
        if isinstance(item, Literal):
            return dataclasses.replace(item, datatype=vocab.XSD + "string") if item.language else item
        return self._id(item)

    def _id(self, iri: str) -> str:
        """The id of a record, the IRI of what is none; a blank node gets one within the document."""
        own = self.ids.get(iri, iri)
        return f"{self.document.id}#b{own.removeprefix('_:')}" if own.startswith("_:") else own

    def _name(self, triple: Triple) -> tuple[str, Literal]:
        label = vocab.LABEL in self.crosswalk.property(triple.predicate)
        assert isinstance(triple.object, Literal)  # noqa: S101 - asked by the caller
        foreign = triple.object.language.split("-")[0].lower() not in ("", "en", "mul")
        value = Literal(triple.object.value, language=triple.object.language if foreign else "")
        return vocab.LABEL if label and not foreign else vocab.ALT_LABEL, value

    def _relation(self, triple: Triple, name: str, evidence: tuple[Evidence, ...]) -> list[Statement]:
        """The triple as a relation of ours, turned round if it is an inverse; none where the two ends don't fit."""
        relation, inverse = ontology().relations.get(name.removeprefix(vocab.KG)), False
        if relation is None:
            relation, inverse = _inverses().get(name.removeprefix(vocab.KG)), True
        if relation is None or triple.subject not in self.types:
            return []
        mine = set(self.types[triple.subject]) & (relation.range if inverse else relation.domain)
        if not mine:
            return []
        if relation.name in _DATES:
            date = date_literal(triple.object) if isinstance(triple.object, Literal) else None
            return [Statement(self.ids[triple.subject], relation.iri, date, evidence)] if date else []
        wanted = relation.domain if inverse else relation.range
        if relation.name in _ALIKE and isinstance(triple.object, Literal):
            wanted = frozenset(mine & wanted) or wanted
        said, end = self._end(triple.object, wanted, evidence)
        if not end:
            return []
        ends = (end, self.ids[triple.subject]) if inverse else (self.ids[triple.subject], end)
        return [*said, Statement(ends[0], relation.iri, ends[1], evidence)] if ends[0] != ends[1] else []

    def _end(
        self, item: str | Literal, wanted: frozenset[str], evidence: tuple[Evidence, ...]
    ) -> tuple[list[Statement], str]:
        """The entity at the other end, if its type fits, and what is said of it: a name in place of a thing is one."""
        if isinstance(item, str):
            fits = bool(set(self.types.get(item, ())) & wanted)
            return [], self.ids[item] if fits else item if item not in self.types and "://" in item else ""
        if known := self._record(item.value, wanted):
            return [], known
        type_ = kind(item.value, wanted)
        if not type_:
            return [], ""
        key = (_family(type_), forms.key(item.value, type_))
        entity = self.strings.setdefault(key, f"{self.document.id}#s{len(self.strings) + 1}")
        said = [
            Statement(entity, vocab.TYPE, vocab.KG + type_, evidence),
            Statement(entity, vocab.LABEL, Literal(item.value), evidence),
        ]
        return said, entity


@functools.lru_cache(1 << 16)
def kind(name: str, wanted: frozenset[str]) -> str:
    """The type, among those wanted, of a thing of which only the name is known; "" where a name can't stand for one."""
    known = next((entry.type for entry in lexicon().meanings(name) if entry.type in wanted), "")
    if known or not wanted & ORGANISATIONS:
        return known or next((type_ for type_ in _LIKELY if type_ in wanted), "")
    spoken = next((type_ for type_, words in _WORDS.items() if type_ in wanted and words.search(name)), "")
    made = "Product" if "Model" in wanted else ""
    return spoken or made or next((type_ for type_ in _LIKELY if type_ in wanted), "")


def _family(type_: str) -> str:
    """The kind that types share under which one thing may be listed."""
    return "Company" if type_ in ORGANISATIONS else "Model" if type_ == "Product" else type_


def date_literal(item: Literal) -> Literal | None:
    """The date that a foreign literal holds, in one of XML Schema's types: "February 2024", "2024-02-15Z" too.

    A midnight is a day: so Wikidata writes them.
    """
    return _date(item.value.strip())


@functools.lru_cache(1 << 16)
def _date(said: str) -> Literal | None:
    text = re.sub(r"\b(\d{4})\s+\1$", r"\1", said)
    if midnight := _MIDNIGHT.fullmatch(text):
        text = re.sub(r"(?:-00)+$", "", midnight[1])
    if found := values.date_literal(re.sub(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)$", "", text) if "T" not in text else text):
        return found
    match = _SPOKEN.fullmatch(text)
    months = [number for number, name in enumerate(_MONTHS, 1) if match and name.startswith(match[2].lower())]
    if match is None or len(months) != 1:
        return None
    day = match[1] or match[3]
    return values.date_literal(f"{match[4]}-{months[0]:02}" + (f"-{int(day):02}" if day else ""))


def _leaf(iri: str, name: str) -> str:
    """Of a class that holds several types of ours, the one that the name speaks for; other classes as they are."""
    found = ontology().classes.get(iri.removeprefix(vocab.KG)) if iri.startswith(vocab.KG) else None
    if found is None or found.name in ontology().mentionable:
        return found.name if found else iri
    return kind(name, _below(found.name)) or iri


def _below(name: str) -> frozenset[str]:
    classes = ontology().classes

    def under(leaf: str) -> bool:
        return leaf == name or any(under(parent) for parent in classes[leaf].parents if parent in classes)

    return frozenset(leaf for leaf in ontology().mentionable if under(leaf))


def _class(type_: str) -> str:
    return type_ if "://" in type_ else vocab.KG + type_


@functools.cache
def _inverses() -> Mapping[str, Relation]:
    return {relation.inverse: relation for relation in ontology().relations.values() if relation.inverse}
