"""How often one name means one thing in an annotated document: python -m benchmarks.one_name.

First two mentions in a row of the very same name; then pairs of product names that share a word, by what tells them
apart. The counts stand behind two rules of kg/nlp/network.py.
"""

from __future__ import annotations

import collections
import itertools
from pathlib import Path

from kg import phrases
from kg.gold import Gold, read
from kg.nlp import features

CORPUS = Path(__file__).parent.parent / "training" / "corpus"
VERSIONED = {"Model", "Product", "Dataset"}


def repeated(document: Gold) -> collections.Counter[bool]:
    """Of mentions in a row of one name, how many are one thing (True) and how many two."""
    last: dict[str, str] = {}
    counts: collections.Counter[bool] = collections.Counter()
    for mention in document.reading.mentions:
        surface = document.document.text[mention.start : mention.end]
        if phrases.is_name(surface, mention.type):
            if surface in last:
                counts[last[surface] == mention.entity] += 1
            last[surface] = mention.entity
    return counts


def versions(document: Gold) -> collections.Counter[tuple[str, bool]]:
    """Of pairs of product names that share a word, what tells them apart, and whether they are one thing."""
    names: dict[str, set[str]] = collections.defaultdict(set)
    for mention in document.reading.mentions:
        surface = document.document.text[mention.start : mention.end]
        if mention.type in VERSIONED and phrases.is_name(surface, mention.type):
            names[surface].add(mention.entity)
    counts: collections.Counter[tuple[str, bool]] = collections.Counter()
    for one, two in itertools.combinations(sorted(names), 2):
        if set(one.lower().replace("-", " ").split()) & set(two.lower().replace("-", " ").split()):
            counts[_difference(one, two), bool(names[one] & names[two])] += 1
    return counts


def _difference(one: str, two: str) -> str:
    (words, numbers), (other_words, other_numbers) = features.edition(one), features.edition(two)
    if words != other_words:
        return "word of an edition"
    if numbers and other_numbers and numbers != other_numbers:
        return "both have numbers"
    return "one has a number" if numbers != other_numbers else "neither"


def main() -> None:
    """Count over the files that are trained on."""
    paths = [path for path in sorted(CORPUS.glob("*.txt")) if not path.stem.endswith(("-5", "-6"))]
    documents = [document for path in paths for document in read(path)]
    same = sum(map(repeated, documents), collections.Counter[bool]())
    print(f"the same name again: one thing {same[True]} times, two things {same[False]} times")
    pairs = sum(map(versions, documents), collections.Counter[tuple[str, bool]]())
    for kind in sorted({kind for kind, _ in pairs}):
        print(f"{kind}: one thing {pairs[kind, True]} times, two things {pairs[kind, False]} times")


if __name__ == "__main__":
    main()
