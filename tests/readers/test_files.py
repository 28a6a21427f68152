"""Paths that users and their disks come up with: each gives its files, or one line that says why not."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from kg import readers
from kg.types import Document, Skipped

KNOWN = "there are readers for .docx, .eml, .gz, .htm, .html, .jsonl, .md, .pdf, .txt, .warc"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Alpha.")
    return tmp_path / "in"


def skipped(*paths):
    return [item for item in readers.read(paths) if isinstance(item, Skipped)]


def texts(*paths):
    return [item.text for item in readers.read(paths) if isinstance(item, Document)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("nope", "no such file or folder"),
        ("in/nope.xyz", "no such file or folder"),
        ("../nope.txt", "no such file or folder"),
        ("in/a.txt/b.txt", "can't be read: Not a directory"),
        ("x" * 300 + ".txt", "can't be read: File name too long"),
    ],
)
def test_a_path_to_nothing_is_told(folder, path, expected):
    assert skipped(path) == [Skipped(path, expected)]


def test_a_path_that_is_no_path_is_told(folder):
    assert skipped("") == [Skipped('""', "an empty path: give a file, a folder or -")]
    assert skipped("a\0b.txt") == [Skipped("a b.txt", "can't be read: not the name of a file")]


def test_an_address_is_not_fetched(folder):
    expected = "addresses are not fetched here: kg fetch it first, and give the folder"
    assert skipped("https://desk.example/tern.html") == [Skipped("https://desk.example/tern.html", expected)]


def test_of_an_absolute_path_only_the_last_part_is_told(folder):
    (folder / "b.txt").write_text("")
    assert skipped(folder / "b.txt") == [Skipped("b.txt", "empty: nothing to read")]
    assert skipped(folder) == [Skipped("in/b.txt", "empty: nothing to read")]


def test_a_path_is_told_as_given(folder):
    (folder / "b.txt").write_text("")
    assert [item.path for item in skipped("./in/", "in/../in/b.txt")] == ["in/b.txt", "in/../in/b.txt"]


def test_of_the_folder_one_stands_in_the_paths_are_told_alone(folder, monkeypatch):
    (folder / "b.txt").write_text("")
    monkeypatch.chdir(folder)
    assert [item.path for item in skipped(".")] == ["b.txt"]


def test_a_suffix_that_no_reader_takes_is_told(folder):
    (folder / "b.xls").write_text("x")
    (folder / "c").write_text("x")
    expected = [
        Skipped("in/b.xls", f"no reader for .xls files: {KNOWN}"),
        Skipped("in/c", f"no reader for files without a suffix: {KNOWN}"),
    ]
    assert skipped("in") == skipped("in/b.xls", "in/c") == expected


def test_hidden_files_of_a_folder_are_passed_over_but_read_when_given(folder):
    (folder / ".hidden.txt").write_text("Hidden.")
    (folder / ".git").mkdir()
    (folder / ".git" / "b.txt").write_text("Git.")
    assert [item.text for item in readers.read("in")] == ["Alpha."]
    assert texts("in/.hidden.txt") == ["Hidden."]


def test_an_empty_folder_is_told(folder):
    (folder / "empty").mkdir()
    assert skipped("in/empty") == [Skipped("in/empty", "an empty folder: nothing to read")]
    assert skipped("in") == []


def test_a_folder_named_like_a_document_is_a_folder(folder):
    (folder / "b.txt").mkdir()
    (folder / "b.txt" / "c.txt").write_text("Gamma.")
    assert texts("in") == ["Alpha.", "Gamma."]


def test_metadata_is_never_taken_for_a_document(folder):
    (folder / "a.json").write_text('{"title": "A"}')
    (folder / "b.json").write_text('{"text": "Beta."}')
    reason = f"no reader for .json files: {KNOWN}"
    assert skipped("in") == [Skipped("in/b.json", reason)]
    assert skipped("in/a.json") == [Skipped("in/a.json", "the metadata of a.txt: give that file")]


def test_metadata_given_along_with_its_document_goes_without_a_word(folder):
    (folder / "a.json").write_text('{"title": "A"}')
    assert [item.title for item in readers.read(["in/a.json", "in/a.txt"])] == ["A"]


@posix
def test_links_to_files_are_followed(folder):
    (folder.parent / "b.txt").write_text("Beta.")
    (folder / "b.txt").symlink_to("../b.txt")
    assert texts("in") == ["Alpha.", "Beta."]


@posix
def test_links_to_folders_are_not_followed_and_so_no_loop_is_walked(folder):
    (folder / "loop").symlink_to(folder)
    assert texts("in") == ["Alpha."]
    assert skipped("in") == [Skipped("in/loop", "a link to a folder is not followed: give that folder itself")]


@posix
def test_a_link_to_a_folder_is_followed_when_given(folder):
    (folder.parent / "link").symlink_to(folder)
    assert texts("link") == ["Alpha."]


@posix
def test_links_that_lead_nowhere_or_round_are_told(folder):
    (folder / "b.txt").symlink_to("gone.txt")
    (folder / "c.txt").symlink_to("d.txt")
    (folder / "d.txt").symlink_to("c.txt")
    nowhere, *round_and_round = skipped("in")
    assert nowhere == Skipped("in/b.txt", "a link that leads nowhere")
    assert [item.path for item in round_and_round] == ["in/c.txt", "in/d.txt"]
    assert all(item.reason.startswith("can't be read: ") for item in round_and_round)


@posix
def test_pipes_sockets_and_devices_are_told_and_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    (folder / "null.txt").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(folder)  # the name of a socket must be short
        server.bind("socket.txt")
        os.chdir(folder.parent)
        assert skipped("in") == [
            Skipped("in/null.txt", "a device, expected a file"),
            Skipped("in/pipe.txt", "a pipe (give - for standard input), expected a file"),
            Skipped("in/socket.txt", "a socket, expected a file"),
        ]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(folder):
    (folder / "b.txt").write_text("Beta.")
    (folder / "b.txt").chmod(0)
    (folder / "c").mkdir(mode=0)
    try:
        assert skipped("in") == [
            Skipped("in/b.txt", "can't be read: Permission denied"),
            Skipped("in/c", "can't be read: Permission denied"),
        ]
    finally:
        (folder / "c").chmod(0o700)


@pytest.mark.parametrize("call", ["listdir", "open"])
def test_what_the_system_refuses_is_told(folder, monkeypatch, call):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "/secret/place")

    monkeypatch.setattr(*(("os.listdir", refuse) if call == "listdir" else ("pathlib.Path.open", refuse)))
    path = {"listdir": "in", "open": "in/a.txt"}[call]
    assert skipped("in") == [Skipped(path, "can't be read: Permission denied")]


def test_a_file_that_vanishes_between_finding_and_reading_is_told(folder):
    (folder / "b.txt").write_text("Beta.")
    items = readers.read(["in"])
    assert next(items).text == "Alpha."
    (folder / "b.txt").unlink()
    assert list(items) == [Skipped("in/b.txt", "no such file or folder")]


@posix
def test_odd_names_of_files_do_no_harm(folder):
    for name in (b"b\n\x1b[31m.txt", b"c\xff.txt", b"d<script>.txt", b"\xf0\x9f\xa4\x97.txt"):
        with open(os.path.join(os.fsencode(folder), name), "w") as stream:  # noqa: PTH118, PTH123 - a name in bytes
            stream.write(f"{len(name)}")
    names = {item.name for item in readers.read("in")}
    assert names == {"a", "b [31m", "c\ufffd", "d<script>", "🤗"}
    assert all(item.id.isascii() for item in readers.read("in"))


@posix
def test_a_very_deep_folder_is_walked(folder):
    deep = folder
    for _ in range(300):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "z.txt").write_text("Deep.")
    assert texts("in") == ["Alpha.", "Deep."]
