"""How pairs of names from other sources are judged, 139 the same and 76 look-alikes: python -m benchmarks.pairs."""

from __future__ import annotations

import collections
import csv
from pathlib import Path

from kg.compare import Side, compare

PAIRS = Path(__file__).parent / "pairs.tsv"


def main() -> None:
    """Prints how many of each were merged, left to a person, held apart."""
    with PAIRS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = collections.Counter(
        (row["same"], compare(Side(row["name_a"], row["type_a"]), Side(row["name_b"], row["type_b"])).decision)
        for row in rows
    )
    for same, told in (("yes", "the same"), ("no", "look-alikes")):
        counts = ", ".join(f"{found[same, each]} {each}" for each in sorted({each for _, each in found}))
        merged, of = found[same, "same"], sum(many for (which, _), many in found.items() if which == same)
        print(f"{told + ', merged':22} {merged} of {of}   ({counts})")


if __name__ == "__main__":
    main()
