"""What the page costs by entities, to write and to use: python -m benchmarks.view [50 500 …]."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pictures import opened
from kg.writers.html import render
from tests.view.synthetic import synthetic_graph

SIZES = (50, 500, 10_000, 100_000)
COLUMNS = (
    "entities",
    "seconds to write",
    "bytes",
    "seconds to open",
    "of the processor",
    "pictures a second while panning",
    "slowest picture, ms",
    "of the processor a picture, ms",
    "search, ms of the processor",
    "filter, ms of the processor",
    "choose, ms of the processor",
    "heap, MB",
)
PATIENCE = 300_000

# Each frame's length while the picture is dragged.
COUNT = """(() => {
  window.frames_ = [];
  let last = performance.now();
  const next = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
})()"""
RATE = "1000 * frames_.length / frames_.reduce((sum, each) => sum + each, 0)"

SEARCH = """(() => {
  const box = document.querySelector("#search");
  box.value = "quill";
  box.dispatchEvent(new Event("input"));
})()"""
CLEAR = """(() => {
  const box = document.querySelector("#search");
  box.value = "";
  box.dispatchEvent(new Event("input"));
})()"""
FILTER = 'document.querySelector("#types input").click()'
UNFILTER = 'document.querySelector("#everything").click()'
CHOOSE = 'document.querySelector("#pane .rows [data-entity]").click()'
LEAVE = 'document.querySelector("#pane .crumb button").click()'
TIMES = 5


def main(sizes: list[int]) -> None:
    """One row a size."""
    print("| " + " | ".join(COLUMNS) + " |")
    print("|---" * len(COLUMNS) + "|")
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
    return count, round(written, 1), path.stat().st_size, *use(path, browser)


def use(path: Path, browser: Any) -> tuple[float, ...]:
    """The figures of opening a page and moving about in it."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE)
    watch = page.context.new_cdp_session(page)
    watch.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        """Processor seconds of the page's main thread: what other work on the machine does not lengthen."""
        metrics = watch.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready='1']")
    ready, opening = page.evaluate("kg.readyAt") / 1000, busy()
    pan(page)
    moving, frames = busy() - opening, page.evaluate("frames_.length")
    rate, slowest = page.evaluate(RATE), page.evaluate("Math.max(...frames_)")
    search, filtering, choose = (
        cost(page, busy, *pair) for pair in ((SEARCH, CLEAR), (FILTER, UNFILTER), (CHOOSE, LEAVE))
    )
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    page.close()
    used = (round(value) for value in (rate, slowest, 1000 * moving / frames, search, filtering, choose, heap))
    return round(ready, 2), round(opening, 2), *used


def cost(page: Any, busy: Callable[[], float], act: str, undo: str) -> float:
    """Milliseconds of the main thread from what a reader does until all is shown: the middle of some times."""
    found = []
    for _ in range(TIMES):
        before = busy()
        page.evaluate(f"{act}; 0")
        page.wait_for_selector("html[data-settled='1']")
        found.append(1000 * (busy() - before))
        page.evaluate(f"{undo}; 0")
        page.wait_for_selector("html[data-settled='1']")
        page.wait_for_timeout(300)  # a map draws what comes into view a little later
    return statistics.median(found)


def pan(page: Any) -> None:
    """Drags the picture for about two seconds while the frames are counted."""
    page.mouse.move(300, 120)
    page.mouse.down()
    page.evaluate(COUNT)
    for step in range(60):
        page.mouse.move(300 + 4 * step, 120 + 2 * step)
        page.wait_for_timeout(16)
    page.mouse.up()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
