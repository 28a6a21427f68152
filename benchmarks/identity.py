"""How time and memory of resolving grow with the entities: `python -m benchmarks.identity [COUNT …]`."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from kg import phrases, vocab
from kg.doubts import doubts
from kg.graph import Graph
from kg.lexicon import lexicon
from kg.linking import link
from kg.matchers import MATCHERS
from kg.resolve import resolve
from kg.types import Document, Evidence, Literal, Statement, digest

SIZES = (1_000, 10_000, 100_000)
PER_DOCUMENT = 10
_SYLLABLES = sorted(phrases.listed("ba den ka lo mir na or pel qui ras sol ta ul vex wen xi yor zan fi gro"))
_TAILS = ("", " AI", " Labs", " Inc.", " 2", " 3.5", " Mini", " Turbo", " 7B")
_TYPES = ("Company", "Model", "Product", "Person", "Media")


def graph(count: int, *, seed: int = 1) -> Graph:
    """As many entities in documents of ten: a few are told of everywhere, most here and there, as in the news."""
    draw = random.Random(seed)  # noqa: S311 - a synthetic load
    known = [(entry.type, name) for entry in lexicon().entries for name in entry.names]
    made = [(draw.choice(_TYPES), _name(draw)) for _ in range(count // 4)]
    things = draw.sample([*known, *made], min(count // 2, len(known) + len(made)))
    weights = [1 / (rank + 10) for rank in range(len(things))]
    chosen = draw.choices(things, weights, k=count)
    documents = [_document(number) for number in range(count // PER_DOCUMENT)]
    return Graph((item for place, each in enumerate(chosen) for item in _said(place, *each, documents)), documents)


def main() -> None:
    """Prints a line a size: seconds of the processor for each stage, what came out, and the most memory so far."""
    print("entities  resolve  link  doubts  things  MB")
    for count in [int(size) for size in sys.argv[1:]] or SIZES:
        found = graph(count)
        start = time.process_time()
        resolved = resolve(found, matchers=MATCHERS)
        middle = time.process_time()
        linked = link(resolved)
        later = time.process_time()
        unsure = doubts(linked)
        end = time.process_time()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        seconds = f"{middle - start:7.1f}  {later - middle:4.1f}  {end - later:6.1f}"
        print(f"{count:8}  {seconds}  {len(linked.entities):6}  {memory}  ({len(unsure)} unsure)", flush=True)


def _name(draw: random.Random) -> str:
    stem = "".join(draw.choices(_SYLLABLES, k=3)).capitalize()
    return stem + draw.choice(_TAILS)


def _document(number: int) -> Document:
    return Document(f"{vocab.BASE}doc/d-{number:08x}", f"d-{number}", "", published=f"20{20 + number % 6}-01-01")


def _said(place: int, type_: str, name: str, documents: list[Document]) -> Iterator[Statement]:
    document = documents[place // PER_DOCUMENT % len(documents)]
    iri, other = f"{document.id}#e{place % PER_DOCUMENT}", f"{document.id}#e{(place + 1) % PER_DOCUMENT}"
    evidence = (Evidence(digest((iri, name)), document.id, place % PER_DOCUMENT, 1, name, reader="benchmark"),)
    yield Statement(iri, vocab.TYPE, vocab.KG + type_, evidence)
    yield Statement(iri, vocab.LABEL, Literal(name), evidence)
    if place % 3 == 0:
        yield Statement(iri, vocab.KG + "partnerOf", other, evidence)


if __name__ == "__main__":
    main()
