"""Fit the weights of kg/nlp/furniture.json on the annotated corpus: furniture.py [CORPUS...] [--out FILE].

Regularised logistic regression by Newton's method, twice: lines by themselves, then lines in their place. The second
stage is fitted on logits from cross-validation over documents, so that it sees them as they are on unseen text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import corpus
import numpy as np

from kg.nlp import furniture

HELD_OUT = ("-5.txt", "-6.txt")  # for choosing and for scoring: never trained on
FOLDS = 5
LINES = Path(__file__).with_suffix(".txt")  # lines without pages, "~ " before furniture
OUT = Path(furniture.__file__).with_suffix(".json")


def fit(rows: Sequence[Mapping[str, float]], gold: Sequence[bool], penalty: float) -> dict[str, float]:
    """Weights that maximise the likelihood of `gold`, with an L2 penalty on all but the bias."""
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y = np.array(gold, dtype=float)
    ridge = np.diag([0.0 if name == "bias" else penalty for name in names])
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + ridge + 1e-9 * np.eye(len(names))
        w += np.linalg.solve(hessian, x.T @ (y - p) - ridge @ w)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}


def pages(document: corpus.Document) -> list[tuple[list[str], list[bool]]]:
    """The lines of a document and which of them are furniture, twice: as they are, and with a line for each sentence.

    On other pages a heading, or a sentence, is often a line of its own; here a line is mostly a paragraph.
    """
    starts = {start for start, _ in document.furniture}
    ways = furniture.lines(document.text), sorted([*document.sentences, *document.furniture])
    return [
        ([document.text[start:end].strip() for start, end in spans], [start in starts for start, _ in spans])
        for spans in ways
    ]


def lone() -> list[tuple[str, bool]]:
    """The lines of furniture.txt, and which of them are furniture."""
    read = [line for line in LINES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    return [(line.removeprefix("~ "), line.startswith("~ ")) for line in read]


def train(documents: Sequence[corpus.Document], penalty: float) -> dict[str, dict[str, float]]:
    """Fit both stages."""
    read = [pages(document) for document in documents]

    def first(chosen: Sequence[int]) -> dict[str, float]:
        pairs = lone() + [
            pair for i in chosen for contents, gold in read[i] for pair in zip(contents, gold, strict=True)
        ]
        return fit([furniture.line_features(line) for line, _ in pairs], [gold for _, gold in pairs], penalty)

    rows: list[Mapping[str, float]] = []
    marks: list[bool] = []
    for fold in range(FOLDS):
        own = first([i for i in range(len(read)) if i % FOLDS != fold])
        for contents, gold in (page for document in read[fold::FOLDS] for page in document):
            logits = [furniture.weigh(furniture.line_features(line), own) for line in contents]
            rows += furniture.place_features(contents, logits)
            marks += gold
    return {"line": first(range(len(read))), "place": fit(rows, marks, penalty)}


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", type=Path, default=[Path(__file__).parent / "corpus"], help="folders")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--penalty", type=float, default=1.0)
    options = parser.parse_args()
    paths = [
        path for folder in options.corpus for path in sorted(folder.glob("*.txt")) if not path.name.endswith(HELD_OUT)
    ]
    weights = train([d for path in paths for d in corpus.read(path)], options.penalty)
    options.out.write_text(json.dumps(weights, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(paths)} files, {sum(map(len, weights.values()))} weights")


if __name__ == "__main__":
    main()
