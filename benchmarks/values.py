"""Where values of dates, amounts and quantities are lost: python -m benchmarks.values [FILE...].

Of the annotated values of the -5.txt files, or of the files named: how many are right, how many have a mention that was
missed, that has other edges or another type, or a value that is read otherwise; and how many are right where the
mentions are given as annotated, so that the rules of kg/nlp/values.py stand alone.
"""

from __future__ import annotations

import argparse
import collections
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg import gold
from kg.gold import Gold, Marked
from kg.nlp import pipeline
from kg.nlp.values import TYPES, values
from kg.types import Mention

ROOT = Path(__file__).parent.parent
COUNTS = ("annotated", "right", "missed", "edges", "type", "value", "right as annotated")


def told(item: Gold, found: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Of each annotated value its type and what became of it."""
    spans = {(each.start, each.end): each for each in found}
    given = [Mention(m.start, m.end, m.type, m.entity) for m in item.reading.mentions]
    alone = values(item.document.text, given, item.document.published)
    for mention, value in zip(item.reading.mentions, alone, strict=True):
        if mention.value and mention.type in TYPES:
            yield mention.type, "annotated"
            yield mention.type, fate(mention, spans.get((mention.start, mention.end)), found)
            if same(value, mention):
                yield mention.type, "right as annotated"


def fate(mention: Marked, found: Mention | None, others: Sequence[Mention]) -> str:
    """What became of one value, given the mention at its place, if there is one, and all."""
    if found is None:
        return "edges" if any(m.start < mention.end and mention.start < m.end for m in others) else "missed"
    if same(found.value, mention):
        return "right"
    return "value" if found.type == mention.type else "type"


def same(value: str | None, mention: Marked) -> bool:
    """Whether this is the annotated value, as the scorer compares them."""
    return (value or "").strip().lower() == (mention.value or "").strip().lower()


def main() -> None:
    """Count and print, a line for each type."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files or sorted((ROOT / "training" / "corpus").glob("*-5.txt"))
    documents = [item for path in files for item in gold.read(path)]
    read = pipeline.annotate(pipeline.load(), [item.document for item in documents])
    count = collections.Counter(
        line for item, found in zip(documents, read, strict=True) for line in told(item, found.mentions)
    )
    print(f"{'':10}" + "".join(f"{name:>20}" for name in COUNTS))
    for kind in TYPES:
        print(f"{kind:10}" + "".join(f"{count[kind, name]:20}" for name in COUNTS))
    print(f"{'all':10}" + "".join(f"{sum(count[kind, name] for kind in TYPES):20}" for name in COUNTS))


if __name__ == "__main__":
    main()
