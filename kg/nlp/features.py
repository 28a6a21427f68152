"""What the network sees of a text besides its words: casing, position, likeness of names; numpy only.

The network's encoder knows no capitals, so that casing comes in as a feature. Training and reading share this file:
what one sees, the other sees.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg import phrases

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

CASES = 12
"""Number of classes that `case` tells apart."""
PLACES = 6
"""Number of classes that `places` tells apart."""
LIKENESS = 7
"""Number of classes that `likeness` tells apart."""
STEPS = 24
"""Number of buckets of `steps`: signed distances in mentions."""
SENTENCE_STEPS = 6
"""Number of buckets of `sentence_steps`."""
GAPS = 20
"""Number of buckets of `gaps`: signed distances in words."""

PIECES = 400
"""The most word pieces that the encoder reads at once, its two marks left out."""
OVERLAP = 100
"""Word pieces that two neighbouring windows of a long text share at least, where sentences allow."""


@functools.lru_cache(maxsize=1 << 16)
def case(word: str) -> int:  # noqa: PLR0911 - one line a class
    """The class of a word's casing: 0..CASES-1."""
    if word.isspace() or not word:
        return 0
    if not any(c.isalnum() for c in word):
        return 1
    if word.isdigit():
        return 2
    if word[0].isdigit():
        return 3 if not any(c.isalpha() for c in word) else 4
    if any(c.isdigit() for c in word):
        return 5
    if word.islower():
        return 6
    if len(word) == 1:
        return 7
    if word.isupper():
        return 8
    if word[0].isupper() and word[1:].islower():
        return 9
    if word[0].isupper():
        return 10
    return 11


def places(words: Sequence[str], spaces: Sequence[bool]) -> list[int]:
    """For each word where it stands.

    0 mid-line after a space, 1 glued to the word before, 2 at a line's start, 3 after a full stop or the like, 4 after
    an opening quote or bracket, 5 at the text's start.
    """
    found = [0 if space else 1 for space in (True, *spaces)][: len(words)]
    found[:1] = [5][: len(words)]
    for index, before in enumerate(words[:-1], 1):
        if "\n" in before:
            found[index] = 2
        elif before in _STOPS:
            found[index] = 3
        elif before in _OPENINGS:
            found[index] = 4
    return found


_STOPS = frozenset({".", "!", "?", ":", "…", "*", "-", "–", "—", "•"})  # noqa: RUF001 - dashes as they stand in texts
_OPENINGS = frozenset({'"', "“", "‘", "'", "(", "[", "«", "„", "**"})  # noqa: RUF001


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words that the encoder reads at once.

    Words `start`..`end` (exclusive) are read, those in `core_start`..`core_end` are taken from it.
    """

    start: int
    end: int
    core_start: int
    core_end: int


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """A text as the network reads it: all arrays run over its words, `pieces` over its word pieces.

    `first`, `last` give for each word its first and last word piece (indices into `pieces`); words without a piece
    (white space) borrow the piece before. `sentence` is the index of the sentence of each word.
    """

    pieces: Ints
    first: Ints
    last: Ints
    cases: Ints
    places: Ints
    sentence: Ints
    windows: tuple[Window, ...]


def encode(tokenizer: Tokenizer, words: Sequence[str], spaces: Sequence[bool], sentence: Sequence[int]) -> Words:
    """The words of a text with the sentence of each, as `Words`. Linear in the text."""
    found = [_pieces(tokenizer, word) for word in words]
    pieces = np.asarray(list(itertools.chain.from_iterable(found)) or [100], dtype=np.int64)
    many = np.asarray([len(each) for each in found], dtype=np.int64)
    last = np.cumsum(many) - 1
    first = np.clip(np.minimum(last - many + 1, last), 0, len(pieces) - 1)
    last = np.clip(last, 0, len(pieces) - 1)
    sentences = np.asarray(sentence, dtype=np.int64)
    return Words(
        pieces=pieces,
        first=first,
        last=last,
        cases=np.asarray([case(word) for word in words], dtype=np.int64),
        places=np.asarray(places(words, spaces), dtype=np.int64),
        sentence=sentences,
        windows=windows(first, last, sentences),
    )


@functools.lru_cache(maxsize=1 << 16)
def _pieces(tokenizer: Tokenizer, word: str) -> tuple[int, ...]:
    """The word pieces of one word; most words of a text were seen before."""
    return tuple(tokenizer.encode([fold(word)], is_pretokenized=True, add_special_tokens=False).ids)


def fold(word: str) -> str:
    """The word as the encoder is given it: white space becomes empty, very long words are cut."""
    return "" if word.isspace() else word[:60]


def windows(first: Ints, last: Ints, sentence: Ints) -> tuple[Window, ...]:
    """Cut a text into overlapping windows of whole sentences of at most PIECES word pieces.

    A sentence longer than that is cut between words. Each word belongs to the core of just one window.
    """
    count = len(first)
    if count == 0:
        return ()
    if last[-1] - first[0] < PIECES:
        return (Window(0, count, 0, count),)
    edges = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), count]
    units: list[tuple[int, int]] = []
    for begin, stop in itertools.pairwise(edges):
        start = begin
        for word in range(begin, stop):
            if last[word] - first[start] >= PIECES // 2:
                if word > start:
                    units.append((start, word))
                start = word
        units.append((start, stop))
    spans: list[tuple[int, int]] = []
    begin_unit = 0
    while True:
        end_unit = begin_unit
        start = units[begin_unit][0]
        while end_unit < len(units) and (
            end_unit == begin_unit or last[units[end_unit][1] - 1] - first[start] < PIECES
        ):
            end_unit += 1
        spans.append((start, units[end_unit - 1][1]))
        if end_unit >= len(units):
            break
        following = end_unit
        stop_piece = last[spans[-1][1] - 1]
        while following - 1 > begin_unit and stop_piece - first[units[following - 1][0]] < OVERLAP:
            following -= 1
        begin_unit = following
    found: list[Window] = []
    for index, (start, end) in enumerate(spans):
        core_start = 0 if index == 0 else found[-1].core_end
        core_end = end if index == len(spans) - 1 else (end + max(spans[index + 1][0], core_start)) // 2
        found.append(Window(start, end, core_start, max(core_end, core_start)))
    return tuple(found)


@dataclasses.dataclass(frozen=True, slots=True)
class Spans:
    """Candidate mentions of one text in the order of their start.

    Word spans (`end` inclusive) and what pairs of them have in common: (mentions,) or (mentions, mentions).
    """

    start: Ints
    end: Ints
    likeness: Ints
    steps: Ints
    sentence_steps: Ints


def spans(surfaces: Sequence[str], start: Sequence[int], end: Sequence[int], sentence: Ints) -> Spans:
    """The features of mentions with these surfaces at these words (`end` inclusive)."""
    begin, stop = np.asarray(start, dtype=np.int64), np.asarray(end, dtype=np.int64)
    order = np.arange(len(begin))
    where = sentence[begin] if len(begin) else order
    return Spans(
        start=begin,
        end=stop,
        likeness=likeness(surfaces),
        steps=np.clip(order[:, None] - order[None, :], -(STEPS // 2), STEPS // 2 - 1) + STEPS // 2,
        sentence_steps=np.minimum(np.abs(where[:, None] - where[None, :]), SENTENCE_STEPS - 1),
    )


def likeness(surfaces: Sequence[str]) -> Ints:
    """How alike each two surfaces are.

    0 not, 1 equal, 2 one holds the other's words, 3 same last word, 4 acronym, 5 same first word, 6 a pronoun.
    """
    folded = [plain(surface) for surface in surfaces]
    number = {text: place for place, text in enumerate(dict.fromkeys(folded))}
    where = [number[text] for text in folded]
    table: Ints = _likeness(list(number))[np.ix_(where, where)]
    return table


def _likeness(texts: Sequence[str]) -> Ints:
    """The same of different texts. Only those that share a word, or an acronym and its words, are compared."""
    words = [text.split() or [""] for text in texts]
    bags = [frozenset(each) for each in words]
    initials = ["".join(word[0] for word in text.replace("-", " ").split()) for text in texts]
    table = np.zeros((len(texts), len(texts)), dtype=np.int64)
    known: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        near = {j for word in (*bags[i], f"={text}", f"~{initials[i]}") for j in known.get(word, ())}
        for j in near:
            if bags[i] <= bags[j] or bags[j] <= bags[i]:
                value = 2
            elif words[i][-1] == words[j][-1]:
                value = 3
            elif (len(text) > 1 and text == initials[j]) or (len(texts[j]) > 1 and texts[j] == initials[i]):
                value = 4
            elif words[i][0] == words[j][0]:
                value = 5
            else:
                continue
            table[i, j] = table[j, i] = value
        for word in (*bags[i], f"={initials[i]}", f"~{text}"):
            known.setdefault(word, []).append(i)
    points = [i for i, text in enumerate(texts) if text in phrases.PRONOUNS]
    table[points] = table[:, points] = 6
    np.fill_diagonal(table, 1)
    return table


@functools.lru_cache(maxsize=1 << 14)
def plain(surface: str) -> str:
    """A surface for comparing: folded case and width, without the article before it."""
    text = " ".join(unicodedata.normalize("NFKC", surface).casefold().split())
    for article in ("the ", "a ", "an "):
        if text.startswith(article):
            return text[len(article) :]
    return text


_EDITIONS = phrases.listed("""
turbo mini pro plus ultra lite nano max large small medium flash instruct chat preview beta alpha xl base tiny micro air
edge vision code coder opus sonnet haiku advanced premium enterprise studio light fast express
""")
_PARTS = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)*[A-Za-z]*")


@functools.lru_cache(maxsize=1 << 14)
def edition(surface: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the numbers by which a name tells its version or size: "Sora Turbo", "GPT-4"."""
    parts = [part.lower() for part in _PARTS.findall(surface)]
    return frozenset(p for p in parts if p in _EDITIONS), frozenset(p for p in parts if p[0].isdigit())


def apart(one: str, two: str) -> bool:
    """Whether two names of products can't mean one thing, for their versions or sizes differ.

    A number that only one of them has says nothing ("Lumen-2" may go on as "Lumen").
    """
    (words, numbers), (other_words, other_numbers) = edition(one), edition(two)
    return words != other_words or bool(numbers and other_numbers and numbers != other_numbers)


def gaps(start: Ints, end: Ints, head: Ints, tail: Ints) -> Ints:
    """For pairs of mentions the signed number of words between them, in GAPS buckets; 0 and up: head first."""
    between = np.where(start[head] <= start[tail], start[tail] - end[head], start[head] - end[tail])
    bucket = np.minimum(np.searchsorted([1, 2, 3, 4, 6, 9, 13, 20, 35], np.maximum(between, 0), side="right"), 9)
    return np.where(start[head] <= start[tail], bucket, bucket + 10).astype(np.int64)


def pairs(sentence: Ints, reach: int = 1) -> tuple[Ints, Ints]:
    """All ordered pairs (head, tail) of different mentions at most `reach` sentences apart.

    `sentence` gives the sentence of each mention, in rising order. The work is in proportion to the pairs found.
    """
    low = np.searchsorted(sentence, sentence - reach, side="left")
    many = np.searchsorted(sentence, sentence + reach, side="right") - low
    heads = np.repeat(np.arange(len(sentence)), many)
    tails = np.arange(len(heads)) + np.repeat(low - (np.cumsum(many) - many), many)
    others = heads != tails
    return heads[others], tails[others]
