"""Ask the questions of README.md again and write today's answers below them; with --check, only say which differ.

A question is a block of SPARQL, its answer the Markdown table after it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from kg.query import run
from kg.result import Result, shorten

ROOT = Path(__file__).parent.parent
QUESTION = re.compile(r"```sparql\n(?P<sparql>.*?)```\n\n(?P<answer>(?:\|[^\n]*\n)*)", re.DOTALL)


def main() -> int:
    """Renew README.md, or compare it; the exit code is 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing")
    given = parser.parse_args()
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    differ = 0
    for number, question in enumerate(QUESTION.finditer(text), 1):
        answer = table(run(ROOT / "outputs", question["sparql"]))
        if answer != question["answer"]:
            differ += 1
            print(f"question {number} of README.md is answered otherwise by outputs/:\n{answer}")
            text = text.replace(question[0], question[0].removesuffix(question["answer"]) + answer)
    if not given.check:
        path.write_text(text, encoding="utf-8")
    return 1 if given.check and differ else 0


def table(result: Result) -> str:
    """The rows as a Markdown table."""
    rows = [result.variables, ["---"] * len(result.variables), *([shorten(term) for term in row] for row in result)]
    return "".join(map(line, rows))


def line(cells: Iterable[str]) -> str:
    """One row; a cell can't break it."""
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    sys.exit(main())
