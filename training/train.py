"""Train the network on the annotated corpus: python -m training.train --help."""

from __future__ import annotations

import argparse
import contextlib
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
from training import data
from training.network import Config, Network, save

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the official scorer is a script beside this one
from score import score as score_table  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Options:
    """How to train; the defaults are those of the shipped network."""

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
    seed: int = 1
    threads: int = 1


def batch_arrays(examples: Sequence[data.Example]) -> tuple[dict[str, Tensor], list[list[tuple[int, features.Window]]]]:
    """All windows of these examples, padded to one size, and for each example the rows and windows that are its."""
    rows: list[dict[str, Any]] = []
    owners: list[list[tuple[int, features.Window]]] = []
    for item in examples:
        own = []
        for window in item.words.windows:
            own.append((len(rows), window))
            rows.append(network.window_arrays(item.words, window))
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
    arrays, owners = batch_arrays(examples)
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


def main() -> None:  # noqa: PLR0915 - the loop
    """Train, with a checkpoint and a score on the -5.txt files now and then."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--lexicon", type=Path)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--check", type=int, default=5, help="passes between two scores")
    parser.add_argument(
        "--minutes", type=float, help="stop after so many minutes; passes are then set by the first one's time"
    )
    for field in dataclasses.fields(Options):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    given = parser.parse_args()
    options = Options(**{field.name: getattr(given, field.name) for field in dataclasses.fields(Options)})
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    folders = given.corpus or [HERE / "corpus"]
    found = data.documents("train", folders)
    chance.shuffle(found)
    found = found[: int(len(found) * options.part)]
    dev = data.documents("dev", [HERE / "corpus"])
    pool = data.names(found)
    if given.lexicon:
        for kind, more in data.lexicon(given.lexicon).items():
            pool[kind] = sorted({*pool[kind], *more})
    config = Config(types=len(data.TYPES), relations=len(data.RELATIONS))
    net = Network(config)
    net.reader.encoder.load(given.base)
    if given.start:
        net.load_state_dict(torch.load(given.start, weights_only=True))
    net.train()
    net.reader.encoder.words.weight.requires_grad_(False)  # half of all weights: fixed, a step takes half the time
    encoder = [p for p in net.reader.encoder.parameters() if p.requires_grad]
    fresh = {id(net.reader.encoder.cases.weight), id(net.reader.encoder.mix)}
    slow = [p for p in encoder if id(p) not in fresh]
    fast = [p for p in net.parameters() if p.requires_grad and id(p) not in {id(q) for q in slow}]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": options.encoder_rate}, {"params": fast, "lr": options.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    passes = options.passes
    steps = passes * -(-len(found) // options.batch)

    def rate(step: int) -> float:
        if step < options.warmup * steps:
            return step / (options.warmup * steps)
        return max(options.floor, 1 - (step / steps - options.warmup) / (1 - options.warmup))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    average = {name: value.detach().clone() for name, value in net.state_dict().items()}
    print(f"{len(found)} documents, {sum(p.numel() for p in net.parameters()) / 1e6:.1f} M weights", flush=True)
    began, step = time.monotonic(), 0
    log: list[dict[str, Any]] = []
    number = 0
    while number < passes:
        number += 1
        examples = []
        for document in found:
            item = data.example(
                data.swap(document, pool, chance, options.swap) if chance.random() < 0.7 else document, tokenizer
            )
            examples.append(data.recase(item, chance) if chance.random() < options.recase else item)
        # batches of like length, in random order
        examples.sort(key=lambda e: len(e.words.pieces) + chance.random() * 60)
        batches = [examples[i : i + options.batch] for i in range(0, len(examples), options.batch)]
        chance.shuffle(batches)
        sums: dict[str, float] = {}
        for batch in batches:
            losses = run_batch(net, batch, chance, noisy=step > options.noise_from * steps)
            total = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
            optimizer.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            keep = min(options.average, (step + 1) / (step + 10))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    if name != "reader.encoder.words.weight":
                        average[name].lerp_(value, 1 - keep)
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach()) / len(batches)
        minutes = (time.monotonic() - began) / 60
        if number == 1 and given.minutes:
            passes = max(4, int(given.minutes / minutes))
            steps = passes * len(batches)
        print(
            f"pass {number} of {passes}, {minutes:.1f} min: " + "  ".join(f"{k} {v:.3f}" for k, v in sums.items()),
            flush=True,
        )
        if number % given.check == 0 or number == passes:
            live = {name: value.detach().clone() for name, value in net.state_dict().items()}
            net.load_state_dict(average)
            with contextlib.suppress(OSError):
                save(net, given.out / "network.pt")
            table = evaluate(net, dev, tokenizer, settings())
            print(f"  dev: {line(table)}", flush=True)
            log.append(
                {
                    "pass": number,
                    "minutes": minutes,
                    **{k: table[k] for k in ("named", "mentions", "coref", "triples", "stanced")},
                }
            )
            (given.out / "log.json").write_text(json.dumps(log, indent=1), encoding="utf-8")
            net.load_state_dict(live)


if __name__ == "__main__":
    main()
