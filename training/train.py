"""Train the network on the annotated corpus: python -m training.train --help."""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - as everyone does

from kg.nlp import decode, features, network
from kg.types import STANCES
from training import corpus, data, public
from training.network import Config, Network, save

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the official scorer is a script beside this one
from score import score as score_table  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Options:
    """How to train; the defaults are those of the shipped network.

    `part` is how much of the corpus is used, `share` how many samples of public sets come with a document of ours.
    """

    passes: int = 30
    batch: int = 4
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    floor: float = 0.02
    warmup: float = 0.06
    average: float = 0.998
    swap: float = 0.35
    recase: float = 0.06
    noise_from: float = 0.15
    part: float = 1.0
    share: float = 0.4
    seed: int = 1
    threads: int = 1


def batch_arrays(texts: Sequence[features.Words]) -> tuple[dict[str, Tensor], list[list[tuple[int, features.Window]]]]:
    """All windows of these texts, padded to one size, and for each text the rows and windows that are its."""
    rows: list[dict[str, Any]] = []
    owners: list[list[tuple[int, features.Window]]] = []
    for words in texts:
        own = []
        for window in words.windows:
            own.append((len(rows), window))
            rows.append(network.window_arrays(words, window))
        owners.append(own)
    padded = {}
    for name in rows[0]:
        longest = max(row[name].shape[1] for row in rows)
        table = np.zeros((len(rows), longest), dtype=np.int64)
        for index, row in enumerate(rows):
            table[index, : row[name].shape[1]] = row[name][0]
        padded[name] = torch.from_numpy(table)
    return padded, owners


def tag_targets(item: data.Example) -> np.ndarray:
    """For each word the index of its tag."""
    tags = np.zeros(len(item.text.words), dtype=np.int64)
    for start, end, kind, _ in item.mentions:
        base = 1 + 4 * kind
        if start == end:
            tags[start] = base + 3
        else:
            tags[start], tags[end] = base, base + 2
            tags[start + 1 : end] = base + 1
    return tags


def noise(item: data.Example, scores: Tensor | None, chance: random.Random) -> list[tuple[int, int, int]]:
    """Spans that are no mentions: what the network now marks wrongly, and mentions with an edge moved."""
    real = {(start, end) for start, end, _, _ in item.mentions}
    found: dict[tuple[int, int], int] = {}
    if scores is not None:
        tags = decode.log_softmax(scores.detach().float().numpy())
        for start, end, kind in decode.spans(tags, outside=-1.0):
            if item.words.sentence[start] == item.words.sentence[end]:
                found[start, end] = kind
    for start, end, kind, _ in item.mentions:
        if chance.random() < 0.05:
            moved = (start + chance.choice((-1, 0, 1)), end + chance.choice((-1, 0, 1)))
            if (
                0 <= moved[0] <= moved[1] < len(item.text.words)
                and item.words.sentence[moved[0]] == item.words.sentence[moved[1]]
            ):
                found[moved] = kind
    wrong = [(*span, kind) for span, kind in sorted(found.items()) if span not in real]
    most = 10 + len(real) // 2
    return wrong if len(wrong) <= most else chance.sample(wrong, most)


def document_loss(
    net: Network,
    item: data.Example,
    words: Tensor,
    tags: Tensor,
    furniture: Tensor,
    chance: random.Random,
    *,
    noisy: bool,
) -> dict[str, Tensor]:
    """The losses of one document; `words`, `tags`, `furniture` are the reader's outputs for its words."""
    loss = {
        "tags": F.cross_entropy(tags, torch.from_numpy(tag_targets(item))),
        "furniture": F.binary_cross_entropy_with_logits(furniture, torch.from_numpy(item.furniture).float()),
    }
    extra = noise(item, tags if noisy else None, chance)
    unknown = len(data.TYPES)
    rows = sorted([(s, e, k, n) for s, e, k, n in item.mentions] + [(s, e, k, -1) for s, e, k in extra])
    if len(rows) < 2:
        return loss
    surfaces = [network.surface(item.text, s, e) for s, e, _, _ in rows]
    spans = features.spans(surfaces, [r[0] for r in rows], [r[1] for r in rows], item.words.sentence)
    kinds = np.asarray([r[2] for r in rows])
    entity = np.asarray([r[3] for r in rows])
    given = np.where(np.asarray([chance.random() < 0.1 for _ in rows]), unknown, kinds)
    start, end = torch.from_numpy(spans.start), torch.from_numpy(spans.end)
    likeness, steps, far = (torch.from_numpy(a) for a in (spans.likeness, spans.steps, spans.sentence_steps))
    mentions, types, antecedents = net.linker(words, start, end, torch.from_numpy(given), likeness, steps, far)
    loss["types"] = F.cross_entropy(types, torch.from_numpy(np.where(entity < 0, unknown, kinds)))
    # antecedents: the marginal likelihood of all right ones (Lee et al. 2017); none is column 0
    same = (entity[:, None] == entity[None, :]) & (entity[:, None] >= 0)
    below = np.tril(np.ones(same.shape, dtype=bool), -1)
    full = torch.cat([torch.zeros(len(rows), 1), antecedents.masked_fill(~torch.from_numpy(below), -1e4)], 1)
    right = same & below
    target = torch.from_numpy(np.concatenate([~right.any(1, keepdims=True), right], 1))
    loss["coref"] = (full.logsumexp(1) - full.masked_fill(~target, -1e4).logsumexp(1)).mean()
    # relations
    sentence = item.words.sentence[spans.start]
    head, tail = features.pairs(sentence)
    possible = data.ALLOWED[kinds[head], :, kinds[tail]].any(1) & ((entity[head] != entity[tail]) | (entity[head] < 0))
    head, tail = head[possible], tail[possible]
    if len(head) == 0:
        return loss
    label, weight, stances = relation_targets(item, entity, kinds, sentence, head, tail)
    edges = np.searchsorted(item.words.sentence, np.arange(int(item.words.sentence[-1]) + 2), side="left")
    lower, upper = np.minimum(sentence[head], sentence[tail]), np.maximum(sentence[head], sentence[tail])
    vectors, scores = net.relater(
        words,
        mentions,
        start,
        end,
        *(
            torch.from_numpy(np.ascontiguousarray(a))
            for a in (
                head,
                tail,
                edges[lower],
                edges[upper + 1],
                features.gaps(spans.start, spans.end, head, tail),
                np.minimum(upper - lower, features.SENTENCE_STEPS - 1),
            )
        ),
    )
    entropy = F.binary_cross_entropy_with_logits(scores, torch.from_numpy(label), reduction="none")
    loss["relations"] = (entropy * torch.from_numpy(weight)).sum() / max(len(item.mentions), 10)
    if stances:
        index = torch.tensor([s[0] for s in stances])
        names = torch.tensor([s[1] for s in stances])
        stance, by = net.stancer(vectors[index], names, mentions)
        wanted = torch.zeros(len(stances), len(STANCES))
        speaker = torch.zeros(len(stances), 1 + len(rows), dtype=torch.bool)
        for row, (_, _, gold) in enumerate(stances):
            wanted[row, list(gold.stance)] = 1.0
            near = (
                (sentence <= gold.sentence) & (sentence >= gold.sentence - 1) & (entity == gold.by)
                if gold.by is not None
                else None
            )
            if near is not None and near.any():
                speaker[row, 1:] = torch.from_numpy(near)
            else:
                speaker[row, 0] = True
        loss["stance"] = F.binary_cross_entropy_with_logits(stance, wanted)
        allowed = torch.from_numpy(np.concatenate([[True], np.ones(len(rows), dtype=bool)]))
        masked = by.masked_fill(~allowed, -1e4)
        loss["by"] = (masked.logsumexp(1) - masked.masked_fill(~speaker, -1e4).logsumexp(1)).mean()
    return loss


def relation_targets(
    item: data.Example, entity: np.ndarray, kinds: np.ndarray, sentence: np.ndarray, head: np.ndarray, tail: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int, data.Gold]]]:
    """Labels and weights (pairs, relations), and which (pair, relation) shows which gold relation.

    A relation is shown by the pairs of its ends within its sentence; failing that by the nearest. Pairs of the same
    ends that reach into a neighbouring sentence say nothing either way.
    """
    label = np.zeros((len(head), len(data.RELATIONS)), dtype=np.float32)
    weight = data.ALLOWED[kinds[head], :, kinds[tail]].astype(np.float32)
    shown: list[tuple[int, int, data.Gold]] = []
    for gold in item.relations:
        both = (entity[head] == gold.head) & (entity[tail] == gold.tail)
        inside = both & (sentence[head] == gold.sentence) & (sentence[tail] == gold.sentence)
        partly = both & ~inside & ((sentence[head] == gold.sentence) | (sentence[tail] == gold.sentence))
        if inside.any():
            chosen = np.flatnonzero(inside)
            weight[np.flatnonzero(partly & (label[:, gold.relation] == 0)), gold.relation] = 0.0
        elif partly.any():
            where = np.flatnonzero(partly)
            nearest = np.abs(head[where] - tail[where])
            chosen = where[nearest == nearest.min()]
        else:
            continue
        label[chosen, gold.relation] = 1.0
        weight[chosen, gold.relation] = 1.0
        shown += [(int(pair), gold.relation, gold) for pair in chosen]
    return label, weight, shown


WEIGHTS = {"tags": 6.0, "furniture": 0.3, "types": 1.0, "coref": 1.0, "relations": 1.0, "stance": 0.7, "by": 0.3}


def run_batch(
    net: Network, examples: Sequence[data.Example], chance: random.Random, *, noisy: bool
) -> dict[str, Tensor]:
    """The mean losses of a batch."""
    arrays, owners = batch_arrays([item.words for item in examples])
    with torch.autocast("cpu", torch.bfloat16):
        hidden = net.reader.encoder(arrays["pieces"], arrays["piece_cases"], arrays["mask"])
    vectors, tags, furniture = heads_of_reader(net, hidden.float(), arrays)
    total: dict[str, Tensor] = {}
    for item, own in zip(examples, owners, strict=True):
        parts = [
            [out[row, w.core_start - w.start : w.core_end - w.start] for row, w in own]
            for out in (vectors, tags, furniture)
        ]
        losses = document_loss(net, item, *(torch.cat(p) for p in parts), chance, noisy=noisy)
        for name, value in losses.items():
            total[name] = total.get(name, torch.zeros(())) + value / len(examples)
    return total


def public_loss(run: Run, count: int) -> Tensor:
    """The mean loss of the next samples of the public sets."""
    assert run.tasks is not None
    total = torch.zeros(())
    for sample in run.tasks.next(count):
        item = public.encode(sample, run.tokenizer)
        arrays, ((*own,),) = batch_arrays([item])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = run.net.reader.encoder(arrays["pieces"], arrays["piece_cases"], arrays["mask"])
        vectors, _, _ = heads_of_reader(run.net, hidden.float(), arrays)
        words = torch.cat([vectors[row, w.core_start - w.start : w.core_end - w.start] for row, w in own])
        total = total + run.tasks.loss(run.net, sample, item, words) / count
    return total


def heads_of_reader(net: Network, hidden: Tensor, arrays: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """The reader above its encoder, in full precision."""
    reader = net.reader
    width = hidden.shape[2]
    ends = [torch.gather(hidden, 1, arrays[at][:, :, None].expand(-1, -1, width)) for at in ("first", "last")]
    h = reader.drop(torch.cat([*ends, reader.cases(arrays["cases"]), reader.places(arrays["places"])], -1))
    h = reader.norm(F.gelu(reader.join(h)))
    inside = arrays["word_mask"][:, :, None].float()
    for near in reader.near:
        h = near(h, inside)
    dropped = reader.drop(h)
    return h, reader.tag(dropped), reader.furniture(dropped)[:, :, 0]


class Live:
    """The network as it stands, as an engine for kg.nlp.network.read."""

    def __init__(self, net: Network) -> None:
        self.net = net

    def __call__(self, part: str, /, **arrays: Any) -> list[Any]:
        """Run one part."""
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=part == "reader"):
            out = getattr(self.net, part)(*(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays.values()))
        return [o.float().numpy() for o in out]


def settings(**changes: Any) -> network.Settings:
    """Settings with neutral thresholds."""
    return network.Settings(
        types=data.TYPES,
        relations=data.RELATIONS,
        stances=STANCES,
        allowed=data.ALLOWED,
        symmetric=network.symmetric(data.RELATIONS),
        speakers=network.speakers(),
        **changes,
    )


def output(item: data.Example, doc: Any, reading: network.State) -> dict[str, Any]:
    """A reading in the form of score.py; `doc` is the spaCy Doc whose words were read."""
    mentions = [
        {
            "start": doc[m.start].idx,
            "end": doc[m.end].idx + len(doc[m.end]),
            "type": data.TYPES[m.type],
            "entity": f"e{m.cluster}",
            "value": None,
        }
        for m in reading.mentions
    ]
    statements = [
        {
            "subject": f"e{reading.mentions[r.head].cluster}",
            "predicate": data.RELATIONS[r.relation],
            "object": f"e{reading.mentions[r.tail].cluster}",
            "modifiers": [STANCES[s] for s in r.stance],
        }
        for r in reading.relations
    ]
    return {"id": item.id, "mentions": mentions, "statements": statements}


def evaluate(net: Network, gold: Sequence[Any], tokenizer: Tokenizer, chosen: network.Settings) -> dict[str, Any]:
    """The table of score.py on these documents, sentences and furniture as annotated."""
    net.eval()
    engine, outputs = Live(net), {}
    for document in gold:
        item = data.example(document, tokenizer)
        text = dataclasses.replace(item.text, skip=item.furniture.tolist())
        outputs[document.id] = output(item, data.words_of(document.text), network.read(engine, tokenizer, chosen, text))
    net.train()
    return score_table(gold, outputs)


def line(table: dict[str, Any]) -> str:
    """The main figures in one line."""
    keys = ("named", "mentions", "coref", "triples", "stanced")
    return (
        "  ".join(f"{k} {table[k]['f']:.1f}" for k in keys)
        + f"  (triples P {table['triples']['p']:.0f} R {table['triples']['r']:.0f})"
    )


@dataclasses.dataclass
class Run:
    """A training under way: what it trains on, the network with its moving average, and how far it is."""

    options: Options
    out: Path
    folders: list[Path]
    tokenizer: Tokenizer
    names: data.Names
    net: Network
    average: dict[str, Tensor]
    optimizer: torch.optim.Optimizer
    chance: random.Random
    minutes: float | None
    began: float = 0.0
    step: int = 0
    number: int = 0
    tasks: public.Tasks | None = None
    log: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def documents(self) -> list[corpus.Document]:
        """What is trained on now: files that were added while training count from the next pass on."""
        found = data.documents("train", self.folders)
        random.Random(self.options.seed).shuffle(found)  # noqa: S311 - no secret
        return found[: int(len(found) * self.options.part)]

    def progress(self, steps_a_pass: int) -> float:
        """How far the training is, 0 to 1: by steps, or by the clock if minutes are set."""
        if self.minutes:
            return min(1.0, (time.monotonic() - self.began) / 60 / self.minutes)
        return min(1.0, self.step / (self.options.passes * steps_a_pass))

    def rate(self, progress: float) -> float:
        """What the learning rates are multiplied with: up to 1, then in a line down to the floor."""
        if progress < self.options.warmup:
            return max(progress / self.options.warmup, 0.02)
        return max(self.options.floor, 1 - (progress - self.options.warmup) / (1 - self.options.warmup))


def start(given: argparse.Namespace, options: Options) -> Run:
    """Load what a training needs."""
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    net = Network(Config(types=len(data.TYPES), relations=len(data.RELATIONS)))
    net.reader.encoder.load(given.base)
    if given.start:
        net.load_state_dict(torch.load(given.start, weights_only=True))
    net.reader.encoder.words.weight.requires_grad_(False)  # half of all weights: fixed, a step takes half the time
    run = Run(
        options,
        given.out,
        given.corpus or [HERE / "corpus"],
        tokenizer,
        {},
        net.train(),
        {name: value.detach().clone() for name, value in net.state_dict().items()},
        optimizer(net, options),
        random.Random(options.seed),  # noqa: S311 - no secret
        given.minutes,
        time.monotonic(),
    )
    if given.public:
        run.tasks = public.Tasks(given.public, given.sets.split(","), net, options.seed)
        run.optimizer.add_param_group(
            {"params": list(run.tasks.heads.parameters()), "lr": options.head_rate, "top": options.head_rate}
        )
    run.names = data.names(run.documents())
    if given.lexicon:
        for kind, more in data.lexicon(given.lexicon).items():
            run.names[kind] = sorted({*run.names[kind], *more})
    return run


def optimizer(net: Network, options: Options) -> torch.optim.Optimizer:
    """AdamW with the encoder's old weights at a tenth of the rate of what is new."""
    encoder = net.reader.encoder
    fresh = {id(encoder.cases.weight), id(encoder.mix)}
    slow = [p for p in encoder.parameters() if p.requires_grad and id(p) not in fresh]
    fast = [p for p in net.parameters() if p.requires_grad and id(p) not in {id(q) for q in slow}]
    return torch.optim.AdamW(
        [
            {"params": slow, "lr": options.encoder_rate, "top": options.encoder_rate},
            {"params": fast, "lr": options.head_rate, "top": options.head_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )


def batches(run: Run) -> list[list[data.Example]]:
    """The documents of one pass, varied, in batches of like length and random order."""
    options, chance = run.options, run.chance
    examples = []
    for document in run.documents():
        swapped = data.swap(document, run.names, chance, options.swap) if chance.random() < 0.7 else document
        item = data.example(swapped, run.tokenizer)
        examples.append(data.recase(item, chance) if chance.random() < options.recase else item)
    examples.sort(key=lambda e: len(e.words.pieces) + chance.random() * 60)
    found = [examples[i : i + options.batch] for i in range(0, len(examples), options.batch)]
    chance.shuffle(found)
    return found


def one_pass(run: Run) -> dict[str, float]:
    """Train on all documents once; the mean of each loss."""
    sums: dict[str, float] = {}
    todo = batches(run)
    for batch in todo:
        progress = run.progress(len(todo))
        for group in run.optimizer.param_groups:
            group["lr"] = group["top"] * run.rate(progress)
        losses = run_batch(run.net, batch, run.chance, noisy=progress > run.options.noise_from)
        run.optimizer.zero_grad()
        torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum().backward()
        if run.tasks:
            count = int(len(batch) * run.options.share + run.chance.random())
            if count:
                losses["public"] = public_loss(run, count)
                losses["public"].backward()
        torch.nn.utils.clip_grad_norm_(run.net.parameters(), 1.0)
        run.optimizer.step()
        run.step += 1
        follow(run)
        for name, value in losses.items():
            sums[name] = sums.get(name, 0.0) + float(value.detach()) / len(todo)
        if run.minutes and progress >= 1:
            break
    run.number += 1
    return sums


def follow(run: Run) -> None:
    """Move the average of the weights a little towards where they are."""
    keep = min(run.options.average, (run.step + 1) / (run.step + 10))
    with torch.no_grad():
        for name, value in run.net.state_dict().items():
            if name != "reader.encoder.words.weight":
                run.average[name].lerp_(value, 1 - keep)


def checkpoint(run: Run, dev: Sequence[corpus.Document]) -> None:
    """Store the averaged weights, and score them."""
    live = {name: value.detach().clone() for name, value in run.net.state_dict().items()}
    run.net.load_state_dict(run.average)
    save(run.net, run.out / "network.pt")
    table = evaluate(run.net, dev, run.tokenizer, settings())
    run.net.load_state_dict(live)
    print(f"  dev: {line(table)}", flush=True)
    figures = {key: round(table[key]["f"], 1) for key in ("named", "mentions", "coref", "triples", "stanced")}
    run.log.append({"pass": run.number, "step": run.step, **figures})
    (run.out / "log.json").write_text(json.dumps(run.log, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train, with a checkpoint and a score on the -5.txt files now and then."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--lexicon", type=Path)
    parser.add_argument(
        "--public", type=Path, help="folder of public annotated sets, learnt beside (training/public.py)"
    )
    parser.add_argument("--sets", default=",".join(public.SETS), help="which of them")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--check", type=int, default=5, help="passes between two scores")
    parser.add_argument("--minutes", type=float, help="train for so long by the clock, instead of a number of passes")
    for field in dataclasses.fields(Options):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    given = parser.parse_args()
    options = Options(**{field.name: getattr(given, field.name) for field in dataclasses.fields(Options)})
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    run = start(given, options)
    dev = data.documents("dev", [HERE / "corpus"])
    print(
        f"{len(run.documents())} documents, {sum(p.numel() for p in run.net.parameters()) / 1e6:.1f} M weights",
        flush=True,
    )
    done = False
    while not done:
        sums = one_pass(run)
        spent = (time.monotonic() - run.began) / 60
        print(f"pass {run.number}, {spent:.1f} min: " + "  ".join(f"{k} {v:.3f}" for k, v in sums.items()), flush=True)
        done = spent >= run.minutes if run.minutes else run.number >= options.passes
        if done or run.number % given.check == 0:
            checkpoint(run, dev)


if __name__ == "__main__":
    main()
