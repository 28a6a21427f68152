"""Numbers as news writes them: digits, words, scales and fractions ("1,204", "half a million", "two thirds")."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple


def _powers(text: str) -> dict[str, Decimal]:
    return {word: Decimal(10) ** int(power) for word, power in (pair.split(":") for pair in text.split())}


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
_SMALL = {word: Decimal(value) for value, word in enumerate(_ONES.split())}
_SMALL |= {word: Decimal(10 * value) for value, word in enumerate(_TENS.split(), 2)}
_SCALES = _powers(
    "thousand:3 thousands:3 grand:3 lakh:5 lakhs:5 million:6 millions:6 mio:6 mln:6 mn:6 mil:6 crore:7 crores:7 "
    "billion:9 billions:9 bil:9 bln:9 bn:9 trillion:12 trillions:12 trn:12 tn:12"
)
_SUFFIXES = _powers("k:3 m:6 b:9 t:12")  # only where they touch the digits: "7B", "40m"
_TIMES = {"hundred": Decimal(100), "dozen": Decimal(12)}
_PARTS = {word: 1 / Decimal(value) for value, word in enumerate(_ORDINALS.split(), 3)}
_PARTS |= {word + "s": value for word, value in _PARTS.items()}
_PARTS |= {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
_JOINTS = frozenset({"a", "an", "and", "of"})
_STARTS = frozenset({*_SMALL, *_TIMES, *_PARTS, *(word for word in _SCALES if not word.endswith("s"))})

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[,'\u2019\u00a0\u202f]\d{3})++(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}+(?!\d)"
    r"|\d{1,3}(?: \d{3})++(?!\d)|\d++(?:[.,]\d++)?)(?P<suffix>[kKmMbBtT](?![^\W_]))?|(?P<word>[^\W\d_]++)"
)
_GAP = re.compile(r"[ \u00a0\u2011-]*+")
_GROUPED = re.compile(r"\d{1,3}(?:[,.' \u2019\u00a0\u202f]\d{3})+(?:\.\d+)?")


class Number(NamedTuple):
    """A number found in a text: its value, its span, and whether it was written as a part of a whole ("a third")."""

    value: Decimal
    start: int
    end: int
    part: bool = False


def number(text: str, start: int = 0) -> Number | None:
    """The first number of `text` from `start` on, or None. "Hundreds" and "millions" alone are none."""
    for match in _TOKEN.finditer(text, start):
        if match["digits"] or match["word"].lower() in _STARTS:
            return _read(text, match.start())
    return None


def plain(value: Decimal) -> str:
    """The value without exponent and without zeros at its end: "150000000000", "0.0043"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read(text: str, start: int) -> Number:
    """Read the number that begins at `start`: what is done ("two million") and what still grows ("five hundred")."""
    done, growing = Decimal(0), None
    end, part, joints = start, False, ""
    position = start
    while match := _TOKEN.match(text, position):
        word = "" if match["digits"] else match["word"].lower()
        position = _gap(text, match.end())
        if word in _JOINTS:
            joints += word
            continue
        if word in _SCALES and (growing is not None or not done):
            done, growing, part = done + (1 if growing is None else growing) * _SCALES[word], None, False
        else:
            grown = _grow(growing, match, word, joints)
            if grown is None or (match["digits"] and done):
                break
            growing, part = grown, word in _PARTS and not joints.startswith("and")
        end, joints = match.end(), ""
    return Number(done + (growing or 0), start, end, part)


def _gap(text: str, position: int) -> int:
    gap = _GAP.match(text, position)
    return gap.end() if gap else position


def _grow(growing: Decimal | None, match: re.Match[str], word: str, joints: str) -> Decimal | None:
    """The number that grows, with one word more; None where the word begins something else."""
    if match["digits"]:
        return _digits(match) if growing is None else None
    if word in _TIMES:
        return (1 if growing is None else growing) * _TIMES[word]
    if growing is None:
        return _SMALL.get(word, _PARTS.get(word))
    if word in _PARTS:
        return growing + _PARTS[word] if joints.startswith("and") else growing * _PARTS[word]
    room = growing % 100 if growing >= 100 else growing % 10 if growing >= 20 else Decimal(1)  # noqa: PLR2004
    return growing + _SMALL[word] if room == 0 and _SMALL.get(word) else None


def _digits(match: re.Match[str]) -> Decimal:
    digits = match["digits"]
    if _GROUPED.fullmatch(digits) and not re.fullmatch(r"\d+\.\d{3}", digits):
        whole, _, fraction = digits.partition(".") if digits.count(".") == 1 else (digits.replace(".", ""), "", "")
        digits = re.sub(r"\D", "", whole) + (f".{fraction}" if fraction else "")
    suffix = match["suffix"]
    return Decimal(digits.replace(",", ".")) * (_SUFFIXES[suffix.lower()] if suffix else 1)
