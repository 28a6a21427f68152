"""Time to write and to open the page, and its size, by entities: python -m benchmarks.view [50 500 …]."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.pictures import opened
from kg.writers.html import render
from tests.view.synthetic import synthetic_graph

SIZES = (50, 500, 10_000)


def main(sizes: list[int]) -> None:
    """One row a size."""
    print("| entities | seconds to write | bytes | seconds to open | pictures a second while panning |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, opened() as browser:
        for count in sizes:
            print("| " + " | ".join(f"{value:,}" for value in measure(count, Path(folder), browser)) + " |", flush=True)


def measure(count: int, folder: Path, browser: Any) -> tuple[float, ...]:
    """The figures of one row, with a graph that looks like a real one."""
    graph = synthetic_graph(count)
    _ = graph.relations, graph.entities
    start = time.process_time()
    html = render(graph)
    written = time.process_time() - start
    path = folder / f"{count}.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready='1']", timeout=60_000)
    ready = page.evaluate("kg.readyAt") / 1000
    pan(page)
    rate = page.evaluate("window.drawn / ((performance.now() - window.began) / 1000)")
    page.close()
    return count, round(written, 1), path.stat().st_size, round(ready, 2), round(rate)


def pan(page: Any) -> None:
    """Drags the picture for about two seconds while the frames are counted."""
    page.evaluate("window.drawn = 0; (function f() { window.drawn += 1; requestAnimationFrame(f); })()")
    page.mouse.move(300, 120)
    page.mouse.down()
    page.evaluate("window.began = performance.now(); window.drawn = 0")
    for step in range(60):
        page.mouse.move(300 + 4 * step, 120 + 2 * step)
        page.wait_for_timeout(16)
    page.mouse.up()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
