"""Write a trained network as a spaCy pipeline: python -m training.export RUN/network.pt kg/model --base BASE."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.nlp.pipeline import assemble
from kg.types import STANCES
from training import data
from training.network import Network, load

OPSET = 17
NEUTRAL: Mapping[str, Any] = {
    "outside": 0.0,
    "mention": 0.5,
    "antecedent": 0.0,
    "thresholds": [],
    "stance": [],
    "by": 0.5,
    "calibration": {},
}
"""Thresholds before training/calibrate.py has chosen any."""


def _each(names: Iterable[str], axes: dict[int, str]) -> dict[str, dict[int, str]]:
    return dict.fromkeys(names, axes)


def samples(
    net: Network,
) -> dict[str, tuple[tuple[torch.Tensor, ...], list[str], list[str], dict[str, dict[int, str]]]]:
    """For each part example inputs, names of inputs and outputs, and which axes vary."""
    c = net.config
    long = torch.long
    ids = lambda *shape: torch.ones(*shape, dtype=long)  # noqa: E731
    words, some = torch.randn(30, c.word), torch.tensor([1, 4, 9, 20])
    several, pairs = torch.randn(4, c.mention), torch.tensor([0, 1, 2])
    square = ids(4, 4)
    window = {0: "windows", 1: "pieces"}
    in_words = {0: "windows", 1: "words"}
    return {
        "reader": (
            (ids(1, 40), ids(1, 40), ids(1, 40), ids(1, 30), ids(1, 30), ids(1, 30), ids(1, 30), ids(1, 30)),
            ["pieces", "piece_cases", "mask", "first", "last", "cases", "places", "word_mask"],
            ["vectors", "tags", "furniture"],
            {
                **_each(("pieces", "piece_cases", "mask"), window),
                **_each(("first", "last", "cases", "places", "word_mask", "vectors", "tags", "furniture"), in_words),
            },
        ),
        "linker": (
            (words, some, some + 1, ids(4), square, square, square),
            ["words", "start", "end", "types", "likeness", "steps", "sentence_steps"],
            ["mentions", "kinds", "antecedents"],
            {
                "words": {0: "words"},
                **_each(("start", "end", "types", "mentions", "kinds"), {0: "mentions"}),
                **_each(("likeness", "steps", "sentence_steps", "antecedents"), {0: "mentions", 1: "mentions"}),
            },
        ),
        "relater": (
            (words, several, some, some + 1, pairs, pairs + 1, ids(3), ids(3) * 20, ids(3), ids(3)),
            ["words", "mentions", "start", "end", "head", "tail", "low", "high", "gaps", "sentence_steps"],
            ["pairs", "scores"],
            {
                "words": {0: "words"},
                **_each(("mentions", "start", "end"), {0: "mentions"}),
                **_each(("head", "tail", "low", "high", "gaps", "sentence_steps", "pairs", "scores"), {0: "pairs"}),
            },
        ),
        "stancer": (
            (torch.randn(3, c.pair), ids(3), several),
            ["found", "relation", "mentions"],
            ["stance", "by"],
            {
                **_each(("found", "relation", "stance"), {0: "found"}),
                "mentions": {0: "mentions"},
                "by": {0: "found", 1: "options"},
            },
        ),
    }


def export(net: Network, folder: Path) -> None:
    """Write the four parts as ONNX into `folder`, the reader with int8 weights, the rest in full precision."""
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    for part, (inputs, names, outputs, axes) in samples(net).items():
        target = folder / f"{part}.onnx"
        torch.onnx.export(
            getattr(net, part),
            inputs,
            str(target),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
            do_constant_folding=True,
        )
        if part == "reader":
            whole = target.with_suffix(".whole")
            target.rename(whole)
            quantize_dynamic(
                whole,
                target,
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=False,
                op_types_to_quantize=["MatMul", "Gather", "Gemm"],
                extra_options={"MatMulConstBOnly": True},
            )
            whole.unlink()
        plain = onnx.load(target)
        plain.producer_name, plain.producer_version, plain.doc_string = "kg", "", ""
        for node in plain.graph.node:
            node.doc_string = ""  # paths of the machine that trained
        onnx.save(plain, target)


def write(net: Network, base: Path, target: Path, config: Mapping[str, Any]) -> None:
    """Write a whole pipeline into `target`, anew, beside and then renamed."""
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        parts = Path(place) / "parts"
        export(net, parts)
        tokenizer = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
        tokenizer.update(truncation=None, padding=None)
        (parts / "tokenizer.json").write_text(
            json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )
        labels = {"types": data.TYPES, "relations": data.RELATIONS, "stances": STANCES}
        (parts / "config.json").write_text(
            json.dumps({**labels, **NEUTRAL, **config}, indent=1) + "\n", encoding="utf-8"
        )
        nlp = assemble(parts)
        nlp.meta.update(
            name="ai_industry",
            version="1",
            description="Entities, coreference, relations and stance of AI-industry news",
            license="Apache-2.0",
            vectors={},
        )
        fresh = Path(place) / "model"
        nlp.to_disk(fresh)
        (fresh / "config.cfg").write_text(
            (fresh / "config.cfg").read_text(encoding="utf-8").replace(f'path = "{parts}"', "path = null"),
            encoding="utf-8",
        )
        for card in target.glob("*.md"):
            shutil.copyfile(card, fresh / card.name)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)


def main() -> None:
    """Read arguments, write the pipeline, tell its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2, for its tokenizer")
    parser.add_argument("--config", type=Path, help="thresholds chosen by training/calibrate.py")
    given = parser.parse_args()
    config = json.loads(given.config.read_text(encoding="utf-8")) if given.config else {}
    write(load(given.weights), given.base, given.target, config)
    total = sum(path.stat().st_size for path in given.target.rglob("*") if path.is_file())
    print(f"{given.target}: {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
