from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import readers
from kg.readers import _metadata
from kg.types import Document, Skipped


@pytest.fixture
def read(tmp_path):
    def read(metadata, *, suffix=".txt", **options):
        (tmp_path / f"a{suffix}").write_text("<p>Tern 2 is out.</p>" if suffix == ".html" else "Tern 2 is out.")
        (tmp_path / "a.json").write_bytes(metadata if isinstance(metadata, bytes) else json.dumps(metadata).encode())
        return list(readers.read([tmp_path], **options))

    return read


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".TXT"])
def test_metadata_stands_beside_the_document(read, suffix):
    told = {
        "title": "Tern",
        "publisher": "Desk",
        "published": "2025-05-01",
        "author": "Jo Li",
        "url": "https://desk.example/tern",
        "note": "from the archive",
        "unknown": [1, {}],
    }
    [document] = read(told, suffix=suffix)
    assert isinstance(document, Document)
    assert {key: getattr(document, key) for key in told if key != "unknown"} == {
        key: value for key, value in told.items() if key != "unknown"
    }


def test_what_is_not_told_stays_unknown(read):
    [document] = read({"title": None, "author": "", "publisher": {}, "note": True, "url": 1.5})
    assert (document.title, document.author, document.publisher, document.note, document.url) == (None,) * 5


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"title": ', "not valid JSON: Expecting value in line 1, column 11"),
        (b"", "not valid JSON: Expecting value in line 1, column 1"),
        (b'["Tern"]', "not metadata: expected one JSON object"),
        (b'{"title": "caf\xe9"}', "not UTF-8"),
        (b"[" * 100_000, "not metadata: nested too deeply"),
    ],
)
def test_broken_metadata_is_told_and_the_document_read_without_it(read, data, expected):
    skipped, document = read(data)
    assert skipped == Skipped(f"{skipped.path.split('/')[0]}/a.json", f"{expected}; a.txt is read without it")
    assert (document.text, document.title) == ("Tern 2 is out.", None)


def test_metadata_over_the_limit_is_told(read):
    skipped, document = read({"title": "x" * 100}, limit=50)
    assert skipped.reason == "113 bytes, more than the limit of 50; a.txt is read without it"
    assert document.title is None


def test_metadata_may_start_with_a_byte_order_mark(read):
    [document] = read(b'\xef\xbb\xbf{"title": "Tern"}')
    assert document.title == "Tern"


def test_values_are_put_on_one_line_without_control_characters(read):
    [document] = read({"title": " Tern\n\t2\x1b\x00 is\u0085out ", "note": "a\ud800"})
    assert (document.title, document.note) == ("Tern 2 is out", "a\ufffd")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        (2024, "2024"),
        ("2024-11", "2024-11"),
        (" 2024-11-27 ", "2024-11-27"),
        ("2024-02-29", "2024-02-29"),
        ("2024-11-27T10:00", "2024-11-27T10:00:00"),
        ("2024-11-27 10:00:05", "2024-11-27T10:00:05"),
        ("2024-11-27T10:00:05Z", "2024-11-27T10:00:05Z"),
        ("2024-11-27T10:00:05.250+01:00", "2024-11-27T10:00:05.250000+01:00"),
    ],
)
def test_iso_dates_are_kept_in_the_extended_form(value, expected):
    assert _metadata.clean({"published": value}) == {"published": expected}


@pytest.mark.parametrize(
    "value", ["yesterday", "27.11.2024", "11/27/2024", "2023-02-29", "2024-13", "0000", "20241127", "2024-11-27x10:00",
              "2024-11-27T25:00", "2024-Q3", "２０２４", "2024-11-26/2024-11-28", "1732694400"]
)  # fmt: skip
def test_other_dates_are_left_out_with_a_note(value):
    assert _metadata.clean({"published": value, "note": "old"}) == {
        "note": f"old; published left out: '{value}' is not an ISO 8601 date"
    }


def test_a_long_bad_date_is_quoted_in_part():
    note = _metadata.clean({"published": "x" * 9000})["note"]
    assert note == f"published left out: '{'x' * 40}…' is not an ISO 8601 date"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/local", "https://x y", 'https://x/"><script>', "file:///etc"])
def test_addresses_that_are_not_http_are_left_out_with_a_note(url):
    assert _metadata.clean({"url": url}) == {"note": f"url left out: {url!r} is not an http address"}


@given(st.dictionaries(st.sampled_from(["title", "published", "date", "url", "author", "note"]), st.text()))
def test_any_text_is_cleaned_to_lines_that_can_be_stored(raw):
    for value in _metadata.clean(raw).values():
        assert value
        assert "\n" not in value
        assert value.encode("utf-8")
