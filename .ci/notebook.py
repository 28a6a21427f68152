"""Run docs/notebook/graph.ipynb and keep what it answers; with --to, leave it as it is and write the run there.

The page that it draws is left out: it would be larger than all else. mkdocs takes the rest for docs/notebook.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebook" / "graph.ipynb"
LARGE = "large-output"
"""The tag of cells whose output is not kept."""


def main() -> int:
    """Runs it; a fault in a cell ends this with a traceback."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=NOTEBOOK, help="another file to write")
    target = parser.parse_args().to
    target.write_text(json.dumps(run(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def run() -> dict[str, Any]:
    """The notebook with new outputs, without what tells of this machine."""
    import nbclient
    import nbformat

    book = nbformat.read(NOTEBOOK, as_version=4)
    place = {"metadata": {"path": str(NOTEBOOK.parent)}}
    nbclient.NotebookClient(book, timeout=600, resources=place, record_timing=False).execute()
    book.metadata["language_info"] = {"name": "python"}
    for cell in book.cells:
        if LARGE in cell.metadata.get("tags", ()):
            cell.outputs = []
    return dict(book)


def told() -> Iterator[str]:
    """The notebook as Markdown."""
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source.removeprefix("# A graph in a notebook\n\n")
            continue
        yield f"```python\n{source}\n```"
        yield from (f"~~~text\n{text}\n~~~" for text in texts(cell))


def texts(cell: dict[str, Any]) -> Iterator[str]:
    """What a cell prints or gives, as plain text."""
    for output in cell.get("outputs", ()):
        lines = output.get("text") or output.get("data", {}).get("text/plain", "")
        if text := "".join(lines).rstrip("\n"):
            yield text


if __name__ == "__main__":
    sys.exit(main())
