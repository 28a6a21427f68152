"""Runs the parts of the network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from kg.errors import KgError
from kg.nlp.network.state import Array

PARTS = ("reader", "linker", "relater", "stancer")


class Engine(Protocol):
    """Runs one part of the network: name and arrays in (as in training/network.py), arrays out."""

    def __call__(self, part: str, /, **arrays: Array) -> Sequence[Array]:
        """Return the outputs of one part."""
        ...


class Onnx:
    """The exported network in a folder, run by onnxruntime on one thread (so that sums keep their order).

    The graphs are written as they run best (training/graph.py), so that none is optimised anew while it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._sessions: dict[str, Any] = {}
        self._inputs: dict[str, list[str]] = {}
        for part in PARTS:
            path = folder / f"{part}.onnx"
            if not path.is_file():
                raise KgError(f"no {part}.onnx in {folder.name}/: expected a network made by `make model`")
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            self._sessions[part], self._inputs[part] = session, [each.name for each in session.get_inputs()]

    def __call__(self, part: str, /, **arrays: Array) -> Sequence[Array]:
        """The outputs of one part."""
        given = {name: arrays[name] for name in self._inputs[part]}
        result: Sequence[Array] = self._sessions[part].run(None, given)
        return result
