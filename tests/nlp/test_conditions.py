"""What sentences of our own leave open; it stands between < and >."""

import pytest

from kg.nlp.conditions import ended, is_called_off, is_intended, is_question, openings

OPEN = (
    "If <Pelham buys Dunmore> , the lawyers will be busy .",
    "The court will say whether <Pelham may buy Dunmore> .",
    "She would not confirm <that Pelham had bought Dunmore .>",
    "A spokesman declined to say <whether> <Pelham had bought Dunmore .>",
)
PLAIN = (
    "It looks as if Pelham had bought Dunmore .",
    "Pelham did not say much .",
    "Pelham bought Dunmore to confirm it .",
)


@pytest.mark.parametrize("marked", OPEN)
def test_conditions_and_what_nobody_confirms_are_left_open(marked):
    words = [word.strip("<>").lower() for word in marked.split()]
    wanted = {words.index("pelham"), words.index("dunmore")}
    assert any(wanted <= set(range(start, end)) for start, end in openings(words))
    assert not any(words.index(word) in range(start, end) for start, end in openings(words) for word in words[:1])


@pytest.mark.parametrize("text", PLAIN)
def test_other_sentences_leave_nothing_open(text):
    assert openings(text.lower().split()) == []


OVER = (
    "Until 2022 Pelham belonged to Dunmore .",
    "Dunmore once owned Pelham and sold it .",
    "Dunmore no longer owns Pelham .",
    "Pelham used to work for Dunmore .",
    "Pelham had been hosted on Dunmore until its makers withdrew it .",
    "Pelham was head of Dunmore from 2015 to 2019 .",
)
LASTING = (
    "Dunmore owns Pelham .",
    "Ode , who used to work for Dunmore , leads Pelham .",
    "Pelham , formerly of Leeds , has joined Dunmore .",
    "Once the deal is signed , Pelham will belong to Dunmore .",
)


@pytest.mark.parametrize(("text", "expected"), [*((t, True) for t in OVER), *((t, False) for t in LASTING)])
def test_what_is_over_by_plain_words_is_past(text, expected):
    words = text.lower().split()
    ends = sorted((words.index("pelham"), words.index("dunmore")))
    if "leads" in words:
        ends = sorted((words.index("ode"), words.index("pelham")))
    assert ended(words, ends[0], ends[1] + 1) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Did Pelham buy Dunmore ?", True),
        ('" And has Pelham , of Leeds , bought Dunmore ? "', True),
        ("Who bought Dunmore ?", False),  # somebody did
        ("Pelham did buy Dunmore .", False),
        ("Did it !", False),
        ("?", False),
    ],
)
def test_what_asks_for_yes_or_no_is_a_question(text, expected):
    assert is_question(text.lower().split()) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pelham intends to sue dunmore .", True),
        ("pelham hopes to raise $ 8 million from dunmore .", True),
        ("pelham hopes to rest , and sued dunmore .", False),
        ("pelham sued dunmore .", False),
    ],
)
def test_what_somebody_hopes_to_do_is_not_done(text, expected):
    words = text.split()
    assert is_intended(words, words.index("pelham"), words.index("dunmore")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the merger of pelham and dunmore was called off in may .", True),
        ("the sale of pelham to dunmore fell through .", True),
        ("pelham bought dunmore ; the feast was called off .", False),
        ("pelham bought dunmore in may .", False),
    ],
)
def test_what_was_called_off_is_no_more(text, expected):
    words = text.split()
    assert is_called_off(words, words.index("pelham"), words.index("dunmore")) is expected
