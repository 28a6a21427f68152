"""Runs the parts of the soak, each in a process of its own: python -m tests.soak [PART…] [--seed N] [--count N]."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import resource
import subprocess
import sys
import time

import tests.soak

PARTS = sorted(item.name for item in pkgutil.iter_modules(tests.soak.__path__) if not item.name.startswith("_"))
HOUR = 3600


def run(part, *, seed, count):
    """One part, here; one line of what it found."""
    module = importlib.import_module(f"tests.soak.{part}")
    start = time.perf_counter()
    found = module.soak(seed, module.COUNT if count is None else count)
    taken = time.perf_counter() - start
    own, children = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    most = max(own.ru_maxrss, children.ru_maxrss) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"{part:12} {found}; {taken:.0f} s, at most {most:.0f} MB", flush=True)


def aside(part, *, seed, count, limit):
    """One part in a process of its own, so that a crash is told and does not end the others; whether all was well."""
    own = [sys.executable, "-m", "tests.soak", part, "--here", "--seed", str(seed)]
    own += [] if count is None else ["--count", str(count)]
    try:
        code = subprocess.run(own, check=False, timeout=limit).returncode
    except subprocess.TimeoutExpired:
        code = f"no end within {limit:g} s"
    if code:
        print(f"{part:12} FAILED ({code}); again: python -m tests.soak {part} --seed {seed}", flush=True)
    return not code


def main():
    """Run the parts that are asked for, else all; ends with 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--seed", type=int, help="where chance begins; else anywhere, and told")
    parser.add_argument("--count", type=int, help="how often each part tries")
    parser.add_argument("--limit", type=float, default=HOUR, help="seconds for a part")
    parser.add_argument("--here", action="store_true", help="in this process, to debug")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"unknown part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    if given.here:
        for part in given.parts or PARTS:
            run(part, seed=seed, count=given.count)
        return
    print(f"seed {seed}", flush=True)
    well = [aside(part, seed=seed, count=given.count, limit=given.limit) for part in given.parts or PARTS]
    sys.exit(not all(well))


if __name__ == "__main__":
    main()
