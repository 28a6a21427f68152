from __future__ import annotations

import dataclasses
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import lifted, packed
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import KEYS
from kg.profiles import profiles
from kg.types import Document
from tests import careful, fake

WORDS = ["Acme", "Brill", "met", "\n", "#e1", "é", "\t", "\x1f", '"', "\\"]


def same(annotation, threshold=0.0):
    """Whether what comes back from the texts is what lifting gives."""
    document = annotation.document
    found = lifted.lifted(annotation, threshold=threshold, keys=KEYS)
    graph = Graph(lift(annotation, threshold=threshold), [document])
    assert Graph(map(packed.statement, lifted.rows(found.statements, document)), [document]) == graph
    known = profiles(graph)
    assert list(lifted.entities(found.profiles, document)) == list(known.values())
    for text, keys in zip(found.keys, KEYS, strict=True):
        assert list(lifted.records(text, document)) == list(map(tuple, keys(known)))
    assert lifted.from_texts(found.texts) == found
    return found


def test_what_is_lifted_comes_back_as_it_was():
    for annotation in careful.annotations():
        same(annotation)
        same(annotation, 0.9)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@settings(max_examples=50)
def test_whatever_a_text_holds_comes_back(text):
    found = same(fake.annotation(Document("https://w3id.org/aikg/doc/a", "a", text)))
    assert not any(end in part for part in found.texts for end in "\n\t")


def test_what_the_document_holds_is_not_repeated():
    text = "Acme met Brill in the old harbour."
    found = lifted.lifted(fake.annotation(Document("https://w3id.org/aikg/doc/a", "a", text)), threshold=0.0, keys=KEYS)
    assert not any("harbour" in part or "aikg/doc" in part for part in found.texts)


@pytest.mark.parametrize("text", ["", "{", "[1]", "null"])
def test_another_text_is_refused(text):
    document = dataclasses.replace(careful.annotations()[0].document)
    with pytest.raises((ValueError, TypeError)):
        list(lifted.rows(text, document))


def test_what_is_kept_is_the_same_for_any_hashing_of_texts():
    code = (
        "from kg.lifted import lifted; from kg.matchers import KEYS; from tests import careful\n"
        "for item in careful.annotations()[:4]: print(lifted(item, threshold=0.0, keys=KEYS))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in "12"
    ]
    assert len({each.stdout for each in told}) == 1
    assert len(told[0].stdout) > 1000
