from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from kg import gold
from kg.errors import KgError
from kg.evaluate import evaluate, outputs
from tests.gold import FOLDER, annotation
from training import corpus

FILES = [FOLDER / name for name in ("mixed-1.txt", "web-6.txt", "dense-6.txt")]
KINDS = ("Company", "Person", "Model")


@pytest.fixture(scope="module")
def documents():
    return [item for path in FILES for item in gold.read(path)]


def spoiled(document, chance):
    """The annotation with slips of every kind: mentions lost, moved, mistyped, split off and found in furniture."""
    mentions = []
    for item in document.mentions:
        slip = chance.random()
        mentions.append(
            {
                "start": item.start,
                "end": item.end + (slip < 0.1),
                "type": chance.choice(KINDS) if slip > 0.8 else item.type,
                "entity": f"e{chance.randint(1, 4)}" if 0.1 < slip < 0.25 else item.entity,
                "value": None if 0.25 < slip < 0.4 else item.value,
            }
        )
    mentions = [item for item in mentions if chance.random() < 0.9]
    for start, end in document.furniture[:1]:
        mentions.append({"start": start, "end": end, "type": "Work", "entity": "f", "value": None})
    statements = [
        {
            "subject": item.head,
            "predicate": chance.choice(["developer", "uses", item.name, item.name]),
            "object": chance.choice([item.tail, item.tail, item.head]),
            "modifiers": chance.choice([sorted(item.modifiers), ["alleged"]]),
        }
        for item in document.relations
        if chance.random() < 0.9
    ]
    return {"id": document.id, "mentions": mentions, "statements": statements}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_table_is_that_of_the_official_scorer(tmp_path, documents, root, seed):
    chance = random.Random(seed)
    records = [spoiled(item, chance) for path in FILES for item in list(corpus.read(path))[1:]]
    system = tmp_path / "annotated.jsonl"
    system.write_text("".join(json.dumps(record) + "\n" for record in records))
    command = [sys.executable, root / "training" / "score.py", *FILES, "--system", system, "--per"]
    official = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "\n".join(evaluate(documents, outputs(system)).lines(per=True)) + "\n" == official


def test_the_annotation_itself_is_without_fault(documents):
    known = {item.id: annotation(item) for path in FILES for item in corpus.read(path)}
    table = evaluate(documents, lambda document: known[document.name])
    assert {score.f for score in table.scores.values()} == {100.0}
    assert (table.values.recall, table.furniture, table.missing) == (100.0, 0, 0)


def test_silence_is_scored_as_nothing_and_counted_as_missing(documents):
    table = evaluate(documents, lambda _document: None)
    assert {score.f for score in table.scores.values()} == {0.0}
    assert table.missing == table.documents == 30


@pytest.mark.parametrize("content", ["not json\n", '{"mentions": []}\n', '{"id": "x", "mentions": [{}]}\n'])
def test_a_damaged_system_file_is_told_of(tmp_path, content):
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(KgError):
        outputs(tmp_path / "a.jsonl")
