from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import readers
from kg.types import Document, Skipped


def read_bytes(data, *, suffix=".txt", **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a" + suffix)
        path.write_bytes(data)
        [item] = readers.read([path], **options)
    return item


def reason(data, **options):
    item = read_bytes(data, **options)
    assert isinstance(item, Skipped)
    assert item.path == "a.txt"
    return item.reason


@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT", ".Md"])
def test_text_and_markdown_are_kept_as_they_are(suffix):
    text = "# Tern 2\r\n\r\n  It is *out*.\r\tNow.\n\n\u2028\x0c\u00a0“Yes”\n"
    assert read_bytes(text.encode(), suffix=suffix).text == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip), st.data())
def test_offsets_count_the_characters_of_the_file(text, data):
    text = text.removeprefix("\ufeff") or "x"
    item = read_bytes(text.encode())
    if isinstance(item, Document):
        start = data.draw(st.integers(0, len(text)))
        assert item.text[start:] == text[start:]
        assert len(item.text) == len(text)
    else:
        assert item.reason == "only white space: nothing to read"


@given(st.binary(max_size=64))
def test_any_bytes_are_read_as_they_are_or_skipped(data):
    item = read_bytes(data)
    if isinstance(item, Document):
        assert item.text.encode() == data.removeprefix(b"\xef\xbb\xbf")
    else:
        assert item.reason
        assert item.reason.isprintable()


def test_a_byte_order_mark_is_no_text():
    assert read_bytes(b"\xef\xbb\xbfTern").text == "Tern"
    assert read_bytes(b"\xef\xbb\xbfTern").id == read_bytes(b"Tern").id


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty: nothing to read"),
        (b"\xef\xbb\xbf", "empty: nothing to read"),
        (b" \r\n\t\xc2\xa0\n", "only white space: nothing to read"),
        (
            "Tern".encode("utf-16"),
            "UTF-16 by its byte order mark, expected UTF-8: convert it with iconv -f UTF-16 -t UTF-8",
        ),
        (
            "Tern".encode("utf-32"),
            "UTF-32 by its byte order mark, expected UTF-8: convert it with iconv -f UTF-32 -t UTF-8",
        ),
        (
            "Tern 2 is out.".encode("utf-16-le"),
            "UTF-16LE without a byte order mark, it seems, expected UTF-8: convert it with iconv -f UTF-16LE -t UTF-8",
        ),
        (
            "Tern 2 is out.".encode("utf-16-be"),
            "UTF-16BE without a byte order mark, it seems, expected UTF-8: convert it with iconv -f UTF-16BE -t UTF-8",
        ),
        (
            b"the company\x92s caf\xe9",
            "byte 0x92 at offset 11 is not UTF-8, perhaps Windows-1252: convert it with iconv -f WINDOWS-1252 -t UTF-8",
        ),
        (b"a\x81\x8d", "byte 0x81 at offset 1 is not UTF-8: convert it with iconv -f ENCODING -t UTF-8"),
        (
            b"a\xed\xa0\x80",
            "byte 0xED at offset 1 is not UTF-8, perhaps Windows-1252: convert it with iconv -f WINDOWS-1252 -t UTF-8",
        ),
        (b"ELF\0\1\2", "binary: a NUL byte at offset 3, expected text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", "binary: a NUL byte at offset 8, expected text in UTF-8"),
    ],
)
def test_what_is_not_utf8_text_is_skipped_with_the_reason(data, expected):
    assert reason(data) == expected


def test_a_file_over_the_limit_is_skipped_unread():
    assert reason(b"x" * 1001, limit=1000) == "1,001 bytes, more than the limit of 1,000: split it or raise the limit"
    assert read_bytes(b"x" * 1000, limit=1000).text == "x" * 1000


def test_fifty_megabytes_are_skipped_without_reading_them(tmp_path):
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    [skipped] = readers.read([tmp_path / "big.txt"])
    assert skipped.reason == "50,000,000 bytes, more than the limit of 5,000,000: split it or raise the limit"
