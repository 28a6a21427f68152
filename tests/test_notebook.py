"""The notebook in docs/ runs from its first cell to its last, and says what it said when it was kept."""

from __future__ import annotations

import difflib
import importlib
import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("nbclient")
pytest.importorskip("pandas")
ALIKE = 0.8
"""How much of its text must be as it was: another CPU may turn a score around its threshold."""


@pytest.fixture(scope="module")
def notebook(root):
    """The script .ci/notebook.py as a module."""
    before = list(sys.path)
    sys.path.insert(0, str(root / ".ci"))
    yield importlib.import_module("notebook")
    sys.path[:] = before


@pytest.fixture(scope="module")
def kept(notebook):
    return json.loads(notebook.NOTEBOOK.read_text(encoding="utf-8"))


def written(book, notebook):
    """All that its cells gave as text, but for what is too large to be kept."""
    cells = [cell for cell in book["cells"] if notebook.LARGE not in cell["metadata"].get("tags", ())]
    return "\n".join(text for cell in cells for text in notebook.texts(cell))


def test_it_runs_and_says_what_it_said(root, notebook, kept, tmp_path):
    command = [sys.executable, root / ".ci" / "notebook.py", "--to", tmp_path / "run.ipynb"]
    environment = {**os.environ, "PYTHONPATH": str(root), "IPYTHONDIR": str(tmp_path), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    new = written(json.loads((tmp_path / "run.ipynb").read_text(encoding="utf-8")), notebook)
    assert difflib.SequenceMatcher(None, written(kept, notebook), new, autojunk=False).ratio() > ALIKE


def test_it_was_kept_whole_and_names_no_folder_of_a_machine(kept, notebook, root):
    cells = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    text = notebook.NOTEBOOK.read_text(encoding="utf-8")
    assert len(text) < 50_000
    assert not any(place in text for place in ("/tmp", "/home", "/root", "/Users", str(root)))


def test_it_becomes_a_page_with_its_answers(notebook):
    page = "\n\n".join(notebook.told())
    assert "```python\narticles = [" in page
    assert "Early Access Program  OpenAI" in page
