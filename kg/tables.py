"""Tables of plain text that fit the terminal, made of text that can't steer it."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

Rows = Sequence[Sequence[str]]

_STEERING = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_GAP = "  "
_NARROWEST = 6


def safe(text: str, *, keep: str = "") -> str:
    """The text with a space for each character that would steer a terminal: controls, marks of direction, line ends.

    As long as before, so that offsets hold. `keep` are characters that stay.
    """
    return _STEERING.sub(lambda found: found[0] if found[0] in keep else " ", text)


def table(head: Sequence[str], rows: Rows, *, width: int | None = None, notes: Rows = ()) -> str:
    """The rows in columns under their head, folded so that no line is wider than `width` cells; None for no limit.

    Where the columns would be too narrow to be read, each row is written as a list of its values. `notes` are lines
    below each row, folded and indented.
    """
    widths = [max(map(cells, column), default=0) for column in zip(head, *rows, strict=True)]
    room = None if width is None else width - len(_GAP) * (len(head) - 1)
    if room is not None and sum(widths) > room:
        most = _share(widths, room)
        if most < _NARROWEST:
            return "".join(_listed(head, row, width or 0, below) for row, below in _with(rows, notes))
        widths = [min(each, most) for each in widths]
    lines = [*_folded(head, widths), _GAP.join("-" * each for each in widths)]
    for row, below in _with(rows, notes):
        lines += _folded(row, widths)
        lines += _indented(below, width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: two for wide characters of East Asia, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def fold(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` cells, broken at spaces where there are any; at least one line."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if cells(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _broken(word, width)
        yield from whole
    yield line


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _broken(word: str, width: int) -> Iterator[str]:
    """A word that is wider than a line, cut."""
    part, taken = "", 0
    for char in word:
        if part and taken + _cells(char) > width:
            yield part
            part, taken = "", 0
        part += char
        taken += _cells(char)
    yield part


def _share(widths: Sequence[int], room: int) -> int:
    """The greatest width such that columns no wider than it fit: wide columns give, narrow ones stay as they are."""
    left = room
    for count, each in zip(range(len(widths), 0, -1), sorted(widths), strict=True):
        if each * count > left:
            return left // count
        left -= each
    return max(widths, default=0)


def _with(rows: Rows, notes: Rows) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    return itertools.zip_longest(rows, notes, fillvalue=())


def _folded(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [list(fold(text, width)) for text, width in zip(row, widths, strict=True)]
    for parts in itertools.zip_longest(*columns, fillvalue=""):
        yield _GAP.join(part + " " * (width - cells(part)) for part, width in zip(parts, widths, strict=True))


def _listed(head: Sequence[str], row: Sequence[str], width: int, below: Sequence[str]) -> str:
    named = (f"{name}: {text}" for name, text in zip(head, row, strict=True))
    lines = [part for text in named for part in fold(text, max(width, _NARROWEST))]
    return "".join(f"{line}\n" for line in [*lines, *_indented(below, width), ""])


def _indented(notes: Sequence[str], width: int | None) -> Iterator[str]:
    for note in notes:
        parts = [note] if width is None else fold(note, max(width - 2 * len(_GAP), _NARROWEST))
        yield from (_GAP * (1 if number == 0 else 2) + part for number, part in enumerate(parts))
