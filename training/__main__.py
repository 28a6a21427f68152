"""Make kg/model anew: python -m training, in the steps that training/README.md describes."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODEL = HERE.parent / "kg" / "model"
LEXICON = HERE.parent / "kg" / "lexicon" / "entities.tsv"


def step(module: str, *arguments: str | Path) -> None:
    """Run one step as a process of its own; stop with it when it fails."""
    print(f"== {module} {' '.join(map(str, arguments))}", flush=True)
    done = subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.returncode)


def main() -> None:
    """Prepare, train, export, calibrate, evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "runs" / "latest", help="where checkpoints and the log go")
    parser.add_argument("--more", type=Path, action="append", default=[], help="a folder of further annotated files")
    parser.add_argument("--public", type=Path, help="the folder of public sets whose annotation standoff.jsonl keeps")
    parser.add_argument("--passes", default="30")
    parser.add_argument("--target", type=Path, default=MODEL, help="the folder that gets the pipeline")
    given = parser.parse_args()
    missing = [name for name in ("torch", "onnx", "safetensors") if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(f"training needs {', '.join(missing)}, which are not installed: pip install -e '.[train]'")
    if not (given.more or given.public):
        print("training/corpus alone: real annotated text is no part of the project; --public, --more FOLDER add some")
    base = HERE / "base"
    step("prepare")
    lexicon = ["--lexicon", LEXICON] if LEXICON.is_file() else []
    more = list(given.more)
    if given.public:
        step("standoff", given.public, given.out / "public")
        more.append(given.out / "public")
    corpora = [part for folder in (HERE / "corpus", *more) for part in ("--corpus", folder)]
    step("train", given.out, "--base", base, "--passes", given.passes, *corpora, *lexicon)
    step("export", given.out / "network.pt", given.target, "--base", base)
    step("calibrate", given.target)


if __name__ == "__main__":
    main()
