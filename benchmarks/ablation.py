"""What each setting and rule of the reader is worth: python -m benchmarks.ablation, a minute for every four lines.

The shipped network reads the -5.txt files, or the files named, as it is, and then again and again with one thing left
out. The figures are F, as `kg evaluate` prints them.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from kg import gold
from kg.evaluate import evaluate
from kg.nlp import conditions, described, pipeline, quoted
from kg.nlp.network import linking, relating, tagging
from kg.types import Annotation, Document

ROOT = Path(__file__).parent.parent
MEASURES = ("named", "mentions", "coref", "triples", "stanced")


def settings(**other: Any) -> Callable[[Any], Any]:
    """Another network's settings in the place of the shipped one's."""

    @contextlib.contextmanager
    def changed(encoder: Any) -> Iterator[None]:
        shipped = encoder.settings
        encoder._settings = dataclasses.replace(shipped, **other)  # noqa: SLF001
        try:
            yield
        finally:
            encoder._settings = shipped  # noqa: SLF001

    return changed


def rule(module: Any, name: str, instead: Callable[..., Any]) -> Callable[[Any], Any]:
    """Another function in the place of a rule."""
    return lambda _: patch.object(module, name, instead)


def without(allowed: Any) -> dict[str, Callable[[Any], Any]]:
    """What is left out, by what to call it; `allowed` is the table of domains and ranges."""
    return {
        "as shipped": lambda _: contextlib.nullcontext(),
        "one threshold of 0.5 for all relations": settings(thresholds=()),
        "no domains and ranges": settings(allowed=np.ones_like(allowed)),
        "symmetric relations read both ways": settings(symmetric=frozenset()),
        "no bias of the tags": settings(outside=0.0),
        "antecedents from a score of 0": settings(antecedent=0.0),
        "types by the second look alone": rule(
            linking, "_tag_types", lambda _, start, __: np.zeros((len(start), len(allowed)))
        ),
        "equal names not united": rule(
            linking,
            "_unite_names",
            lambda clusters, _: np.asarray(linking._joined(clusters, [])),  # noqa: SLF001
        ),
        "nothing kept apart by its name": rule(
            linking, "_apart", lambda names, _: np.zeros((len(names), len(names)), dtype=bool)
        ),
        "no first persons by their quotation": rule(quoted, "first_persons", lambda *_: quoted.FirstPersons()),
        "no description joined to the one before": rule(described, "again", lambda *_: iter(())),
        "no relations by plain words": rule(relating, "_plain", lambda *_: (frozenset(), [])),
        "no stance by plain words": rule(conditions, "stances", lambda state, _: [()] * len(state.relations)),
        "edges of mentions not trimmed": rule(tagging, "_trimmed", lambda _, start, end: (start, end)),
    }


def main() -> None:
    """Score and print, a line for each thing left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files or sorted((ROOT / "training" / "corpus").glob("*-5.txt"))
    documents = [item for path in files for item in gold.read(path)]
    nlp = pipeline.load()
    encoder: Any = nlp.get_pipe("kg_encoder")

    def system(document: Document) -> Annotation:
        return next(pipeline.annotate(nlp, [document]))

    print(f"{'':42}" + "".join(f"{name:>10}" for name in MEASURES))
    for name, changed in without(encoder.settings.allowed).items():
        with changed(encoder):
            scores = evaluate(documents, system).scores
        print(f"{name:42}" + "".join(f"{scores[measure].f:10.1f}" for measure in MEASURES), flush=True)


if __name__ == "__main__":
    main()
