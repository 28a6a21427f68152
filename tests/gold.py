"""The annotated corpus as annotations: what a pipeline that makes no mistakes would read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg import names, phrases
from kg.types import STANCES, Annotation, Document, Evidence, Mention, Span, Statement, evidence_id, merge_evidence
from training import corpus

FOLDER = Path(__file__).parent.parent / "training" / "corpus"


def annotations(*files: str) -> list[Annotation]:
    """The annotated documents of these files of the corpus ("mixed-1.txt")."""
    return [annotation(item) for file in files for item in _read(file)]


def annotate(*files: str) -> Callable[[Iterable[Document]], Iterator[Annotation]]:
    """A stand-in for the pipeline that knows the annotation of the documents of these files, by their text."""
    known = {item.document.text: item for item in annotations(*files)}

    def run(documents: Iterable[Document]) -> Iterator[Annotation]:
        for document in documents:
            item = known[document.text]
            yield annotation(_by_name(item.document.name, files), document)

    return run


def annotation(gold: corpus.Document, document: Document | None = None) -> Annotation:
    header = {key: value for key, value in gold.header.items() if value and value != "unknown"}
    document = document or Document(
        id=names.document_id(gold.id, gold.text),
        name=gold.id,
        text=gold.text,
        title=gold.text.partition("\n")[0],
        published=header.get("published"),
        publisher=header.get("outlet"),
        author=header.get("author"),
        url=header.get("url"),
    )
    mentions = tuple(
        Mention(item.start, item.end, item.type, item.entity, item.value, named=_named(gold, item))
        for item in gold.mentions
    )
    found: dict[tuple[str, str, str], Statement] = {}
    for item in gold.relations:
        key = (item.head, item.name, item.tail)
        before = found[key].evidence if key in found else ()
        found[key] = Statement(*key, merge_evidence(before, (_evidence(document, gold, item),)))
    return Annotation(document, mentions, tuple(found.values()))


def _named(gold: corpus.Document, item: corpus.Mention) -> bool:
    return phrases.is_name(gold.text[item.start : item.end], item.type)


def _evidence(document: Document, gold: corpus.Document, item: corpus.Relation) -> Evidence:
    span = Span(*gold.sentences[item.sentence])
    ends = [_nearest(gold, entity, item.sentence) for entity in (item.head, item.tail)]
    stance = tuple(word for word in STANCES if word in item.modifiers)
    key = evidence_id(
        document=document.id,
        span=span,
        subject=ends[0],
        object=ends[1],
        predicate=item.name,
        stance=stance,
        by=item.by,
    )
    quote = document.text[span.start : span.end]
    return Evidence(key, document.id, *span, quote, stance, item.by, reader="gold", subject=ends[0], object=ends[1])


def _nearest(gold: corpus.Document, entity: str, sentence: int) -> Span | None:
    """The entity's first mention in the sentence, else the last before it."""
    found = [item for item in gold.mentions if item.entity == entity]
    here = [item for item in found if item.sentence == sentence] or [
        item for item in found if item.sentence < sentence
    ][-1:]
    return Span(here[0].start, here[0].end) if here else None


def _by_name(name: str, files: Iterable[str]) -> corpus.Document:
    return next(item for file in files for item in _read(file) if item.id == name)


@functools.cache
def _read(file: str) -> tuple[corpus.Document, ...]:
    return tuple(corpus.read(FOLDER / file))
