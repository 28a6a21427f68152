"""From what was read in one document to statements that any graph can take: local ids become IRIs, values literals."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from kg import counted, lexicon, names, phrases, values, vocab
from kg.ontology import ontology
from kg.types import Annotation, Evidence, Literal, Mention, Span, Statement, evidence_id

READER = "mention"
"""What names and types are read by."""

_VALUES = frozenset({"Date", "Money", "Quantity"})
_NAMED = frozenset({"Company", "Media", "Person", "Model", "Product", "Place"})


def lift(annotation: Annotation, *, threshold: float = 0.0) -> Iterator[Statement]:
    """The statements of one document, with absolute IRIs ("<document>#e1"), literals and value nodes, unsorted.

    A name that an entity is called by gives a label, a description ("the company") a hidden label, which resolution
    uses and leaves out. Left out are evidence with a score below `threshold` and statements without any; an entity of
    which no statement speaks, unless it is called by a name that is as sure or that the lexicon knows; one that is only
    pointed to ("they"), with what is said of it. Evidence keeps its id. Counted people are others than the group told
    of before them (`kg.counted`).
    """
    annotation = counted.apart(annotation)
    mentions = _mentions(annotation)
    kept = tuple(_above((item for item in annotation.statements if _ends(item) <= mentions.keys()), threshold))
    terms = {entity: _term(annotation, entity, found) for entity, found in mentions.items()}
    yield from _entities(annotation, mentions, _used(kept), threshold)
    ends: set[str | Literal] = set()
    for statement in kept:
        absolute = _absolute(annotation, statement, mentions, terms)
        ends |= {absolute.subject, absolute.object}
        yield absolute
    for _, found in sorted(mentions.items()):
        if found[0].type in _VALUES and (node := _node(annotation, found)) in ends:
            yield from _value(annotation, node, found)


def local(annotation: Annotation, entity: str) -> str:
    """The IRI of an entity of a document before resolution."""
    return f"{annotation.document.id}#{entity}"


def _mentions(annotation: Annotation) -> dict[str, list[Mention]]:
    """By entity, its mentions in their order, for those that are named or described somewhere."""
    mentions: dict[str, list[Mention]] = {}
    for mention in sorted(annotation.mentions, key=lambda item: (item.start, item.end)):
        mentions.setdefault(mention.entity, []).append(mention)
    return {
        entity: found
        for entity, found in mentions.items()
        if any(item.value or not phrases.is_pronoun(annotation.document.text[item.start : item.end]) for item in found)
    }


def _ends(statement: Statement) -> set[str]:
    return {statement.subject, str(statement.object)}


def _above(statements: Iterable[Statement], threshold: float) -> Iterator[Statement]:
    for statement in statements:
        evidence = tuple(item for item in statement.evidence if item.score >= threshold)
        if evidence:
            yield dataclasses.replace(statement, evidence=evidence)


def _used(statements: Iterable[Statement]) -> set[str]:
    """The entities that some statement speaks of."""
    used: set[str] = set()
    for statement in statements:
        used |= _ends(statement)
        used.update(item.by for item in statement.evidence if item.by)
    return used


def _entities(
    annotation: Annotation, mentions: Mapping[str, list[Mention]], used: set[str], threshold: float
) -> Iterator[Statement]:
    """The names and types of all but values."""
    document = annotation.document
    words = _words_of_names(annotation, mentions)
    held = collections.Counter(word for group in words.values() for word in group)
    field = _is_of_the_field(annotation, threshold)
    for entity, found in sorted(mentions.items()):
        if found[0].type in _VALUES:
            continue
        iri, type_ = local(annotation, entity), _type(found)
        known = _Others(held, words.get(entity, frozenset()))
        texts = {mention: document.text[mention.start : mention.end] for mention in found}
        called = [item for item in found if item.named and phrases.is_name(texts[item], type_, known=known)]
        named = frozenset(called)
        described = [item for item in found if item not in named and phrases.is_description(texts[item])]
        if entity not in used and not _sure(called, texts, type_, threshold, field=field):
            continue
        for mention in called or described:
            yield _naming(annotation, mention, iri, vocab.TYPE, vocab.KG + type_)
        for mention in called:
            yield _naming(annotation, mention, iri, vocab.LABEL, Literal(_clean(texts[mention])))
        for mention in described:
            yield _naming(annotation, mention, iri, vocab.HIDDEN_LABEL, Literal(phrases.bare(_clean(texts[mention]))))


def _sure(called: list[Mention], texts: Mapping[Mention, str], type_: str, threshold: float, *, field: bool) -> bool:
    """Whether one of an entity's names is sure enough, or known; "Mercury" counts as known only in texts of the field.

    (Of unsure names in the annotated corpus, of which nothing is said, about one of three is right.)
    """
    if any(item.score >= threshold for item in called):
        return True
    found = tuple(sorted({texts[item] for item in called}))
    meant = bool(found) and (field or not any(map(lexicon.lexicon().is_ambiguous, found)))
    return meant and lexicon.known(found, type_) is not None


def _is_of_the_field(annotation: Annotation, threshold: float) -> bool:
    """Whether a text surely names something that the lexicon knows by a name of one meaning."""
    text = annotation.document.text
    sure = ((text[m.start : m.end], m.type) for m in annotation.mentions if m.named and m.score >= threshold)
    return any(not lexicon.lexicon().is_ambiguous(name) and lexicon.known((name,), type_) for name, type_ in sure)


class _Others:
    """The words of the names of all but one entity: not gathered for each, since there may be thousands of them."""

    def __init__(self, held: Mapping[str, int], own: frozenset[str]) -> None:
        self._held, self._own = held, own

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._held.get(word, 0) > (word in self._own)


def _words_of_names(annotation: Annotation, mentions: Mapping[str, list[Mention]]) -> dict[str, frozenset[str]]:
    """By entity, the words of its names, for those of types whose names tell something."""
    text = annotation.document.text
    return {
        entity: frozenset(
            word.casefold()
            for mention in found
            for word in re.findall(r"\w+", text[mention.start : mention.end])
            if not word.islower()
        )
        for entity, found in mentions.items()
        if found[0].type in _NAMED
    }


def _type(mentions: Iterable[Mention]) -> str:
    """The type of most mentions; of equally many the first in the ontology."""
    order, votes = ontology().mentionable, collections.Counter(mention.type for mention in mentions)
    if len(votes) == 1:
        return next(iter(votes))
    return min(votes, key=lambda name: (-votes[name], order.index(name) if name in order else len(order), name))


def _clean(text: str) -> str:
    return " ".join(text.split()).removeprefix("the ")


def _naming(annotation: Annotation, mention: Mention, subject: str, predicate: str, value: str | Literal) -> Statement:
    """A statement that follows from a mention alone, with the mention itself as its evidence."""
    document, span = annotation.document, Span(mention.start, mention.end)
    text = value.value if isinstance(value, Literal) else value
    key = evidence_id(
        document=document.id, span=span, subject=span, object=None, predicate=predicate, stance=(), by=None, extra=text
    )
    quote = document.text[mention.start : mention.end]
    evidence = Evidence(key, document.id, *span, quote, score=mention.score, reader=READER, subject=span)
    return Statement(subject, predicate, value, (evidence,))


def _absolute(
    annotation: Annotation,
    statement: Statement,
    mentions: Mapping[str, list[Mention]],
    terms: Mapping[str, str | Literal],
) -> Statement:
    """The statement with IRIs, on the sibling property for periods where the object is none that a literal can hold."""
    relation = ontology().relations.get(statement.predicate)
    entity = str(statement.object)
    object_ = terms.get(entity, local(annotation, entity))
    predicate = statement.predicate
    if relation and relation.period and isinstance(object_, str):
        predicate = relation.period
    elif isinstance(object_, Literal) and not (relation and relation.period):
        object_ = _node(annotation, mentions[entity])
    subject = terms.get(statement.subject, local(annotation, statement.subject))
    if isinstance(subject, Literal):
        subject = _node(annotation, mentions[statement.subject])
    evidence = tuple(
        dataclasses.replace(item, by=local(annotation, item.by) if item.by in mentions else None) if item.by else item
        for item in statement.evidence
    )
    return Statement(subject, vocab.KG + predicate, object_, evidence)


def _term(annotation: Annotation, entity: str, mentions: list[Mention]) -> str | Literal:
    """What stands for the entity in a graph: a literal where one can hold it, a value's node, or its own IRI."""
    if mentions[0].type not in _VALUES:
        return local(annotation, entity)
    value = _normalised(mentions)
    literal = values.date_literal(value) if value and mentions[0].type == "Date" else None
    return literal or _node(annotation, mentions)


def _normalised(mentions: Iterable[Mention]) -> str | None:
    """The value that most mentions agree on, the lesser of equals."""
    votes = collections.Counter(
        mention.value.strip() for mention in mentions if mention.value and mention.value.strip()
    )
    return min(votes, key=lambda value: (-votes[value], value)) if votes else None


def _node(annotation: Annotation, mentions: list[Mention]) -> str:
    """The IRI of a value's node: the same value has the same everywhere."""
    kind = {"Date": "period", "Money": "money", "Quantity": "quantity"}[mentions[0].type]
    first = annotation.document.text[mentions[0].start : mentions[0].end]
    value = _normalised(mentions) or _clean(first).casefold()
    return f"{vocab.BASE}value/{kind}/{names.slug(_spelt(value))}"


def _spelt(value: str) -> str:
    """The value with the marks in words that a slug would drop."""
    return re.sub(r"(?<=\d)\.(?=\d)", " point ", value).replace("%", " percent ").replace("/", " to ")


def _value(annotation: Annotation, node: str, mentions: list[Mention]) -> Iterator[Statement]:
    """What a value's node says: its class, its label, and its parts where it was normalised."""
    type_, value = mentions[0].type, _normalised(mentions)
    facts: list[tuple[str, str | Literal]] = [(vocab.TYPE, vocab.KG + ("Period" if type_ == "Date" else type_))]
    if value:
        facts += [(vocab.LABEL, Literal(values.words(value))), *_parts(type_, value)]
    for mention in mentions:
        surface = _clean(annotation.document.text[mention.start : mention.end])
        said = (vocab.ALT_LABEL if value else vocab.LABEL, Literal(surface))
        for predicate, thing in facts if phrases.is_pronoun(surface) else [*facts, said]:
            yield _naming(annotation, mention, node, predicate, thing)


def _parts(type_: str, value: str) -> list[tuple[str, str | Literal]]:
    if type_ == "Date" and (period := values.days(value)):
        first, last = (Literal(day.isoformat(), vocab.XSD + "date") for day in period)
        return [(vocab.KG + "start", first), (vocab.KG + "end", last)]
    if type_ == "Money" and (amount := values.money(value)):
        return [(vocab.SCHEMA + "value", values.decimal(amount[1])), (vocab.SCHEMA + "currency", Literal(amount[0]))]
    if type_ == "Quantity" and (count := values.quantity(value)):
        unit = [(vocab.SCHEMA + "unitText", Literal(count[1]))] if count[1] else []
        return [(vocab.SCHEMA + "value", values.decimal(count[0])), *unit]
    return []
