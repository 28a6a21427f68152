"""The first two stages: words in, vectors and tags out, and from these the candidate mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.nlp import decode, features, known
from kg.nlp.network.engine import Engine
from kg.nlp.network.settings import Settings
from kg.nlp.network.state import Array, State, Text

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""BERT's marks at both ends of a window."""


def encode(engine: Engine, tokenizer: Tokenizer, text: Text) -> State:
    """First stage: a vector, tag scores and a furniture score for each word, window by window."""
    words = features.encode(tokenizer, text.words, text.spaces, text.sentence)
    outputs = []
    for window in words.windows:
        core = slice(window.core_start - window.start, window.core_end - window.start)
        outputs.append([out[0, core] for out in engine("reader", **window_arrays(words, window))])
    if not outputs:
        return State(text, words, np.zeros((0, 1)), np.zeros((0, 1)), np.zeros(0))
    vectors, tags, furniture = (np.concatenate(parts) for parts in zip(*outputs, strict=True))
    return State(text, words, vectors, decode.log_softmax(tags), decode.sigmoid(furniture))


def window_arrays(words: features.Words, window: features.Window) -> dict[str, Array]:
    """The inputs of the reader for one window, as a batch of one."""
    span = slice(window.start, window.end)
    low, high = int(words.first[span].min()), int(words.last[span].max()) + 1
    high = min(high, low + 510)
    pieces = np.concatenate([[CLS], words.pieces[low:high], [SEP]])
    cases = np.zeros(len(pieces), dtype=np.int64)
    first = np.clip(words.first[span] - low, 0, high - low - 1) + 1
    last = np.clip(words.last[span] - low, 0, high - low - 1) + 1
    for a, b, c in zip(first.tolist(), last.tolist(), words.cases[span].tolist(), strict=True):
        cases[a : b + 1] = c
    return {
        "pieces": pieces[None].astype(np.int64),
        "piece_cases": cases[None],
        "mask": np.ones((1, len(pieces)), dtype=np.int64),
        "first": first[None],
        "last": last[None],
        "cases": words.cases[None, span],
        "places": words.places[None, span],
        "word_mask": np.ones((1, window.end - window.start), dtype=np.int64),
    }


def propose(settings: Settings, state: State) -> list[tuple[int, int, int]]:
    """Second stage: candidate mentions as (first word, last word inclusive, type), outside of what is to be skipped."""
    skip = np.asarray(state.text.skip, dtype=bool)
    if not len(skip):
        return []
    tags = state.tags.copy()
    tags[skip, 1:] = -1e4
    found = [
        (*_trimmed(state.text.words, start, end), kind)
        for start, end, kind in decode.spans(tags, outside=settings.outside)
    ]
    taken = np.zeros(len(skip), dtype=bool)
    for start, end, _ in found:
        taken[start : end + 1] = True
    found += [
        (start, end, settings.types.index(kind))
        for start, end, kind in known.spans(state.text.words)
        if kind in settings.types and not taken[start : end + 1].any()
    ]
    return sorted(span for span in found if span[0] <= span[1] and _whole(state.words.sentence, skip, span[0], span[1]))


_EDGES = frozenset("'s ’s ' ’ ‘ “ ” \" ( [ , ; : - – — * ** #".split())  # noqa: RUF001, SIM905


def _trimmed(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """A span without quotation marks, commas, open brackets at its edges; empty if only an article is left.

    What is quoted at its end is taken with its closing mark ('a user known as "pelican"').
    """
    while start <= end and (words[start] in _EDGES or words[start].isspace()):
        start += 1
    while end >= start and (
        words[end] in _EDGES or words[end].isspace() or (words[end] == ")" and "(" not in words[start:end])
    ):
        end -= 1
    if "(" in words[start : end + 1] and ")" not in words[start : end + 1]:
        end = start + list(words[start : end + 1]).index("(") - 1
    if _quoted(words[start : end + 1]) and words[end + 1 : end + 2] in _CLOSING:
        end += 1
    if start == end and words[start].lower() in {"the", "a", "an"}:
        end = start - 1
    return start, end


_CLOSING = (['"'], ["\N{RIGHT DOUBLE QUOTATION MARK}"])


def _quoted(words: Sequence[str]) -> bool:
    """Whether a quotation is opened among these words and not closed."""
    plain, opened, closed = (
        words.count(mark) for mark in ('"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")
    )
    return plain % 2 == 1 or opened > closed


def _whole(sentence: Array, skip: Array, start: int, end: int) -> bool:
    """Whether a span lies in one sentence, and outside what is to be skipped."""
    return bool(sentence[start] == sentence[end]) and not skip[start : end + 1].any()
