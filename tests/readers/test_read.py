"""What `kg.readers.read` promises for any format: order, names, duplicates, standard input, plugins."""

from __future__ import annotations

import importlib.metadata
import io
import json
import sys

import pytest

from kg import names, readers
from kg.errors import KgError
from kg.types import Document, Skipped


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def read(*paths, **options):
    return list(readers.read(paths, **options))


def test_documents_come_in_the_order_of_the_paths_and_sorted_within_a_folder(folder):
    write(folder, z_txt="Zeta.", in__b_txt="Beta.", in__a__c_md="Gamma.", in__A_txt="Alpha.")
    assert [item.text for item in read("z.txt", "in")] == ["Zeta.", "Alpha.", "Gamma.", "Beta."]


def test_a_document_is_named_after_its_file_and_identified_by_name_and_text(folder):
    write(folder, a_txt="Tern 2 is out.")
    [document] = read("a.txt")
    assert document == Document(id=names.document_id("a", "Tern 2 is out."), name="a", text="Tern 2 is out.")


def test_a_single_path_need_not_be_in_a_list(folder):
    write(folder, a_txt="Alpha.")
    assert [item.text for item in readers.read("a.txt")] == ["Alpha."]
    assert [item.text for item in readers.read(folder / "a.txt")] == ["Alpha."]


def test_one_bad_file_does_not_hinder_the_others(folder):
    write(folder, a_txt="Alpha.", b_txt="", c_txt="Gamma.")
    assert [type(item) for item in read(".")] == [Document, Skipped, Document]


def test_the_same_file_given_twice_is_read_once(folder):
    write(folder, in__a_txt="Alpha.")
    document, skipped = read("in", "in/a.txt")
    assert document.text == "Alpha."
    assert skipped == Skipped("in/a.txt", "'a' was read before with the same text, from in/a.txt")


def test_the_same_text_under_two_names_is_two_documents(folder):
    write(folder, a_txt="Alpha.", b_txt="Alpha.")
    assert [item.name for item in read(".")] == ["a", "b"]


def test_two_texts_under_one_name_get_two_names_and_keep_their_ids(folder):
    write(folder, one__a_txt="Alpha.", two__a_txt="abc")
    first, second = read(".")
    assert (first.name, second.name) == ("a", "a-ba7816bf")  # sha256("abc") starts so
    assert second.id == names.document_id("a", "abc")


def test_where_the_folder_lies_changes_nothing(tmp_path, monkeypatch):
    told = []
    for place in ("here", "there/deeper"):
        write(tmp_path / place / "in", a_txt="Alpha.", b_txt="", c_xyz="?", d_json="{")
        monkeypatch.chdir(tmp_path / place)
        told += [read("in"), read(tmp_path / place / "in")]
    assert told[0] == told[1] == told[2] == told[3]


def test_standard_input_is_read_as_text(folder):
    [document] = read("-", stdin=io.BytesIO(b"Tern 2 is out.\r\n"))
    assert (document.name, document.text) == ("stdin", "Tern 2 is out.\r\n")


def test_standard_input_is_that_of_the_process_unless_given(folder, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Tern 2 is out.")))
    assert [item.text for item in read("-")] == ["Tern 2 is out."]


def test_standard_input_may_be_missing(folder, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-") == [Skipped("-", "there is no standard input")]


@pytest.mark.parametrize("wrap", [io.BytesIO, lambda data: io.BufferedReader(io.BytesIO(data))])
def test_standard_input_that_starts_like_json_lines_is_read_so(folder, wrap):
    lines = b'\n { "text": "Alpha."}\n{"text": "Beta.", "id": "b"}\n'
    assert [(item.name, item.text) for item in read("-", stdin=wrap(lines))] == [("stdin-2", "Alpha."), ("b", "Beta.")]


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html><html>", "\n<HTML lang=en>", "<!-- saved -->\n<!doctype html><html>"]
)
def test_standard_input_that_starts_like_a_page_is_read_so(folder, start):
    page = f"{start}<body><p>Northwind opened an office in Lisbon.</p></body></html>"
    assert [item.text for item in read("-", stdin=io.BytesIO(page.encode()))] == [
        "Northwind opened an office in Lisbon."
    ]


def test_text_that_merely_mentions_markup_or_starts_with_a_brace_is_text(folder):
    for text in ("Use <html> first.", "{Editor's note: old.}", "<htmlx>"):
        assert [item.text for item in read("-", stdin=io.BytesIO(text.encode()))] == [text]


def test_of_a_standard_input_without_end_the_beginning_is_read(folder):
    document, told = read("-", longest=10, stdin=io.BytesIO(b"x" * 110))
    assert document.text == "x" * 10
    assert told == Skipped("-", "read up to character 10 and no further: split it to have the rest read")


def test_the_seeds_are_read_as_stored(root):
    found = {item.name: item for item in readers.read(root / "seeds")}
    assert len(found) == 5
    for name, document in found.items():
        assert document.text.encode() == (root / "seeds" / f"{name}.txt").read_bytes()
    article = found["002_d2385473773569d1"]
    assert (article.publisher, article.published) == ("Silicon Republic", "2024-11-27")
    assert found["004_7b43d2c3fe14ff21"].author == "Jamie Davidson"


def by_plugin(source):
    yield readers.document(source, source.stream.read().decode("utf-16"), source.metadata)


def by_failing_plugin(source):
    yield readers.document(source, "Alpha.")
    raise LookupError("no such\nsheet")


def by_stopping_plugin(source):
    raise KgError("the model is missing")


@pytest.fixture
def plugin(monkeypatch):
    def install(name, function):
        point = importlib.metadata.EntryPoint(name, f"{__name__}:{function.__name__}", readers.GROUP)
        monkeypatch.setattr(importlib.metadata.EntryPoint, "load", lambda _: function)
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])
        readers.suffixes.cache_clear()

    yield install
    readers.suffixes.cache_clear()


def test_a_plugin_reads_a_suffix_of_its_own_with_metadata_beside(folder, plugin):
    (folder / "a.u16").write_bytes("Tern 2 is out.".encode("utf-16"))
    write(folder, a_json='{"title": "Tern"}')
    plugin("u16", by_plugin)
    [document] = read(".")
    assert (document.text, document.title) == ("Tern 2 is out.", "Tern")


def test_a_plugin_goes_before_the_built_in_reader(folder, plugin):
    (folder / "a.TXT").write_bytes("Tern 2 is out.".encode("utf-16"))
    plugin("txt", by_plugin)
    assert [item.text for item in read("a.TXT")] == ["Tern 2 is out."]


def test_a_plugin_that_fails_costs_its_file_alone(folder, plugin):
    write(folder, a_bad="?", b_bad="?")
    plugin("bad", by_failing_plugin)
    first, skipped, *rest = read(".")
    assert first.text == "Alpha."
    assert skipped == Skipped("a.bad", "its reader failed: LookupError: no such sheet")
    assert len(rest) == 2


def test_a_plugin_may_stop_the_run(folder, plugin):
    write(folder, a_bad="?")
    plugin("bad", by_stopping_plugin)
    with pytest.raises(KgError, match="the model is missing"):
        read(".")


def test_the_built_in_readers_are_those_that_are_found_and_load():
    assert sorted(readers.suffixes()) == [
        ".docx",
        ".eml",
        ".gz",
        ".htm",
        ".html",
        ".jsonl",
        ".md",
        ".pdf",
        ".txt",
        ".warc",
    ]
    assert all(callable(point.load()) for point in readers.suffixes().values())


def test_one_article_at_two_addresses_is_given_with_both(tmp_path):
    for place, url in {"a": "https://one.example/", "b": "https://two.example/", "c": "https://one.example/"}.items():
        (tmp_path / place).mkdir()
        (tmp_path / place / "wire.txt").write_text("Acme met Brill.")
        (tmp_path / place / "wire.json").write_text(json.dumps({"url": url}))
    (tmp_path / "wire.txt").write_text("Acme met Brill.")
    one, two, three, four = readers.read(tmp_path)
    assert [item.url for item in (one, two)] == ["https://one.example/", "https://two.example/"]
    assert (one.name, two.name[:5], len(two.name)) == ("wire", "wire-", 13)
    assert one.id != two.id
    assert [item.path.rpartition("/")[2] for item in (three, four)] == ["wire.txt", "wire.txt"]
