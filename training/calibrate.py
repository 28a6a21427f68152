"""Choose thresholds and fit scores on the -5.txt files: python -m training.calibrate kg/model.

Rewrites the config.json in it.

Thresholds are chosen one after the other, each for the F that it touches; those of relations start from one for all,
and a relation gets its own only where enough was seen of it. Scores are fitted by Platt's method (1999).
"""

from __future__ import annotations

import argparse
import collections
import copy
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.nlp import network
from kg.nlp.components import mark_furniture, mark_sentences, text_of
from kg.nlp.pipeline import load
from kg.types import STANCES
from training import data

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the official scorer is a script beside this one
import score as scorer  # noqa: E402

GRID = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8]
ENOUGH = 12
"""Gold relations of a kind below which it keeps the common threshold."""


@dataclasses.dataclass
class Read:
    """A document of which the words have been read once, so that what follows can be tried many times."""

    gold: Any
    doc: Any
    state: network.State


def prepare(nlp: Any, encoder: Any, documents: Sequence[Any]) -> list[Read]:
    """Read the words of all documents, from raw text."""
    found = []
    for gold in documents:
        doc = mark_sentences(mark_furniture(nlp.make_doc(gold.text)))
        found.append(Read(gold, doc, network.encode(encoder.engine, encoder.tokenizer, text_of(doc))))
    return found


def outputs(engine: network.Engine, reads: Sequence[Read], settings: network.Settings, *, deep: bool) -> dict[str, Any]:
    """What is read with these settings, in the form of score.py; `deep` reads relations as well."""
    result = {}
    for read in reads:
        state = copy.copy(read.state)
        network.link(engine, settings, state, network.propose(settings, state))
        if deep:
            network.relate(engine, settings, state)
            network.weigh(engine, settings, state)
        result[read.gold.id] = {
            "mentions": [
                {
                    "start": read.doc[m.start].idx,
                    "end": read.doc[m.end].idx + len(read.doc[m.end]),
                    "type": settings.types[m.type],
                    "entity": f"e{m.cluster}",
                    "score": m.score,
                }
                for m in state.mentions
            ],
            "statements": [
                {
                    "subject": f"e{state.mentions[r.head].cluster}",
                    "predicate": settings.relations[r.relation],
                    "object": f"e{state.mentions[r.tail].cluster}",
                    "modifiers": [STANCES[s] for s in r.stance],
                    "score": r.score,
                }
                for r in state.relations
            ],
        }
    return result


def choose_mentions(engine: network.Engine, reads: Sequence[Read], settings: network.Settings) -> network.Settings:
    """Thresholds of mentions and of coreference."""
    gold = [read.gold for read in reads]
    best, found = -1.0, settings
    for outside in (0.0, 0.5, 1.0):
        for mention in (0.5, 0.6, 0.7):
            tried = dataclasses.replace(settings, outside=outside, mention=mention)
            table = scorer.score(gold, outputs(engine, reads, tried, deep=False))
            value = table["mentions"]["f"] + table["named"]["f"]
            if value > best:
                best, found = value, tried
    best, settings = -1.0, found
    for antecedent in (0.0, 0.5, 1.0, 1.5):
        tried = dataclasses.replace(settings, antecedent=antecedent)
        value = scorer.score(gold, outputs(engine, reads, tried, deep=False))["coref"]["f"]
        if value > best:
            best, found = value, tried
    return found


def candidates(
    reads: Sequence[Read], read: dict[str, Any]
) -> tuple[list[tuple[str, float, bool, str]], collections.Counter[str]]:
    """All relations found at a low threshold as (name, best score, right, document), and the gold count of each."""
    rows, wanted = [], collections.Counter[str]()
    for item in reads:
        gold = {(r.head, r.name, r.tail) for r in item.gold.relations}
        wanted.update(name for _, name, _ in gold)
        output = read[item.gold.id]
        names = scorer.align(item.gold, output["mentions"])
        best: dict[tuple[str, str, str], float] = {}
        for s in output["statements"]:
            key = (
                names.get(s["subject"], "?" + s["subject"]),
                s["predicate"],
                names.get(s["object"], "?" + s["object"]),
            )
            best[key] = max(best.get(key, 0.0), s["score"])
        rows += [(key[1], score, key in gold, item.gold.id) for key, score in sorted(best.items())]
    return rows, wanted


def choose_relations(
    rows: Sequence[tuple[str, float, bool, str]], wanted: collections.Counter[str]
) -> dict[str, float]:
    """The threshold of each relation for the best F over all together."""
    total = sum(wanted.values())
    table = {name: [(s, r) for n, s, r, _ in rows if n == name] for name in data.RELATIONS}

    def counts(name: str, limit: float) -> tuple[int, int]:
        kept = [right for score, right in table[name] if score >= limit]
        return sum(kept), len(kept)

    def f(right: int, found: int) -> float:
        return 2 * right / max(1, found + total)

    common = max(GRID, key=lambda t: f(*(sum(x) for x in zip(*(counts(n, t) for n in data.RELATIONS), strict=True))))
    chosen = dict.fromkeys(data.RELATIONS, common)
    for _ in range(3):
        for name in data.RELATIONS:
            if wanted[name] < ENOUGH:
                continue
            others = [counts(n, chosen[n]) for n in data.RELATIONS if n != name]
            right, found = sum(o[0] for o in others), sum(o[1] for o in others)

            def value(limit: float, name: str = name, right: int = right, found: int = found) -> float:
                r, n = counts(name, limit)
                # a gain must be worth straying from the common threshold: few documents, many thresholds
                return f(right + r, found + n) - 0.002 * abs(limit - common)

            chosen[name] = max(GRID, key=value)
    return chosen


def platt(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and shift of the log-odds that best tell right from wrong, by Newton's method with short steps."""
    p = np.clip(np.asarray(scores), 1e-6, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones(len(p))], 1)
    y, w = np.asarray(right, dtype=float), np.asarray([1.0, 0.0])
    for _ in range(200):
        q = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = x.T @ (x * (q * (1 - q))[:, None]) + 1e-3 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (q - y) + 1e-3 * (w - [1.0, 0.0]))
        w -= step * min(1.0, 0.2 / max(np.abs(step).max(), 1e-9))  # short steps: Newton's own may overshoot
    return float(w[0]), float(w[1])


def choose_stance(engine: network.Engine, reads: Sequence[Read], settings: network.Settings) -> tuple[float, ...]:
    """The threshold of each stance for the best F of stanced triples."""
    gold, limits = [read.gold for read in reads], [0.5] * len(STANCES)
    for index in range(len(STANCES)):  # 0.5 at most: a reserve that is missed makes a claim a fact

        def value(limit: float, index: int = index) -> float:
            tried = [*limits]
            tried[index] = limit
            chosen = dataclasses.replace(settings, stance=tuple(tried))
            return float(scorer.score(gold, outputs(engine, reads, chosen, deep=True))["stanced"]["f"])

        limits[index] = max((0.5, 0.3, 0.4), key=value)
    return tuple(limits)


def fitted(reads: Sequence[Read], read: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Slope and shift for the scores of mentions and of relations, from what was read and what is right."""
    shown, _ = candidates(reads, read)
    marks = [
        (m["score"], any((m["start"], m["end"], m["type"]) == (g.start, g.end, g.type) for g in r.gold.mentions))
        for r in reads
        for m in read[r.gold.id]["mentions"]
    ]
    return {
        "relation": platt([score for _, score, _, _ in shown], [right for _, _, right, _ in shown]),
        "mention": platt([score for score, _ in marks], [right for _, right in marks]),
    }


def calibrate(folder: Path) -> dict[str, Any]:
    """Choose everything, rewrite FOLDER/kg_encoder/config.json, return its new values."""
    nlp = load(folder)
    encoder = nlp.get_pipe("kg_encoder")
    neutral = dataclasses.replace(
        encoder.settings, outside=0.0, mention=0.5, antecedent=0.0, thresholds=(), stance=(), calibration={}
    )
    reads = prepare(nlp, encoder, data.documents("dev", [HERE / "corpus"]))
    settings = choose_mentions(encoder.engine, reads, neutral)
    low = dataclasses.replace(settings, thresholds=(0.05,) * len(settings.relations))
    read = outputs(encoder.engine, reads, low, deep=True)
    rows, wanted = candidates(reads, read)
    limits = choose_relations(rows, wanted)
    settings = dataclasses.replace(settings, thresholds=tuple(limits[name] for name in settings.relations))
    settings = dataclasses.replace(settings, stance=choose_stance(encoder.engine, reads, settings))
    final = outputs(encoder.engine, reads, settings, deep=True)
    new = {
        "outside": settings.outside,
        "mention": settings.mention,
        "antecedent": settings.antecedent,
        "thresholds": list(settings.thresholds),
        "stance": list(settings.stance),
        "by": settings.by,
        "calibration": fitted(reads, final),
    }
    path = folder / "kg_encoder" / "config.json"
    labels = {
        k: v for k, v in json.loads(path.read_text(encoding="utf-8")).items() if k in {"types", "relations", "stances"}
    }
    path.write_text(json.dumps({**labels, **new}, indent=1) + "\n", encoding="utf-8")
    table = scorer.score([r.gold for r in reads], final)
    print("  ".join(f"{k} {table[k]['f']:.1f}" for k in ("named", "mentions", "coref", "triples", "stanced")))
    return new


def main() -> None:
    """Read arguments, choose, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    new = calibrate(parser.parse_args().folder)
    print(json.dumps({k: v for k, v in new.items() if k != "thresholds"}))


if __name__ == "__main__":
    main()
