"""Write a trained network as a spaCy pipeline: python -m training.export RUN/network.pt kg/model --base BASE."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

from kg.nlp import features
from kg.nlp.pipeline import assemble
from kg.types import STANCES
from training import data, graph
from training.network import Config, Network, load

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


def export(net: Network, folder: Path) -> None:
    """Write the four parts as ONNX into `folder`, as training/graph.py lays them out, each compared with PyTorch."""
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    for part, write_graph in graphs(net.config).items():
        weights = {name: value.numpy() for name, value in getattr(net, part).state_dict().items()}
        compare(getattr(net, part), write_graph(weights, exact=True), sample(net.config, part))
        onnx.save(write_graph(weights, exact=False), folder / f"{part}.onnx")


def graphs(config: Config) -> dict[str, Callable[..., onnx.ModelProto]]:
    """What writes the graph of each part."""
    return {
        "reader": partial(graph.reader, heads=config.heads, block=config.block),
        "linker": partial(graph.linker, heads=8),
        "relater": graph.relater,
        "stancer": graph.stancer,
    }


def sample(config: Config, part: str) -> dict[str, torch.Tensor]:
    """Inputs of one part by which the graph is compared with PyTorch."""
    draw = torch.Generator().manual_seed(1)

    def ids(*shape: int, below: int) -> torch.Tensor:
        return torch.randint(below, shape, generator=draw)

    def reals(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=draw)

    ones, start = partial(torch.ones, dtype=torch.long), torch.tensor([1, 4, 9, 20])
    if part == "reader":
        ends = ids(1, 30, below=300).sort().values
        return {
            "pieces": ids(1, 300, below=config.vocabulary),
            "piece_cases": ids(1, 300, below=features.CASES),
            "mask": ones(1, 300),
            "first": ends,
            "last": ends,
            "cases": ids(1, 30, below=features.CASES),
            "places": ids(1, 30, below=features.PLACES),
            "word_mask": ones(1, 30),
        }
    if part == "linker":
        return {
            "words": reals(30, config.word),
            "start": start,
            "end": start + 1,
            "types": ids(4, below=config.types),
            "likeness": ids(4, 4, below=features.LIKENESS),
            "steps": ids(4, 4, below=features.STEPS),
            "sentence_steps": ids(4, 4, below=features.SENTENCE_STEPS),
        }
    if part == "relater":
        return {
            "words": reals(30, config.word),
            "mentions": reals(4, config.mention),
            "start": start,
            "end": start + 1,
            "head": torch.tensor([0, 1, 3]),
            "tail": torch.tensor([1, 0, 2]),
            "low": torch.tensor([0, 0, 8]),
            "high": torch.tensor([12, 12, 30]),
            "gaps": ids(3, below=features.GAPS),
            "sentence_steps": ids(3, below=features.SENTENCE_STEPS),
        }
    return {
        "found": reals(3, config.pair),
        "relation": ids(3, below=config.relations),
        "mentions": reals(4, config.mention),
    }


def compare(part: torch.nn.Module, exact: onnx.ModelProto, inputs: Mapping[str, torch.Tensor]) -> None:
    """Raise ValueError where the graph in full precision says other than PyTorch does."""
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    session = InferenceSession(exact.SerializeToString(), options, providers=["CPUExecutionProvider"])
    found = session.run(None, {each.name: inputs[each.name].numpy() for each in session.get_inputs()})
    with torch.no_grad():
        wanted = part(**inputs)
    for node, one, two in zip(session.get_outputs(), found, wanted, strict=True):
        if not np.allclose(one, two.numpy(), rtol=1e-3, atol=1e-3):
            raise ValueError(f"{exact.graph.name}: {node.name} of the graph is not that of the network")


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
