"""Verbs that tell of an event, and its date, in sentences of our own; mentions are written as [cluster:Type words]."""

import re

from kg.nlp.happened import Found, Occurrence, dated, occurrences


def parse(marked):
    """Words in lower case, and mentions."""
    words, found = [], []
    for kind, inside, word in re.findall(r"\[(\d:\w+) ([^\]]+)\]|(\S+)", marked):
        given = inside.split() if kind else [word]
        if kind:
            cluster, name = kind.split(":")
            found.append(Found(len(words), len(words) + len(given) - 1, name, int(cluster)))
        words += [each.lower() for each in given]
    return words, found


def told(marked):
    """The verbs that tell an event, with its cluster."""
    words, found = parse(marked)
    return [(words[each.word], each.cluster) for each in occurrences(words, found)]


THEN = " . [1:Media The Ledger] wrote of [2:Event the Lumen leak] ."


def test_a_verb_with_a_date_tells_the_event_that_is_called_after_what_stands_beside_it():
    assert told("[0:Model Lumen] was leaked by [3:Group painters] [4:Date yesterday]" + THEN) == [("leaked", 2)]
    apart = " . It regrets the [0:Model Lumen 2] [2:Event leak] ."
    assert told("[0:Model Lumen 2] , a model , was leaked [4:Date yesterday]" + apart) == [("leaked", 2)]
    assert told("[6:Company Marlow] was hacked [4:Date yesterday] . [6:Company Marlow] 's [2:Event hack]") == [
        ("hacked", 2)
    ]
    of = " . Of [2:Event the leak] of the new [0:Model Lumen] nobody spoke ."
    assert told("[3:Group Painters] leaked [0:Model Lumen] on [4:Date 3 May]" + of) == [("leaked", 2)]


def test_it_is_no_event_of_something_else():
    assert told("[0:Model Pelham] was leaked [4:Date yesterday]" + THEN) == []


def test_of_two_events_with_one_noun_none_is_meant():
    two = THEN + " [5:Event The leak] at [6:Company Dunmore] is older ."
    assert told("[0:Model Lumen] was leaked [4:Date yesterday]" + two) == []


def test_what_has_not_happened_or_is_dated_otherwise_is_left_alone():
    assert told("[0:Model Lumen] will be leaked [4:Date tomorrow]" + THEN) == []
    assert told("[0:Model Lumen] was leaked , and on [4:Date 3 May] [6:Company Dunmore] closed" + THEN) == []
    assert told("[0:Model Lumen] , out since [4:Date May] , was leaked" + THEN) == []


def test_a_verb_that_is_a_mention_has_the_date_that_follows_it():
    words, _ = parse("lumen was leaked by painters yesterday")
    assert occurrences(words, []) == []
    assert list(dated(words, [(0, 0, "Model"), (2, 2, "Event"), (5, 5, "Date")])) == [(1, 2)]
    assert list(dated(words, [(0, 0, "Model"), (5, 5, "Date")])) == []


def test_occurrences_come_in_the_order_of_the_words():
    again = (
        "[0:Model Lumen] was leaked [4:Date yesterday] . [3:Group They] leaked [0:Model Lumen] [5:Date today]" + THEN
    )
    assert [each.word for each in occurrences(*parse(again))] == [2, 6]
    assert occurrences(*parse(again))[0] == Occurrence(2, 2)
