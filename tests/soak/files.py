"""Builds from files that mean no good: each is read or named in the report, and what is written stays well formed.

Without the page, whose own tests feed it with the same names: its drawing would take most of the time.
"""

from __future__ import annotations

import base64
import json
import os
import random
import tempfile
import time
from pathlib import Path
from unittest import mock

import pyoxigraph

from kg import writers
from kg.build import run
from kg.readers._metadata import one_line
from kg.types import Document
from tests import fake

COUNT = 10_000
ROUND = 500
SLOWEST = 1.0  # seconds a file, on average over a round

NAMES = (
    *("Acme", "Brill & Söhne", 'The "Quote" Company', "<script>alert(1)</script>", "O'Reilly", "]]>", "Łódź AG"),
    *(
        "שלום",
        "\u202eevil\u202c",
        "Z\u0335\u0321a\u0336\u0322l\u0337g\u0338o\u0336",
        "👩‍👩‍👧‍👦 Inc",
        "\ufeffBom",
        "a\\b",
        "{{7*7}}",
    ),
    *("'; DROP TABLE", "${jndi:ldap://x}", "%00", "../../etc/passwd", "<!--", "http://localhost/", "\x1b[31mRed"),
)
SUFFIXES = (".txt", ".md", ".html", ".jsonl", ".TXT", ".htm")


def text(chance):
    """Lines of names of all scripts."""
    return "\n".join(" met ".join(chance.choices(NAMES, k=chance.randint(1, 6))) for _ in range(chance.randint(1, 12)))


def page(chance):
    depth = chance.choice([1, 30, 300, 5000])
    tag = chance.choice(["div", "b", "table><tr><td", "svg", "blockquote", "select"])
    body = "".join(f"<p>{line}</p>" for line in text(chance).split("\n"))
    return f"<{tag}>" * depth + body + "<script src=http://localhost:9/x></script><img src=file:///etc/passwd>"


CONTENTS = (
    lambda _: b"",
    lambda chance: chance.randbytes(chance.randint(1, 4000)),
    lambda chance: text(chance).encode(),
    lambda chance: text(chance).encode(chance.choice(["utf-16", "utf-32", "utf-16-le", "utf-8-sig", "utf-7"])),
    lambda chance: text(chance).encode("cp1252", "replace"),
    lambda chance: text(chance).encode("shift-jis", "replace"),
    lambda chance: text(chance).encode().replace(b" ", b"\0"),
    lambda chance: page(chance).encode(),
    lambda chance: page(chance).encode()[: chance.randint(0, 500)],
    lambda chance: json.dumps({"text": text(chance), "url": chance.choice(NAMES), "published": "2024-02-30"}).encode(),
    lambda chance: b"[" * chance.choice([10, 100_000]) + b'{"text": ' + b"1" * 5000,
    lambda chance: " ".join(f"Name{chance.randrange(10**9)}" for _ in range(2000)).encode(),
    lambda _: ("A" * 300_000).encode(),
    lambda _: ("\u0301" * 5000 + "a").encode(),
    lambda _: ("\r\n\x0b\x0c\x1c\u2028\x85 " * 500 + "Acme").encode(),
    lambda chance: base64.b64encode(chance.randbytes(3000)),
    lambda chance: "".join(chr(chance.randrange(0x20, 0xD800)) for _ in range(3000)).encode(),
)


def _path(chance, folder, number):
    stem = chance.choice(
        ["a b", "new\nline", "naïve", "שלום", "quote\"'", "<b>", "-rf", "$(id)", "..", "%2e", "\u202e", "x" * 200]
    )
    return folder / f"{number}{stem}{chance.choice(SUFFIXES)}"


def make(chance, folder, many):
    """So many files, some with bad metadata beside them, some no files at all; the paths that are to be told of."""
    paths = []
    for number in range(many):
        path = _path(chance, folder, number)
        paths.append(path)
        match chance.randrange(40):
            case 0:
                path.symlink_to(path.name)
            case 1:
                path.symlink_to(folder, target_is_directory=True)
            case 2:
                path.symlink_to("nowhere")
            case 3:
                os.mkfifo(path)
            case _:
                path.write_bytes(chance.choice(CONTENTS)(chance))
                if chance.random() < 0.1 and path.suffix.lower() != ".json":
                    path.with_suffix(".json").write_bytes(chance.choice(CONTENTS)(chance))
    return paths


def soak(seed, count):
    chance = random.Random(seed)
    read = skipped = 0
    for first in range(0, count, ROUND):
        with tempfile.TemporaryDirectory() as place:
            one, two = _round(chance, Path(place), min(ROUND, count - first))
            read, skipped = read + one, skipped + two
    return f"{count} files, {read} documents read, {skipped} inputs told of as skipped, nothing lost"


def _round(chance, place, many):
    (place / "in").mkdir()
    paths, start = make(chance, place / "in", many), time.process_time()
    before = {path.name for path in place.iterdir()}
    with mock.patch.object(writers, "_page", return_value=["<page>"]):
        result = run(place / "in", output=place / "out", model=fake.Reads())
    assert time.process_time() - start < SLOWEST * many + 30
    assert {path.name for path in place.iterdir()} == before | {"out"}
    told = {item.path.rpartition("/")[2].partition(":")[0] for item in result.skipped}
    known = {item.document.name for item in result.annotations}
    for path in paths:
        name, stem = one_line(path.name), one_line(path.stem)
        assert name in told or any(each.startswith(stem) for each in known), f"lost: {path.name!r}"
    _check(place / "out", result)
    return len(result.annotations), len(result.skipped)


def _check(folder, result):
    """What was written is well formed, and nothing of it can act."""
    for name in ("graph.ttl", "graph.trig"):
        assert sum(1 for _ in pyoxigraph.parse(path=folder / name))
    assert "<script>" not in (folder / "report.md").read_text("utf-8")
    for item in result.annotations:
        assert isinstance(item.document, Document)
        assert len(item.document.text) <= 200_000
        item.document.text.encode()
