"""Descriptions of one thing by one noun, in sentences of our own; mentions stand in [brackets]."""

import re

from kg.nlp.described import again


def told(marked):
    """The pairs of descriptions, as they are written."""
    words, mentions = [], []
    for inside, word in re.findall(r"\[([^\]]+)\]|(\S+)", marked):
        if inside:
            mentions.append((len(words), len(words) + len(inside.split()) - 1))
        words += (inside or word).split()
    names = [" ".join(words[start : end + 1]) for start, end in mentions]
    return [(names[one], names[other]) for one, other in again(words, mentions)]


def test_the_and_a_noun_mean_the_last_thing_called_by_this_noun():
    assert told("[A group of painters] wrote to [Marlow] . [The group] said [the group] would wait .") == [
        ("The group", "A group of painters"),
        ("the group", "The group"),
    ]
    assert told("[Its small model] beats [that of Marlow] ; [this model] is free .") == [
        ("this model", "Its small model")
    ]


def test_a_longer_description_may_mean_another_thing():
    assert told("[A model] of [Marlow] beats [the larger model] .") == []
    assert told("[A model] beats [another model] , and [the model by Dunmore] .") == []


def test_a_group_of_people_is_a_group_and_these_people():
    assert told(
        "[A group of painters] met [some actors and painters] . [The painters] left , [the group] stayed ."
    ) == [
        ("The painters", "A group of painters"),
        ("the group", "A group of painters"),
    ]


def test_names_are_no_descriptions():
    assert (
        told("[The Ledger] and [the Ledger] , [the BBC] , [The BBC] , [they] , [models] , [this one] , [the one]") == []
    )
