"""Words a second from text to statements, memory and loading time, on one core: python -m benchmarks.speed.

Reading is timed in seconds of the CPU: what else the machine does counts as little as it can. The text is that of the
corpus's -6.txt files, or of the files named. The floor is the bare encoder over the same words.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent


def timed(work: Callable[[], object], runs: int) -> float:
    """The median of some runs, in seconds of the CPU."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def cpu() -> str:
    """The kind of CPU."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown CPU")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    start = time.perf_counter()
    from kg.nlp import network
    from kg.nlp.components import mark_furniture, mark_sentences, text_of
    from kg.nlp.pipeline import annotate, load

    nlp = load()
    encoder = nlp.get_pipe("kg_encoder")
    _ = encoder.engine, encoder.tokenizer, encoder.settings  # type: ignore[attr-defined]
    loading = time.perf_counter() - start
    from kg.names import document_id
    from kg.types import Document
    from training import corpus

    files = given.files or sorted((ROOT / "training" / "corpus").glob("*-6.txt"))
    documents = [
        Document(document_id(d.id, d.text), d.id, d.text, published=d.header.get("published"))
        for path in files
        for d in corpus.read(path)
    ]
    words = sum(len(document.text.split()) for document in documents)
    whole = timed(lambda: list(annotate(nlp, documents)), given.runs)
    texts = [text_of(mark_sentences(mark_furniture(nlp.make_doc(d.text)))) for d in documents]
    bare = timed(lambda: [network.encode(encoder.engine, encoder.tokenizer, t) for t in texts], given.runs)  # type: ignore[attr-defined]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"{cpu()}, one thread; {len(documents)} documents, {words} words, median of {given.runs} runs")
    print(f"whole pipeline   {words / whole:8.0f} words a second")
    print(f"bare encoder     {words / bare:8.0f} words a second; the pipeline takes {whole / bare:.2f} times as long")
    print(f"loading          {loading:8.2f} s with the libraries")
    print(f"peak memory      {memory:8.0f} MB")


if __name__ == "__main__":
    main()
