from __future__ import annotations

import gzip
import time

import pytest

from kg import readers
from kg.types import Skipped

pytest.importorskip("warcio")

PAGE = (
    b"<html><head><title>A meeting</title></head>"
    b"<body><article><p>Acme met Brill in Oslo, and they talked at length.</p></article>"
)


def record(body, *, status=b"200 OK", kind=b"text/html; charset=utf-8", type_=b"response"):
    answer = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: " + type_ + b"\r\nWARC-Target-URI: https://one.example/a\r\n"
        b"WARC-Date: 2025-06-13T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(answer)
    )
    return head + answer + b"\r\n\r\n"


def read(path, data):
    path.write_bytes(data)
    return list(readers.read(path))


@pytest.mark.parametrize(("name", "pack"), [("a.warc", bytes), ("a.warc.gz", gzip.compress)])
def test_pages_are_read_with_their_address_and_other_answers_passed_over(tmp_path, name, pack):
    records = record(b"gone", status=b"404 Not Found"), record(b"\x89PNG", kind=b"image/png"), record(PAGE)
    (item,) = read(tmp_path / name, b"".join(map(pack, records)))
    assert item.text == "Acme met Brill in Oslo, and they talked at length."
    assert (item.title, item.url) == ("A meeting", "https://one.example/a")


def test_a_page_that_can_not_be_read_costs_itself_alone(tmp_path):
    skipped, item = read(tmp_path / "a.warc", record(b"<html>\xff\xfe") + record(PAGE))
    assert skipped.path == "a.warc:1"
    assert item.url == "https://one.example/a"


def test_an_archive_without_a_page_is_told_of(tmp_path):
    (item,) = read(tmp_path / "a.warc", record(b"gone", status=b"404 Not Found"))
    assert item == Skipped("a.warc", "an archive without a page that was answered with success")


def test_what_an_archive_holds_is_not_shown_in_complaints(tmp_path, capfd):
    bad = (
        record(PAGE)
        .replace(b"https://one.example/a", b"\x1b[31m a b")
        .replace(b"Content-Length: ", b"Content-Length: 1", 1)
    )
    read(tmp_path / "a.warc", bad + record(PAGE))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("data", [b"no archive", b"\x1f\x8b no gzip", b"WARC/1.0\r\n"])
def test_what_is_no_archive_is_skipped(tmp_path, data):
    assert all(isinstance(item, Skipped) for item in read(tmp_path / "a.warc", data))


@pytest.mark.parametrize(
    "data",
    [
        b"Acme " * 8_000_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 500_000,
        record(PAGE) + b"\r\n" + b"WARC/1.0\r\nWARC-Type: " + b"x" * 8_000_000,
        record(PAGE).replace(b"HTTP/1.1 200", b"HTTP/1.1 200" + b" " * 2_000_000),
    ],
)
def test_heads_without_end_are_not_read_to_their_end(tmp_path, data):
    start = time.process_time()
    found = read(tmp_path / "a.warc", data)
    assert found[-1] == Skipped(
        "a.warc", "not a web archive, or one of records with heads of more than 1,048,576 bytes"
    )
    assert time.process_time() - start < 5
