"""The forms in which names are compared."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from kg import names, phrases, profiles

_LEGAL = re.compile(
    r"[ ,]+(?:inc|incorporated|ltd|limited|llc|llp|lp|corp|corporation|plc|pbc|gmbh|ag|kg|se|s\.?a|s\.?a\.?s|sarl"
    r"|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v|ab|a/s|asa|as|oü|oy|oyj|k\.?k|pty|pty ltd|co|co\.? ltd)\.?$"
)
_TITLES = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|lord|lady|judge|justice|rev)\.? )+")
_PARTICLES = phrases.listed("al bin da de del den der di dos du el ibn la le ten ter van von zu")
_KINDS = frozenset({"Model", "Product"})
_SIGNS = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and ", "@": " at "})
_KEPT = 1 << 16  # names come again and again
_VERSION = re.compile(r"v?\d[\w.-]*|[a-z]\d*")
_SIZES = phrases.listed("""
api app base beta chat classic cloud edition flash free image instruct large lite max medium mini model nano plus
preview pro small studio tiny turbo ultra version vision xl
""")


@functools.lru_cache(_KEPT)
def key(name: str, type_: str) -> str:
    """The form in which two spellings of a name are equal: "Open AI, Inc." → "openai", "Llama 3.1" → "llama3-1".

    Case, accents, "the", legal forms of organisations, titles of persons, words for the kind ("model"), and separators
    don't count, save those between two digits: versions, sizes and units do.
    """
    plain = names.normalise(name)
    if type_ in profiles.ORGANISATIONS:
        plain = _LEGAL.sub("", plain) or plain
    if type_ in _KINDS:
        plain = phrases.without_kind(plain)
    if type_ == "Person":
        plain = _TITLES.sub("", plain) or plain
    return re.sub(r"(?<!\d)-|-(?!\d)", "", names.slug(plain.translate(_SIGNS)))


@functools.lru_cache(_KEPT)
def words(name: str, type_: str) -> tuple[str, ...]:
    """The words of a name, compared as `key` compares the whole."""
    plain = names.normalise(name)
    plain = _TITLES.sub("", plain) or plain if type_ == "Person" else plain
    return tuple(names.slug(word) for word in re.findall(r"\w+", plain.translate(_SIGNS)))


def full(found: Iterable[str], type_: str) -> Iterator[str]:
    """The names that are no short form of another of them: of "Krogh" and "Hjalmar Krogh" the latter.

    A person may have several, with and without a title or a middle name.
    """
    listed = sorted(found)
    for name in listed:
        mine = set(words(name, type_))
        longer = [other for other in listed if mine < set(words(other, type_))]
        whole = type_ == "Person" and is_strong(name, type_)
        if whole or all(key(name, type_) == key(other, type_) for other in longer):
            yield name


@functools.lru_cache(_KEPT)
def is_strong(name: str, type_: str) -> bool:
    """Whether the name alone tells which thing it is: no first or last name alone, no mere version."""
    parts = words(name, type_)
    if type_ in {"Role", "Topic"}:
        return True
    if type_ == "Person":
        return len([part for part in parts if part not in _PARTICLES]) > 1 or bool(re.search(r"[@_\d]", name))
    if type_ in {"Model", "Product", "Dataset"} and len(parts) + len(name) > 2:  # noqa: PLR2004 - X is a name
        return not all(_VERSION.fullmatch(part) or part in _SIZES or phrases.is_common(part) for part in parts)
    return bool(parts) and not all(map(phrases.is_common, parts))
