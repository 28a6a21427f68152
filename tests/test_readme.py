"""What README.md says, works: its commands, its Python, its questions, its links."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "CONTRIBUTING.md")
KG = [sys.executable, "-c", "from kg.cli import main; main()"]


def blocks(page, language):
    return re.findall(
        rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def commands(first):
    lines = [
        line.split("  #")[0].strip() for page in PAGES for block in blocks(page, "sh") for line in block.splitlines()
    ]
    return sorted({line for line in lines if line.startswith(first + " ")})


def execute(command, folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def copy(tmp_path, outputs):
    """A folder with the seeds and outputs, in which commands may do as they like."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(outputs, tmp_path / "outputs")
    return tmp_path


@pytest.mark.parametrize("command", commands("make"))
def test_every_make_command_has_its_target(command):
    execute([*shlex.split(command), "--dry-run"], ROOT)


@pytest.mark.parametrize("command", commands("kg"))
def test_every_kg_command_works(command, copy):
    execute([*KG, *shlex.split(command)[1:]], copy)


@pytest.mark.parametrize("code", blocks("README.md", "python"))
def test_every_piece_of_python_works(code, copy):
    execute([sys.executable, "-c", code], copy)


def test_there_are_five_questions():
    assert len(blocks("README.md", "sparql")) == 5


def test_every_question_gets_the_answer_that_stands_below_it():
    execute([sys.executable, ".ci/readme.py", "--check"], ROOT)


def tracked():
    """All pages of Markdown that people find in the repository."""
    found = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [page for page in found.splitlines() if not page.startswith("outputs/")]


def prose(path):
    return re.sub(r"^(```|~~~).*?^\1", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(path):
    """Where links into a page may lead: its headings, as GitHub and mkdocs make anchors of them."""
    heads = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", tracked())
def test_every_link_leads_to_a_file_and_a_heading_of_it(page):
    for target in re.findall(r"\]\(([^)\s]+)[^)]*\)", prose(ROOT / page)):
        if target.startswith(("https://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        path = (ROOT / page).parent / file if file else ROOT / page
        assert path.exists(), target
        assert not anchor or path.suffix != ".md" or anchor in anchors(path), target
