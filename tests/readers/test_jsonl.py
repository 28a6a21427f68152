from __future__ import annotations

import json

import pytest

from kg import names, readers
from kg.types import Document, Skipped


@pytest.fixture
def read(tmp_path):
    def read(*lines, end="\n", **options):
        data = b"".join((line if isinstance(line, bytes) else line.encode()) + end.encode() for line in lines)
        (tmp_path / "news.jsonl").write_bytes(data)
        return list(readers.read([tmp_path / "news.jsonl"], **options))

    return read


def test_each_line_is_a_document_with_what_it_tells(read):
    [document] = read(
        '{"text": "Tern 2 is out.", "id": "tern", "title": "Tern", "published": "2025-05-01", "publisher": "Desk", '
        '"author": "Jo Li", "url": "https://desk.example/tern", "note": "from the archive", "views": 7}'
    )
    assert document == Document(
        id=names.document_id("tern", "Tern 2 is out."),
        name="tern",
        text="Tern 2 is out.",
        title="Tern",
        published="2025-05-01",
        publisher="Desk",
        author="Jo Li",
        url="https://desk.example/tern",
        note="from the archive",
    )


def test_other_usual_keys_are_known(read):
    [document] = read(
        '{"text": "Tern 2 is out.", "name": "tern", "date": "2025-05", "source": "Desk", "author": ["Jo Li", "Al Bo"]}'
    )
    assert (document.name, document.published, document.publisher) == ("tern", "2025-05", "Desk")
    assert document.author == "Jo Li, Al Bo"


def test_a_line_without_an_id_is_named_by_file_and_line(read):
    assert [
        item.name for item in read('{"text": "A."}', "", '{"text": "B.", "id": ""}', '{"text": "C.", "id": 7}')
    ] == [
        "news-1",
        "news-3",
        "7",
    ]


def test_escapes_and_line_endings_of_the_text_are_kept(read):
    text = 'a\r\nb\tc "quoted" \u2028 😀 \\'
    assert [item.text for item in read(json.dumps({"text": text}), end="\r\n")] == [text]


def test_a_last_line_needs_no_end(read):
    assert [item.text for item in read('{"text": "A."}', end="")] == ["A."]


def test_a_byte_order_mark_before_the_first_line_is_passed_over(read):
    assert [item.text for item in read(b'\xef\xbb\xbf{"text": "A."}')] == ["A."]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "B."', "not valid JSON: Expecting ',' delimiter at column 14"),
        ('["B."]', 'expected an object with a string "text"'),
        ('{"body": "B."}', 'expected an object with a string "text"'),
        ('{"text": 7}', 'expected an object with a string "text"'),
        ('{"text": ""}', "empty: nothing to read"),
        ('{"text": " \\n "}', "only white space: nothing to read"),
        ('{"text": "a\\u0000b"}', "binary: a NUL character at offset 1, expected text"),
        (
            b'{"text": "caf\xe9 au lait"}',
            "byte 0xE9 at offset 13 is not UTF-8, perhaps Windows-1252: convert it with iconv -f WINDOWS-1252 -t UTF-8",
        ),
    ],
)
def test_a_line_that_is_no_document_is_skipped_alone(read, line, expected):
    first, skipped, last = read('{"text": "A."}', line, '{"text": "C."}')
    assert (first.text, last.text) == ("A.", "C.")
    assert skipped == Skipped("news.jsonl:2", expected)


@pytest.mark.parametrize("line", ["[" * 100_000, '{"text": "x", "n": ' + "9" * 5000 + "}"])
def test_json_beyond_what_can_be_read_is_skipped(read, line):
    skipped, document = read(line, '{"text": "A."}')
    assert skipped.path == "news.jsonl:1"
    assert skipped.reason.startswith("not readable JSON: ")
    assert document.text == "A."


def test_a_lone_surrogate_becomes_a_replacement_character_and_moves_nothing(read):
    [document] = read('{"text": "a\\ud83db \\ud83d\\ude00", "title": "\\udc00", "id": "x\\ud800"}')
    assert document.text == "a\ufffdb 😀"
    assert (document.title, document.name) == ("\ufffd", "x\ufffd")
    assert document.hash


def test_the_limit_holds_for_each_line_alone(read):
    lines = [json.dumps({"text": char * 30}) for char in "ab"] + [json.dumps({"text": "c" * 500}), '{"text": "D."}']
    *good, skipped, last = read(*lines, limit=60)
    assert [item.text[0] for item in (*good, last)] == ["a", "b", "D"]
    assert skipped == Skipped("news.jsonl:3", "a line of more bytes than the limit of 60: split it or raise the limit")


def test_a_line_of_just_the_limit_is_read(read):
    line = json.dumps({"text": "a" * 30})
    assert [type(item) for item in read(line, line.replace("a", "b", 30), limit=len(line))] == [Document, Document]
    assert [type(item) for item in read(line, limit=len(line) - 1)] == [Skipped]
    assert [type(item) for item in read(line, limit=len(line) - 1, end="")] == [Skipped]


def test_a_file_that_is_not_json_lines_is_given_up_after_ten_lines(read):
    items = read(*["Tern 2 is out."] * 1000)
    assert len(items) == 11
    assert items[-1] == Skipped("news.jsonl", "none of its first 10 lines is a document: expected JSON Lines")


def test_a_file_with_some_good_lines_is_read_to_the_end(read):
    assert [type(item) for item in read('{"text": "A."}', *["?"] * 20, '{"text": "B."}')].count(Document) == 2


def test_an_empty_file_is_skipped(read):
    assert read() == read("", "  ") == [Skipped("news.jsonl", "empty: nothing to read")]


def test_a_line_said_twice_is_read_once(read):
    line = '{"text": "A.", "id": "a"}'
    assert read(line, line)[1:] == [Skipped("news.jsonl", "'a' was read before with the same text, from news.jsonl")]


def test_metadata_beside_the_file_holds_for_lines_that_do_not_tell(read, tmp_path):
    (tmp_path / "news.json").write_text('{"publisher": "Desk", "note": "archive"}')
    first, second = read('{"text": "A."}', '{"text": "B.", "source": "Ledger", "date": "soon"}')
    assert (first.publisher, second.publisher) == ("Desk", "Ledger")
    assert second.note == "archive; published left out: 'soon' is not an ISO 8601 date"


def test_a_file_whose_name_is_no_text_gives_names_that_are(tmp_path):
    (tmp_path / "a\udcff.jsonl").write_text('{"text": "Tern 2 is out."}')
    [document] = readers.read(tmp_path)
    assert document.name == "a\N{REPLACEMENT CHARACTER}-1"
