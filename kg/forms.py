"""The forms in which names are compared, and which of a thing's names is its full one."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from kg import names, phrases, profiles

_LEGAL = re.compile(
    r"[ ,]+(?:inc|incorporated|ltd|limited|llc|llp|lp|corp|corporation|plc|pbc|gmbh|ag|kg|se|s\.?a|s\.?a\.?s|sarl"
    r"|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v|ab|a/s|asa|as|oü|oy|oyj|k\.?k|pty|pty ltd|co|co\.? ltd)\.?$"
)
_TITLES = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|lord|lady|judge|justice|rev)\.? )+")
_PARTICLES = phrases.listed("al bin da de del den der di dos du el ibn la le ten ter van von zu")
TAILS = phrases.listed("""
ab ag ai bv capital co company computing compute corp corporation electronics gmbh group holding holdings inc
incorporated intelligence labs limited llc ltd motor motors networks nv oy pbc platforms plc robotics sa sas
semiconductor software systems technologies technology therapeutics ventures
""")
"""What an organisation's name may lose and still be its own, without the name of a unit or a brand being lost."""

_BRANDS = phrases.listed("""
adobe alibaba amazon apple baidu facebook google ibm intel meta microsoft nvidia oracle salesforce samsung tencent
""")
"""Of these, "X AI" and "X Labs" are units."""

_VERSIONED = frozenset({"Model", "Product", "Dataset", "Event"})
_KINDS = frozenset({"Model", "Product"})
_SIGNS = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and ", "@": " at "})
_KEPT = 1 << 16  # names come again and again
_PLAIN = re.compile(r"[a-z]{2,}(?: [a-z]{2,}){0,3}(?: [0-9]+)?")
"""What most names are when normalised: words, and perhaps a number."""

_LONE_HYPHEN = re.compile(r"(?<!\d)-|-(?!\d)")
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
    if _is_plain(plain):
        return plain.replace(" ", "")
    return _LONE_HYPHEN.sub("", names.slug(plain.translate(_SIGNS)))


def _is_plain(name: str) -> bool:
    """Whether the slug of a normalised name is the name itself, with hyphens for the spaces."""
    return len(name) <= names.SLUG_LENGTH and bool(_PLAIN.fullmatch(name))


@functools.lru_cache(_KEPT)
def words(name: str, type_: str) -> tuple[str, ...]:
    """The words of a name, compared as `key` compares the whole; of a person without initials."""
    plain = names.normalise(name)
    plain = _TITLES.sub("", plain) or plain if type_ == "Person" else plain
    if type_ != "Person" and _is_plain(plain):
        return tuple(plain.split())
    found = [names.slug(word) for word in re.findall(r"\w+", plain.translate(_SIGNS))]
    return tuple([word for word in found if type_ != "Person" or len(word) > 1] or found)


def full(found: Mapping[str, int], type_: str) -> list[str]:
    """Of an article's names for a thing, those that can stand for it elsewhere.

    The names come in the order of their first use, with how often each is used. An article says "Universal Music Group"
    before "Universal": so the first counts, and the most frequent if it is no form of the first. Of things that have
    versions the most frequent alone counts ("Sora" and "Sora Turbo", "iPhone 4" and "iPhone" are two each, and one
    of them was taken for the other). With it counts what differs from it in nothing that matters. Of a person, all that
    are more than a first or last name count. Where none is strong, the first.
    """
    if len(found) == 1:
        return list(found)
    strong = [name for name in found if is_strong(name, type_)]
    if type_ == "Person" or not strong:
        return strong or list(found)[:1]
    first, main = strong[0], max(strong, key=lambda name: found[name])
    one, two = set(words(first, type_)), set(words(main, type_))
    forms_of_one = [main] if type_ in _VERSIONED else [first]
    chosen = forms_of_one if one <= two or two <= one else [first, main]
    return [name for name in strong if any(name == each or _is_same(each, name, type_) for each in chosen)]


def _is_same(one: str, two: str, type_: str) -> bool:
    equal = key(one, type_) == key(two, type_)
    return equal or extends(one, two, type_) or extends(two, one, type_)


def extends(short: str, long: str, type_: str) -> bool:
    """Whether the long form is a fuller one of the same thing: "Mistral", "Mistral AI"; "FTC", "Federal Trade …"."""
    brief, whole = words(short, type_), words(long, type_)
    if type_ == "Person":
        return set(brief) < set(whole)
    tail = whole[: len(brief)] == brief and TAILS.issuperset(whole[len(brief) :]) and not _BRANDS.issuperset(brief)
    return (type_ in profiles.ORGANISATIONS and tail and brief != whole) or _abbreviates(short, long)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the short form is made of the long one's initials."""
    letters = short.replace(".", "")
    if len(letters) < 2 or not letters.isupper():  # noqa: PLR2004 - one letter is no abbreviation
        return False
    return letters == "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())


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
