"""Public annotated sets as further tasks beside our own: names, coreference, relations, each with its own labels.

Each set is read into samples in words; a sample teaches the encoder and the parts above it by a head of its set's own,
which is thrown away after training. The sets are read where they lie and are no part of this project.
"""

from __future__ import annotations

import dataclasses
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - as everyone does

from kg.nlp import features, network
from training.network import Network

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CURLY = "\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
UNSPACED = frozenset(".,;:!?)]}%'" + CURLY) | {"'s", "n't", "'re", "'ve", "'ll", "'m", "'d"}


@dataclasses.dataclass(frozen=True)
class Sample:
    """A stretch of one set's text.

    `tags` holds a label a word, or is empty; `spans` are (first word, last word inclusive, entity number), sorted;
    `related` holds pairs of spans (by index) with their labels; a pair without labels has no relation.
    """

    task: str
    words: tuple[str, ...]
    sentence: tuple[int, ...]
    tags: tuple[str, ...] = ()
    spans: tuple[tuple[int, int, int], ...] = ()
    related: tuple[tuple[int, int, tuple[str, ...]], ...] = ()


def crossner(folder: Path) -> Iterator[Sample]:
    """Five domains, a task each, since each has labels of its own (Liu et al. 2021)."""
    for path in sorted(folder.glob("crossner/*/train.txt")):
        yield from _packed(f"crossner-{path.parent.name}", _bio(path))


def wnut17(folder: Path) -> Iterator[Sample]:
    """Emerging and rare names in posts (Derczynski et al. 2017)."""
    yield from _packed("wnut17", _bio(folder / "wnut17" / "wnut17train.conll"))


def wikigold(folder: Path) -> Iterator[Sample]:
    """Names in Wikipedia (Balasuriya et al. 2009)."""
    for path in sorted((folder / "wikigold" / "CONLL-format" / "data").glob("*")):
        yield from _packed("wikigold", _bio(path))


def redocred(folder: Path) -> Iterator[Sample]:
    """Wikipedia's paragraphs with coreference and 96 relations of Wikidata (Tan et al. 2022)."""
    for item in json.loads((folder / "redocred" / "dev_revised.json").read_text(encoding="utf-8")):
        starts = np.cumsum([0, *map(len, item["sents"])])
        words = tuple(word for sentence in item["sents"] for word in sentence)
        sentence = tuple(number for number, sent in enumerate(item["sents"]) for _ in sent)
        found = {
            (int(starts[m["sent_id"]]) + m["pos"][0], int(starts[m["sent_id"]]) + m["pos"][1] - 1): number
            for number, mentions in enumerate(item["vertexSet"])
            for m in mentions
        }
        spans = tuple(sorted((start, end, number) for (start, end), number in found.items()))
        facts: dict[tuple[int, int], tuple[str, ...]] = {}
        for label in item["labels"]:
            both = (label["h"], label["t"])
            facts[both] = (*facts.get(both, ()), label["r"])
        related = []
        for i, j in _pairs(np.asarray([sentence[start] for start, _, _ in spans])):
            labels = facts.get((spans[i][2], spans[j][2]), ())
            near = sentence[spans[i][0]] == sentence[spans[j][0]]
            if spans[i][2] != spans[j][2] and (labels or near):
                related.append((i, j, labels))
        yield Sample("redocred", words, sentence, spans=spans, related=tuple(related))


def core(folder: Path) -> Iterator[Sample]:
    """Sentences with two companies and one of 12 relations or none (Borchert et al. 2023)."""
    units = []
    for item in json.loads((folder / "core" / "train.json").read_text(encoding="utf-8")):
        one, two = (item["e1_start"], item["e1_end"]), (item["e2_start"], item["e2_end"])
        head, tail = (two, one) if item["invert_relation"] else (one, two)
        units.append((item["context"], head, tail, item["relation"]))
    yield from _related("core", units)


def fewrel(folder: Path) -> Iterator[Sample]:
    """Sentences of Wikipedia with two things and one of 16 relations (Han et al. 2018)."""
    units = []
    for relation, items in json.loads((folder / "fewrel" / "val_wiki.json").read_text(encoding="utf-8")).items():
        for item in items:
            head, tail = ((item[end][2][0][0], item[end][2][0][-1]) for end in "ht")
            units.append((item["tokens"], head, tail, relation))
    random.Random(0).shuffle(units)  # noqa: S311 - no secret
    yield from _related("fewrel", units)


def gum(folder: Path) -> Iterator[Sample]:
    """Coreference in news, interviews, academic and court texts (Zeldes 2017), in stretches of 12 sentences."""
    for path in sorted((folder / "gum" / "ontogum").glob("*.conllu")):
        blocks = [block.splitlines() for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
        for at in range(0, len(blocks), 12):
            words: list[str] = []
            sentence: list[int] = []
            open_: list[tuple[str, int]] = []
            spans: dict[tuple[int, int], int] = {}
            names: dict[str, int] = {}
            for number, block in enumerate(blocks[at : at + 12]):
                for fields in (line.split("\t") for line in block if not line.startswith("#")):
                    if not fields[0].isdigit():
                        continue
                    words.append(fields[1])
                    sentence.append(number)
                    marks = re.search(r"Entity=([^|]+)", fields[9])
                    for begin, name, stop in re.findall(r"(\(?)([\w.-]+)(\)?)", marks[1] if marks else ""):
                        if begin:
                            open_.append((name, len(words) - 1))
                        if stop:
                            where = next((i for i in reversed(range(len(open_))) if open_[i][0] == name), None)
                            if where is not None:
                                start = open_.pop(where)[1]
                                spans[start, len(words) - 1] = names.setdefault(name, len(names))
            if len(spans) > 1:
                found = tuple(sorted((start, end, name) for (start, end), name in spans.items()))
                yield Sample("gum", tuple(words), tuple(sentence), spans=found)


SETS: dict[str, Callable[[Path], Iterator[Sample]]] = {
    "crossner": crossner,
    "wnut17": wnut17,
    "wikigold": wikigold,
    "redocred": redocred,
    "core": core,
    "fewrel": fewrel,
    "gum": gum,
}


def _bio(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The sentences of a file with a word and its tag a line."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        fields = line.split()
        if len(fields) >= 2:
            words.append(fields[0])
            tags.append(fields[-1])
        elif words:
            yield words, tags
            words, tags = [], []


def _packed(task: str, sentences: Iterator[tuple[list[str], list[str]]], size: int = 8) -> Iterator[Sample]:
    """Sentences of no story, several to a sample."""
    rows = list(sentences)
    for at in range(0, len(rows), size):
        part = rows[at : at + size]
        yield Sample(
            task,
            tuple(word for words, _ in part for word in words),
            tuple(number for number, (words, _) in enumerate(part) for _ in words),
            tags=tuple(tag for _, tags in part for tag in tags),
        )


def _related(task: str, units: Sequence[tuple[Any, tuple[int, int], tuple[int, int], str]]) -> Iterator[Sample]:
    """Sentences with one pair each, several to a sample; the pair turned round has no relation."""
    for at in range(0, len(units), 8):
        words: list[str] = []
        sentence: list[int] = []
        rows: list[tuple[tuple[int, int], int]] = []
        for number, (text, head, tail, _) in enumerate(units[at : at + 8]):
            base = len(words)
            rows += [((head[0] + base, head[1] + base), 2 * number), ((tail[0] + base, tail[1] + base), 2 * number + 1)]
            words += text
            sentence += [number] * len(text)
        rows.sort()
        where = {name: index for index, (_, name) in enumerate(rows)}
        related = []
        for number, (_, _, _, label) in enumerate(units[at : at + 8]):
            head_at, tail_at = where[2 * number], where[2 * number + 1]
            related += [(head_at, tail_at, (label,)), (tail_at, head_at, ())]
        spans = tuple((start, end, name) for (start, end), name in rows)
        yield Sample(task, tuple(words), tuple(sentence), spans=spans, related=tuple(related))


def _pairs(sentence: np.ndarray) -> list[tuple[int, int]]:
    head, tail = features.pairs(sentence)
    return list(zip(head.tolist(), tail.tolist(), strict=True))


class Tasks:
    """The samples of some sets, and the heads that learn their labels."""

    def __init__(self, folder: Path, names: Sequence[str], net: Network, seed: int) -> None:
        self.samples = [sample for name in names for sample in SETS[name](folder)]
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._left: list[Sample] = []
        tags: dict[str, set[str]] = {}
        labels: dict[str, set[str]] = {}
        for sample in self.samples:
            tags.setdefault(sample.task, set()).update(sample.tags)
            labels.setdefault(sample.task, set()).update(label for _, _, found in sample.related for label in found)
        self.tags = {task: sorted(found) for task, found in tags.items() if found}
        self.labels = {task: sorted(found) for task, found in labels.items() if found}
        config = net.config
        self.heads = nn.ModuleDict(
            {f"tags {task}": nn.Linear(config.word, len(found)) for task, found in self.tags.items()}
            | {f"labels {task}": nn.Linear(config.pair, len(found)) for task, found in self.labels.items()}
        )

    def next(self, count: int) -> list[Sample]:
        """Some samples; each comes once before one comes twice."""
        while len(self._left) < count:
            more = list(self.samples)
            self._chance.shuffle(more)
            self._left = more + self._left
        return [self._left.pop() for _ in range(count)]

    def loss(self, net: Network, sample: Sample, item: features.Words, vectors: Tensor) -> Tensor:
        """The loss of one sample, given the vectors (words, word) that the reader has for its words."""
        total = torch.zeros(())
        if sample.tags:
            names = {tag: index for index, tag in enumerate(self.tags[sample.task])}
            scores = self.heads[f"tags {sample.task}"](net.reader.drop(vectors))
            total = total + 2.0 * F.cross_entropy(scores, torch.tensor([names[tag] for tag in sample.tags]))
        if len(sample.spans) > 1:
            total = total + self._among(net, sample, item, vectors)
        return total

    def _among(self, net: Network, sample: Sample, item: features.Words, vectors: Tensor) -> Tensor:
        """What is learnt from spans: antecedents where a story has them, relations where they are given."""
        text = network.Text(
            list(sample.words), spaces(sample.words), list(sample.sentence), [False] * len(sample.words)
        )
        surfaces = [network.surface(text, start, end) for start, end, _ in sample.spans]
        spans = features.spans(
            surfaces, [row[0] for row in sample.spans], [row[1] for row in sample.spans], item.sentence
        )
        start, end = torch.from_numpy(spans.start), torch.from_numpy(spans.end)
        likeness, steps, far = (torch.from_numpy(a) for a in (spans.likeness, spans.steps, spans.sentence_steps))
        unknown = torch.full((len(sample.spans),), net.config.types)
        mentions, _, antecedents = net.linker(vectors, start, end, unknown, likeness, steps, far)
        total = torch.zeros(())
        if sample.task in {"redocred", "gum"}:
            entity = np.asarray([row[2] for row in sample.spans])
            below = np.tril(np.ones((len(entity), len(entity)), dtype=bool), -1)
            full = torch.cat([torch.zeros(len(entity), 1), antecedents.masked_fill(~torch.from_numpy(below), -1e4)], 1)
            right = (entity[:, None] == entity[None, :]) & below
            target = torch.from_numpy(np.concatenate([~right.any(1, keepdims=True), right], 1))
            total = total + (full.logsumexp(1) - full.masked_fill(~target, -1e4).logsumexp(1)).mean()
        if sample.related:
            names = {label: index for index, label in enumerate(self.labels[sample.task])}
            head, tail = (np.asarray([pair[end] for pair in sample.related]) for end in (0, 1))
            sentence = item.sentence[spans.start]
            edges = np.searchsorted(item.sentence, np.arange(int(item.sentence[-1]) + 2), side="left")
            lower, upper = np.minimum(sentence[head], sentence[tail]), np.maximum(sentence[head], sentence[tail])
            arrays = (
                head,
                tail,
                edges[lower],
                edges[upper + 1],
                features.gaps(spans.start, spans.end, head, tail),
                np.minimum(upper - lower, features.SENTENCE_STEPS - 1),
            )
            found, _ = net.relater(
                vectors, mentions, start, end, *(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays)
            )
            wanted = torch.zeros(len(sample.related), len(names))
            for row, (_, _, labels) in enumerate(sample.related):
                wanted[row, [names[label] for label in labels]] = 1.0
            scores = self.heads[f"labels {sample.task}"](net.relater.drop(found))
            entropy = F.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")
            total = total + entropy / max(len(sample.spans), 10)
        return total


def spaces(words: Sequence[str]) -> list[bool]:
    """Whether a space follows each word, as it is usual."""
    return [following not in UNSPACED for following in (*words[1:], "")]


def encode(sample: Sample, tokenizer: Tokenizer) -> features.Words:
    """The sample's words as the network reads them."""
    return features.encode(tokenizer, list(sample.words), spaces(sample.words), list(sample.sentence))
