"""Cost a document of a build, by stage, and the memory of each process: python -m benchmarks.scale 1000 10000.

Documents of about 400 words are put together by chance from paragraphs of the annotated corpus (`recombined`). Printed
are documents a second from text to graph, CPU milliseconds a document by stage (a busy machine lengthens them less than
the time on the clock), the peak of memory of this process and of the largest that annotates, and at last how the cost
of a document with the most documents relates to that with the fewest. `--stand-in` reads what people annotated instead
of asking the network: what remains is the cost of all other stages. `--add N` adds N documents to each build.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import recombined

ROOT = Path(__file__).parent.parent
STAGES = ("read", "annotate", "resolve", "write")


def measure(inputs: Path, output: Path, jobs: int, *, stand_in: bool) -> None:
    """Builds in this process and prints figures as JSON."""
    from kg.build import run

    spent: dict[str, float] = {}
    last = ["", 0.0]

    def tell(stage: str, done: int, of: int) -> None:
        del done, of
        now = sum(map(cpu, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
        if last[0]:
            spent[str(last[0])] = spent.get(str(last[0]), 0.0) + now - float(last[1])
        last[:] = [stage, now]

    start = time.perf_counter()
    model = recombined.Recombined() if stand_in else None
    done = run(inputs, output=output, jobs=jobs, model=model, progress=tell)
    tell("", 0, 0)
    record = {
        "documents": len(done.annotations),
        "statements": len(done.graph),
        "entities": len(done.graph.entities),
        "clock": time.perf_counter() - start,
        "cpu": spent,
        "peak": [peak(resource.RUSAGE_SELF), peak(resource.RUSAGE_CHILDREN)],
        "disk": sum(path.stat().st_size for path in output.rglob("*") if path.is_file()),
    }
    print(json.dumps(record))


def cpu(who: int) -> float:
    """Seconds of CPU of this process, or of its children that have ended."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def peak(who: int) -> float:
    """The most memory that this process, or the largest of its children, held, in MB."""
    return resource.getrusage(who).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def row(name: str, found: dict[str, Any]) -> str:
    """The figures of a build, as a row of a table."""
    many = found["documents"]
    told = ", ".join(f"{1000 * found['cpu'].get(stage, 0) / many:.1f}" for stage in STAGES)
    counts = " | ".join(f"{found[each]:,}" for each in ("documents", "statements", "entities"))
    peaks = ", ".join(f"{each:.0f}" for each in found["peak"])
    return f"| {name} | {counts} | {many / found['clock']:.1f} | {told} | {peaks} | {found['disk'] / 1e6:.0f} |"


def main() -> None:
    """Make documents, build, print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--add", type=int, default=1)
    parser.add_argument("--stand-in", action="store_true")
    parser.add_argument("--measure", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(*given.measure, given.jobs, stand_in=given.stand_in)
        return
    print(
        "| build | documents | statements | entities | a second | CPU ms a document: read, annotate, resolve, write |"
    )
    print("| peak MB: resolving, annotating | MB on disk |")
    costs = []
    for many in sorted(given.sizes):
        with tempfile.TemporaryDirectory() as place:
            inputs, output = Path(place, "in"), Path(place, "out")
            own = [sys.executable, "-m", "benchmarks.scale", "--measure", str(inputs), str(output)]
            own += ["--jobs", str(given.jobs), *["--stand-in"] * given.stand_in]
            recombined.write(inputs, many)
            for name in ("from nothing", f"{given.add} more"):
                found = json.loads(subprocess.run(own, check=True, capture_output=True, cwd=ROOT, text=True).stdout)
                print(row(name, found), flush=True)
                if name == "from nothing":
                    costs.append(sum(found["cpu"].values()) / many)
                    recombined.write(inputs / "more", given.add, seed=1)
    print(f"a document costs {costs[-1] / costs[0]:.2f} times as much with the most documents as with the fewest")


if __name__ == "__main__":
    main()
