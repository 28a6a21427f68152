from __future__ import annotations

import re

import pytest

from kg.weights import DIFFERENT, SAME, SURE, UNSURE, WEIGHTS, Feature, told, weigh


def features(*names):
    return [Feature(name, "why") for name in names]


@pytest.mark.parametrize(
    ("names", "decision"),
    [
        (["equal name"], SAME),
        (["equal name", "common name", "same type"], UNSURE),
        (["equal name", "same type", "other version"], DIFFERENT),
        (["same noun", "same type", "same tie"], UNSURE),
        (["same noun", "same type", "same tie", "same story"], SAME),
        ([], UNSURE),
    ],
)
def test_the_weights_are_added_up(names, decision):
    assert weigh(features(*names)).decision == decision


def test_what_weighs_most_is_told_first_with_its_weight():
    verdict = weigh([Feature("same type", "Model"), Feature("other size", "7b and 13b"), Feature("equal name", "“A”")])
    assert told(verdict.features) == "other size -9 (7b and 13b); equal name +5 (“A”); same type +0.5 (Model)"
    assert told([]) == "no evidence"


def test_a_guard_outweighs_an_equal_name_with_all_that_goes_with_it():
    most = WEIGHTS["equal name"] + WEIGHTS["in articles"]
    guards = ("other version", "other size", "edition", "brand and unit", "other kind", "known as two", "told apart")
    assert all(most + WEIGHTS[name] <= -SURE for name in guards)


def test_the_table_of_the_docs_holds_each_weight(root):
    text = (root / "docs" / "decisions" / "identity.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ]+) \| ([+−]\d+(?:\.\d+)?) \|", text, re.MULTILINE)
    assert {name: float(weight.replace("−", "-")) for name, weight in rows} == WEIGHTS
