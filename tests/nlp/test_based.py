"""Who is based where, in phrases of our own: mentions stand in [brackets], places in <angle brackets>."""

import re

import pytest

from kg.nlp.based import based

PLAIN = (
    "<Toronto> - based multimedia company and pop band [Marlow] sang .",
    "The <Leeds> - based [Marlow Labs] was sued .",
    "[Marlow Labs] , a <Leeds> - based maker of chips , was sued by [Pelham] .",
    "<Leeds> -based start-up [Marlow]",
)
NOBODY = (
    "A <Leeds> - based developer of software from [Marlow] .",
    "A <Leeds> - based firm was sued by [Marlow] .",
    "<Leeds> based its case on what [Marlow] said .",
    "<Leeds> , based [Marlow] .",
    "They are <Leeds> - based . [Marlow] is not .",
    "<Leeds> - based",
)


def found(marked):
    words, mentions, seats, start = [], [], [], 0
    for token in re.findall(r"[\[\]<>]|[^\s\[\]<>]+", marked):
        if token in "[<":
            start = len(words)
        elif token in "]>":
            mentions.append((start, len(words) - 1))
            seats.append(token == ">")
        else:
            words.append(token.lower())
    return [(seats[one], seats[place], one) for one, place in based(words, mentions, seats)]


@pytest.mark.parametrize("marked", PLAIN)
def test_the_first_name_after_the_adjective_or_what_it_describes_is_based_there(marked):
    one = 0 if marked.startswith("[") else 1
    assert found(marked) == [(False, True, one)]


@pytest.mark.parametrize("marked", NOBODY)
def test_nothing_is_told_where_more_than_nouns_stand_between(marked):
    assert found(marked) == []
