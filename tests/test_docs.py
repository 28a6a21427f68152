"""The pages of docs/: what they quote is what outputs/ say, and the site of them loads nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from kg.questions import questions
from kg.result import Result

LOADED = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=\"?(?:https?:)?//|<link[^>]*(?:stylesheet|preload|icon|preconnect)[^>]*//"
)


def execute(root, *command):
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def docs(request):
    """The script .ci/docs.py as a module."""
    import importlib

    folder = str(request.config.rootpath / ".ci")
    before = list(sys.path)
    sys.path.insert(0, folder)
    yield importlib.import_module("docs")
    sys.path[:] = before


@pytest.fixture(scope="module")
def site(request, tmp_path_factory):
    """The whole site; it takes some seconds, and is built once."""
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    execute(request.config.rootpath, sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder))
    return folder


def test_what_is_quoted_is_what_outputs_say(root):
    execute(root, sys.executable, ".ci/docs.py", "--check")


def test_the_cookbook_asks_every_question_and_has_twenty_five_answers(root):
    text = (root / "docs" / "cookbook.md").read_text(encoding="utf-8")
    assert all(f"kg query -n {name}" in text for name in questions())
    assert len(re.findall(r"^\| ---", text, re.MULTILINE)) >= 25


def test_the_site_names_every_verb_relation_and_name_of_python(site):
    import kg
    from kg.ontology import ontology

    commands, ontology_, python = (
        (site / f"{page}.html").read_text("utf-8") for page in ("commands", "ontology", "python")
    )
    assert all(f">kg {verb}<" in commands for verb in ("build", "query", "merge-entities", "version"))
    assert all(f'id="{name.lower()}"' in ontology_ for name in ontology().relations)
    assert all(f">kg.{name}<" in python for name in kg.__all__)


def test_no_page_of_the_site_loads_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    assert [page.name for page in pages if LOADED.search(page.read_text("utf-8"))] == []


def test_a_cell_can_neither_be_html_nor_end_its_table(docs):
    data = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"<b>a|b</b> [c](d)\\nz"}}]}}'
    assert docs.table(Result("select", data)) == "| x |\n| --- |\n| &lt;b&gt;a\\|b&lt;/b&gt; &#91;c&#93;(d) z |\n"


def test_links_to_files_that_are_not_in_the_site_become_their_words(docs):
    class Page:
        class file:  # noqa: N801 - as mkdocs has it
            src_uri = "decisions/x.md"

    text = "[a](../../README.md) [b](../glossary.md#c) [d](https://e.org)"
    assert docs.on_page_markdown(text, Page) == "a [b](../glossary.md#c) [d](https://e.org)"


def test_what_follows_a_table_is_no_row_of_it(docs):
    assert docs.complete("| a |\n| --- |\n| b |\n### c\n", {}) == "| a |\n| --- |\n| b |\n\n### c\n"


def test_every_heading_of_a_page_is_one_in_the_site(site, root):
    for page in ("cookbook", "tutorial", "agents", "merging", "limits"):
        text = re.sub(
            r"^(```|~~~).*?^\1", "", (root / "docs" / f"{page}.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        found = re.findall(r"<h[1-4]\b", (site / f"{page}.html").read_text("utf-8"))
        assert len(found) == len(re.findall(r"^#{1,4} ", text, re.MULTILINE)), page


def test_the_site_has_a_page_for_each_need(site):
    needed = "tutorial how-a-fact-got-here cookbook serving agents notebook merging training scale limits licences"
    assert all((site / f"{page}.html").is_file() for page in needed.split())
    assert len(list((site / "decisions").glob("*.html"))) >= 13
    assert "kg.build(articles" in re.sub(r"<[^>]+>", "", (site / "notebook.html").read_text("utf-8"))


def test_a_block_is_not_ended_by_what_it_holds(docs):
    assert docs.fenced("text", "~~~~").splitlines() == ["~~~~~text", "~~~~", "~~~~~"]
