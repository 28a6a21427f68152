"""The page: one file, nothing from elsewhere, every text a text, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from kg import vocab
from kg.graph import Dispute, Graph
from kg.types import Document, Evidence, Literal, Span, Statement
from kg.writers.html import NOSCRIPT, render
from tests import example
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph

ID, KG = vocab.BASE + "id/", vocab.KG
VOID = {"meta", "link", "input", "br"}
HOSTILE = '</script><img src=x onerror="window.x=1"><svg onload=window.x=1> {{7*7}} \u2028 \u202e href'


class Page(HTMLParser):
    """A page as a browser reads it: elements with attributes, texts of scripts and styles, and what is left open."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, dict[str, str], str]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.wrong: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1][0] in ("script", "style"):
            self.texts.append((*self.open[-1], data))
        else:
            self.words += data

    def block(self, name: str) -> dict:
        return json.loads(next(text for _, attributes, text in self.texts if attributes.get("id") == name))

    def passages(self) -> list[str]:
        shards = [json.loads(text) for _, attributes, text in self.texts if attributes.get("class") == "shard"]
        return [text for shard in shards for _, _, text, *_ in shard["passages"]]

    @property
    def policy(self) -> str:
        metas = [attributes for tag, attributes in self.elements if tag == "meta"]
        return next(each["content"] for each in metas if each.get("http-equiv") == "Content-Security-Policy")


@pytest.fixture(scope="module")
def html() -> str:
    return render(seeds_graph(), title="The Sora leak")


@pytest.fixture(scope="module")
def page(html) -> Page:
    return Page(html)


def hostile_graph() -> Graph:
    """Texts that try to run wherever a graph can hold a text."""
    text = HOSTILE + " So it is said. Next."
    known = Document(vocab.BASE + "doc/x", "x", text, *([HOSTILE] * 4), url="javascript:alert(1)", note=HOSTILE)
    item = Evidence("e", known.id, 0, 30, text[:30], (HOSTILE,), HOSTILE, subject=Span(0, 9), reason=HOSTILE)
    statements = [
        Statement(ID + "a", vocab.LABEL, Literal(HOSTILE)),
        Statement(ID + "a", vocab.ALT_LABEL, Literal(HOSTILE + "2")),
        Statement(ID + "a", vocab.TYPE, "http://example.org/#" + HOSTILE),
        Statement(ID + "a", KG + HOSTILE, ID + HOSTILE, (item,)),
        Statement(ID + "a", KG + "releaseDate", Literal(HOSTILE), (item,)),
    ]
    return Graph(statements, [known], [Dispute("value", ID + HOSTILE, KG + HOSTILE, tuple(statements[-2:]))])


def test_the_page_is_well_formed_and_has_language_title_and_encoding(html, page):
    assert html.startswith("<!doctype html>\n<html lang=")
    assert (page.wrong, page.open) == ([], [])
    assert "<title>The Sora leak</title>" in html
    assert ("meta", {"charset": "utf-8"}) in page.elements
    assert sum(tag == "h1" for tag, _ in page.elements) == 2  # one of them for readers without JavaScript
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_control_has_a_name(page):
    labelled = {attributes["for"] for tag, attributes in page.elements if tag == "label" and "for" in attributes}
    for tag, attributes in page.elements:
        if tag == "input" and attributes.get("type") == "text":
            assert attributes.get("aria-label") or attributes["id"] in labelled
        if tag == "button" and "round" in attributes.get("class", ""):
            assert attributes["aria-label"]


def test_nothing_is_asked_from_elsewhere(page):
    for _, attributes in page.elements:
        assert not {"src", "srcset", "action", "style"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "data:,") in ("data:,", "#view=list")
    assert {tag for tag, _ in page.elements}.isdisjoint({"img", "iframe", "object", "embed", "base", "form"})


def test_the_policy_allows_what_the_page_holds_and_nothing_else(page):
    rules = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))

    def hashes(tag: str) -> set[str]:
        texts = [text for name, attributes, text in page.texts if name == tag and "type" not in attributes]
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        return {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}

    assert set(rules["script-src"].split()) == hashes("script")
    assert set(rules["style-src"].split()) == hashes("style")
    assert len(hashes("script")) == 2
    for rule in ("default-src", "connect-src", "base-uri", "form-action"):
        assert rules[rule] == "'none'"


def test_the_blocks_of_data_hold_the_graph(page):
    view = page.block("view")
    assert len(view["entities"]["label"]) == 43
    assert [row["kind"] for row in view["disputes"]] == ["value", "denial"]
    assert len(page.block("network")["nodes"]) == 43
    openai = view["entities"]["id"].index("openai")
    assert view["entities"]["label"][openai] == "OpenAI"
    assert {len(view["entities"][column]) for column in ("type", "x", "y", "size", "font", "group")} == {43}


def test_the_list_without_javascript_tells_who_says_what(html):
    start = html.index("<noscript>")
    plain = " ".join(Page(html[start : html.index("</noscript>")]).words.split())
    assert "Sora developed by OpenAI" in plain
    assert "Sora leak happened 14 November 2023 (disputed)" in plain
    assert "— OpenAI’s Sora leaked by protesting artists (claim by The Verge, denied)" in plain
    assert "the first" not in plain


def test_a_long_list_without_javascript_ends_and_says_so():
    html = render(synthetic_graph(350))
    start = html.index("<noscript>")
    plain = Page(html[start : html.index("</noscript>")])
    assert f"the first {NOSCRIPT} of" in plain.words


@pytest.mark.parametrize("embed", ["none", "context", "full"])
def test_no_more_text_goes_along_than_asked_for(embed):
    texts = "\n".join(Page(render(seeds_graph(), embed_text=embed)).passages())
    quoted, beside, far = "OpenAI has acknowledged the leak", "In a statement, the company", "5 Best Projectors in 2024"
    assert quoted in texts
    assert beside in texts
    assert (far in texts) == (embed == "full")
    assert ("However, they have also defended" in texts) == (embed != "none")


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_theme_is_in_the_page(theme):
    attributes = Page(render(Graph(), theme=theme)).elements[0][1]
    assert attributes["data-made"] == theme
    assert attributes["data-theme"] == ("dark" if theme == "dark" else "light")


def test_hostile_texts_stay_texts():
    page = Page(render(hostile_graph(), title=HOSTILE, embed_text="full"))
    clean = Page(render(seeds_graph()))
    assert (page.wrong, page.open) == ([], [])
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in clean.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.policy == clean.policy
    assert HOSTILE in page.block("view")["entities"]["label"]
    assert "49" not in page.words
    assert all(row.get("url") is None for row in page.block("view")["documents"])


@settings(max_examples=25)
@given(example.graphs())
def test_law_any_graph_makes_a_well_formed_page(graph):
    html = render(graph, title="\ud800 any")
    page = Page(html.encode("utf-8").decode("utf-8"))
    assert (page.wrong, page.open) == ([], [])
    assert page.block("view")["statements"] is not None


def test_the_small_example_is_a_page_too():
    view = Page(render(example.graph())).block("view")
    assert set(view["entities"]["label"]) == {"OpenAI", "Sora", "Sam Altman", "leak"}
    assert len(view["disputes"]) == 2


@pytest.mark.parametrize(
    "graph",
    [
        Graph(),
        Graph([Statement(ID + "a", vocab.LABEL, Literal("Alone"))]),
        Graph([Statement(ID + "a", KG + "competitorOf", ID + "a")]),
        Graph([Statement(ID + "ab"[n % 2], KG + f"r{n}", ID + "ba"[n % 2]) for n in range(30)]),
        Graph(
            [
                Statement(ID + str(n), vocab.LABEL, Literal(name))
                for n, name in enumerate(["مرحبا", "你好世界" * 9, "🤖🚀", "x" * 200, ""])
            ]
        ),
    ],
    ids=["empty", "one", "loop", "parallel", "scripts"],
)
def test_odd_graphs_are_pages_too(graph):
    page = Page(render(graph))
    assert (page.wrong, page.open) == ([], [])
    assert len(page.block("view")["statements"]["s"]) == len(graph.relations)


def test_the_same_bytes_in_every_process_whatever_the_hash_seed_and_the_threads():
    code = (
        "import hashlib; from tests.view.seeds_graph import seeds_graph;"
        "from tests.view.synthetic import synthetic_graph;"
        "from kg.writers.html import render;"
        "print([hashlib.sha256(render(g).encode()).hexdigest() for g in (seeds_graph(), synthetic_graph(400))])"
    )
    found = set()
    for seed, threads in (("0", "1"), ("77", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": "."}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True, timeout=120
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_no_path_no_clock_and_no_machine_stand_in_the_page(html):
    assert str(Path.cwd()) not in html
    assert str(Path.home()) + "/" not in html
    assert time.strftime("%Y-%m-%d") not in html


def test_fifty_entities_take_less_than_two_seconds_and_a_megabyte():
    graph = seeds_graph()
    start = time.process_time()
    html = render(graph)
    assert time.process_time() - start < 3  # twice the aim, for slow machines
    assert len(html.encode()) < 700_000
