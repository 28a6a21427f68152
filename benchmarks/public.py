"""Public test sets, where their files are at hand: python -m benchmarks.public [crossner|wnut17|core] [FILE].

The files are no part of the project; FILE, or the environment, names them:

    KG_CROSSNER  CrossNER's ai/test.txt, a word and its tag a line (Liu et al. 2021)
    KG_WNUT17    emerging.test.annotated (Derczynski et al. 2017)
    KG_CORE      CORE's test.json (Borchert et al. 2023)

The network saw a little of their training parts, with heads for their labels that are not shipped. So types are mapped,
as below; spans of types that have no counterpart in kg don't count, and neither does what kg finds there. Exact spans
and types; each sentence is a document of its own, its words joined by spaces.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import phrases
from kg.names import document_id
from kg.nlp.pipeline import annotate, load
from kg.types import Annotation, Document

ORGANISATIONS = dict.fromkeys(
    phrases.listed("Company Lab Government Nonprofit Media Collective University"), "organisation"
)
PRODUCTS = dict.fromkeys(phrases.listed("Model Product Dataset"), "product")
COMMON = {**PRODUCTS, "Person": "person", "Place": "place"}
TAGS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "crossner": (
        {
            **dict.fromkeys(("person", "researcher"), "person"),
            **dict.fromkeys(("location", "country"), "place"),
            **dict.fromkeys(("organisation", "university"), "organisation"),
            "product": "product",
            "conference": "event",
        },
        {**COMMON, **ORGANISATIONS, "Event": "event"},
    ),
    "wnut17": (
        {
            "person": "person",
            "location": "place",
            "corporation": "organisation",
            "group": "organisation",
            "product": "product",
            "creative-work": "work",
        },
        {**COMMON, **ORGANISATIONS, "Group": "organisation", "Work": "work"},
    ),
}
"""Of each set its labels, and of kg its types, in what they have in common."""
RELATIONS = {
    "acquired_by": ("acquired", True),
    "subsidiary_of": ("subsidiaryOf", False),
    "shareholder_of": ("investedIn", False),
    "client_of": ("supplies", True),
    "collaboration": ("partnerOf", None),
    "competitor_of": ("competitorOf", None),
}
"""CORE's relations in ours: which, and whether its first company is our object (None: either way)."""
Item = tuple[list[str], Any]
Typed = set[tuple[int, int, str]]


def tagged(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The sentences of a file with a word and its tag a line."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        fields = line.split()
        if len(fields) > 1:
            words.append(fields[0])
            tags.append(fields[-1])
        elif words:
            yield words, tags
            words, tags = [], []


def spans(words: Sequence[str], tags: Sequence[str]) -> Typed:
    """The characters of what is tagged, in the words joined by spaces."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for word, tag in zip(words, tags, strict=True):
        kind = tag[2:]
        if tag.startswith("I-") and found and found[-1][2] == kind and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at + len(word), kind)
        elif tag != "O":
            found.append((at, at + len(word), kind))
        at += len(word) + 1
    return set(found)


def read(sentences: Sequence[Sequence[str]]) -> Iterator[Annotation]:
    """What kg reads in these, each as a document of its own."""
    nlp = load()
    texts = (" ".join(words) for words in sentences)
    return annotate(nlp, (Document(document_id(str(n), text), str(n), text) for n, text in enumerate(texts)))


def names(path: Path, most: int, which: str) -> str:
    """The scores of names."""
    items, (theirs, ours) = list(tagged(path))[:most], TAGS[which]
    right = many = wanted = 0
    for (words, tags), found in zip(items, read([words for words, _ in items]), strict=True):
        marked = spans(words, tags)
        gold = {(start, end, theirs[kind]) for start, end, kind in marked if kind in theirs}
        other = [(start, end) for start, end, kind in marked if kind not in theirs]
        got = {
            (m.start, m.end, ours[m.type])
            for m in found.mentions
            if m.named and m.type in ours and not any(m.start < end and start < m.end for start, end in other)
        }
        right, many, wanted = right + len(gold & got), many + len(got), wanted + len(gold)
    return row(right, many, wanted, f"{len(items)} sentences")


def core(path: Path, most: int, which: str) -> str:
    """The scores of relations between the two companies of a sentence, from its raw text."""
    del which
    items = json.loads(path.read_text(encoding="utf-8"))[:most]
    right = many = wanted = 0
    for item, found in zip(items, read([item["context"] for item in items]), strict=True):
        ends = [characters(item["context"], item[f"{e}_start"], item[f"{e}_end"]) for e in ("e1", "e2")]
        if item["invert_relation"]:
            ends.reverse()
        one, two = ({m.entity for m in found.mentions if m.start < end and start < m.end} for start, end in ends)
        expected = RELATIONS.get(item["relation"])
        got = {
            (s.predicate, turned)
            for s in found.statements
            for turned in ({False} if s.subject in one and s.object in two else set())
            | ({True} if s.subject in two and s.object in one else set())
            if s.predicate in {name for name, _ in RELATIONS.values()}
        }
        many, wanted = many + len({name for name, _ in got}), wanted + (expected is not None)
        right += expected is not None and any(
            name == expected[0] and expected[1] in {None, turned} for name, turned in got
        )
    return row(right, many, wanted, f"{len(items)} sentences")


def characters(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The characters of some words (the last one included) in all of them joined by spaces."""
    start = sum(len(word) + 1 for word in words[:first])
    return start, start + len(" ".join(words[first : last + 1]))


def row(right: int, many: int, wanted: int, of: str) -> str:
    """Precision, recall, F."""
    precision, recall = 100 * right / max(many, 1), 100 * right / max(wanted, 1)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:5.1f}  R {recall:5.1f}  F {f:5.1f}   ({wanted} gold, {of})"


SETS = {"crossner": ("CrossNER, AI", names), "wnut17": ("WNUT17", names), "core": ("CORE", core)}


def main() -> None:
    """Prints a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", nargs="?", choices=SETS)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=2000, help="sentences of each set")
    given = parser.parse_args()
    for key in [given.set] if given.set else SETS:
        (name, score), variable = SETS[key], f"KG_{key.upper()}"
        path = given.file or Path(os.environ.get(variable) or os.devnull)
        told = score(path, given.most, key) if path.is_file() else f"not at hand: set {variable} to its test file"
        print(f"{name:14} {told}", flush=True)


if __name__ == "__main__":
    main()
