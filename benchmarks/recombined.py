"""Documents for measuring: paragraphs of the annotated corpus put together anew, with what is read in them."""

from __future__ import annotations

import dataclasses
import functools
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.types import STANCES, Annotation, Document, Evidence, Mention, Span, Statement, evidence_id, merge_evidence
from training import corpus

FOLDER = Path(__file__).parent.parent / "training" / "corpus"
WORDS = 400
_OWN = 0.3
_BOUGHT = re.compile(r"(Firm\d+ Labs) has bought (Start\d+ AI)\.")


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an annotated document, with offsets of its own; things without a name keep the document's ids."""

    text: str
    mentions: tuple[Mention, ...]
    relations: tuple[tuple[corpus.Relation, Span], ...]


def write(folder: Path, many: int, *, seed: int = 0) -> None:
    """Writes so many documents of about WORDS words, for one seed always the same.

    Paragraphs are drawn by chance; to three in ten a sentence is added about two of `many` invented firms, so that the
    number of things grows with the documents.
    """
    chance, known = random.Random(seed), [each.text for each in paragraphs()]  # noqa: S311 - nothing secret
    folder.mkdir(parents=True)
    for number in range(many):
        drawn: list[str] = []
        while sum(len(text.split()) for text in drawn) < WORDS:
            drawn.append(chance.choice(known))
            if chance.random() < _OWN:
                drawn.append(f"Firm{chance.randrange(many)} Labs has bought Start{chance.randrange(many)} AI.")
        (folder / f"d{seed}-{number:06}.txt").write_text("\n\n".join(drawn) + "\n", encoding="utf-8")


@functools.cache
def paragraphs() -> tuple[Paragraph, ...]:
    """The paragraphs of the corpus, but for its held-out files."""
    files = sorted(path for path in FOLDER.glob("*.txt") if not path.stem.endswith("-6"))
    return tuple(part for path in files for document in corpus.read(path) for part in _parts(document))


class Recombined:
    """Reads what `write` wrote: a network that makes no mistakes and costs next to nothing."""

    __name__ = "recombined"
    fingerprint = "recombined 1"

    def __call__(self, documents: Iterable[Document]) -> Iterator[Annotation]:
        """What people read in the paragraphs."""
        known = {each.text: each for each in paragraphs()}
        return (_annotation(document, known) for document in documents)


def _parts(document: corpus.Document) -> Iterator[Paragraph]:
    for found in re.finditer(r"\S.*?(?=\n\n|\s*\Z)", document.text, re.DOTALL):
        start, end = found.span()
        mentions = tuple(
            Mention(m.start - start, m.end - start, m.type, f"{document.id}.{m.entity}", m.value)
            for m in document.mentions
            if start <= m.start and m.end <= end
        )
        places = [(relation, Span(*document.sentences[relation.sentence])) for relation in document.relations]
        inside = [(r, Span(s.start - start, s.end - start)) for r, s in places if start <= s.start and s.end <= end]
        here = {mention.entity for mention in mentions}
        kept = [
            (
                dataclasses.replace(
                    r,
                    head=f"{document.id}.{r.head}",
                    tail=f"{document.id}.{r.tail}",
                    by=f"{document.id}.{r.by}" if r.by else None,
                ),
                s,
            )
            for r, s in inside
        ]
        yield Paragraph(found[0], mentions, tuple((r, s) for r, s in kept if {r.head, r.tail} <= here))


def _annotation(document: Document, known: dict[str, Paragraph]) -> Annotation:
    mentions: list[Mention] = []
    statements: dict[tuple[str, ...], Statement] = {}
    names: dict[tuple[str, str], str] = {}
    start = 0
    for text in document.text.rstrip("\n").split("\n\n"):
        part = known.get(text) or _bought(text)
        same = _same(part, names)
        mentions += [
            dataclasses.replace(m, start=m.start + start, end=m.end + start, entity=same.get(m.entity, m.entity))
            for m in part.mentions
        ]
        for relation, span in part.relations:
            item = _statement(document, relation, Span(span.start + start, span.end + start), part, start, same)
            old = statements.get(item.key)
            found = merge_evidence(old.evidence if old else (), item.evidence)
            statements[item.key] = dataclasses.replace(item, evidence=found)
        start += len(text) + 2
    return Annotation(document, tuple(mentions), tuple(statements.values()))


def _same(part: Paragraph, names: dict[tuple[str, str], str]) -> dict[str, str]:
    """The ids that what is named here has in the document: what has one name and type is one."""
    same: dict[str, str] = {}
    for mention in part.mentions:
        name = part.text[mention.start : mention.end]
        if name[:1].isupper() or name[:1].isdigit():
            same.setdefault(mention.entity, names.setdefault((mention.type, name), mention.entity))
    return same


def _bought(text: str) -> Paragraph:
    found = _BOUGHT.fullmatch(text)
    if not found:
        return Paragraph(text, (), ())
    ends = [Mention(*found.span(group), "Company", found[group]) for group in (1, 2)]
    relation = corpus.Relation(found[1], "acquired", found[2], frozenset(), None, 0)
    return Paragraph(text, tuple(ends), ((relation, Span(0, len(text))),))


def _statement(
    document: Document, item: corpus.Relation, span: Span, part: Paragraph, start: int, same: dict[str, str]
) -> Statement:
    one, two = (_place(part, end, start) for end in (item.head, item.tail))
    stance = tuple(word for word in STANCES if word in item.modifiers)
    by = same.get(item.by, item.by) if item.by and any(m.entity == item.by for m in part.mentions) else None
    key = evidence_id(
        document=document.id, span=span, subject=one, object=two, predicate=item.name, stance=stance, by=by
    )
    quote = document.text[span.start : span.end]
    evidence = Evidence(key, document.id, *span, quote, stance, by, 0.9, "recombined", one, two)
    return Statement(same.get(item.head, item.head), item.name, same.get(item.tail, item.tail), (evidence,))


def _place(part: Paragraph, entity: str, start: int) -> Span:
    first = next(each for each in part.mentions if each.entity == entity)
    return Span(first.start + start, first.end + start)
