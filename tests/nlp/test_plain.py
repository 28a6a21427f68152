"""What plain words relate, in phrases of our own: mentions stand in [brackets], the type before, if not Company."""

import re

import pytest

from kg.nlp.plain import Typed, owned, related

BASED = (
    "Place[Toronto] - based multimedia company and pop band 1:[Marlow] sang .",
    "The Place[Leeds] - based 1:[Marlow Labs] was sued .",
    "1:[Marlow Labs] , a Place[Leeds] - based maker of chips , was sued by [Pelham] .",
    "Place[Leeds] -based start-up 1:[Marlow]",
)
REPORTED = (
    "Media[The Ledger] reported that [Pelham] would not confirm the 1:Event[Marlow leak] .",
    "Media[The Ledger] , too . Media2:[The Courier] had first reported 1:Event[the leak] and Event[the fire] .",
)
MADE = (
    "1:Model[Loom] , a small language model by 2:[Marlow] , is out .",
    "1:Product[Loom] , the chat app from the 2:Lab[Marlow Institute] , is out .",
    "1:Model[Loom] , a model developed by 2:[Marlow] .",
)
AGAINST = (
    "1:Event[A lawsuit] against 2:[Marlow] and [Pelham] failed .",
    "1:Event[The protest] against the 2:Event[gala] of Person[Ada] ended .",
)
EMPLOYED = (
    "1:Person[Ada Quist] , an engineer at 2:[Marlow] , said so .",
    "1:Person[Ada Quist] , senior vice-president for research at the 2:Lab[Marlow Institute] .",
)
NOTHING = (
    "Person[Ada] , formerly an engineer at [Marlow] , said so .",
    "Person[Ada] , who studied at [Marlow] , said so .",
    "Person[Ada] , a friend of [Marlow] , said so .",
    "Person[Ada] , a guest at [Marlow] 's gala , said so .",
    "Model[Loom] , a model owned by [Marlow] .",
    "Model[Loom] , a game hired from [Marlow] .",
    "Model[Loom] , a copy by [Marlow] 's rival .",
    "Model[Loom] , a model that was praised by [Marlow] .",
    "Model[Loom] , a model by Person[Ada] .",
    "Model[Loom] , by [Marlow] .",
    "A Place[Leeds] - based developer of software from [Marlow] .",
    "A Place[Leeds] - based firm was sued by [Marlow] .",
    "Place[Leeds] based its case on what [Marlow] said .",
    "Place[Leeds] , based [Marlow] .",
    "They are Place[Leeds] - based . [Marlow] is not .",
    "Place[Leeds] - based",
    "Event[The leak] , which Media[The Ledger] reported as a rumour , ended Event[the talks] .",
    "Media[The Ledger] reported a loss . Event[The leak] ended .",
    "Media[The Ledger] told of Event[the leak] .",
    "[Pelham] is against [Marlow] , and Event[the lawsuit] by [Marlow] is against all .",
)


def found(marked):
    """The relations as (surface, relation, surface)."""
    words, mentions, kind, start = [], [], "", 0
    for token in re.findall(r"[A-Za-z0-9:]*\[|\]|[^\s\[\]]+", marked):
        if token.endswith("["):
            start, kind = len(words), re.sub(r"\d?:?|\[", "", token) or "Company"
        elif token == "]":
            mentions.append(Typed(start, len(words) - 1, kind))
        else:
            words.append(token.lower())
    surface = [" ".join(words[each.start : each.end + 1]) for each in mentions]
    return [(surface[head], name, surface[tail]) for head, name, tail in related(words, mentions)]


@pytest.mark.parametrize("marked", BASED)
def test_the_first_name_after_the_adjective_or_what_it_describes_is_based_there(marked):
    one = re.search(r"1:\[([^\]]+)\]", marked)[1].lower()
    place = re.search(r"Place\[([^\]]+)\]", marked)[1].lower()
    assert found(marked) == [(one, "locatedIn", place)]


@pytest.mark.parametrize(("marked", "outlet"), [(REPORTED[0], "the ledger"), (REPORTED[1], "the courier")])
def test_the_first_event_after_the_verb_is_what_an_outlet_reported(marked, outlet):
    event = re.search(r"1:Event\[([^\]]+)\]", marked)[1].lower()
    assert found(marked) == [(event, "reportedBy", outlet)]


@pytest.mark.parametrize("marked", MADE)
def test_what_is_described_as_by_somebody_is_developed_there(marked):
    one, maker = (re.search(rf"{n}:\w*\[([^\]]+)\]", marked)[1].lower() for n in "12")
    assert found(marked) == [(one, "developer", maker)]


@pytest.mark.parametrize("marked", EMPLOYED)
def test_who_is_described_as_somebody_at_an_organisation_works_there(marked):
    one, house = (re.search(rf"{n}:\w*\[([^\]]+)\]", marked)[1].lower() for n in "12")
    assert found(marked) == [(one, "worksFor", house)]


def test_of_two_lists_each_item_is_made_by_the_respective_one():
    marked = "Model[Loom] and Model[Veld] come from [Marlow] and [Ode] , respectively ."
    assert found(marked) == [("loom", "developer", "marlow"), ("veld", "developer", "ode")]
    assert found(marked.replace("come from", "annoyed")) == []


@pytest.mark.parametrize("marked", AGAINST)
def test_an_event_affects_what_it_is_against(marked):
    event, other = (re.search(rf"{n}:\w*\[([^\]]+)\]", marked)[1].lower() for n in "12")
    assert found(marked) == [(event, "affects", other)]


@pytest.mark.parametrize("marked", NOTHING)
def test_nothing_is_told_where_the_words_are_not_plain(marked):
    assert found(marked) == []


def test_what_stands_behind_its_owner_is_owned():
    words = ["Marlow", "'s", "Loom", "and", "Pelham", "’s", "Warp", "differ", "from", "the", "Leeds", "tool"]
    mentions = [Typed(0, 0, "Company"), Typed(2, 2, "Model"), Typed(4, 4, "Lab"), Typed(6, 6, "Product")]
    assert list(owned(words, mentions)) == [(1, 0), (3, 2)]
