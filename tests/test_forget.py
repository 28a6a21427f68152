"""What is forgotten is in no byte of any file any more: of outputs, cache, store and decisions."""

from __future__ import annotations

import contextlib
import json

import pytest

from kg import database, deciding, writers
from kg.annotating import cache
from kg.build import forget, run
from tests import fake

COMMON = " ".join(f"word{number} said" for number in range(60)) + ".\nAcme met Brill in the end.\n"
ONLY = COMMON + "Zorgon met Vantablue, " + " ".join(f"term{number}" for number in range(9))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(
        writers, "_page", lambda graph, *_: contextlib.nullcontext([repr(graph.documents), repr(list(graph))])
    )
    (tmp_path / "in").mkdir()
    for name, text in {"stays": COMMON, "goes": ONLY, "other": "Acme met Corro."}.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
        told = {"url": f"https://{name}.example/", "title": f"Headline of {name}", "published": "2025-01-02"}
        (tmp_path / "in" / f"{name}.json").write_text(json.dumps(told))
    run(tmp_path / "in", output=tmp_path / "out", model=fake.Reads())
    deciding.merge(tmp_path / "out", "Zorgon", "Acme", reason="by one who knows Vantablue")
    database.make(tmp_path / "out")
    return tmp_path / "out"


def holding(folder, *words):
    """The files in which one of the words stands, in any of the usual encodings."""
    wanted = [word.encode(form) for word in words for form in ("utf-8", "utf-16-le")]
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)) for path in found if any(word in path.read_bytes() for word in wanted)}


def test_no_byte_is_left_of_what_only_the_forgotten_document_said(folder):
    words = ("Zorgon", "zorgon", "Vantablue", "vantablue", "goes.example", "doc/goes", "Headline of goes", "term7")
    assert len(holding(folder, *words)) > 5
    (gone,) = forget(folder, "goes")
    assert holding(folder, *words, gone.hash, gone.hash[:16], cache.key(gone)) == set()
    assert holding(folder, "stays.example", "Brill")


def test_of_two_copies_the_one_that_stays_speaks_for_itself(folder):
    forget(folder, "stays")
    assert holding(folder, "stays.example", "Headline of stays") == set()
    assert {"graph.trig", "documents.jsonl"} <= holding(folder, "goes.example")
    assert "Acme met Brill" in (folder / "graph.jsonl").read_text("utf-8")
