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


TOLD = "read up to character {} and no further: split it to have the rest read"


@pytest.mark.parametrize(
    ("text", "longest", "kept"),
    [
        ("aaaa\n\nb\nc d", 8, "aaaa\n\n"),
        ("aaaa\nb. cc dd", 9, "aaaa\n"),
        ("aaaa. bb cc dd", 9, "aaaa. "),
        ("a a a a aa aaaaaaa", 14, "a a a a aa "),
        ("x" * 20, 12, "x" * 12),
        ("\u4e2d\u6587" * 9, 12, "\u4e2d\u6587" * 6),
        ("a\n\n" + "b" * 40, 12, "a\n\n" + "b" * 9),  # a paragraph that would cost most of it is not kept whole
    ],
)
def test_a_text_that_is_too_long_is_cut_and_that_is_told(tmp_path, text, longest, kept):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    document, told = readers.read([tmp_path / "a.txt"], longest=longest)
    assert document.text == kept
    assert told == Skipped("a.txt", TOLD.format(len(kept)))


def test_no_character_is_cut_in_two(tmp_path):
    (tmp_path / "a.txt").write_text("😀" * 20, encoding="utf-8")
    for limit in range(40, 48):
        document, _ = readers.read([tmp_path / "a.txt"], limit=limit)
        assert set(document.text) == {"😀"}


def test_of_two_hundred_megabytes_in_one_line_the_beginning_is_read(tmp_path):
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.write(b"Acme met Brill. " * 60_000)
        stream.truncate(200_000_000)
    document, told = readers.read([tmp_path / "big.txt"])
    assert document.text == "Acme met Brill. " * 12_500
    assert told.reason == TOLD.format("200,000")


def test_what_other_readers_find_is_cut_too(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Acme met Brill."}')
    document, told = readers.read([tmp_path / "a.jsonl"], longest=12)
    assert (document.text, told) == ("Acme met ", Skipped("a.jsonl", TOLD.format(9)))
