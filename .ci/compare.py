"""Compare two folders of outputs: byte for byte, or in all but a share of the statements.

`python .ci/compare.py ONE TWO` asks for the same files with the same bytes. With `--turned 0.02`, two of a hundred
statements may be in one graph only or rest on other evidence, and scores don't count: int8 kernels of other kinds of
CPU round otherwise. Exit code 1 and what differs, if it is more.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

PRIVATE = ".run.json"
"""Durations, paths and the machine: the one file that may differ, and is not committed."""
SHOWN = 10


def main() -> int:
    """Print one line about the two folders, and what differs; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("one", type=Path)
    parser.add_argument("two", type=Path)
    parser.add_argument("--turned", type=float, metavar="SHARE", help="the share of statements that may differ")
    options = parser.parse_args()
    if options.turned is None:
        return same_bytes(options.one, options.two)
    return same_statements(options.one, options.two, options.turned)


def same_bytes(one: Path, two: Path) -> int:
    """0 if both hold the same files with the same bytes, else 1."""
    names = sorted(files(one) | files(two))
    different = [name for name in names if read(one / name) != read(two / name)]
    for name in different:
        print(f"differs: {name}")
    print(f"{one} and {two}: {len(names) - len(different)} of {len(names)} files have the same bytes")
    return 1 if different or not names else 0


def same_statements(one: Path, two: Path, share: float) -> int:
    """0 if both list the same files, read the same documents and agree in all but this share of statements, else 1."""
    turned, of = differing(one / "graph.jsonl", two / "graph.jsonl")
    for line in turned[:SHOWN]:
        print(f"differs: {line[:200]}")
    print(f"{one} and {two}: {len(turned)} of {of} statements differ, {share * of:.0f} may")
    other_files = files(one) ^ files(two)
    if other_files:
        print(f"in one of the two only: {', '.join(sorted(other_files))}")
    other_texts = read(one / "documents.jsonl") != read(two / "documents.jsonl")
    if other_texts:
        print("differs: documents.jsonl")
    return 1 if not of or len(turned) > share * of or other_files or other_texts else 0


def differing(one: Path, two: Path) -> tuple[list[str], int]:
    """The statements that stand differently in the two graphs, and how many there are in all."""
    first, second = (dict(map(keyed, path.read_text(encoding="utf-8").split("\n")[:-1])) for path in (one, two))
    keys = sorted(first.keys() | second.keys())
    return [key for key in keys if first.get(key) != second.get(key)], len(keys)


def keyed(line: str) -> tuple[str, Counter[str]]:
    """A line of graph.jsonl as what makes the statement, and its evidence."""
    record = json.loads(line)
    key = json.dumps([record["subject"], record["predicate"], record["object"]], ensure_ascii=False)
    return key, Counter(json.dumps(plain(item), sort_keys=True) for item in record.get("evidence", ()))


def plain(evidence: dict[str, Any]) -> dict[str, Any]:
    """Where it is said and how, without what holds a score."""
    return {name: value for name, value in evidence.items() if name not in {"score", "reason"}}


def files(folder: Path) -> set[str]:
    """The names of the files below a folder, but for what kg keeps there for itself."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if name != PRIVATE and not name.startswith((".cache/", "store/"))}


def read(path: Path) -> bytes | None:
    """A file's bytes, None if there is none."""
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
