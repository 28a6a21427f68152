"""The four parts of the network as ONNX graphs, written node by node, as they run fastest on one thread of a CPU.

Each function takes the weights by name (the state_dict of training/network.py, as arrays) and gives the graph of one
part. With `exact` all weights stay in full precision, to be compared with PyTorch; else those of the large matrices
are int8, one scale for each output, and the inputs are quantised as they come (ONNX's DynamicQuantizeLinear).

What was measured (onnxruntime 1.31, AVX-512 and AMX, windows of 300 pieces) and is behind the choices here:

* One window at a time, no mask: 16 windows of 300 pieces together take 16 times as long as one, and would share the
  range by which they are quantised, so that a document would be read in the light of its neighbours.
* onnxruntime's MultiHeadAttention works in blocks that fit the cache: 1.15 times as fast over all as two products and
  a softmax written out, as PyTorch exports them.
* Attention within blocks of at most 128 pieces, three nodes a layer instead of one: 0.86 times the reader's time on a
  calm core, 0.73 beside other work (it asks less of the memory).
* SkipLayerNormalization, to which onnxruntime's optimiser turns each sum before a norm, takes five times as long as
  the two nodes. So the graphs are run as they stand: loading them costs no optimiser either.
* What each two mentions have in common is looked up once in a table of all combinations, not three times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
Weights = Mapping[str, Array]

OPSET, IR = 17, 9
OURS = "com.microsoft"
"""The domain of onnxruntime's own operators."""
WORD_EPSILON, BERT_EPSILON = 1e-5, 1e-12


class Graph:
    """Nodes in their order, and the constants that they use, each once."""

    def __init__(self, weights: Weights, *, exact: bool) -> None:
        self.weights, self.exact = weights, exact
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[tuple[Any, ...], onnx.TensorProto] = {}

    def node(self, name: str, *inputs: str | Array, to: str | Sequence[str] = "", domain: str = "", **how: Any) -> Any:
        """Add a node; its output is called `to`, or something unused. Arrays become constants."""
        names = [to] if isinstance(to, str) else list(to)
        names = [name or f"t{len(self.nodes)}" for name in names]
        given = [value if isinstance(value, str) else self.constant(value) for value in inputs]
        self.nodes.append(helper.make_node(name, given, names, domain=domain, **how))
        return names[0] if isinstance(to, str) else names

    def fused(self, name: str, *inputs: str | Array, **how: Any) -> Any:
        """Add a node of onnxruntime's own."""
        return self.node(name, *inputs, domain=OURS, **how)

    def constant(self, value: Array) -> str:
        """The name of a constant."""
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(np.array(value, order="C"), f"c{len(self.constants)}")
        return self.constants[key].name

    def linear(self, x: str, name: str, *, full: bool = False, to: str = "") -> str:
        """The product of `x` and the weights of this name, plus their bias if they have one."""
        weight = self.weights[f"{name}.weight"].T
        bias = [self.weights[f"{name}.bias"]] if f"{name}.bias" in self.weights else []
        if self.exact or full:
            product = self.node("MatMul", x, weight, to="" if bias else to)
            return str(self.node("Add", product, *bias, to=to) if bias else product)
        scale = _scale(weight, 0)
        inputs = (_rounded(weight, scale), scale, np.zeros(len(scale), np.int8))
        return str(self.fused("DynamicQuantizeMatMul", x, *inputs, *bias, to=to))

    def norm(self, x: str, name: str, epsilon: float = WORD_EPSILON) -> str:
        """Layer normalisation."""
        weights = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return str(self.node("LayerNormalization", x, *weights, axis=-1, epsilon=epsilon))

    def table(self, ids: str, rows: Array) -> str:
        """The rows of these ids, in full precision."""
        return str(self.node("Gather", rows, ids))

    def large_table(self, ids: str, rows: Array) -> str:
        """The same of a large table, of which each row is int8 with a scale of its own."""
        if self.exact:
            return self.table(ids, rows)
        scale = _scale(rows, 1)[:, None]
        whole = self.node("DequantizeLinear", self.table(ids, _rounded(rows, scale)), np.float32(1))
        return str(self.node("Mul", whole, self.table(ids, scale)))

    def add(self, *terms: str | Array) -> str:
        """The sum of several."""
        total: str | Array = terms[0]
        for term in terms[1:]:
            total = self.node("Add", total, term)
        return str(total)

    def real(self, x: str) -> str:
        """Integers as floats."""
        name = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node("Cast", [x], [name], to=TensorProto.FLOAT))
        return name

    def integer(self, x: str) -> str:
        """Truths as 0 and 1."""
        name = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node("Cast", [x], [name], to=TensorProto.INT64))
        return name

    def gelu(self, x: str) -> str:
        """The exact GELU."""
        return str(self.fused("Gelu", x))

    def model(self, name: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> onnx.ModelProto:
        """The whole, with the axes of inputs and outputs; inputs are floats where their last axis is a number."""

        def value(key: str, axes: Sequence[Any], *, ints: bool) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(key, TensorProto.INT64 if ints else TensorProto.FLOAT, axes)

        graph = helper.make_graph(
            self.nodes,
            name,
            [value(key, axes, ints=isinstance(axes[-1], str)) for key, axes in inputs.items()],
            [value(key, axes, ints=False) for key, axes in outputs.items()],
            list(self.constants.values()),
        )
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=IR, producer_name="kg")


def _scale(weight: Array, axis: int) -> Array:
    """The scales by which int8 holds weights, along one axis."""
    return np.asarray(np.maximum(np.abs(weight).max(axis), 1e-9) / 127, dtype=np.float32)


def _rounded(weight: Array, scale: Array) -> Array:
    return np.asarray(np.clip(np.round(weight / scale), -127, 127), dtype=np.int8)


def _ints(*values: int) -> Array:
    return np.asarray(values, dtype=np.int64)


def reader(weights: Weights, *, heads: int, block: int, exact: bool = False) -> onnx.ModelProto:
    """Word pieces of one window -> a vector, tag scores and a furniture score for each word."""
    graph = Graph(weights, exact=exact)
    x = _mixed(graph, heads, block)
    ends = [graph.node("GatherND", x, graph.node("Unsqueeze", at, _ints(2)), batch_dims=1) for at in ("first", "last")]
    seen = [graph.table("cases", weights["cases.weight"]), graph.table("places", weights["places.weight"])]
    x = graph.norm(graph.gelu(graph.linear(graph.node("Concat", *ends, *seen, axis=-1), "join")), "norm")
    for name in ("near.0", "near.1"):
        none = graph.node("Mul", graph.node("Slice", x, _ints(0), _ints(1), _ints(1)), np.float32(0))
        before = graph.node("Concat", none, graph.node("Slice", x, _ints(0), _ints(-1), _ints(1)), axis=1)
        after = graph.node("Concat", graph.node("Slice", x, _ints(1), _ints(1 << 31), _ints(1)), none, axis=1)
        three = graph.node("Concat", before, x, after, axis=-1)
        x = graph.norm(graph.add(x, graph.gelu(graph.linear(three, f"{name}.three"))), f"{name}.norm")
    graph.node("Identity", x, to="vectors")
    graph.linear(x, "tag", to="tags")
    graph.node("Squeeze", graph.linear(x, "furniture", full=True), _ints(2), to="furniture")
    pieces, words = ("windows", "pieces"), ("windows", "words")
    return graph.model(
        "reader",
        {"pieces": pieces, "piece_cases": pieces, "first": words, "last": words, "cases": words, "places": words},
        {
            "vectors": (*words, weights["join.weight"].shape[0]),
            "tags": (*words, weights["tag.weight"].shape[0]),
            "furniture": words,
        },
    )


def _mixed(graph: Graph, heads: int, block: int) -> str:
    """BERT's layers, the last four of them mixed."""
    weights = graph.weights
    length = graph.node("Gather", graph.node("Shape", "pieces"), _ints(1))
    where = graph.node("Range", np.int64(0), graph.node("Squeeze", length), np.int64(1))
    places = graph.large_table(where, weights["encoder.positions.weight"] + weights["encoder.kind"])
    words = graph.large_table("pieces", weights["encoder.words.weight"])
    x = graph.add(words, places, graph.table("piece_cases", weights["encoder.cases.weight"]))
    x = graph.norm(x, "encoder.norm", BERT_EPSILON)
    cuts = [_cut(graph, length, block, one_more=more) for more in (False, True)]
    mix = np.exp(weights["encoder.mix"]) / np.exp(weights["encoder.mix"]).sum()
    layers = sum(name.endswith(".qkv.weight") and name.startswith("encoder.") for name in weights)
    kept = []
    for index in range(layers):
        x = _layer(graph, x, f"encoder.layers.{index}", heads, cuts[index % 2])
        if index >= layers - len(mix):
            kept.append(graph.node("Mul", x, mix[index - layers]))
    return graph.add(*kept)


class _Cut(NamedTuple):
    """Where a window is cut into blocks: the first piece of the last one, and the shape of the others together."""

    last: str
    others: str


def _cut(graph: Graph, length: str, block: int, *, one_more: bool) -> _Cut:
    """The blocks of training/network.py's `within_blocks`, for the one window that there is."""
    one = _ints(1)
    count = graph.node("Sub", length, one)
    blocks = graph.node("Div", graph.node("Add", count, _ints(block - 1)), _ints(block))
    if one_more:
        blocks = graph.node("Add", blocks, graph.integer(graph.node("Greater", blocks, one)))
    blocks = graph.node("Max", blocks, one)
    size = graph.node("Div", graph.node("Add", count, graph.node("Sub", blocks, one)), blocks)
    others = graph.node("Sub", blocks, one)
    width = graph.weights["encoder.cases.weight"].shape[1]
    last = graph.node("Add", graph.node("Mul", others, size), one)
    return _Cut(last, graph.node("Concat", others, size, _ints(width), axis=0))


def _layer(graph: Graph, x: str, name: str, heads: int, cut: _Cut) -> str:
    a = _within_blocks(graph, _thirds(graph, x, f"{name}.qkv"), heads, cut)
    x = graph.norm(graph.add(x, graph.linear(a, f"{name}.out")), f"{name}.norm1", BERT_EPSILON)
    inner = graph.gelu(graph.linear(x, f"{name}.up"))
    return graph.norm(graph.add(x, graph.linear(inner, f"{name}.down")), f"{name}.norm2", BERT_EPSILON)


def _within_blocks(graph: Graph, thirds: Sequence[str], heads: int, cut: _Cut) -> str:
    """Attention: of the mark at the start to all, of the blocks before the last, and of the last one."""

    def rows(x: str, start: str | Array, stop: str | Array) -> str:
        return str(graph.node("Slice", x, start, stop, _ints(1)))

    def attention(*parts: str) -> str:
        return str(graph.fused("MultiHeadAttention", *parts, num_heads=heads))

    marks = [rows(x, _ints(0), _ints(1)) for x in thirds]
    others = [graph.node("Reshape", rows(x, _ints(1), cut.last), cut.others, allowzero=1) for x in thirds]
    lasts = [rows(x, cut.last, _ints(1 << 31)) for x in thirds]
    each = graph.node("Concat", graph.node("Gather", cut.others, _ints(0)), _ints(1, 1), axis=0)
    for part in (1, 2):
        others[part] = graph.node("Concat", graph.node("Tile", marks[part], each), others[part], axis=1)
        lasts[part] = graph.node("Concat", marks[part], lasts[part], axis=1)
    whole = graph.node("Concat", _ints(1, -1), graph.node("Gather", cut.others, _ints(2)), axis=0)
    found = graph.node("Reshape", attention(*others), whole, allowzero=1)
    return str(graph.node("Concat", attention(marks[0], *thirds[1:]), found, attention(*lasts), axis=1))


def _thirds(graph: Graph, x: str, name: str) -> list[str]:
    """Queries, keys and values."""
    number = len(graph.nodes)
    return list(graph.node("Split", graph.linear(x, name), to=[f"{part}{number}" for part in "qkv"], axis=-1))


def linker(weights: Weights, *, heads: int, exact: bool = False) -> onnx.ModelProto:
    """Spans of a document -> mention vectors, types (the last one: no mention), antecedent scores."""
    graph = Graph(weights, exact=exact)
    steps, sentence_steps = (len(weights[f"{name}.weight"]) for name in ("steps", "sentence_steps"))
    common = graph.node("Add", graph.node("Mul", "likeness", np.int64(steps)), "steps")
    common = graph.node("Add", graph.node("Mul", common, np.int64(sentence_steps)), "sentence_steps")
    after = graph.node("Add", "end", np.int64(1))
    total = _sums(graph, "words")
    count = graph.real(graph.node("Sub", after, "start"))
    covered = graph.node("Sub", graph.node("Gather", total, after), graph.node("Gather", total, "start"))
    mean = graph.node("Div", covered, graph.node("Unsqueeze", count, _ints(1)))
    ends = [graph.node("Gather", "words", at) for at in ("start", "end")]
    span = graph.node("Concat", *ends, mean, graph.table("types", weights["types.weight"]), axis=-1)
    x = graph.norm(graph.gelu(graph.linear(span, "join")), "norm")
    for name in ("among.0", "among.1"):
        x = _among(graph, x, name, common, heads)
    graph.node("Identity", x, to="mentions")
    graph.linear(x, "retype", full=True, to="kinds")
    rows = [graph.node("Unsqueeze", graph.linear(x, name), _ints(1)) for name in ("later", "both")]
    product = graph.node("Mul", rows[1], graph.node("Unsqueeze", x, _ints(0)))
    columns = graph.node("Unsqueeze", graph.linear(x, "earlier"), _ints(0))
    h = graph.add(graph.table(common, _all(weights, "")), product, rows[0], columns)
    score = graph.node("Squeeze", graph.linear(graph.gelu(h), "antecedent", full=True), _ints(2))
    dots = [graph.linear(x, name) for name in ("dot_later", "dot_earlier")]
    graph.node("Add", score, graph.fused("FusedMatMul", *dots, transB=1, alpha=1 / 8), to="antecedents")
    square = ("mentions", "mentions")
    width = (weights["join.weight"].shape[1] - weights["types.weight"].shape[1]) // 3
    return graph.model(
        "linker",
        {
            "words": ("words", width),
            "start": ("mentions",),
            "end": ("mentions",),
            "types": ("mentions",),
            "likeness": square,
            "steps": square,
            "sentence_steps": square,
        },
        {
            "mentions": ("mentions", weights["retype.weight"].shape[1]),
            "kinds": ("mentions", weights["retype.weight"].shape[0]),
            "antecedents": square,
        },
    )


def _sums(graph: Graph, x: str) -> str:
    """The sums of the first 0, 1, 2, ... rows."""
    none = graph.node("Mul", graph.node("Slice", x, _ints(0), _ints(1), _ints(0)), np.float32(0))
    return str(graph.node("CumSum", graph.node("Concat", none, x, axis=0), np.int64(0)))


def _all(weights: Weights, name: str) -> Array:
    """One row for each combination of likeness, steps and steps in sentences."""
    one, two, three = (weights[f"{name}{part}.weight"] for part in ("likeness", "steps", "sentence_steps"))
    table = one[:, None, None] + two[None, :, None] + three[None, None, :]
    return np.asarray(table.reshape(-1, table.shape[-1]))


def _among(graph: Graph, x: str, name: str, common: str, heads: int) -> str:
    """A transformer's layer over the mentions, with a bias for what each two have in common."""
    width = graph.weights[f"{name}.out.weight"].shape[0]
    shape = _ints(0, heads, width // heads)
    q, k, v = (graph.node("Reshape", third, shape) for third in _thirds(graph, x, f"{name}.qkv"))
    near = graph.fused("FusedMatMul", q, k, alpha=(width // heads) ** -0.5, transB=1, transBatchA=1, transBatchB=1)
    bias = graph.node("Transpose", graph.table(common, _all(graph.weights, f"{name}.")), perm=[2, 0, 1])
    chance = graph.node("Softmax", graph.add(near, bias), axis=-1)
    a = graph.node("Transpose", graph.fused("FusedMatMul", chance, v, transBatchB=1), perm=[1, 0, 2])
    a = graph.node("Reshape", a, _ints(0, width))
    x = graph.norm(graph.add(x, graph.linear(a, f"{name}.out")), f"{name}.norm1")
    inner = graph.gelu(graph.linear(x, f"{name}.up"))
    return graph.norm(graph.add(x, graph.linear(inner, f"{name}.down")), f"{name}.norm2")


def relater(weights: Weights, *, exact: bool = False) -> onnx.ModelProto:
    """Pairs of mentions -> a vector and a score for each relation."""
    graph = Graph(weights, exact=exact)
    size = len(weights["key.bias"])

    def both(head: str, tail: str, how: str) -> str:
        return str(graph.node(how, graph.node("Gather", head, "head"), graph.node("Gather", tail, "tail")))

    outside = graph.node("Unsqueeze", graph.node("Range", np.int64(0), _count(graph, "words"), np.int64(1)), _ints(0))
    low, high = (graph.node("Unsqueeze", at, _ints(1)) for at in ("low", "high"))
    outside = graph.node("Or", graph.node("Less", outside, low), graph.node("GreaterOrEqual", outside, high))
    query = both(graph.linear("mentions", "query_head"), graph.linear("mentions", "query_tail"), "Add")
    near = graph.fused("FusedMatMul", query, graph.linear("words", "key"), transB=1, alpha=size**-0.5)
    near = graph.node("Where", outside, np.float32(-10000), near)
    context = graph.node("MatMul", graph.node("Softmax", near, axis=-1), graph.linear("words", "value"))
    product = both(graph.linear("mentions", "left"), graph.linear("mentions", "right"), "Mul")
    gaps, steps = weights["gaps.weight"], weights["sentence_steps.weight"]
    place = graph.node("Add", graph.node("Mul", "gaps", np.int64(len(steps))), "sentence_steps")
    h = graph.add(
        graph.linear(product, "product"),
        context,
        both(graph.linear("mentions", "head"), graph.linear("mentions", "tail"), "Add"),
        _between(graph),
        graph.table(place, (gaps[:, None] + steps[None]).reshape(-1, gaps.shape[1])),
    )
    h = graph.norm(graph.gelu(h), "norm")
    h = graph.node("Add", h, graph.gelu(graph.linear(h, "middle")), to="pairs")
    graph.linear(h, "relation", full=True, to="scores")
    pairs = ("head", "tail", "low", "high", "gaps", "sentence_steps")
    return graph.model(
        "relater",
        {
            "words": ("words", weights["key.weight"].shape[1]),
            "mentions": ("mentions", weights["head.weight"].shape[1]),
            "start": ("mentions",),
            "end": ("mentions",),
            **dict.fromkeys(pairs, ("pairs",)),
        },
        {
            "pairs": ("pairs", weights["relation.weight"].shape[1]),
            "scores": ("pairs", weights["relation.weight"].shape[0]),
        },
    )


def _count(graph: Graph, x: str) -> str:
    return str(graph.node("Squeeze", graph.node("Gather", graph.node("Shape", x), _ints(0))))


def _between(graph: Graph) -> str:
    """The words between the two mentions of each pair: their sum over one more than their number."""
    ends = [[graph.node("Gather", at, of) for at in ("start", "end")] for of in ("head", "tail")]
    (head_start, head_end), (tail_start, tail_end) = ends
    forward = graph.node("LessOrEqual", head_start, tail_start)
    low = graph.node("Add", graph.node("Where", forward, head_end, tail_end), np.int64(1))
    high = graph.node("Max", graph.node("Where", forward, tail_start, head_start), low)
    total = _sums(graph, graph.linear("words", "between"))
    covered = graph.node("Sub", graph.node("Gather", total, high), graph.node("Gather", total, low))
    count = graph.real(graph.node("Add", graph.node("Sub", high, low), np.int64(1)))
    return str(graph.node("Div", covered, graph.node("Unsqueeze", count, _ints(1))))


def stancer(weights: Weights, *, exact: bool = False) -> onnx.ModelProto:
    """Found relations -> stance, and who says so."""
    graph = Graph(weights, exact=exact)
    joined = graph.linear("found", "join", full=True)
    h = graph.gelu(graph.add(joined, graph.table("relation", weights["relations.weight"])))
    graph.linear(h, "stance", full=True, to="stance")
    asked, answers = graph.linear(h, "ask", full=True), graph.linear("mentions", "answer", full=True)
    by = graph.fused("FusedMatMul", asked, answers, transB=1, alpha=1 / 8)
    graph.node("Concat", graph.linear(h, "nobody", full=True), by, axis=-1, to="by")
    return graph.model(
        "stancer",
        {
            "found": ("found", weights["join.weight"].shape[1]),
            "relation": ("found",),
            "mentions": ("mentions", weights["answer.weight"].shape[1]),
        },
        {"stance": ("found", weights["stance.weight"].shape[0]), "by": ("found", "options")},
    )
