"""Cost a document of a build, by stage, and its memory, as documents grow: python -m benchmarks.scale 100 1000.

Documents of about 400 words are made by drawing sentences from the annotated corpus (training/corpus), three to a
paragraph, each with names of its own every now and then, so that the number of things grows with the documents. CPU
time is told, which a busy machine lengthens less than it does the time on the clock. `--stand-in` reads with the cheap
stand-in of the tests instead of the network: what remains is the cost of all other stages.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = 400


def sentences() -> list[str]:
    """All sentences of the corpus."""
    from training import corpus

    files = sorted((ROOT / "training" / "corpus").glob("*.txt"))
    found = (d.text[start:end] for path in files for d in corpus.read(path) for start, end in d.sentences)
    return [" ".join(text.split()) for text in found if 5 < len(text.split()) < 60]


def make(folder: Path, many: int) -> None:
    """Writes so many documents."""
    chance, known = random.Random(0), sentences()  # noqa: S311 - nothing secret
    folder.mkdir()
    for number in range(many):
        paragraphs, words = [], 0
        while words < WORDS:
            drawn = chance.sample(known, 3)
            if chance.random() < 0.3:
                drawn.append(f"Firm{chance.randrange(many * 2)} Labs has bought Start{chance.randrange(many * 2)} AI.")
            paragraphs.append(" ".join(drawn))
            words += len(paragraphs[-1].split())
        (folder / f"d{number:06}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def measure(inputs: Path, output: Path, jobs: int, *, stand_in: bool) -> None:
    """Builds in this process and prints figures as JSON."""
    from kg.build import run
    from tests import fake

    spent: dict[str, float] = {}
    last = ["", 0.0]

    def tell(stage: str, done: int, of: int) -> None:
        del done, of
        now = sum(map(cpu, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
        if last[0]:
            spent[str(last[0])] = spent.get(str(last[0]), 0.0) + now - float(last[1])
        last[:] = [stage, now]

    start = time.perf_counter()
    done = run(inputs, output=output, jobs=jobs, model=fake.Reads() if stand_in else None, progress=tell)
    tell("", 0, 0)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    record = {
        "documents": len(done.annotations),
        "statements": len(done.graph),
        "entities": len(done.graph.entities),
        "clock": time.perf_counter() - start,
        "cpu": spent,
        "peak": peak / (1 << 20 if sys.platform == "darwin" else 1 << 10),
        "disk": sum(path.stat().st_size for path in output.rglob("*") if path.is_file()),
    }
    print(json.dumps(record))


def cpu(who: int) -> float:
    """Seconds of CPU of this process, or of its children that have ended."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Make documents, build, print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--stand-in", action="store_true")
    parser.add_argument("--measure", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(*given.measure, given.jobs, stand_in=given.stand_in)
        return
    print("documents  statements  entities  CPU ms a document: read, annotate, resolve, write  peak MB  MB on disk  s")
    for many in given.sizes:
        with tempfile.TemporaryDirectory() as place:
            make(Path(place, "in"), many)
            for again in ("", "again, with what was kept: "):
                own = [sys.executable, "-m", "benchmarks.scale", "--measure", f"{place}/in", f"{place}/out"]
                own += ["--jobs", str(given.jobs), *["--stand-in"] * given.stand_in]
                found = json.loads(subprocess.run(own, check=True, capture_output=True, cwd=ROOT, text=True).stdout)
                told = ", ".join(
                    f"{1000 * found['cpu'].get(s, 0) / many:.1f}" for s in ("read", "annotate", "resolve", "write")
                )
                counts = "  ".join(f"{found[name]:,}" for name in ("documents", "statements", "entities"))
                sizes = f"{found['peak']:.0f}  {found['disk'] / 1e6:.0f}  {found['clock']:.0f}"
                print(f"{again}{counts}  {told}  {sizes}", flush=True)


if __name__ == "__main__":
    main()
