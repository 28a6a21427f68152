from __future__ import annotations

import pytest

from kg import gold
from kg.errors import KgError
from tests.gold import FOLDER
from training import corpus

DOCUMENT = """\
# doc: one
# style: wire report
# outlet: Meridian Wire
# published: 2025-02-11
# title: [e1:Company|Lumen Labs] unveils [e2:Model|Lumen-2]
> e1 announced e2
[e1|It] is new.
Nobody [g1:Group|who knows] it [d1:Date|on Tuesday=2025-02-11].
> e2 announcedDate d1 | alleged, by=g1

~ Share this
Last.
"""


def test_marks_relations_and_furniture_are_taken_apart(tmp_path):
    (tmp_path / "one.txt").write_text(DOCUMENT)
    (found,) = gold.read(tmp_path / "one.txt")
    text = "Lumen Labs unveils Lumen-2\n\nIt is new. Nobody who knows it on Tuesday.\n\nShare this\nLast.\n"
    assert found.document.text == text
    assert (found.document.name, found.document.publisher, found.document.published) == (
        "one",
        "Meridian Wire",
        "2025-02-11",
    )
    assert [text[item.start : item.end] for item in found.reading.mentions] == [
        "Lumen Labs",
        "Lumen-2",
        "It",
        "who knows",
        "on Tuesday",
    ]
    assert found.reading.mentions[-1][2:] == ("Date", "d1", "2025-02-11")
    assert found.reading.statements == (
        ("e1", "announced", "e2", frozenset()),
        ("e2", "announcedDate", "d1", frozenset({"alleged"})),
    )
    assert [text[span.start : span.end] for span in found.furniture] == ["Share this"]


def test_the_whole_corpus_is_read_as_its_own_reader_reads_it():
    for path in sorted(FOLDER.glob("*.txt")):
        for mine, other in zip(gold.read(path), corpus.read(path), strict=True):
            assert (mine.document.name, mine.document.text) == (other.id, other.text)
            assert list(mine.reading.mentions) == [(m.start, m.end, m.type, m.entity, m.value) for m in other.mentions]
            assert list(mine.reading.statements) == [(r.head, r.name, r.tail, r.modifiers) for r in other.relations]
            assert list(mine.furniture) == other.furniture


@pytest.mark.parametrize("content", [b"", b"just text\n", b"\xff\xfe"])
def test_what_is_no_annotated_document_is_told_of(tmp_path, content):
    (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(KgError):
        list(gold.read(tmp_path / "x.txt"))
