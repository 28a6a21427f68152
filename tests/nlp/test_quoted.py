"""Who "I" and "we" are in quotations, in sentences of our own: mentions stand in [brackets], each with its type."""

import re

import numpy as np
import pytest

from kg.nlp.quoted import first_persons, quotations

SPEAKERS = frozenset({"Person", "Group", "Company"})
SAME = (
    'Person [Ines Okafor] said that " Person [I] would rather walk . "',
    '" That is Person [my] dog , " Person [she] said .',
    'Group [The painters] wrote : " Group [We] are not against machines . "',
    "Group [The painters] said ; ‘ Group [we] are not against machines ’ .",
    '" Group [We] wait , " said Group [the engineers] .',
    'Person [Ines Okafor] said : " It is late . " She sat down . " Person [I] am tired . "',
)
APART = (
    'Person [Ines Okafor] said : " Group [We] have won . "',
    '" Group [Our] model is small , " Person [Okafor] said .',
)
NEITHER = (
    "Person [Ines Okafor] said that Person [I] would walk .",  # nobody is quoted
    'Person [Ines Okafor] left . \n " Person [I] am tired . "',  # said by nobody, in another line
    'Group [The painters] said : " Person [I] am tired . "',  # one of them
    'Group [The painters] said : " It is late . " They sat down . " Group [We] are tired . "',  # too far for a "we"
)


def parse(marked):
    """Words in lower case, the sentence of each, and the mentions."""
    words, mentions, start, kind = [], [], 0, ""
    for token in re.findall(r"(?:Person|Group|Company) \[|\]|[^\s\[\]]+|\n", marked):
        if token.endswith("["):
            start, kind = len(words), token.split()[0]
        elif token == "]":
            mentions.append((start, len(words) - 1, kind))
        else:
            words.append(token.lower())
    ends = np.cumsum([0, *(word in {".", "\n"} for word in words)])[:-1]
    return words, ends, mentions


def told(marked):
    words, sentence, mentions = parse(marked)
    return first_persons(words, sentence, mentions, SPEAKERS)


@pytest.mark.parametrize("marked", SAME)
def test_a_quoted_i_is_the_person_and_a_quoted_we_the_group_that_is_quoted(marked):
    found = told(marked)
    assert [set(pair) for pair in found.same] == [{0, 1}]
    assert found.apart == []


@pytest.mark.parametrize("marked", APART)
def test_a_we_that_a_person_says_is_not_this_person(marked):
    found = told(marked)
    assert [set(pair) for pair in found.apart] == [{0, 1}]
    assert found.same == []


@pytest.mark.parametrize("marked", NEITHER)
def test_where_words_do_not_tell_nothing_is_said(marked):
    found = told(marked)
    assert (found.same, found.apart) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said " yes " and " no " .', [(3, 4), (7, 8)]),
        ("“ Yes . ” “ No", [(1, 3), (5, 6)]),
        ("the painters ’ letter said ‘ the firm ’ s way . ’", [(6, 12)]),
        ("they said ; ‘ we are here ’ .", [(4, 7)]),
        ('" Yes \n " No "', [(1, 2), (4, 5)]),
        ("", []),
    ],
)
def test_quotations_end_at_their_mark_or_with_their_line(text, expected):
    assert quotations(re.findall(r"\S+|\n", text)) == expected
