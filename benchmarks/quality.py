"""Score the shipped model on the annotated files kept for scoring: python -m benchmarks.quality.

Ends with 1 where a figure is below benchmarks/floors.json, which holds what was reached; lowering it is a decision.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.evaluate import Table, evaluate
from kg.gold import Gold, read
from kg.nlp.pipeline import annotate, load
from kg.types import Annotation, Document

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors.json"


def scored(paths: Sequence[Path]) -> Table:
    """The table of the shipped model on these files."""
    nlp = load()
    documents: list[Gold] = [item for path in paths for item in read(path)]

    def system(document: Document) -> Annotation:
        return next(iter(annotate(nlp, [document])))

    return evaluate(documents, system)


def below(table: Table, floors: Mapping[str, float]) -> list[str]:
    """A line for each figure under its floor."""
    reached = {
        **{name: score.f for name, score in table.scores.items()},
        "values": table.values.recall,
        "furniture": -float(table.furniture),
    }
    return [
        f"{name}: {abs(reached[name]):.1f}, expected {abs(floor):.1f}"
        for name, floor in floors.items()
        if reached[name] < floor
    ]


def main() -> None:
    """Score, print the table, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--per", action="store_true", help="also a line for each type and relation")
    given = parser.parse_args()
    table = scored(given.gold or sorted((ROOT / "training" / "corpus").glob("*-6.txt")))
    for line in table.lines(per=given.per):
        print(line)
    if not given.gold and (faults := below(table, json.loads(FLOORS.read_text(encoding="utf-8")))):
        print("below the floor: " + "; ".join(faults), file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
