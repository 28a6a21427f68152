from __future__ import annotations

import json

import pytest

pytest.importorskip("httpcore2")
from kg.fetch.kept import STATE, Kept, file_stem

A = "https://www.desk.example/news/2024/acme-meets-brill.html?x=1"


def test_a_file_is_named_after_host_and_page_and_kept_apart_by_a_hash():
    assert file_stem(A) == "desk-example-acme-meets-brill-5ec5f61cac"
    assert file_stem("https://desk.example/") == "desk-example-dcf7774a67"


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "%2e%2e%2f%2e%2e",
        "a\\b",
        "%00",
        "-rf",
        "a" * 5000,
        "ä/ü",
        "$(id)",
        ".hidden",
        "CON",
        "\u202e",
    ],
)
def test_no_address_leads_out_of_the_folder(path):
    stem = file_stem(f"https://desk.example/{path}")
    assert stem.startswith("desk-example")
    assert stem.replace("-", "").isalnum()
    assert stem.isascii()
    assert len(stem) < 80


def test_what_is_put_is_there_with_what_is_told_of_it_and_again_for_the_next(tmp_path):
    kept = Kept(tmp_path)
    path, changed = kept.put(A, b"<p>One", ".html", {"url": A, "title": "../é\ud800"})
    kept.note(A, {"etag": '"1"', "last-modified": "Wed", "date": "today"}, file=path.name)
    assert changed
    assert path.read_bytes() == b"<p>One"
    assert json.loads(path.with_suffix(".json").read_text("utf-8")) == {"url": A, "title": "../é?"}
    again = Kept(tmp_path)
    assert again.question(A) == {"If-None-Match": '"1"', "If-Modified-Since": "Wed"}
    assert again.put(A, b"<p>One", ".html", {"url": A}) == (path, False)
    assert again.put(A, b"<p>Two", ".html", {"url": A}) == (path, True)
    assert again.put(A, b"%PDF-", ".pdf", {"url": A}) == (path.with_suffix(".pdf"), True)
    assert not path.exists()


def test_of_a_file_that_is_gone_nothing_is_known(tmp_path):
    kept = Kept(tmp_path)
    path, _ = kept.put(A, b"x", ".txt", {})
    kept.note(A, {"etag": "1"}, file=path.name)
    path.unlink()
    assert kept.question(A) == {}
    assert kept.put(A, b"x", ".txt", {})[1]


def test_a_damaged_state_costs_no_more_than_what_is_damaged(tmp_path):
    good = json.dumps({"url": A, "etag": "1", "file": "a.html"})
    bad = [
        '{"url": "https://b.example/"',
        "[]",
        "null",
        '{"url": 1}',
        '{"url": "https://c.example/", "file": "../x"}',
        "\x00",
    ]
    (tmp_path / STATE).write_text("\n".join([*bad, good, good.replace('"1"', '"2"')]), "utf-8")
    (tmp_path / "a.html").write_text("x")
    kept = Kept(tmp_path)
    assert kept.question(A) == {"If-None-Match": "2"}
    assert kept.question("https://c.example/") == {}
    assert len((tmp_path / STATE).read_text("utf-8").splitlines()) == 1
