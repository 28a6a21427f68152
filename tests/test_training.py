"""What training and benchmarks use of the package; what needs PyTorch is skipped where there is none."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from training import standoff

ROOT = Path(__file__).parent.parent
FILES = sorted([*(ROOT / "training").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_all_that_a_script_takes_from_the_package_is_there(path: Path) -> None:
    assert [use for use in uses(ast.parse(path.read_text(encoding="utf-8"))) if not is_there(use)] == []


def uses(tree: ast.Module) -> Iterator[str]:
    """The dotted names of `kg` that a module imports, and those that it looks up in what it imports."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    yield from names.values()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and is_module(names.get(node.value.id)):
            yield f"{names[node.value.id]}.{node.attr}"


def is_module(name: str | None) -> bool:
    """Whether this is a module."""
    try:
        return name is not None and bool(importlib.import_module(name))
    except ModuleNotFoundError:
        return False


def is_there(name: str) -> bool:
    """Whether this is a module, or a name in one."""
    module, _, last = name.rpartition(".")
    return is_module(name) or (is_module(module) and hasattr(importlib.import_module(module), last))


def test_a_name_that_is_not_there_is_seen() -> None:
    found = list(uses(ast.parse("from kg.nlp import network\nnetwork.read\nnetwork.never_was")))
    assert [name for name in found if not is_there(name)] == ["kg.nlp.network.never_was"]


def test_attention_stays_within_blocks_and_the_mark_at_the_start_sees_all() -> None:
    torch = pytest.importorskip("torch")
    from training.network import within_blocks

    seen = within_blocks(torch.tensor([[1] * 7, [1, 1, 1, 0, 0, 0, 0]]), 4, one_more=False)[:, 0].int().tolist()
    assert seen[0] == [
        [1, 1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0, 0],
        [1, 0, 0, 0, 1, 1, 1],
        [1, 0, 0, 0, 1, 1, 1],
        [1, 0, 0, 0, 1, 1, 1],
    ]
    assert seen[1][1] == [1, 1, 1, 0, 0, 0, 0]


def test_every_other_layer_cuts_longer_texts_elsewhere() -> None:
    torch = pytest.importorskip("torch")
    from training.network import within_blocks

    seen = within_blocks(torch.ones(1, 7, dtype=torch.long), 4, one_more=True)[0, 0].int().tolist()
    assert seen[1] == [1, 1, 1, 0, 0, 0, 0]
    assert seen[3] == [1, 0, 0, 1, 1, 0, 0]
    short = within_blocks(torch.ones(1, 5, dtype=torch.long), 4, one_more=True)[0, 0]
    assert bool(short.all())


SOURCE = "Marlow opens\nThe firm Marlow , based in Leeds , has opened its tool .\n"
ANNOTATED = """# doc: x-001
# title: [c1:Company|Marlow] opens
[c1|The firm Marlow], based in [p1:Place|Leeds], has opened [c1|its] [b1:Product|tool].
> c1 locatedIn p1
"""


def test_annotation_is_kept_without_the_text_that_it_is_of() -> None:
    pieces = standoff.keep(ANNOTATED, SOURCE)
    assert standoff.restore(pieces, SOURCE) == ANNOTATED
    assert not any("firm" in piece or "Leeds" in piece for piece in pieces if isinstance(piece, str))


def test_a_sentence_that_is_in_no_source_is_not_kept() -> None:
    with pytest.raises(ValueError, match="in no source: 'has opened its tool for '"):
        standoff.keep(ANNOTATED.replace("has opened", "has opened its tool for all"), "Marlow")


def test_what_is_kept_of_public_texts_is_annotation() -> None:
    records = [json.loads(line) for line in standoff.KEPT.read_text(encoding="utf-8").splitlines()]
    own = [piece for record in records for piece in record["pieces"] if isinstance(piece, str)]
    assert not [piece for piece in own if re.search(r"(?:\b[a-z]+ ){5}", piece)]
    assert {record["source"].split("/")[0] for record in records} == {"gum", "redocred"}
