"""Whether two names mean one thing: what they say themselves, and what is known of the things, weighed."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kg import forms, parts, phrases, values
from kg.lexicon import Entry, Lexicon, lexicon
from kg.parts import Parts
from kg.profiles import APART, ORGANISATIONS, compatible
from kg.weights import Feature, Verdict, weigh

_KEPT = 1 << 16  # the same names come again and again
_TELLING = 3  # letters that a name has at least; fewer mean anything
_UNITS = phrases.listed("""
ai cloud deepmind foundation health laboratories laboratory research robotics search studios ventures
""")
_KINDS = {
    **dict.fromkeys(("organisation", "organization", "org", "company"), "Company"),
    **dict.fromkeys(("product", "application", "app"), "Product"),
    **{name.casefold(): name for name in ("Model", "Dataset", "Person", "Place")},
}
"""What tables call the kinds of things, beside the names of the ontology's classes."""

_DATA = {("dataset",), ("corpus",)}


class Side(NamedTuple):
    """One of two that are compared: its name and, where known, type, developer, date, domain and Wikidata id."""

    name: str
    type: str = ""
    developer: str = ""
    date: str = ""
    domain: str = ""
    wikidata: str = ""


def compare(one: Side, two: Side) -> Verdict:
    """Weighs all that speaks for and against two names meaning one thing. Symmetric in the decision and the score."""
    return weigh(features(one, two))


def features(one: Side, two: Side) -> tuple[Feature, ...]:
    """What speaks for and against two names meaning one thing, each kind of evidence once."""
    return _features(one, two, lexicon())


def forget() -> None:
    """Lets go of what was said of pairs, of which there may be many, when nobody compares any more."""
    _features.cache_clear()


@functools.lru_cache(_KEPT)
def _features(one: Side, two: Side, _known: Lexicon) -> tuple[Feature, ...]:
    found = {feature.name: feature for feature in (*_by_name(one, two), *_by_facts(one, two))}
    return tuple(found.values())


@functools.cache
def kind(type_: str) -> str:
    """The ontology's class that a table's word for a kind of thing means; "" if it is not known."""
    return _KINDS.get(type_.casefold(), type_ if type_[:1].isupper() else "")


def _by_name(one: Side, two: Side) -> Iterator[Feature]:
    meant, other = _meanings(one), _meanings(two)
    common = meant & other
    if len(meant) == len(other) == len(common) == 1:
        if not _equal(one, two):
            yield Feature("known alias", f"both are known as {min(common).name}")
            yield from _common(one, two, common)
            return
    elif meant and other and not common:
        yield Feature("known as two", f"known as {min(meant).name} and {min(other).name}")
    elif max(len(meant), len(other)) > 1:
        yield Feature("several meanings", f"known for {len(meant | other)} things")
    pairs = [(a, b) for a in parts.forms(one.name) for b in parts.forms(two.name)]
    compared = [tuple(_likeness(a, b, one, two)) for a, b in pairs]
    yield from max(compared, key=lambda features: sum(each.weight for each in features))
    if _equal(one, two):
        yield from _common(one, two, common)


def _likeness(one: str, two: str, first: Side, second: Side) -> Iterator[Feature]:
    mine, other = parts.parts(one), parts.parts(two)
    words, others = _words(mine, other, first, second), _words(other, mine, second, first)
    alike = sorted(words) == sorted(others)
    kinds = {kind(first.type), kind(second.type)}
    equal = "".join(words) == "".join(others)
    if kinds.isdisjoint({"", *ORGANISATIONS}):  # "Sora video generator", "Dr. Maria Holt"
        equal = equal or forms.key(one, kind(first.type)) == forms.key(two, kind(second.type))
    yield from _versions(mine, other)
    if (equal or alike) and words:
        turned = "turned name" if "Person" in kinds else "same words"
        yield Feature("equal name" if equal else turned, f"“{one}” and “{two}”" if one != two else f"“{one}”")
    elif _organised(first, second) and (long := _longer(one, two)):
        yield Feature("short form", f"what “{long}” says more is no name of its own")
    elif _initials(one, two) or _initials(two, one):
        yield Feature("abbreviation", f"“{min(one, two, key=len)}” are the initials of the other")
    else:
        yield from _apart(words, others)


def _words(mine: Parts, other: Parts, first: Side, second: Side) -> tuple[str, ...]:
    """The words without the maker's name before them, where the other side is of that maker."""
    words = mine.words
    if kind(first.type) == kind(second.type) == "Model" and len(words) > 1 and words[-1] == "model":
        words = words[:-1]
    if len(words) < 2:  # noqa: PLR2004 - a maker and a name
        return words
    makers = {mine.maker, other.maker, *(parts.parts(side.developer).joined for side in (first, second))} - {""}
    return words[1:] if words[0] in makers else words


def _versions(mine: Parts, other: Parts) -> Iterator[Feature]:
    if sorted(mine.numbers) != sorted(other.numbers):
        yield Feature("other version", f"{_listed(mine.numbers)} and {_listed(other.numbers)}")
    if mine.sizes != other.sizes:
        both = mine.sizes and other.sizes
        sizes = f"{_listed(sorted(mine.sizes))} and {_listed(sorted(other.sizes))}"
        yield Feature("other size" if both else "one size", sizes)
    if mine.stamp != other.stamp:
        yield Feature("snapshot", f"{mine.stamp or 'no day'} and {other.stamp or 'no day'}")


def _apart(words: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Feature]:
    only = sorted((Counter(words) - Counter(others)) | (Counter(others) - Counter(words)))
    fewer, more = sorted((words, others), key=len)
    yield Feature("more words" if {*fewer} < {*more} else "other words", _listed(only))
    if not parts.EDITIONS.isdisjoint(only):
        yield Feature("edition", _listed(sorted(parts.EDITIONS.intersection(only))))
    if fewer and more[: len(fewer)] == fewer and not _UNITS.isdisjoint(more[len(fewer) :]):
        yield Feature("brand and unit", f"“{more[len(fewer)]}” makes it a unit of {' '.join(fewer)}")


def _longer(one: str, two: str) -> str:
    """The longer of two names of an organisation, where it says nothing more; "" otherwise."""
    short, long = sorted((one, two), key=lambda name: (len(name), name))
    if len(forms.key(short, "Company")) < _TELLING:
        return ""
    equal = forms.key(short, "Company") == forms.key(long, "Company")
    return long if equal or forms.extends(short, long, "Company") else ""


def _initials(short: str, long: str) -> bool:
    letters = "".join(word[0] for word in long.split() if word[0].isupper())
    return len(letters) >= _TELLING and short.replace(".", "") == letters


def _organised(one: Side, two: Side) -> bool:
    return {kind(one.type), kind(two.type)} <= {"", *ORGANISATIONS}


def _equal(one: Side, two: Side) -> bool:
    return bool(
        {parts.parts(name)[:3] for name in parts.forms(one.name)}
        & {parts.parts(name)[:3] for name in parts.forms(two.name)}
    )


def _common(one: Side, two: Side, known: set[Entry]) -> Iterator[Feature]:
    """A plain word is the name of many things, unless it is known, or known to be an organisation."""
    kinds = {kind(one.type), kind(two.type)}
    made = not known or not {entry.type for entry in known}.isdisjoint({"Model", "Product", "Dataset"})
    unsure_kind = "" in kinds and made
    if (not known or unsure_kind) and (_plain(one.name) or _plain(two.name)):
        yield Feature("common name", "a plain word, and which thing of this name is meant is not known")


def _plain(name: str) -> bool:
    found = parts.parts(parts.forms(name)[0])
    spelt = name.rpartition("/")[2].split()
    mixed = any(word[1:] != word[1:].lower() and not word.isupper() for word in spelt)
    return len(found.words) == 1 and not (found.numbers or found.sizes or mixed)


def _meanings(side: Side) -> set[Entry]:
    """What the lexicon knows under one of the names, of a kind that fits."""
    found: set[Entry] = set()
    for name in parts.forms(side.name):
        found.update(lexicon().meanings(name, kind(side.type)))
        if parts.parts(name).maker:
            found.update(lexicon().meanings(name.rpartition("/")[2], kind(side.type)))
    exact = {entry for entry in found if entry.type == kind(side.type)} if found else found
    return exact or found


def _by_facts(one: Side, two: Side) -> Iterator[Feature]:
    kinds = [_kind(one), _kind(two)]
    if all(kinds):
        if not compatible(*kinds):
            yield Feature("other kind", f"{kinds[0]} and {kinds[1]}")
        elif kinds[0] == kinds[1] or {*kinds} <= ORGANISATIONS:
            yield Feature("same type", " and ".join(dict.fromkeys(sorted(kinds))))
    for fact, same, other in (
        ("wikidata", "same identifier", "other identifier"),
        ("domain", "same domain", "other domain"),
        ("developer", "same maker", "other maker"),
    ):
        mine, theirs = getattr(one, fact), getattr(two, fact)
        if mine and theirs:
            equal = _bare(mine, fact) == _bare(theirs, fact)
            yield Feature(same if equal else other, mine if equal else f"{mine} and {theirs}")
    first, second = (values.days(side.date[:10]) if one.date and two.date else None for side in (one, two))
    if first and second and abs(first[0] - second[0]) > APART:
        yield Feature("other time", f"{one.date} and {two.date}")


def _kind(side: Side) -> str:
    """The kind of thing: what a name says of itself ("Aya Dataset") before what its entry says."""
    said = parts.parts(side.name).words[-1:]
    return "Dataset" if said in _DATA else kind(side.type)


def _bare(value: str, fact: str) -> str:
    if fact == "developer":
        entry = lexicon().identify([value], "Company").entry
        return entry.name if entry else forms.key(value, "Company")
    return value.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _listed(items: tuple[str, ...] | list[str]) -> str:
    return ", ".join(items) or "none"
