"""The network in PyTorch: an encoder of text and, on its words, readers of mentions, coreference, relations, stance.

Four parts, exported one by one (training/export.py) and run by kg/nlp/network:

    Reader    word pieces of a window  -> a vector and tag scores for each word
    Linker    spans of the document    -> a vector for each mention, its type again, antecedent scores
    Relater   pairs of mentions        -> a score for each relation
    Stancer   found relations          -> stance scores, and a score for each mention as the one who says so

The encoder is BERT's (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020); antecedents are ranked as in Lee et
al. 2017; the context of a pair is pooled by attention in the manner of Zhou et al. 2021 (ATLOP).
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - as everyone does

from kg.nlp import features


@dataclasses.dataclass(frozen=True)
class Config:
    """Sizes of the network; `types` and `relations` come from the ontology."""

    types: int = 21
    relations: int = 45
    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    block: int = 128
    word: int = 320
    mention: int = 256
    pair: int = 256

    @property
    def tags(self) -> int:
        """Outside, and begin, inside, last, unit of each type."""
        return 1 + 4 * self.types


class Dropout(nn.Module):
    """Dropout from a stretch of ready-made noise: drawing it anew costs a third of a pass on a CPU."""

    _noise: ClassVar[dict[float, Tensor]] = {}

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """Any shape; unchanged unless training."""
        if not self.training or self.rate == 0:
            return x
        noise = self._noise.get(self.rate)
        if noise is None:
            noise = (torch.rand(1 << 24) >= self.rate).to(torch.bfloat16).div_(1 - self.rate)
            self._noise[self.rate] = noise
        count = x.numel()
        start = int(torch.randint(0, noise.numel() - count, (1,)))
        return x * noise[start : start + count].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.out = nn.Linear(config.width, config.width)
        self.norm1 = nn.LayerNorm(config.width, eps=1e-12)
        self.up = nn.Linear(config.width, config.inner)
        self.down = nn.Linear(config.inner, config.width)
        self.norm2 = nn.LayerNorm(config.width, eps=1e-12)
        self.drop = Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(windows, pieces, width), and what is added to the attention -> the same shape."""
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        # written out: on a CPU the backward pass of scaled_dot_product_attention takes a third of a training step
        a = torch.softmax((q @ k.transpose(2, 3)) / (w // self.heads) ** 0.5 + mask, -1).to(v.dtype) @ v
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, w))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def within_blocks(mask: Tensor, block: int, *, one_more: bool) -> Tensor:
    """Which piece sees which: those of its own block, and the mark at the start, which sees all (Longformer's manner).

    The pieces after the mark are cut into the fewest blocks of even length of at most `block`; `one_more`: into one
    more than that, so that the cuts of one layer lie inside the blocks of the next. A text of one block stays whole.

    Args:
        mask: (windows, pieces), 1 where there is a piece.
        block: the longest block, in pieces.
        one_more: whether to cut longer texts once more.

    Returns:
        (windows, 1, pieces, pieces), true where the piece of the row sees the one of the column.
    """
    count = mask.sum(1, keepdim=True) - 1
    blocks = (count + block - 1) // block
    blocks = (blocks + (blocks > 1) * one_more).clamp(min=1)
    size = ((count + blocks - 1) // blocks).clamp(min=1)
    place = torch.arange(mask.shape[1], device=mask.device)
    own = (place[None] - 1).clamp(min=0) // size
    marked = place == 0
    seen = (own[:, :, None] == own[:, None, :]) | marked[None, :, None] | marked[None, None, :]
    return (seen & (mask[:, None, :] > 0))[:, None]


class Encoder(nn.Module):
    """BERT's encoder; casing is added to the embeddings, attention stays in blocks, the last four layers are mixed."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.block = config.block
        self.words = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.positions, config.width)
        self.kind = nn.Parameter(torch.zeros(config.width))
        self.cases = nn.Embedding(features.CASES, config.width)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.layers = nn.ModuleList([Layer(config) for _ in range(config.layers)])
        self.mix = nn.Parameter(torch.tensor([0.0, 0.0, 0.5, 1.0]))
        self.drop = Dropout(0.1)
        nn.init.zeros_(self.cases.weight)

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """(windows, pieces) of ids, casing, and 1 where there is a piece -> (windows, pieces, width)."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(place) + self.kind + self.cases(cases)
        x = self.drop(self.norm(x))
        seen = [within_blocks(mask, self.block, one_more=more) for more in (False, True)]
        bias = [(1.0 - each.to(x.dtype)) * -10000.0 for each in seen]
        kept = []
        for index, layer in enumerate(self.layers):
            x = layer(x, bias[index % 2])
            kept.append(x)
        weights = torch.softmax(self.mix, 0)
        return sum((kept[i - 4] * weights[i] for i in range(4)), torch.zeros_like(x))

    def load(self, folder: Path) -> None:
        """Take the weights of all-MiniLM-L6-v2 (model.safetensors of the package named in training/README.md)."""
        from safetensors.torch import load_file

        old = load_file(folder / "model.safetensors")
        old = {key.removeprefix("bert."): value for key, value in old.items()}
        new = {
            "words.weight": old["embeddings.word_embeddings.weight"],
            "positions.weight": old["embeddings.position_embeddings.weight"],
            "kind": old["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        for index in range(len(self.layers)):
            there, here = f"encoder.layer.{index}.", f"layers.{index}."
            for end in ("weight", "bias"):
                new[here + "qkv." + end] = torch.cat(
                    [old[f"{there}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
                )
                new[here + "out." + end] = old[f"{there}attention.output.dense.{end}"]
                new[here + "norm1." + end] = old[f"{there}attention.output.LayerNorm.{end}"]
                new[here + "up." + end] = old[f"{there}intermediate.dense.{end}"]
                new[here + "down." + end] = old[f"{there}output.dense.{end}"]
                new[here + "norm2." + end] = old[f"{there}output.LayerNorm.{end}"]
        missing = set(self.state_dict()) - set(new) - {"cases.weight", "mix"}
        if missing:
            raise ValueError(f"weights missing from {folder}: {sorted(missing)}")
        self.load_state_dict(new, strict=False)


class Near(nn.Module):
    """A residual convolution over three neighbouring words (faster so than Conv1d); `mask` keeps padding at zero."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.three = nn.Linear(3 * width, width)
        self.norm = nn.LayerNorm(width)
        self.drop = Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(windows, words, width), (windows, words, 1) -> the same shape."""
        inside = x * mask
        none = torch.zeros_like(inside[:, :1])
        three = torch.cat([torch.cat([none, inside[:, :-1]], 1), inside, torch.cat([inside[:, 1:], none], 1)], -1)
        return self.norm(x + self.drop(F.gelu(self.three(three))))


class Reader(nn.Module):
    """Word pieces -> words: a vector, tag scores and a furniture score each."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.cases = nn.Embedding(features.CASES, 24)
        self.places = nn.Embedding(features.PLACES, 16)
        self.join = nn.Linear(2 * config.width + 40, config.word)
        self.norm = nn.LayerNorm(config.word)
        self.near = nn.ModuleList([Near(config.word) for _ in range(2)])
        self.drop = Dropout(0.2)
        self.tag = nn.Linear(config.word, config.tags)
        self.furniture = nn.Linear(config.word, 1)

    def forward(
        self,
        pieces: Tensor,
        piece_cases: Tensor,
        mask: Tensor,
        first: Tensor,
        last: Tensor,
        cases: Tensor,
        places: Tensor,
        word_mask: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """(windows, pieces) x3, (windows, words) x5 -> vectors, tag scores, furniture scores of (windows, words)."""
        x = self.encoder(pieces, piece_cases, mask).float()
        width = x.shape[2]
        ends = [torch.gather(x, 1, at[:, :, None].expand(-1, -1, width)) for at in (first, last)]
        h = self.drop(torch.cat([*ends, self.cases(cases), self.places(places)], -1))
        h = self.norm(F.gelu(self.join(h)))
        inside = word_mask[:, :, None].to(h.dtype)
        for near in self.near:
            h = near(h, inside)
        dropped = self.drop(h)
        return h, self.tag(dropped), self.furniture(dropped)[:, :, 0]


class Among(nn.Module):
    """A transformer layer over a document's mentions, with a bias for what each two have in common."""

    def __init__(self, width: int, heads: int = 8) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.likeness = nn.Embedding(features.LIKENESS, heads)
        self.steps = nn.Embedding(features.STEPS, heads)
        self.sentence_steps = nn.Embedding(features.SENTENCE_STEPS, heads)
        self.norm1 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        self.norm2 = nn.LayerNorm(width)
        self.drop = Dropout(0.15)

    def forward(self, x: Tensor, likeness: Tensor, steps: Tensor, sentence_steps: Tensor) -> Tensor:
        """(mentions, width), (mentions, mentions) x3 -> the same shape."""
        n, w = x.shape
        q, k, v = self.qkv(x).view(n, 3, self.heads, w // self.heads).permute(1, 2, 0, 3).unbind(0)
        bias = self.likeness(likeness) + self.steps(steps) + self.sentence_steps(sentence_steps)
        weights = torch.softmax(q @ k.transpose(1, 2) / (w // self.heads) ** 0.5 + bias.permute(2, 0, 1), -1)
        a = (weights @ v).transpose(0, 1).reshape(n, w)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Linker(nn.Module):
    """Spans of a document -> mention vectors, types (the last one: no mention), antecedent scores."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.types = nn.Embedding(config.types + 1, 48)  # the last one: unknown
        self.join = nn.Linear(3 * config.word + 48, config.mention)
        self.norm = nn.LayerNorm(config.mention)
        self.among = nn.ModuleList([Among(config.mention) for _ in range(2)])
        self.drop = Dropout(0.2)
        self.retype = nn.Linear(config.mention, config.types + 1)
        self.later = nn.Linear(config.mention, config.pair)
        self.earlier = nn.Linear(config.mention, config.pair)
        self.both = nn.Linear(config.mention, config.pair, bias=False)
        self.likeness = nn.Embedding(features.LIKENESS, config.pair)
        self.steps = nn.Embedding(features.STEPS, config.pair)
        self.sentence_steps = nn.Embedding(features.SENTENCE_STEPS, config.pair)
        self.antecedent = nn.Linear(config.pair, 1)
        self.dot_later = nn.Linear(config.mention, 64)
        self.dot_earlier = nn.Linear(config.mention, 64)

    def forward(
        self,
        words: Tensor,
        start: Tensor,
        end: Tensor,
        types: Tensor,
        likeness: Tensor,
        steps: Tensor,
        sentence_steps: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """(words, word), (mentions) x3, (mentions, mentions) x3 -> vectors, scores of types + 1, antecedent scores.

        Of the last, row i, column j says how well j < i is an antecedent of i; 0 stands for none.
        """
        total = torch.cumsum(torch.cat([torch.zeros_like(words[:1]), words]), 0)
        mean = (total[end + 1] - total[start]) / (end + 1 - start)[:, None].to(words.dtype)
        x = self.drop(torch.cat([words[start], words[end], mean, self.types(types)], -1))
        x = self.norm(F.gelu(self.join(x)))
        for among in self.among:
            x = among(x, likeness, steps, sentence_steps)
        kind = self.retype(self.drop(x))
        y = self.drop(x)
        h = (
            self.later(y)[:, None]
            + self.earlier(y)[None, :]
            + self.both(y)[:, None] * y[None, :]
            + self.likeness(likeness)
            + self.steps(steps)
            + self.sentence_steps(sentence_steps)
        )
        score = self.antecedent(self.drop(F.gelu(h)))[:, :, 0] + self.dot_later(y) @ self.dot_earlier(y).T / 8.0
        return x, kind, score


class Relater(nn.Module):
    """Pairs of mentions -> a vector and a score for each relation."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.head = nn.Linear(config.mention, config.pair)
        self.tail = nn.Linear(config.mention, config.pair, bias=False)
        self.left = nn.Linear(config.mention, 128)
        self.right = nn.Linear(config.mention, 128)
        self.product = nn.Linear(128, config.pair, bias=False)
        self.between = nn.Linear(config.word, config.pair, bias=False)
        self.query_head = nn.Linear(config.mention, 128)
        self.query_tail = nn.Linear(config.mention, 128)
        self.key = nn.Linear(config.word, 128)
        self.value = nn.Linear(config.word, config.pair)
        self.gaps = nn.Embedding(features.GAPS, config.pair)
        self.sentence_steps = nn.Embedding(features.SENTENCE_STEPS, config.pair)
        self.norm = nn.LayerNorm(config.pair)
        self.middle = nn.Linear(config.pair, config.pair)
        self.relation = nn.Linear(config.pair, config.relations)
        self.drop = Dropout(0.2)

    def forward(  # noqa: PLR0917 - the arrays of kg.nlp.features
        self,
        words: Tensor,
        mentions: Tensor,
        start: Tensor,
        end: Tensor,
        head: Tensor,
        tail: Tensor,
        low: Tensor,
        high: Tensor,
        gaps: Tensor,
        sentence_steps: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """(words, word), (mentions, mention), (mentions) x2, (pairs) x6 -> (pairs, pair), (pairs, relations).

        `low`..`high` are the words of the sentences that a pair spans.
        """
        y = self.drop(mentions)
        total = torch.cumsum(torch.cat([torch.zeros_like(words[:1]), words]), 0)
        forward = start[head] <= start[tail]
        inner_low = torch.where(forward, end[head], end[tail]) + 1
        inner_high = torch.maximum(torch.where(forward, start[tail], start[head]), inner_low)
        inner = (total[inner_high] - total[inner_low]) / (inner_high - inner_low + 1)[:, None].to(words.dtype)
        place = torch.arange(words.shape[0], device=words.device)[None, :]
        outside = (place < low[:, None]) | (place >= high[:, None])
        query = self.query_head(y)[head] + self.query_tail(y)[tail]
        key, value = self.key(words), self.value(words)
        near = query @ key.T / 128**0.5 + outside.to(words.dtype) * -10000.0
        context = torch.softmax(near, -1) @ value
        h = (
            self.head(y)[head]
            + self.tail(y)[tail]
            + self.product(self.left(y)[head] * self.right(y)[tail])
            + self.between(inner)
            + context
            + self.gaps(gaps)
            + self.sentence_steps(sentence_steps)
        )
        h = self.norm(F.gelu(h))
        h = h + F.gelu(self.middle(self.drop(h)))
        return h, self.relation(self.drop(h))


class Stancer(nn.Module):
    """Found relations -> stance, and who says so."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.relations = nn.Embedding(config.relations, config.pair)
        self.join = nn.Linear(config.pair, config.pair)
        self.stance = nn.Linear(config.pair, 5)
        self.ask = nn.Linear(config.pair, 128)
        self.answer = nn.Linear(config.mention, 128)
        self.nobody = nn.Linear(config.pair, 1)
        self.drop = Dropout(0.2)

    def forward(self, found: Tensor, relation: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor]:
        """(found, pair), (found), (mentions, mention) -> stance (found, 5); by (found, 1 + mentions), first: nobody."""
        h = F.gelu(self.join(self.drop(found)) + self.relations(relation))
        h = self.drop(h)
        by = self.ask(h) @ self.answer(mentions).T / 8.0
        return self.stance(h), torch.cat([self.nobody(h), by], -1)


class Network(nn.Module):
    """The four parts together."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.reader = Reader(config)
        self.linker = Linker(config)
        self.relater = Relater(config)
        self.stancer = Stancer(config)


def save(network: Network, path: Path) -> None:
    """Write weights and sizes beside each other: PATH and PATH with the suffix .json."""
    beside = path.with_suffix(".part")
    torch.save(network.state_dict(), beside)
    beside.replace(path)
    path.with_suffix(".json").write_text(
        json.dumps(dataclasses.asdict(network.config), indent=1) + "\n", encoding="utf-8"
    )


def load(path: Path) -> Network:
    """The network that `save` wrote."""
    network = Network(Config(**json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))))
    network.load_state_dict(torch.load(path, weights_only=True))
    return network.eval()
