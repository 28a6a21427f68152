"""Takes the pictures in docs/pictures/ of a folder's page: python -m benchmarks.pictures [outputs [map]].

With "map" also one of a made-up graph of 100,000 entities, which takes minutes.

Small ones with Pillow (pip install pillow).
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

PICTURES = Path("docs/pictures")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-lcd-text"]
WIDE, NARROW = (1400, 900), (360, 740)

# Two figures that are as far from each other as any that ways lead between.
FAR = """(() => {
  const far = (from) => {
    const queue = [from];
    for (const at of queue) {
      for (const { a, b } of at.between) {
        const to = kg.view.entities[a === at.number ? b : a];
        if (!queue.includes(to)) queue.push(to);
      }
    }
    return queue.at(-1);
  };
  const from = far(kg.view.entities[0]);
  const ends = [from, far(from)];
  location.hash = `way=${encodeURIComponent(JSON.stringify(ends.map(({ id }) => id)))}`;
  return ends[0] !== ends[1];
})()"""

# Each picture: how large, which theme, and the script that opens what it shows; if it gives false there is nothing.
SHOTS: dict[str, tuple[tuple[int, int], str, str]] = {
    "overview": (WIDE, "light", "true"),
    "dark": (WIDE, "dark", "true"),
    "dispute": (WIDE, "light", "!document.querySelector('.dispute')?.click() && kg.view.disputes.length > 0"),
    "path": (WIDE, "light", FAR),
    "list": (WIDE, "light", "!document.querySelector('#as-list').click()"),
    "narrow": (NARROW, "light", "true"),
}

# Two made-up articles that disagree on a date.
ARTICLES = (
    (
        "OpenAI releases Sora Turbo",
        "The Daily Model",
        "2024-12-12",
        """OpenAI released Sora Turbo on 9 December 2024. The company said the video model is faster than the preview
that artists tested. Sora Turbo was developed by OpenAI and is available to ChatGPT Plus subscribers.""",
    ),
    (
        "Sora Turbo is here",
        "Video Weekly",
        "2024-12-13",
        """OpenAI released Sora Turbo on 11 December 2024. The model was developed by OpenAI and is part of ChatGPT
Plus. A group of artists had leaked an early version of Sora on Hugging Face.""",
    ),
)

NEARER = "[1, 2, 3, 4, 5, 6, 7].forEach(() => document.querySelector('#closer').click()) ?? true"
MAPS: dict[str, tuple[tuple[int, int], str, str]] = {
    "map": (WIDE, "light", "true"),
    "map-nearer": (WIDE, "light", NEARER),
}
PATIENCE = 300_000  # milliseconds


@contextlib.contextmanager
def opened() -> Iterator[Any]:
    """An installed Chromium without windows. Ends with one line if there is none."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("found no Chromium; on Debian and Ubuntu: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def main(folder: Path, *, with_map: bool) -> None:
    """Opens the page once a picture, with the network off, and writes what is seen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with opened() as browser:
        for name in SHOTS:
            found = take(browser, (folder / "graph.html").absolute().as_uri(), name)
            if name == "dispute" and not found:
                take_dispute(browser)
        if with_map:
            take_map(browser)


def take_dispute(browser: Any) -> None:
    """What `kg build` makes of two articles that disagree."""
    with tempfile.TemporaryDirectory() as made:
        articles = Path(made) / "articles"
        articles.mkdir()
        for number, (title, publisher, day, text) in enumerate(ARTICLES):
            (articles / f"{number}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
            told = json.dumps({"title": title, "publisher": publisher, "published": day})
            (articles / f"{number}.json").write_text(told, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "kg", "build", articles, "-q", "-o", Path(made) / "outputs"], check=True)
        take(browser, (Path(made) / "outputs" / "graph.html").as_uri(), "dispute")


def take_map(browser: Any) -> None:
    """A page of 100,000 entities as it opens, and drawn nearer."""
    from kg.writers.html import render
    from tests.view.synthetic import synthetic_graph

    with tempfile.TemporaryDirectory() as made:
        page = Path(made) / "graph.html"
        page.write_text(render(synthetic_graph(100_000), title="A map of 100,000 entities"), encoding="utf-8")
        for name in MAPS:
            take(browser, page.as_uri(), name)


def take(browser: Any, address: str, name: str) -> bool:
    """One picture and whether there was something to take, or a line that says that there is nothing to take it of."""
    (width, height), theme, opening = (SHOTS | MAPS)[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, offline=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready='1']")
    found = bool(page.evaluate(opening))
    if found:
        page.wait_for_timeout(1000)
        page.screenshot(path=PICTURES / f"{name}.png")
        lighten(PICTURES / f"{name}.png")
        print(f"{name}.png: {(PICTURES / f'{name}.png').stat().st_size:,} bytes")
    else:
        print(f"{name}.png: this graph has none")
    context.close()
    return found


def lighten(path: Path) -> None:
    """A third of the bytes by a palette of 256 colours, where Pillow is installed.

    The most frequent ones, and of the others the most frequent of each shade: those of the key are rare but needed.
    """
    try:
        from PIL import Image
    except ModuleNotFoundError:
        return
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.int32)
    colours, which, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    colours = colours[np.argsort(-counts, kind="stable")]
    place = np.argsort(np.argsort(-counts, kind="stable"))
    _, shades = np.unique(colours >> 4, axis=0, return_index=True)
    chosen = colours[np.unique([*range(48), *np.sort(shades)[:208]])]
    nearest = ((colours[:, None] - chosen) ** 2).sum(axis=2).argmin(axis=1)
    few = Image.fromarray(nearest[place[which]].reshape(pixels.shape[:2]).astype(np.uint8), "P")
    few.putpalette(chosen.astype(np.uint8).ravel().tolist())
    few.save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "outputs"), with_map="map" in sys.argv[2:])
