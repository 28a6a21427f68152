"""Letters and to whom they go."""

import types

import pytest

from kg.nlp import network
from kg.nlp.addressed import is_to, readdressed

NAMES = ("creator", "addressedTo", "uses")


@pytest.mark.parametrize(
    ("between", "expected"),
    [("to", True), ("directed at", True), ("addressed to", True), ("by", False), ("", False), ("leaked to", False)],
)
def test_the_words_between_tell_whether_it_goes_there(between, expected):
    assert is_to(between.split()) is expected


@pytest.mark.parametrize(
    ("text", "relation", "expected"),
    [
        ("An open letter directed at Pelham .", 0, 1),
        ("An open letter by Pelham .", 0, 0),
        ("A film to Pelham .", 0, 0),
        ("An open letter to Pelham .", 2, 2),
    ],
)
def test_only_a_letter_to_somebody_is_called_addressed(text, relation, expected):
    words = text.split()
    letter = next(i for i, word in enumerate(words) if word in {"letter", "film"})
    mentions = (
        network.FoundMention(0, letter, 0, 1.0, 0),
        network.FoundMention(words.index("Pelham"), words.index("Pelham"), 1, 1.0, 1),
    )
    found = network.FoundRelation(0, relation, 1, 0.9, (), None)
    state = types.SimpleNamespace(text=types.SimpleNamespace(words=words), mentions=mentions, relations=(found,))
    (told,) = readdressed(state, NAMES, [False, True])
    assert told.relation == expected
