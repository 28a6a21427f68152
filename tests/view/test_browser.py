"""The page in a real browser: what a reader does, by mouse and by keyboard, in light and dark, with the network off."""

from __future__ import annotations

import csv
import functools
import http.server
import importlib.util
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import RdfFormat, parse

from kg import vocab
from kg.graph import Graph
from kg.types import Document, Evidence, Literal, Statement
from kg.writers.html import render
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph
from tests.writers.test_html import hostile_graph

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
PATIENCE = 60_000  # milliseconds
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


def lacking(what: str) -> None:
    """Without a browser these tests are left out, but never where nobody would notice."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(f"the page is not tried in a browser: {what}")


@pytest.fixture(scope="module")
def browser() -> Iterator:
    if CHROMIUM is None:
        lacking("no Chromium is installed; on Debian and Ubuntu: apt-get install chromium")
    if importlib.util.find_spec("playwright") is None:
        lacking("playwright is not installed; make test installs it")
    from playwright import sync_api

    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def seeds(folder) -> Path:
    return saved(folder, "seeds", seeds_graph())


def saved(folder: Path, name: str, graph: Graph) -> Path:
    path = folder / f"{name}.html"
    path.write_text(render(graph, title="The Sora leak"), encoding="utf-8")
    return path


class Reader:
    """A page that is open, and what went wrong in it."""

    def __init__(self, browser, path: Path, *, at: str = "", width: int = 1400, height: int = 900, scheme="light"):
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.goto(path.as_uri() + at)
        self.page.wait_for_selector("html[data-ready='1']")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.wrong == []
        assert [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert sum(url.startswith("file:") for url in self.asked) == 1

    def settled(self) -> None:
        """Waits until the page shows what was asked for last."""
        self.page.wait_for_timeout(50)
        self.page.wait_for_selector("html[data-settled='1']")

    def until(self, condition: str) -> None:
        """Waits for a condition, asked from outside: the page's policy allows no strings to be evaluated within."""
        end = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < end, condition
            self.page.wait_for_timeout(50)

    def text(self, selector: str) -> str:
        return " ".join(self.page.inner_text(selector).split())

    def chosen(self) -> str:
        return self.page.evaluate("kg.state.chosen && kg.state.chosen.item.label")

    def shown(self) -> str:
        return self.text("#counts")


def test_the_page_opens_alone_and_stands_still(browser, seeds):
    with Reader(browser, seeds) as reader:
        places = "JSON.stringify(kg.view.entities.map(({x, y}) => [x, y]))"
        before = reader.page.evaluate(places)
        assert "Sources disagree" in reader.text("#pane")
        reader.page.wait_for_timeout(1200)
        assert reader.page.evaluate(places) == before


def overlapping(names: list[dict]) -> list[tuple[str, str]]:
    boxes = [(name["id"], *name["box"]) for name in names]
    return [
        (one[0], other[0])
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if one[1] < other[3] and one[3] > other[1] and one[2] < other[4] and one[4] > other[2]
    ]


def square(glyph: dict) -> list[float]:
    """The middle of a glyph, of which its round or pointed rim may touch another."""
    x, y, half = glyph["x"], glyph["y"], 0.8 * glyph["radius"]
    return [x - half, y - half, x + half, y + half]


def test_every_name_can_be_read(browser, seeds):
    with Reader(browser, seeds) as reader:
        joined = reader.page.evaluate("kg.view.entities.filter(({degree}) => degree > 0).map(({id}) => id)")
        names = reader.page.evaluate("kg.written()")
        assert {name["id"] for name in names} == set(joined)
        assert overlapping(names) == []


@pytest.mark.parametrize("size", [(360, 740), (1920, 1080)])
def test_names_overlap_on_no_screen(browser, folder, size):
    path = saved(folder, "sixty", synthetic_graph(60))
    with Reader(browser, path, width=size[0], height=size[1]) as reader:
        names = reader.page.evaluate("kg.written()")
        assert len(names) >= (12 if size[0] < 400 else 50)
        assert overlapping(names) == []


def test_no_text_of_the_data_runs(browser, folder):
    path = saved(folder, "hostile", hostile_graph())
    with Reader(browser, path) as reader:
        page = reader.page
        page.fill("#search", "href")
        page.press("#search", "Enter")
        for head in page.locator(".head").all():
            head.click()
        page.locator("figcaption button").first.click()
        page.keyboard.press("Escape")
        page.click("#as-list")
        assert page.evaluate("window.x") is None
        assert page.locator("img, iframe, [onerror], [onload]").count() == 0
        assert "⟨U+202E⟩" in page.inner_text("#list")


def test_a_strange_address_does_nothing(browser, seeds):
    with Reader(browser, seeds, at="#n=%3Cimg%20src=x%3E&way=[1,{}]&time=x&least=1e9") as reader:
        assert reader.chosen() is None
        for address in ("#way=%22&alone=__proto__", "#%", "#time=1 2 3&sure=-1"):
            reader.page.evaluate(f"location.hash = {address!r}")
            assert reader.chosen() is None


WAY = "#way=%5B%22toronto%22%2C%22midjourney%22%5D"
STATES = ("", "#n=openai", "#line", "#dispute", WAY, "#view=list")


def violations(reader: Reader) -> list[tuple[str, list[str]]]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(reader.page, options=RULES).response["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(browser, seeds, scheme):
    with Reader(browser, seeds, scheme=scheme) as reader:
        for fold in reader.page.locator("nav details").all():
            fold.evaluate("node => (node.open = true)")
        for at in STATES:
            reader.page.evaluate("location.hash = ''")
            if at == "#line":
                reader.page.evaluate("kg.idOf(kg.view.statements[0]).then((id) => (location.hash = `s=${id}`))")
                reader.until("kg.state.chosen?.kind === 'line'")
            elif at == "#dispute":
                reader.page.locator(".dispute").first.click()
            else:
                reader.page.evaluate(f"location.hash = {at!r}")
            reader.settled()
            assert violations(reader) == [], at


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it_on_a_small_screen_and_on_a_map(browser, seeds, folder, scheme):
    with Reader(browser, seeds, scheme=scheme, width=360, height=740) as reader:
        assert violations(reader) == []
        reader.page.click("#filters")
        assert violations(reader) == []
    with Reader(browser, saved(folder, "map", synthetic_graph(700)), scheme=scheme) as reader:
        assert violations(reader) == []


def test_search_finds_names_spellings_and_words_of_sentences(browser, seeds):
    with Reader(browser, seeds) as reader:
        page = reader.page
        page.keyboard.press("/")
        for typed, first in (("openai", "OpenAI"), ("chatgpt-MAKER", "OpenAI"), ("Torónto", "Toronto")):
            page.fill("#search", typed)
            assert reader.text("#results li >> nth=0").startswith(first)
        page.fill("#search", "authentic or not")
        assert "in a sentence" in reader.text("#results")
        page.fill("#search", "no such thing")
        assert reader.text("#results") == "No match"
        page.fill("#search", "toronto")
        page.keyboard.press("Enter")
        assert reader.chosen() == "Toronto"


def test_keys_walk_along_lines_and_back(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        page = reader.page
        page.focus("#picture")
        for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
            page.keyboard.press(key)
            if reader.chosen() != "Toronto":
                break
        assert reader.chosen() == "Shy Kids"
        assert reader.text("#live").startswith("Shy Kids, company")
        page.go_back()
        assert reader.chosen() == "Toronto"
        page.keyboard.press("Escape")
        assert reader.chosen() is None


def test_a_dispute_shows_both_sides_with_their_sentences(browser, seeds):
    with Reader(browser, seeds) as reader:
        reader.page.locator(".dispute").first.click()
        assert reader.page.locator(".party").count() == 2
        assert reader.page.locator(".party blockquote").count() == 2
        assert "14 November 2023" in reader.text(".parties")
        assert "26 November 2024" in reader.text(".parties")
        assert "2 different answers, of which only one can be right" in reader.text("#pane")
        stage, pane = (reader.page.locator(place).bounding_box() for place in ("#picture", "aside"))
        assert stage["x"] + stage["width"] <= pane["x"]
        reader.settled()
        address = reader.page.evaluate("location.hash")
    with Reader(browser, seeds, at=address) as reader:
        reader.settled()
        assert reader.page.locator(".party").count() == 2


def test_the_picture_keeps_its_shape_when_the_pane_widens_and_narrows_at_once(browser, seeds):
    with Reader(browser, seeds) as reader:
        reader.page.evaluate("document.querySelector('.dispute').click(); location.hash = '#n=toronto'")
        reader.until("kg.state.chosen?.kind === 'entity'")
        reader.settled()
        drawn, shown = (
            reader.page.evaluate(f"document.querySelector('canvas').{it}") for it in ("width", "clientWidth")
        )
        assert drawn == shown


def test_a_sentence_leads_to_its_place_in_the_text_with_all_that_is_named_marked(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        reader.page.locator(".head").first.click()
        reader.page.locator("figcaption button").first.click()
        here = reader.page.locator("mark.here")
        assert here.inner_text().startswith("In March, OpenAI released")
        assert here.is_visible()
        assert reader.page.locator("#reader mark.object").inner_text() == "Toronto"
        reader.page.keyboard.press("Escape")
        assert not reader.page.locator("#reader").is_visible()


def test_filters_hide_and_say_so_and_give_all_back(browser, seeds):
    with Reader(browser, seeds) as reader:
        page, before = reader.page, reader.shown()
        for fold in page.locator("nav details").all():
            fold.evaluate("node => (node.open = true)")
        for row in ("#types", "#relations .choices", "#sources .choices"):
            page.locator(f"{row} .choice >> nth=0").hover()
            page.locator(f"{row} .choice >> nth=0").locator(".only").click()
            assert reader.shown() != before
            assert "hidden by filters" in reader.text("#hidden")
            page.click("#hidden button")
            assert reader.shown() == before
        page.select_option("#least", "3")
        assert reader.shown() != before
        page.click("#everything")
        page.focus("#when-from")
        page.keyboard.press("End")
        assert reader.shown() != before
        address = page.evaluate("location.hash")
        assert "time=" in address
        found = reader.shown()
    with Reader(browser, seeds, at=address) as reader:
        assert reader.shown() == found


def numbers(reader: Reader, rows: str) -> dict[str, int]:
    """The number beside each word of a filter."""
    found = reader.page.locator(rows).all_inner_texts()
    return {text.splitlines()[0]: int(text.splitlines()[-1].replace(",", "")) for text in found}


def test_the_number_beside_each_choice_heeds_the_other_filters(browser, seeds):
    with Reader(browser, seeds) as reader:
        page = reader.page
        assert numbers(reader, "#types .choice")["Place"] == 1
        page.evaluate("location.hash = 'status=disputed'")
        reader.until("kg.state.status === 'disputed'")
        reader.settled()
        kinds = numbers(reader, "#types .choice:not(.part)")
        assert reader.shown().startswith("2 of 43 entities · 3 of 82 statements")
        assert kinds["Place"] == 0
        assert sum(kinds.values()) == 2  # OpenAI and the leak
        assert page.locator("#least option").all_inner_texts()[0] == "any (3)"


def test_the_land_of_groups_can_be_taken_away_and_stays_so(browser, seeds):
    with Reader(browser, seeds) as reader:
        reader.page.locator("#groupings summary").click()
        assert reader.page.locator("#land").is_visible()
        reader.page.uncheck("#land")
        reader.settled()
        address = reader.page.evaluate("location.hash")
    with Reader(browser, seeds, at=address) as reader:
        assert reader.page.evaluate("kg.state.groups") is False


def test_what_the_filters_leave_nothing_of_explains_itself(browser, seeds):
    with Reader(browser, seeds, at="#status=disputed&least=5") as reader:
        assert reader.page.locator("#nothing").is_visible()


def test_the_list_holds_what_the_picture_holds_and_sorts(browser, seeds):
    with Reader(browser, seeds, at="#hide=Topic") as reader:
        reader.page.click("#as-list")
        said = reader.page.evaluate("kg.view.statements.length")
        assert 0 < reader.page.locator("[data-table=statements] tbody tr").count() < said + 20
        assert "Topic" not in reader.text("[data-table=entities]").split()
        reader.page.click("[data-table=entities] th >> nth=0 >> button")
        assert reader.page.get_attribute("[data-table=entities] th >> nth=0", "aria-sort") == "ascending"
        names = [
            cell.casefold() for cell in reader.page.locator("[data-table=entities] td:first-child").all_inner_texts()
        ]
        assert names == sorted(names)
        reader.page.locator("[data-table=entities] td button").first.click()
        assert reader.chosen() is not None


def test_the_way_between_two_is_found_from_the_keyboard(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        reader.page.get_by_role("button", name="Way to …").click()
        reader.page.keyboard.type("midjourney")
        reader.page.keyboard.press("Enter")
        assert reader.text("#pane .lead") == "The shortest way between them: 4 steps"
        assert "Shy Kids is in Toronto" in reader.text("#pane")
        assert "Sora competes with Midjourney" in reader.text("#pane")
        address = reader.page.evaluate("location.hash")
    with Reader(browser, seeds, at=address) as reader:
        assert "4 steps" in reader.text("#pane")


def test_one_alone_with_its_neighbours_and_all_back_in_their_places(browser, seeds):
    with Reader(browser, seeds, at="#n=shy-kids") as reader:
        places, before = "JSON.stringify(kg.view.entities.map(({x, y}) => [x, y]))", reader.shown()
        home = reader.page.evaluate(places)
        reader.page.get_by_role("button", name="Isolate").click()
        assert reader.shown().startswith("3 of 43 entities")
        reader.page.get_by_role("button", name="Show all again").click()
        assert (reader.shown(), reader.page.evaluate(places)) == (before, home)


def test_what_is_saved_holds_what_is_shown(browser, seeds, tmp_path):
    with Reader(browser, seeds, at="#hide=Topic") as reader:
        files = {}
        for kind in ("png", "svg", "csv", "json"):
            reader.page.evaluate("document.querySelector('#save').open = true")
            with reader.page.expect_download() as started:
                reader.page.click(f"#save-{kind}")
            files[kind] = tmp_path / started.value.suggested_filename
            started.value.save_as(files[kind])
    assert {path.name for path in files.values()} == {f"the-sora-leak.{kind}" for kind in files}
    assert files["png"].read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    picture = ET.parse(files["svg"]).getroot()
    words = " ".join(picture.itertext())
    assert all(word in words for word in ("The Sora leak", "Toronto", "without 1 kind", "Organisation", "≠"))
    assert not [node for node in picture.iter() if node.tag.endswith(("script", "foreignObject", "image"))]
    text = files["csv"].read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert any(row["object"] == "Toronto" and row["sentence"].startswith("In March") for row in rows)
    assert not [row for row in rows if row["object"] == "art washing"]
    said = json.loads(files["json"].read_text("utf-8"))
    assert {each["label"] for each in said["entities"]} >= {"OpenAI", "Toronto"}
    assert {each["id"] for each in said["statements"]} < {one.id for one in seeds_graph()}


COPIES = "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"


def test_a_sentence_is_copied_as_a_citation_and_a_statement_as_turtle(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        page = reader.page
        page.evaluate(COPIES)
        page.locator(".head").first.click()
        page.get_by_role("button", name="Copy citation").first.click()
        reader.until("window.copied")
        citation = page.evaluate("window.copied")
        assert citation.startswith("“In March, OpenAI released")
        assert "characters" in citation
        page.evaluate("window.copied = ''")
        page.get_by_role("button", name="Copy as Turtle").first.click()
        reader.until("window.copied")
        turtle = page.evaluate("window.copied")
    triples = {(str(one.subject), str(one.predicate), str(one.object)) for one in parse(turtle, RdfFormat.TURTLE)}
    said = next(one for one in seeds_graph() if one.object == vocab.BASE + "id/toronto")
    assert (f"<{said.subject}>", f"<{said.predicate}>", f"<{said.object}>") in triples
    node = f"<{vocab.BASE}statement/{said.id}>"
    sentence = next(object_ for subject, key, object_ in triples if subject == node and key.endswith("wasDerivedFrom>"))
    assert sentence == f"<{said.evidence[0].document}#char={said.evidence[0].start},{said.evidence[0].end}>"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is told of each request."""


def test_a_page_from_the_web_tells_in_turtle_where_it_shows_a_statement(browser, seeds):
    handler = functools.partial(QuietHandler, directory=str(seeds.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{seeds.name}"
        page = browser.new_page()
        page.goto(f"{address}#n=toronto")
        page.wait_for_selector("html[data-ready='1']")
        page.evaluate(COPIES)
        page.locator("#pane .head").first.click()
        page.get_by_role("button", name="Copy as Turtle").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        turtle = page.evaluate("window.copied")
        page.close()
        server.shutdown()
    said = next(one for one in seeds_graph() if one.object == vocab.BASE + "id/toronto")
    told = {str(one.object) for one in parse(turtle, RdfFormat.TURTLE) if one.predicate.value.endswith("#seeAlso")}
    assert told == {f"<{address}#s={said.id}&of=shy-kids>"}


def test_the_link_to_what_is_shown_is_copied(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        reader.page.evaluate(COPIES)
        reader.page.evaluate("document.querySelector('#save').open = true")
        reader.page.click("#copy")
        reader.until("window.copied")
        assert reader.page.evaluate("window.copied") == seeds.as_uri() + "#n=toronto"


def test_neighbours_are_added_step_by_step_and_taken_back(browser, seeds):
    with Reader(browser, seeds, at="#n=shy-kids") as reader:
        page, before = reader.page, reader.shown()
        page.get_by_role("button", name="Isolate").click()
        alone = reader.shown()
        page.evaluate("location.hash = location.hash.replace('n=shy-kids', 'n=air-head')")
        page.get_by_role("button", name=re.compile(r"Add \d+ neighbour")).click()
        grown = reader.shown()
        assert int(grown.split()[0]) > int(alone.split()[0])
        address = page.evaluate("location.hash")
        page.get_by_role("button", name="Undo").click()
        assert reader.shown() == alone
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        assert reader.shown() == before
    with Reader(browser, seeds, at=address) as reader:
        assert reader.shown() == grown


def test_groups_are_a_filter(browser, seeds):
    with Reader(browser, seeds) as reader:
        page, before = reader.page, reader.shown()
        page.evaluate("document.querySelector('#groupings').open = true")
        row = page.locator("#groupings .choices .choice").last
        row.hover()
        row.locator(".only").click()
        assert int(reader.shown().split()[0]) < int(before.split()[0])
        page.click("#hidden button")
        assert reader.shown() == before


@pytest.mark.parametrize("width", [800, 360])
def test_a_narrow_page_has_all_and_does_not_scroll_sideways(browser, seeds, width):
    with Reader(browser, seeds, width=width, height=740) as reader:
        assert reader.page.evaluate("document.documentElement.scrollWidth") == width
        reader.page.click("#filters")
        assert reader.page.locator("#types").is_visible()
        reader.page.click("#filters")
        reader.page.fill("#search", "toronto")
        reader.page.keyboard.press("Enter")
        assert "Toronto" in reader.text("#pane")


def test_at_320_pixels_every_function_is_still_there(browser, seeds):
    with Reader(browser, seeds, width=320, height=640) as reader:
        page = reader.page
        boxes = [page.locator(f"#{name}").bounding_box() for name in ("filters", "as-list", "theme")]
        assert len({round(box["y"] + box["height"] / 2) for box in boxes}) == 1  # in one row
        assert max(box["x"] + box["width"] for box in boxes) <= 320
        page.click("#filters")
        assert page.locator("#types").is_visible()
        assert page.locator("nav .key").is_visible()


def test_a_hidden_hit_reveals_itself_and_says_so(browser, seeds):
    with Reader(browser, seeds, at="#hide=Place") as reader:
        reader.page.fill("#search", "toronto")
        reader.page.keyboard.press("Enter")
        assert reader.chosen() == "Toronto"
        assert "Toronto was hidden by the filters" in reader.text("#note")
        assert reader.page.evaluate("kg.state.chosen.item.on")


def test_a_dispute_opens_though_a_filter_hides_it(browser, seeds):
    with Reader(browser, seeds, at="#hide=Event") as reader:
        reader.page.locator(".dispute").first.click()
        assert "was hidden by the filters" in reader.text("#note")
        assert reader.page.locator("#hidden").is_hidden()


def test_what_has_no_date_can_be_left_out_alone(browser, seeds):
    with Reader(browser, seeds) as reader:
        reader.page.locator("#when summary").click()
        reader.until("document.querySelector('#undated .number').textContent !== ''")  # filled as it is opened
        number = int(reader.text("#undated .number"))
        reader.page.uncheck("#undated input")
        reader.settled()
        assert reader.shown().split(" · ")[1] == f"{82 - number} of 82 statements"


def test_the_key_tells_what_lines_and_sizes_mean(browser, seeds, folder):
    with Reader(browser, seeds) as reader:
        assert reader.text("#key") == (
            "stated said with reserve disputed ≠ larger: more central thicker: more sentences"
        )
    with Reader(browser, saved(folder, "bare", synthetic_graph(40, sourced=False))) as reader:
        assert reader.text("#key") == "stated larger: more central"


def test_every_line_to_the_one_alone_says_its_relation(browser, seeds):
    with Reader(browser, seeds, at="#n=openai&alone=%5B%22openai%22%5D") as reader:
        reader.until("kg.worded().length > 0")
        ends = {end for line in reader.page.evaluate("kg.worded()") for end in line["ends"]} - {"openai"}
        near = reader.page.evaluate("kg.view.entities.filter((one) => one.on && one.id !== 'openai').map(({id}) => id)")
        assert ends >= set(near)


def test_a_link_to_a_way_opens_with_the_whole_way_in_view(browser, seeds):
    with Reader(browser, seeds, at=WAY) as reader:
        reader.until("kg.worded().length > 0")
        stage = reader.page.locator("#picture").bounding_box()
        places = {one["id"]: one for one in reader.page.evaluate("kg.glyphs()")}
        for name in ("toronto", "shy-kids", "air-head", "sora", "midjourney"):
            assert 0 < places[name]["x"] < stage["width"]
            assert 0 < places[name]["y"] < stage["height"]


def test_a_click_with_shift_finds_the_way(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        reader.settled()
        stage = reader.page.locator("#picture").bounding_box()
        spot = next(one for one in reader.page.evaluate("kg.glyphs()") if one["id"] == "sora")
        reader.page.keyboard.down("Shift")
        reader.page.mouse.click(stage["x"] + spot["x"], stage["y"] + spot["y"])
        reader.page.keyboard.up("Shift")
        assert reader.text("#pane .lead") == "The shortest way between them: 3 steps"


def test_a_click_on_a_line_opens_its_statements(browser, seeds):
    with Reader(browser, seeds) as reader:
        stage = reader.page.locator("#picture").bounding_box()
        spots = {one["id"]: one for one in reader.page.evaluate("kg.glyphs()")}
        start, end = spots["sora"], spots["air-head"]
        part = 0.6  # where nothing is written across it
        x, y = (start[axis] + part * (end[axis] - start[axis]) for axis in "xy")
        reader.page.mouse.click(stage["x"] + x, stage["y"] + y)
        assert reader.page.evaluate("kg.state.chosen?.kind") == "line"
        assert "Air Head uses Sora" in reader.text("#pane")


def test_what_is_dragged_stays_where_it_was_put(browser, seeds):
    with Reader(browser, seeds) as reader:
        page = reader.page
        stage = page.locator("#picture").bounding_box()
        spot = next(one for one in page.evaluate("kg.glyphs()") if one["id"] == "toronto")
        page.mouse.move(stage["x"] + spot["x"], stage["y"] + spot["y"])
        page.mouse.down()
        page.mouse.move(stage["x"] + spot["x"] - 60, stage["y"] + spot["y"] - 40, steps=5)
        page.mouse.up()
        page.wait_for_timeout(200)
        now = next(one for one in page.evaluate("kg.glyphs()") if one["id"] == "toronto")
        moved = (now["x"] - spot["x"], now["y"] - spot["y"])
        assert moved == (pytest.approx(-60, abs=15), pytest.approx(-40, abs=15))  # it starts after some pixels


def test_the_focus_is_never_lost(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        page = reader.page
        focused = "document.activeElement.id || document.activeElement.closest('[id]').id"
        page.focus("#picture")
        page.keyboard.press("Enter")
        assert page.evaluate(focused) == "pane"
        page.locator("#pane .head").focus()
        page.keyboard.press("Enter")
        page.locator("figcaption button").first.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert "In March" in page.inner_text("#pane")  # the reader is closed, the entity still open
        assert page.evaluate("document.activeElement.textContent").startswith("OpenAI’s Sora leaked")
        page.keyboard.press("Escape")
        reader.settled()
        assert page.evaluate(focused) == "picture"


def test_forward_goes_where_back_came_from(browser, seeds):
    with Reader(browser, seeds, at="#n=toronto") as reader:
        page = reader.page
        page.evaluate("location.hash = '#n=openai'")
        reader.until("kg.state.chosen?.item.id === 'openai'")
        page.go_back()
        reader.until("kg.state.chosen?.item.id === 'toronto'")
        page.go_forward()
        reader.until("kg.state.chosen?.item.id === 'openai'")


def german_graph() -> Graph:
    """One statement, told in German."""
    text = "Das Unternehmen hat die Firma gekauft, und der Preis ist nicht bekannt."
    source = Document(vocab.BASE + "doc/de", "de", text, title="Kauf")
    ends = (vocab.BASE + "id/a", vocab.BASE + "id/b")
    told = Statement(ends[0], vocab.KG + "acquired", ends[1], (Evidence("e1", source.id, 0, len(text), text),))
    names = [Statement(end, vocab.LABEL, Literal(end[-1])) for end in ends]
    return Graph([told, *names], documents=[source])


def test_a_quote_in_another_language_says_which(browser, folder):
    with Reader(browser, saved(folder, "german", german_graph())) as reader:
        reader.page.locator("#pane .rows [data-entity]").first.click()
        reader.page.locator(".head").first.click()
        assert reader.page.get_attribute("blockquote", "lang") == "de"
        reader.page.locator("figcaption button").first.click()
        assert reader.page.get_attribute("#reader .text", "lang") == "de"


def test_the_theme_is_the_readers_choice(browser, seeds):
    with Reader(browser, seeds, scheme="dark") as reader:
        assert reader.page.get_attribute("html", "data-theme") == "dark"
        reader.page.click("#theme")
        assert reader.page.get_attribute("html", "data-theme") == "light"


def awkward_graph() -> Graph:
    """One that is joined to itself, thirty statements of the same two, long names, names from right to left, signs."""
    names = ("شركة الذكاء", "人工智能研究院有限公司", "🤖🦾 Söhne", "very long name " * 13, "x", "日本語の会社")
    things = [f"{vocab.BASE}id/{number}" for number in range(len(names))]
    said = [(things[0], "partnerOf", other) for other in things] + [(things[1], f"r{n}", things[2]) for n in range(30)]
    return Graph(
        [Statement(thing, vocab.LABEL, Literal(name)) for thing, name in zip(things, names, strict=True)]
        + [Statement(subject, vocab.KG + relation, other) for subject, relation, other in said]
    )


@pytest.mark.parametrize(
    "graph",
    [Graph(), synthetic_graph(1), synthetic_graph(40, sourced=False), awkward_graph(), synthetic_graph(700)],
    ids=["empty", "one", "bare", "awkward", "map"],
)
def test_other_graphs_open_too(browser, folder, graph):
    with Reader(browser, saved(folder, "other", graph)) as reader:
        for _ in ("list", "picture"):
            reader.page.click("#as-list")
            reader.settled()
        if len(graph) and not graph.documents:
            assert "No sources are given" in reader.text("#pane")
        if len(graph.entities) > 500:
            assert reader.page.evaluate("kg.view.isMap")
            glyphs = reader.page.evaluate("kg.glyphs()")
            assert len(glyphs) > 60
            assert overlapping([one | {"box": square(one)} for one in glyphs]) == []
            reader.page.focus("#picture")
            reader.page.keyboard.press("ArrowRight")
            assert reader.chosen()


def test_a_large_page_is_packed_and_opens_as_a_map(browser, folder):
    path = saved(folder, "large", synthetic_graph(3000))
    assert path.stat().st_size < 1_100_000  # of which vis-network is 469,000; the data alone are twice as much
    with Reader(browser, path) as reader:
        assert reader.page.evaluate("kg.view.entities.length") == 3000
        assert "3,000" in reader.shown()
        reader.page.fill("#search", "Nova Labs 0")
        reader.page.keyboard.press("Enter")
        assert reader.chosen() == "Nova Labs 0"
        assert reader.page.locator("#pane .card").count() > 3
