from __future__ import annotations

import dataclasses

import pytest

from kg.counted import apart
from kg.lift import lift
from kg.types import Span, Statement
from tests import careful


def annotation(text, *surfaces, relations=()):
    """An article in which all these surfaces are read as one group."""
    entities = {"g": ("Group", list(surfaces)), "o": ("Company", ["Kestrel"])}
    return careful.annotation("one", text, entities, list(relations))


def groups(found):
    """The surfaces of each group."""
    text, result = found.document.text, {}
    for item in found.mentions:
        if item.type == "Group":
            result.setdefault(item.entity, []).append(text[item.start : item.end])
    return result


@pytest.mark.parametrize(
    ("text", "surfaces", "alone"),
    [
        (
            "A group of testers leaked it. The group says that hundreds of testers worked for Kestrel.",
            ["A group of testers", "The group", "hundreds of testers"],
            "hundreds of testers",
        ),
        (
            "The team wrote to Kestrel. Nearly 600 people signed, and the team was glad.",
            ["The team", "Nearly 600 people", "the team"],
            "Nearly 600 people",
        ),
        (
            "A band of writers wrote to Kestrel. The writers were few; a few writers were paid.",
            ["A band of writers", "The writers", "a few writers"],
            "a few writers",
        ),
    ],
)
def test_a_count_after_a_group_is_of_others(text, surfaces, alone):
    found = groups(apart(annotation(text, *surfaces)))
    assert found == {"g": [each for each in surfaces if each != alone], "g+1": [alone]}


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Nurses at Kestrel protest. 1,140 nurses signed.", ["Nurses", "1,140 nurses"]),
        ("Two engineers left Kestrel. The pair is silent.", ["Two engineers", "The pair"]),
        ("A group of editors left Kestrel. All editors signed.", ["A group of editors", "All editors"]),
        ("A pair left Kestrel. The two are silent.", ["A pair", "The two"]),
        ("A number of artists left Kestrel. Many artists stay.", ["A number of artists", "Many artists"]),
    ],
)
def test_what_counts_those_who_were_told_of_is_of_them(text, surfaces):
    one = annotation(text, *surfaces)
    assert apart(one) is one


def test_what_is_said_of_the_count_goes_with_it_and_evidence_keeps_its_id():
    text = "A group of testers leaked it. The group says that hundreds of testers worked at Kestrel."
    one = annotation(
        text,
        "A group of testers",
        "hundreds of testers",
        relations=[("g leaked o", "A group of testers leaked"), ("g memberOf o", "hundreds of testers worked")],
    )
    leaked, worked = one.statements
    place = text.index("hundreds")
    evidence = dataclasses.replace(worked.evidence[0], subject=Span(place, place + len("hundreds of testers")))
    one = dataclasses.replace(one, statements=(leaked, dataclasses.replace(worked, evidence=(evidence,))))
    assert apart(one).statements == (leaked, Statement("g+1", "memberOf", "o", (evidence,)))
    assert {item.subject.partition("#")[2] for item in lift(one)} == {"g", "g+1", "o"}
