"""Names made comparable, and names made fit for an IRI."""

from __future__ import annotations

import re
import unicodedata

from kg import vocab
from kg.types import digest

SLUG_LENGTH = 64
"""No slug is longer than this."""

_HASH_LENGTH = 8
_MARKS = dict.fromkeys(map(ord, "®©™℠"))  # NFKC would make letters of them: Claude™ → ClaudeTM
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ＇"), "'") | dict.fromkeys(map(ord, "“”„‟″«»＂"), '"')  # noqa: RUF001
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")  # noqa: RUF001
_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))  # "as text" or "as emoji"
_TABLE = _MARKS | _QUOTES | _DASHES | _SELECTORS
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})  # noqa: RUF001


def slug(text: str) -> str:
    """ASCII lower-case letters and digits in words joined by hyphens: "Dall-E 3" → "dall-e-3".

    Never empty and at most SLUG_LENGTH long. Accents are dropped. Where letters have no ASCII counterpart, where
    nothing is left, or where it would be too long, a hash of the whole keeps different texts apart. Canonically
    equivalent texts (Unicode, NFC and NFD), letter cases and spacings give the same; `slug(slug(x)) == slug(x)`.
    """
    if text.isascii() and text.isalnum() and len(text) <= SLUG_LENGTH:
        return text.lower()
    folded = letters = _plain(text)
    if not letters.isascii():
        folded = unicodedata.normalize("NFKD", letters)
        letters = "".join(char for char in folded.translate(_LETTERS) if not unicodedata.combining(char))
    stem = "-".join(re.findall("[a-z0-9]+", letters.replace("'", "")))
    foreign = not letters.isascii() and any(char.isalnum() and not char.isascii() for char in letters)
    if stem and len(stem) <= SLUG_LENGTH and not foreign:
        return stem
    head = stem[: SLUG_LENGTH - _HASH_LENGTH - 1].strip("-")
    return "-".join(filter(None, (head, digest((folded,))[:_HASH_LENGTH])))


def normalise(name: str) -> str:
    """The form in which two spellings of one name are equal: "The Verge's" and "the  verge" → "verge".

    Unicode NFKC and case folding, one kind of quote, dash and space, no trade marks and invisible characters, no quotes
    around it, no possessive at the end, no leading "the". Versions, brands and legal units stay. Empty only if
    nothing visible was there; `normalise(normalise(x)) == normalise(x)`.
    """
    plain = _plain(name)
    while (shorter := _peel(plain)) and shorter != plain:
        plain = shorter
    return plain


def document_id(name: str, text: str) -> str:
    """The absolute IRI of a document: the same name and text give the same id everywhere."""
    return f"{vocab.BASE}doc/{slug(name)}-{digest((text,))[:_HASH_LENGTH]}"


def _plain(text: str) -> str:
    """Case, compatibility forms, quotes, dashes, spaces and invisible characters made one; until nothing changes."""
    if text.isascii():
        return _step(text)
    while (plain := _step(text)) != text:
        text = plain
    return text


def _step(text: str) -> str:
    if text.isascii():  # most names are, and all of the rest does nothing to them
        return " ".join(text.replace("`", "'").lower().split())
    visible = "".join(char for char in text.translate(_TABLE) if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", visible).casefold().split())


def _peel(name: str) -> str:
    """The name without one layer of quotes, article or possessive."""
    return name.strip("'\" ").removeprefix("the ").removesuffix("'s").strip()
