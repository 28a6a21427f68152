"""The page opens, searches and shows a sentence in Firefox too, driven by its own protocol (Marionette)."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.writers.html import render
from tests.view.seeds_graph import seeds_graph

pytestmark = pytest.mark.browser

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 240  # seconds


class Firefox:
    """Sends commands as `[0, number, name, parameters]` with their length before, and takes the answers."""

    def __init__(self, port: int) -> None:
        self.socket = _connected(port)
        self.number = 0
        self._answer()  # who it is
        self.send("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"pageLoadStrategy": "eager"}}})

    def send(self, name: str, parameters: dict) -> object:
        self.number += 1
        text = json.dumps([0, self.number, name, parameters])
        self.socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._answer()
        assert error is None, error
        return result.get("value", result) if isinstance(result, dict) else result

    def run(self, script: str) -> object:
        return self.send("WebDriver:ExecuteScript", {"script": script, "args": []})

    def until(self, condition: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, condition
            time.sleep(0.2)

    def _answer(self) -> list:
        head = b""
        while not head.endswith(b":"):
            head += self._some(1)
        length, body = int(head[:-1]), b""
        while len(body) < length:
            body += self._some(length - len(body))
        return json.loads(body)

    def _some(self, most: int) -> bytes:
        part = self.socket.recv(most)
        assert part, "Firefox has closed the connection"
        return part


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            assert time.monotonic() < end, "Firefox does not answer"
            time.sleep(0.2)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory) -> Iterator[Firefox]:
    if FIREFOX is None:
        pytest.skip("no Firefox is installed; on Debian: apt-get install firefox-esr")
    profile = tmp_path_factory.mktemp("firefox")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n', encoding="ascii")
    command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    driver = None
    try:
        driver = Firefox(port)
        yield driver
    finally:
        if driver is not None:
            driver.socket.close()
        running.terminate()
        running.wait(60)


@pytest.fixture(scope="module")
def page(firefox, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "seeds.html"
    path.write_text(render(seeds_graph(), title="The Sora leak"), encoding="utf-8")
    firefox.send("WebDriver:Navigate", {"url": path.as_uri()})
    firefox.until("document.documentElement.dataset.ready")
    return path


def test_it_opens_with_its_names_and_its_disputes(firefox, page):
    firefox.until("Number(document.documentElement.dataset.names) > 20")
    firefox.until("document.querySelector('#pane').textContent.includes('Sources disagree')")


def test_a_name_is_found_and_its_sentence_shown(firefox, page):
    firefox.run(
        "const box = document.querySelector('#search'); box.value = 'toronto'; box.dispatchEvent(new Event('input'))"
    )
    firefox.until("document.querySelector('#results li')?.textContent.startsWith('Toronto')")
    firefox.run("document.querySelector('#results li').click()")
    firefox.until("document.querySelector('#pane h2')?.textContent === 'Toronto'")
    firefox.run("document.querySelector('#pane .head').click()")
    firefox.until("document.querySelector('#pane blockquote')?.textContent.startsWith('In March')")
