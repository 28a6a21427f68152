"""Names in the annotated files kept for scoring, by kg and by other tools side by side: python -m benchmarks.names.

A name is a named mention of an organisation, person, place, product, work or law; its type doesn't count, its two ends
do. Speed is in words a second of the CPU, without loading; kg's is that of the whole pipeline, statements included. The
floor is spaCy's entity ruler with the names of our lexicon. `--install` puts the peers into build/peers first.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg import phrases
from kg.gold import Gold, read
from kg.lexicon import lexicon
from kg.nlp.pipeline import annotate, load
from kg.nlp.tokenizer import blank

ROOT = Path(__file__).parent.parent
HERE, PLACE = ROOT / "benchmarks" / "peers", ROOT / "build" / "peers"
TYPES = phrases.listed(
    "Company Media Lab University Government Nonprofit Collective Person Place Model Product Dataset Work Law"
)
INSTALL = "python -m benchmarks.names --install"
PEERS = {
    "wink-nlp 2.4.0": (["node", str(HERE / "wink.js")], f"{INSTALL} (needs Node.js and npm)"),
    "compromise 14.17.0": (["node", str(HERE / "compromise.js")], f"{INSTALL} (needs Node.js and npm)"),
    "NLTK 3.10.4, its chunker": (
        [sys.executable, str(HERE / "nltk_chunker.py")],
        f"{INSTALL}; its data are in no registry: NLTK's own downloader fetches them, NLTK_DATA names their folder",
    ),
}
"""What each peer is asked by, and how to get it."""

Found = tuple[list[set[tuple[int, int]]], float]
"""Spans of each text, and seconds of the CPU."""


def install() -> None:
    """Put what can be had into build/peers; what can't be is told of when it is asked."""
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "package.json", PLACE / "package.json")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", str(PLACE / "python")]
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PLACE)]
    for command in ([*pip, "--requirement", str(HERE / "requirements.txt")], npm):
        if shutil.which(command[0]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wanted(gold: Gold) -> set[tuple[int, int]]:
    """The spans of the names in an annotated document."""
    text = gold.document.text
    return {
        (m.start, m.end)
        for m in gold.reading.mentions
        if m.type in TYPES and phrases.is_name(text[m.start : m.end], m.type)
    }


def ours(documents: Sequence[Gold]) -> Found:
    """By kg."""
    nlp = load()
    list(annotate(nlp, [documents[0].document]))
    start = time.process_time()
    read_ = list(annotate(nlp, (gold.document for gold in documents)))
    spent = time.process_time() - start
    return [{(m.start, m.end) for m in each.mentions if m.named and m.type in TYPES} for each in read_], spent


def by_lexicon(documents: Sequence[Gold]) -> Found:
    """By spaCy's entity ruler, that knows the names of the lexicon."""
    nlp = blank()
    patterns = [{"label": e.type, "pattern": name} for e in lexicon().entries if e.type in TYPES for name in e.names]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    nlp(documents[0].document.text)
    start = time.process_time()
    found = [{(e.start_char, e.end_char) for e in nlp(gold.document.text).ents} for gold in documents]
    return found, time.process_time() - start


def by_peer(command: list[str], documents: Sequence[Gold]) -> Found | None:
    """By another program, or None where it can't be run."""
    paths = {"NODE_PATH": str(PLACE / "node_modules"), "PYTHONPATH": str(PLACE / "python")}
    texts = json.dumps([gold.document.text for gold in documents])
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(
        command, input=texts, capture_output=True, text=True, check=False, encoding="utf-8", env=os.environ | paths
    )
    if done.returncode:
        return None
    told = json.loads(done.stdout)
    return [{(start, end) for start, end in each} for each in told["spans"]], told["seconds"]


def main() -> None:
    """Prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--install", action="store_true", help="put the peers into build/peers first")
    given = parser.parse_args()
    if given.install:
        install()
    files = given.files or sorted((ROOT / "training" / "corpus").glob("*-6.txt"))
    documents = [gold for path in files for gold in read(path)]
    gold = [wanted(each) for each in documents]
    words = sum(len(each.document.text.split()) for each in documents)
    systems: dict[str, Callable[[Sequence[Gold]], Found | None]] = {"kg": ours, "lexicon, spaCy's rules": by_lexicon}
    systems |= {name: lambda texts, command=command: by_peer(command, texts) for name, (command, _) in PEERS.items()}
    for name, system in systems.items():
        found = system(documents)
        print(f"{name:26} {row(gold, found, words) if found else f'not installed: {PEERS[name][1]}'}", flush=True)


def row(gold: list[set[tuple[int, int]]], found: Found, words: int) -> str:
    """Precision, recall, F and speed in words."""
    right = sum(len(one & two) for one, two in zip(gold, found[0], strict=True))
    precision, recall = right / max(sum(map(len, found[0])), 1), right / max(sum(map(len, gold)), 1)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    scores = f"P {100 * precision:5.1f}  R {100 * recall:5.1f}  F {100 * f:5.1f}"
    return f"{scores}   {words / max(found[1], 1e-9):8.0f} words a second"


if __name__ == "__main__":
    main()
