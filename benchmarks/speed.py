"""Words a second from text to statements, memory and loading time, on one core: python -m benchmarks.speed.

Reading is timed in seconds of the CPU: what else the machine does counts as little as it can. The text is that of the
corpus's -6.txt files, or of the files named, in three parts of which the median counts; each document is read once, so
that nothing of it is remembered. The floor is the bare encoder over the same words.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.types import Document

ROOT = Path(__file__).parent.parent


def timed(work: Callable[[list[Document]], object], parts: Sequence[list[Document]]) -> float:
    """Words a second of the CPU, the median of some parts of the documents."""
    found = []
    for documents in parts:
        start = time.process_time()
        work(documents)
        found.append(sum(len(each.text.split()) for each in documents) / (time.process_time() - start))
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
    parser.add_argument("--runs", type=int, default=3, help="parts of the documents")
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
    parts = [documents[part :: given.runs] for part in range(given.runs)]
    whole = timed(lambda some: list(annotate(nlp, some)), parts)
    texts = {d.id: text_of(mark_sentences(mark_furniture(nlp.make_doc(d.text)))) for d in documents}
    bare = timed(lambda some: [network.encode(encoder.engine, encoder.tokenizer, texts[d.id]) for d in some], parts)  # type: ignore[attr-defined]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"{cpu()}, one thread; {len(documents)} documents, {words} words, median of {given.runs} parts")
    print(f"whole pipeline   {whole:8.0f} words a second")
    print(f"bare encoder     {bare:8.0f} words a second; the pipeline takes {bare / whole:.2f} times as long")
    print(f"loading          {loading:8.2f} s with the libraries")
    print(f"peak memory      {memory:8.0f} MB")


if __name__ == "__main__":
    main()
