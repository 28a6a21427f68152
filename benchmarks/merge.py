"""How time and memory of merging two foreign graphs grow with their triples: `python -m benchmarks.merge [TRIPLES …]`.

Both graphs are N-Triples in schema.org's terms; three in ten of their things are in both. CPU seconds are those of this
one process, so that a busy machine does not change them much.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kg import phrases, vocab
from kg.merge import merge
from kg.stages import Progress

SIZES = (10_000, 100_000)
_SYLLABLES = sorted(phrases.listed("ba den ka lo mir na or pel qui ras sol ta ul vex wen xi yor zan fi gro"))
_EACH = 6  # triples of one thing
_OWN = "http://example.org/terms/"


def triples(count: int, *, side: int) -> Iterator[str]:
    """About so many triples of one side: makers, and what they make with maker, date and what no term of ours has."""
    draw = random.Random(7)  # noqa: S311 - a synthetic load; the same names on both sides
    makers = max(count // _EACH // 20, 1)
    for number in range(count // _EACH):
        name = "".join(draw.choices(_SYLLABLES, k=4)).capitalize()
        shared, day, version = draw.random() < 0.3, draw.randrange(1, 29), draw.randrange(1, 100)
        if not shared and side:
            name += _SYLLABLES[number % len(_SYLLABLES)]
        iri = f"http://example.org/{side}/{number}"
        if number < makers:
            yield from _thing(iri, "Organization", f"{name} Labs")
            yield f'<{iri}> <{_OWN}size> "{version}" .\n'
        else:
            yield from _thing(iri, "SoftwareApplication", f"{name} {version}")
            yield f"<{iri}> <{vocab.SCHEMA}creator> <http://example.org/{side}/{number % makers}> .\n"
            yield f'<{iri}> <{vocab.SCHEMA}datePublished> "2024-03-{day:02}"^^<{vocab.XSD}date> .\n'
            yield f'<{iri}> <{_OWN}size> "{version}" .\n'
            yield f'<{iri}> <{_OWN}note> "thing {number} of side {side}" .\n'


def main() -> None:
    """Prints a line a size: triples of each side, seconds of each stage, statements, the most memory so far."""
    print("triples  read  settle  write  CPU s  wall s  statements  MB")
    for count in [int(size) for size in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder, f"side{side}.nt") for side in (0, 1)]
            for side, file in enumerate(files):
                with file.open("w", encoding="utf-8") as lines:
                    lines.writelines(triples(count, side=side))
            ended: dict[str, float] = {}
            began, wall = time.process_time(), time.perf_counter()
            merged = merge(files, output=Path(folder, "merged"), progress=_clock(ended))
            wall, cpu = time.perf_counter() - wall, time.process_time() - began
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            read, settled = ended["state"] - began, ended["name"] - ended["state"]
            seconds = f"{read:.1f}  {settled:.1f}  {cpu - read - settled:.1f}"
            print(f"{count:8}  {seconds}  {cpu:.1f}  {wall:.1f}  {len(merged.graph):8}  {memory}", flush=True)


def _thing(iri: str, type_: str, name: str) -> Iterator[str]:
    yield f"<{iri}> <{vocab.TYPE}> <{vocab.SCHEMA}{type_}> .\n"
    yield f'<{iri}> <{vocab.SCHEMA}name> "{name}" .\n'


def _clock(ended: dict[str, float]) -> Progress:
    def tell(stage: str, _done: int, _of: int) -> None:
        ended[stage] = time.process_time()

    return tell


if __name__ == "__main__":
    main()
