"""A name taken apart into what identity turns on: words, version, sizes, the day of a snapshot, the maker before it."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from kg import names, phrases

_MAKER = re.compile(r"^([\w.-]+)/(?=\S+$)")
_ALSO = re.compile(r"\s+(?:/|aka|a\.k\.a\.|also known as|formerly|originally)\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_ALSO_WORDS = phrases.listed("/ aka a.k.a. also formerly originally")
_PLAIN = re.compile(r"(?![Tt][Hh][Ee] )[A-Za-z]{2,24}(?: [A-Za-z]{2,24}){0,3}(?: \d{1,7})?")
"""Most names: words, and perhaps a number, which need no more than a look."""
_NONE = frozenset[str]()
_STAMP = re.compile(r"[-@ ](?:20\d{6}|20\d\d-\d\d-\d\d|\d\d-20\d\d)$")
_SIZE = re.compile(r"(?<![\d.])(?:a|e|\d+x)?\d+(?:\.\d+)?[bmtk]\b")
_PAIR = re.compile(r"(?<![\d.])(\d{1,2})-(\d{1,2})(?![\d.a-z])")
_TOKEN = re.compile(r"\d+(?:\.\d+)*[a-z]?(?![a-z])|\d+(?:\.\d+)*|[^\W\d_]+")
_SIGNS = str.maketrans({"+": " plus ", "&": " and ", "·": "-", "•": "-"})
_SHORT = {"lab": "laboratory", "labs": "laboratory", "univ": "university", "inst": "institute", "uni": "university"}
EDITIONS = phrases.listed("""
turbo mini pro plus ultra lite nano max large small medium flash instruct chat preview beta alpha xl base tiny micro air
edge vision code coder advanced premium enterprise studio light fast express thinking reasoning latest new image audio
video live tts embedding api app agent exp experimental v thinking deep opus sonnet haiku
""")
"""Words by which one thing of a family is told from another."""


class Parts(NamedTuple):
    """What a name says: `words` and `numbers` in their order, sizes such as "70b", the day of a snapshot, the maker."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    sizes: frozenset[str]
    stamp: str
    maker: str

    @property
    def joined(self) -> str:
        """The words without spaces: "Hugging Face" and "HuggingFace" are one."""
        return "".join(self.words)


def forms(name: str) -> tuple[str, ...]:
    """The names that one entry holds: "MIT (…)", "X aka Y" and "X / Y" give several.

    What stands in brackets is a name of its own if it is an abbreviation, a part of the name if it holds a version or
    a size, and otherwise a remark that is left out: "Amazon (hosting)".
    """
    if "(" not in name and _ALSO_WORDS.isdisjoint(name.casefold().split()):
        return (name.strip(" )") or name,)
    found = [whole.strip(" ()") for whole in _ALSO.split(_BRACKET.sub(_kept, name))]
    outer = "".join(word[0] for word in found[0].split() if word[0].isupper())
    found += [inner for inner in _BRACKET.findall(name) if len(inner) > 1 and inner == outer]
    return tuple(dict.fromkeys(filter(None, found))) or (name,)


def _kept(match: re.Match[str]) -> str:
    inner = match[1]
    telling = any(map(str.isdigit, inner)) or not EDITIONS.isdisjoint(inner.casefold().split())
    return f" {inner}" if telling else ""


@functools.lru_cache(1 << 16)
def parts(name: str) -> Parts:
    """The parts of one name: "nvidia/nemotron-nano-9b-v2" → nemotron nano, 2, 9b, maker nvidia.

    Numbers joined by a hyphen are one version ("3-5" is 3.5), a last zero says nothing ("2.0" is 2), and a letter
    behind a number belongs to it ("4o" is not 4).
    """
    if _PLAIN.fullmatch(name):
        found = name.lower().split()
        number = (found.pop(),) if found[-1].isdigit() else ()
        return Parts(tuple([_SHORT.get(each, each) for each in found]), number, _NONE, "", "")
    maker = _MAKER.match(name)
    plain = names.normalise(name[maker.end() :] if maker else name).translate(_SIGNS)
    stamp = _STAMP.search(plain)
    plain = _STAMP.sub("", plain)
    sizes = frozenset(_SIZE.findall(_apart(plain)))
    plain = _PAIR.sub(r"\1.\2", _SIZE.sub(" ", _apart(plain)))
    plain = re.sub(r"\bv (?=\d)", "", plain)
    tokens = [names.slug(each) if each[0].isalpha() else each for each in _TOKEN.findall(plain)]
    words = tuple(_SHORT.get(each, each) for each in tokens if not each[0].isdigit())
    numbers = tuple(re.sub(r"(?:\.0)+$", "", each) for each in tokens if each[0].isdigit())
    return Parts(words, numbers, sizes, stamp[0][1:] if stamp else "", names.slug(maker[1]) if maker else "")


def _apart(plain: str) -> str:
    """Letters and the figures behind them apart ("flash8b" → "flash 8b"), but for sizes such as "a22b"."""
    return re.sub(r"(?<=[a-z])(?<!\ba)(?<!\be)(?<!\dx)(?=\d)", " ", plain)
