"""What is said of entities under the ids of things, in memory and on the disk."""

from __future__ import annotations

import pytest

from kg import packed, vocab
from kg.canonical import Thing
from kg.graph import Graph
from kg.renaming import rename
from kg.runs import on_disk
from kg.types import Literal, Statement

ONE, TWO, THREE = (f"{vocab.BASE}doc/d-1#e{number}" for number in (1, 2, 3))
WREN, FINCH = vocab.BASE + "id/wrenlark-labs", vocab.BASE + "id/finch"
THINGS = {WREN: Thing((ONE, TWO), "Wrenlark Labs", named=True), FINCH: Thing((THREE,), "Finchbeak", named=True)}
IDS = {ONE: WREN, TWO: WREN, THREE: FINCH}
DEVELOPER = vocab.KG + "developer"
SAID = [
    Statement(ONE, vocab.TYPE, vocab.KG + "Lab"),
    Statement(ONE, vocab.LABEL, Literal("Wrenlark Labs")),
    Statement(ONE, DEVELOPER, TWO),
    Statement(TWO, vocab.TYPE, vocab.KG + "Company"),
    Statement(TWO, vocab.LABEL, Literal("Wrenlark")),
    Statement(THREE, vocab.TYPE, vocab.KG + "Model"),
    Statement(THREE, vocab.LABEL, Literal("Finchbeak")),
    Statement(THREE, vocab.HIDDEN_LABEL, Literal("the model")),
    Statement(THREE, DEVELOPER, ONE),
]


@pytest.mark.parametrize("disk", [False, True])
def test_a_thing_has_one_type_one_label_and_no_tie_to_itself(tmp_path, disk):
    with on_disk(tmp_path if disk else None):
        rows = list(rename(Graph(SAID), THINGS, IDS))
    assert sorted(item.key for item in map(packed.statement, rows)) == sorted(
        item.key
        for item in (
            Statement(FINCH, DEVELOPER, WREN),
            Statement(FINCH, vocab.LABEL, Literal("Finchbeak")),
            Statement(FINCH, vocab.TYPE, vocab.KG + "Model"),
            Statement(WREN, vocab.ALT_LABEL, Literal("Wrenlark")),
            Statement(WREN, vocab.LABEL, Literal("Wrenlark Labs")),
            Statement(WREN, vocab.TYPE, vocab.KG + "Company"),
        )
    )
