"""The editor and the pages in a real browser: what people do there, and that nothing is asked of other servers."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterator
from typing import Self

import pytest

from kg.serve import pages
from tests.serve.running import serving
from tests.view.test_browser import CHROMIUM, FLAGS, lacking

pytestmark = pytest.mark.browser

SLOW = 120_000
"""Milliseconds that a step may take on a busy machine."""


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


class Visitor:
    """A page that is open, what it asked for and what went wrong in it."""

    def __init__(self, browser, server, path):
        self.server, self.context = server, browser.new_context()
        self.context.set_default_timeout(SLOW)
        self.page = self.context.new_page()
        self.asked, self.wrong = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.goto(server.address + path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.wrong == []
        assert [url for url in self.asked if not url.startswith((self.server.address, "data:", "blob:"))] == []

    def shows(self, selector, text):
        """Waits until it is there."""
        self.page.locator(selector, has_text=text).first.wait_for()


@pytest.fixture(scope="module")
def plain(folder, tmp_path_factory):
    """A server whose package came without YASGUI."""
    bare = tmp_path_factory.mktemp("bare")
    (bare / "sitecustomize.py").write_text(
        "from kg.serve import pages\npages.YASGUI = ('none.js', 'none.css')\n", encoding="utf-8"
    )
    with contextlib.ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.syspath_prepend(str(bare))
            running = stack.enter_context(serving(folder))
        yield running


QUERY = "SELECT ?name { ?x kg:developer id:openai ; rdfs:label ?name } ORDER BY ?name"


def test_the_plain_editor_answers_queries_and_shows_what_is_wrong(browser, plain):
    with Visitor(browser, plain, "/sparql") as visitor:
        page = visitor.page
        page.fill("#query", QUERY)
        page.click("button")
        visitor.shows("#answer td", "Sora")
        assert page.locator("#state").inner_text().endswith(" ms")
        page.select_option("#known", index=1)
        page.press("#query", "Control+Enter")
        page.locator("#answer thead th").nth(1).wait_for()
        page.fill("#query", "DESCRIBE id:sora")
        page.click("button")
        visitor.shows("#answer pre", "kg:developer")
        page.fill("#query", "ASK { id:sora ?p ?o }")
        page.click("button")
        visitor.shows("#answer p", "Yes")
    with Visitor(browser, plain, "/sparql") as visitor:
        visitor.page.fill("#query", "SELECT * {")
        visitor.page.click("button")
        visitor.shows("#answer pre", "the query is not SPARQL at 1:")
        assert visitor.wrong
        visitor.wrong.clear()  # that the answer was a 400 is told in the console too


def test_yasgui_answers_queries_with_its_look_ups_off(browser, articles):
    if not pages.has_yasgui():
        lacking("YASGUI is not there; make editor puts it into the package")
    with Visitor(browser, articles, "/sparql") as visitor:
        page = visitor.page
        page.locator(".CodeMirror").first.wait_for()
        page.evaluate("query => kg.getTab().getYasqe().setValue(query)", QUERY)
        page.locator(".yasqe_queryButton").first.click()
        visitor.shows(".yasr_results td", "Sora")
        assert page.evaluate("kg.getTab().getEndpoint()") == articles.address + "/sparql"
        page.select_option("#known", index=2)
        query = page.evaluate("kg.getTab().getYasqe().getValue()")
        assert "SELECT" in query
        assert "PREFIX kg: <https://w3id.org/aikg/ontology#>" in query
        page.locator(".yasqe_queryButton").first.click()
        page.locator(".yasr_results td").first.wait_for()


def test_a_thing_leads_to_the_next(browser, articles):
    with Visitor(browser, articles, "/id/sora") as visitor:
        page = visitor.page
        assert page.inner_text("h1") == "Sora"
        page.locator("summary").first.click()
        assert page.locator("blockquote").first.is_visible()
        page.get_by_role("link", name="OpenAI", exact=True).first.click()
        page.wait_for_url("**/id/openai")
        assert page.inner_text("h1") == "OpenAI"


def test_the_picture_works_under_the_headers_of_the_server(browser, articles):
    with Visitor(browser, articles, "/") as visitor:
        visitor.page.wait_for_selector("html[data-ready='1']")
