"""The annotated corpus as examples for the network, and the ways in which they are varied while training."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg import phrases
from kg.nlp import features, network
from kg.nlp.tokenizer import blank
from kg.ontology import ontology
from kg.types import STANCES
from training import corpus

if TYPE_CHECKING:
    from tokenizers import Tokenizer

HERE = Path(__file__).parent
TYPES = ontology().mentionable
RELATIONS = tuple(ontology().relations)
ALLOWED = network.allowed(TYPES, RELATIONS)
LEFT_OUT = frozenset({"mixed-049", "mixed-050"})
"""Documents whose story goes on in mixed-6.txt."""
_TYPE = {name: index for index, name in enumerate(TYPES)}
_RELATION = {name: index for index, name in enumerate(RELATIONS)}
_blank = blank()


def words_of(text: str) -> Any:
    """The words of a text, as a spaCy Doc."""
    return _blank.make_doc(text)


@dataclasses.dataclass(frozen=True)
class Gold:
    """A relation: entity numbers, relation index, stance indices, speaker's entity or None, sentence number."""

    head: int
    relation: int
    tail: int
    stance: tuple[int, ...]
    by: int | None
    sentence: int


@dataclasses.dataclass(frozen=True)
class Example:
    """One document in words: mentions as (first word, last word inclusive, type, entity number)."""

    id: str
    text: network.Text
    words: features.Words
    mentions: tuple[tuple[int, int, int, int], ...]
    relations: tuple[Gold, ...]
    furniture: np.ndarray


def documents(kind: str, folders: Iterable[Path]) -> list[corpus.Document]:
    """The documents of "train" (all but -5 and -6), "dev" (-5) or "test" (-6)."""
    ending = {"dev": r"-5\.txt$", "test": r"-6\.txt$", "train": r"-(?!5\.|6\.)\d+\.txt$"}[kind]
    found = []
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            if re.search(ending, path.name):
                found += [d for d in corpus.read(path) if kind == "test" or d.id not in LEFT_OUT]
    return found


def sentence_numbers(offsets: Sequence[int], starts: Iterable[int]) -> np.ndarray:
    """For each word the number of its sentence, given where sentences and skipped lines start."""
    edges = np.asarray(sorted(set(starts)), dtype=np.int64)
    return np.maximum(np.searchsorted(edges, np.asarray(offsets), side="right") - 1, 0)


def example(document: corpus.Document, tokenizer: Tokenizer) -> Example:
    """The document in words. Mentions whose edges are no word's edges are widened to them."""
    doc = words_of(document.text)
    starts = np.asarray([token.idx for token in doc])
    ends = np.asarray([token.idx + len(token) for token in doc])
    edges = [start for start, _ in (*document.sentences, *document.furniture)]
    sentence = sentence_numbers(starts, edges)
    order = sorted(set(edges))
    number_of = [order.index(start) for start, _ in document.sentences]
    entities: dict[str, int] = {}
    mentions = []
    for mention in document.mentions:
        first = int(np.searchsorted(ends, mention.start, side="right"))
        last = int(np.searchsorted(starts, mention.end, side="left")) - 1
        if first <= last:
            number = entities.setdefault(mention.entity, len(entities))
            mentions.append((first, last, _TYPE[mention.type], number))
    relations = tuple(
        Gold(
            entities[r.head],
            _RELATION[r.name],
            entities[r.tail],
            tuple(i for i, stance in enumerate(STANCES) if stance in r.modifiers),
            entities.get(r.by) if r.by else None,
            number_of[min(r.sentence, len(number_of) - 1)],
        )
        for r in document.relations
        if r.head in entities and r.tail in entities
    )
    furniture = np.zeros(len(starts), dtype=bool)
    for begin, stop in document.furniture:
        furniture |= (starts >= begin) & (starts < stop)
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    text = network.Text(words, spaces, sentence.tolist(), [False] * len(words))
    encoded = features.encode(tokenizer, words, spaces, sentence.tolist())
    return Example(document.id, text, encoded, tuple(sorted(set(mentions))), relations, furniture)


# How documents are varied: names are swapped for others of their type, so that they are not learnt by heart.

SWAPPED = ("Company", "Media", "Lab", "University", "Nonprofit", "Collective", "Person", "Model", "Product", "Dataset")
Names = dict[str, list[str]]


def names(found: Iterable[corpus.Document]) -> Names:
    """The full names of each swappable type in these documents, sorted."""
    table: dict[str, set[str]] = {kind: set() for kind in SWAPPED}
    for document in found:
        for surfaces, kind in _named(document).values():
            if kind in table:
                table[kind].add(max(surfaces, key=len))
    return {kind: sorted(surfaces) for kind, surfaces in table.items()}


def lexicon(path: Path) -> Names:
    """The names and types of a lexicon (columns name, type), of swappable types."""
    table: Names = {kind: [] for kind in SWAPPED}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, kind = line.split("\t")[:2]
        if kind in table and 1 < len(name) < 30 and "[" not in name and "|" not in name:
            table[kind].append(name)
    return table


def _named(document: corpus.Document) -> dict[str, tuple[set[str], str]]:
    table: dict[str, tuple[set[str], str]] = {}
    for mention in document.mentions:
        surface = document.text[mention.start : mention.end]
        if surface[:1].isupper() and surface.lower() not in phrases.PRONOUNS and " the " not in f" {surface.lower()} ":
            table.setdefault(mention.entity, (set(), mention.type))[0].add(surface)
    return table


def swap(document: corpus.Document, pool: Names, chance: random.Random, rate: float) -> corpus.Document:
    """The document with some of its names replaced throughout; a short form stays a short form of the new name."""
    exchange: dict[str, dict[str, str]] = {}
    for entity, (surfaces, kind) in sorted(_named(document).items()):
        if not pool.get(kind) or chance.random() > rate:
            continue
        full = max(sorted(surfaces), key=len)
        parts = full.split()
        new = chance.choice(pool[kind])
        fresh = new.split()
        table = {full: new}
        for surface in surfaces - {full}:
            if surface == parts[-1]:
                table[surface] = fresh[-1] if kind == "Person" else fresh[0]
            elif surface == parts[0]:
                table[surface] = fresh[0]
            elif surface.isupper() and len(surface) == len(parts):
                table[surface] = "".join(p[0] for p in fresh).upper()
            else:
                break
        else:
            exchange[entity] = table
    if not exchange:
        return document
    return _rewrite(document, exchange)


def _rewrite(document: corpus.Document, exchange: dict[str, dict[str, str]]) -> corpus.Document:
    """The text with mentions replaced and every offset moved along."""
    pieces: list[str] = []
    at = 0
    moves: list[tuple[int, int]] = [(0, 0)]  # (old offset from which it holds, shift)
    shift = 0
    mentions = []
    for mention in sorted(document.mentions, key=lambda m: m.start):
        old = document.text[mention.start : mention.end]
        new = exchange.get(mention.entity, {}).get(old, old)
        pieces += [document.text[at : mention.start], new]
        start = mention.start + shift
        mentions.append(dataclasses.replace(mention, start=start, end=start + len(new)))
        shift += len(new) - len(old)
        moves.append((mention.end, shift))
        at = mention.end
    pieces.append(document.text[at:])
    where = np.asarray([m[0] for m in moves])

    def move(offset: int, *, right: bool) -> int:
        return offset + moves[int(np.searchsorted(where, offset, side="right" if right else "left")) - 1][1]

    def moved(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(max(move(a, right=False), 0) if a else 0, move(b, right=True)) for a, b in spans]

    return dataclasses.replace(
        document,
        text="".join(pieces),
        mentions=mentions,
        sentences=moved(document.sentences),
        furniture=moved(document.furniture),
    )


def recase(found: Example, chance: random.Random) -> Example:
    """The same example as if typed all in lower case, in capitals or as a headline: only casing features change."""
    way = chance.choice((6, 8, 9))
    cases = np.where(found.words.cases >= 5, way, found.words.cases)
    return dataclasses.replace(found, words=dataclasses.replace(found.words, cases=cases))
