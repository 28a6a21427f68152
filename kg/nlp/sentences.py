"""Where the sentences of a text begin and end: rules for abbreviations, initials, quotes, bullets and headings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from kg.types import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "adm asst avv brig bro capt cmdr col dr drs eng esq fr gen gov hon ing lic lt maj messrs mlle mme mr mrs ms "
    "mt mx ph pr pres prof pte rep revd rev sen sens sgt sir st ste sr supt"
)
"""Abbreviations that a name follows: never the end of a sentence."""

_SHORT = _words(
    "approx cf ch eds eg ep eq etc ex fig figs ie jr no nos op para pp pt ref resp sec sp vol vols vs v viz jan "
    "feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri inc ltd co corp llc plc pty "
    "pvt bros gmbh ag bv nv sa srl oy ab kk dept univ assn intl natl calif conn ave blvd rd hwy bldg est a.m p.m "
    "e.g i.e z.b d.o.o s.r.o u.s u.k u.n e.u d.c n.y l.a ph.d m.d b.a m.a b.v n.v"
)
"""Abbreviations that end a sentence only where the next word is one that begins sentences."""

_NUMBERED = _words(
    "no nos art ch eq ep fig figs op para pp pt ref sec vol vols jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Abbreviations that a number follows: "No. 1", "Jan. 7"."""

_STARTERS = _words(
    "a after all also although an and another any as at because before both but by can could despite did do does "
    "during each even every few first following for from further given had has have he her here his how however i "
    "if in indeed instead is it its last later like many may meanwhile more moreover most much my neither "
    "nevertheless new no nobody none nor not nothing now of on once one only or other others our out over perhaps "
    "she should similarly since so some soon still such than that the their then there therefore these they this "
    "those though through thus to today together tomorrow two under unlike until we were what when where whether "
    "which while who why will with within without would yesterday yet you your"
)
"""Words that, capitalised, begin a sentence rather than continue a name."""

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?=\s)|[。！？]++[”」』）]*+")  # noqa: RUF001 - full-width stops
_BULLET = re.compile(r"(?<=\S)\s+(?=(?:[•▪●‣✔✓◦]|#{2,6})\s)")
_DASH_BULLET = re.compile(r"(?<=\S)\s+(?=[-–*]\s+[*_\"“(]*[A-Z0-9])")  # noqa: RUF001 - en dash
_LIST = re.compile(r":[*_]*\s+[-–*]\s")  # noqa: RUF001 - en dash
_HEADING = re.compile(r"\*\*[^*\n]{1,160}[^*\n.:]\*\*(?=\s+[\"“(]?[A-Z])|={2,4} [^=\n]{1,80} ={2,4}(?=\s)")
_WORD = re.compile(r"[^\W_][\w.'’-]*")  # noqa: RUF001 - apostrophe
_OPENING = "\"'“‘«([*_¿¡"  # noqa: RUF001 - quotation mark
_LABEL = re.compile(r"[\W_]*(?:\d{1,3}|[A-Z]{2,12}|(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:19|20)\d\d)")
_LAST_WORD = re.compile(r"[\w.'’-]*$")  # noqa: RUF001 - apostrophe
_HANDLE = re.compile(r"\w+(?<=[\d_])|\w+[\d_]\w*|[\w.-]+:\s|[a-z]\)\s")  # a user's name in a thread, or "(a)"
_LETTERS = re.compile(r"[A-Za-z]{2}")
_INITIAL = re.compile(r"(?:.*[.-])?[A-Z]")
_STARTERS_CAPITAL = frozenset(word.capitalize() for word in _STARTERS)
_WRAPPED, _NARROW, _WIDE = 3, 45, 120  # lines; characters of the longest
_LONG_TITLE = 250
_LONG_LABEL = 40
_TITLE_BEFORE = 100


LONGEST = 2000
"""No sentence has more characters: what is longer is cut at a blank. The longest in our articles has 624."""


def sentences(text: str, furniture: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """Return the spans of the sentences of `text`, in order, without surrounding blanks, furniture left out.

    `furniture` are spans of whole lines. A line ends a sentence, unless the paragraph is wrapped at a fixed width.
    A heading or a bullet point is a sentence of its own. Linear in the length of the text.
    """
    found: list[Span] = []
    for start, end in _paragraphs(text, sorted(furniture)):
        for sentence in _split(text, start, end):
            found += _cut(text, *sentence)
    return found


def _paragraphs(text: str, furniture: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which sentences are looked for: lines, or wrapped paragraphs of several."""
    block: list[tuple[int, int]] = []
    skip = iter([*furniture, (len(text) + 1, len(text) + 1)])
    low, high = next(skip)
    for start, end in _lines(text):
        while high <= start:
            low, high = next(skip)
        if start < end and not low < end:
            block.append((start, end))
        else:
            yield from _unwrap(text, block)
            block = []
    yield from _unwrap(text, block)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of all lines, stripped; a blank line is an empty span."""
    position = 0
    for line in text.split("\n"):
        content = line.strip()
        start = position + len(line) - len(line.lstrip()) if content else position
        yield start, start + len(content)
        position += len(line) + 1


def _unwrap(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the lines of a paragraph wrapped at a fixed width: where no line had room for the next one's first word.

    Lists are not joined: their lines are short, or end with full stops.
    """
    width = max((end - start for start, end in block), default=0)
    if len(block) < _WRAPPED or not _NARROW <= width <= _WIDE:
        return block
    pairs = list(itertools.pairwise(block))
    full = all(end - start + 1 + len(text[s:e].split(None, 1)[0]) > width for (start, end), (s, e) in pairs)
    open_ended = sum(text[end - 1] not in ".!?:;" for (_, end), _ in pairs)
    return [(block[0][0], block[-1][1])] if full and 2 * open_ended >= len(pairs) else block


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one stretch."""
    line = text[start:end]
    stops = [] if _is_title(text, start, end) else list(_STOP.finditer(line))
    cuts = {m.start() for m in _BULLET.finditer(line)}
    cuts |= {m.end() for m in _HEADING.finditer(line) if _LETTERS.search(m[0])}
    if line[0] in "-–*" or _LIST.search(line):  # noqa: RUF001 - en dash
        cuts |= {m.start() for m in _DASH_BULLET.finditer(line)}
    begin = 0
    for cut, stop in sorted([(cut, None) for cut in cuts] + [(m.end(), m) for m in stops], key=lambda pair: pair[0]):
        if cut > begin and (stop is None or _ends(line, begin, stop)):
            yield Span(start + begin, start + cut)
            begin = _skip_blanks(line, cut)
    if begin < len(line):
        yield Span(start + begin, end)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, in parts if it is too long: each statement quotes its own, and a page can be one sentence."""
    while end - start > LONGEST:
        head = text[start : start + LONGEST + 1].rsplit(None, 1)[0][:LONGEST]
        yield Span(start, start + len(head))
        start = _skip_blanks(text, start + len(head))
    yield Span(start, end)


def _skip_blanks(line: str, position: int) -> int:
    while position < len(line) and line[position].isspace():
        position += 1
    return position


def _is_title(text: str, start: int, end: int) -> bool:
    """A headline holds together: the first line of the text, with no full stop at its end."""
    return (
        start <= _TITLE_BEFORE and not text[:start].strip() and end - start < _LONG_TITLE and text[end - 1] not in '.”"'
    )


def _ends(line: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether a sentence that began at `begin` ends with this full stop, question mark or the like."""
    follower = _WORD.match(line, _skip(line, stop.end()))
    if follower is None or stop[0][0] in "。！？":  # noqa: RUF001 - full-width stops
        return True
    word = follower[0]
    if word.islower() and not _HANDLE.match(line, follower.start()):
        return False
    if line[begin] in "*_" and "*" in stop[0] and stop[0][0] == ".":  # a heading that runs into its paragraph
        return False
    if stop[0][0] != "." or stop[0].startswith(".."):
        return True
    head = line[max(begin, stop.start() - _LONG_LABEL) : stop.start()]
    whole = stop.start() - begin <= _LONG_LABEL
    if whole and _LABEL.fullmatch(head):
        return False
    before = _LAST_WORD.search(head)
    previous = before[0] if before else ""
    return _ends_after(previous, word, alone=whole and head.strip("*_- ") == previous)


def _ends_after(before: str, after: str, *, alone: bool) -> bool:
    """Whether a full stop between two words ends a sentence; `alone`: the sentence so far is that one word."""
    key = before.lower()
    if key in _TITLES:
        return False
    if key in _NUMBERED and after[0].isdigit():
        return False
    if key in _SHORT or _INITIAL.fullmatch(before):
        return (after in _STARTERS_CAPITAL) or (alone and key == "no")
    return True


def _skip(line: str, position: int) -> int:
    """The position of the next word's first letter, past blanks, quotation marks and brackets."""
    while position < len(line) and (line[position].isspace() or line[position] in _OPENING):
        position += 1
    return position
