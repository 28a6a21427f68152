"""Who says what, in sentences of our own; speakers stand in [brackets], what they say between < and >."""

import re

import pytest

from kg.nlp.attribution import Speaker, voices

PLAIN = (
    "[Marlow Labs] said <that Pelham will join the board .>",
    "[The regulator] said on Friday <that it had fined Pelham .>",
    "[Ines Okafor] says <Pelham trained the model on letters .>",
    "[Ines Okafor] , who leads [Marlow Labs] , says <that Pelham copied the model .>",
    "[Ines Okafor] of [Marlow Labs] denied <that Pelham had copied the model .>",
    "[Ines Okafor] of the [Leeds firm] claims <that Pelham copied the model .>",
    "<Pelham has bought Dunmore ,> [The Ledger] reported on Monday .",
    "<Pelham has bought Dunmore ,> said [Ines Okafor] of [Marlow Labs] .",
    "<Pelham is not for sale , its chief ,> [Ines Okafor] , told [reporters] .",
    "<Pelham has bought Dunmore ,> according to [The Ledger] .",
    "According to [The Ledger] <, Pelham has bought Dunmore .>",
    "[The painters] , in a letter directed at [Pelham] said <that the model copied them .>",
    "[The Ledger] , which first broke the news said <that Pelham had bought Dunmore .>",
    "[Marlow Labs] said <Pelham left ;> Dunmore stayed in Leeds .",
    'Then [Ines Okafor] wrote <: " we have bought Dunmore " .>',
)
NOBODY = (
    "The painters , in an open letter directed at [Pelham] said that the model copied them .",
    "[Marlow Labs] reported a loss of two million pounds .",
    "[Marlow Labs] , which Pelham founded , makes chips .",
    "The model was said to be based on Dunmore .",
    "I said that Pelham had bought Dunmore .",
    "Last year , [the tribunal] told [Pelham] to pay Dunmore .",
    "A leak by [Ines Okafor] on Tuesday points to Dunmore .",
)


def parse(marked):
    """Words in lower case, speakers, and what is said as (start, end)."""
    words, speakers, start, said, opened = [], [], 0, [], 0
    for token in re.findall(r"[\[\]<>]|[^\s\[\]<>]+", marked):
        match token:
            case "[":
                opened = len(words)
            case "]":
                speakers.append(Speaker(opened, len(words) - 1, len(speakers)))
            case "<":
                start = len(words)
            case ">":
                said.append((start, len(words)))
            case _:
                words.append(token.lower())
    return words, speakers, said


@pytest.mark.parametrize("marked", PLAIN)
def test_a_plain_verb_of_speech_names_the_speaker_and_what_is_said(marked):
    words, speakers, ((start, end),) = parse(marked)
    found = [voice for voice in voices(words, speakers) if voice.start < voice.end]
    assert {voice.number for voice in found} == {0}
    inside = {place for voice in found for place in range(voice.start, voice.end)}
    assert set(range(start, end)) - inside <= {start, end - 1}, (
        "all of what is said is heard, but for marks at its edge"
    )
    assert not {place for place in inside if words[place].isalnum()} - set(range(start, end))


@pytest.mark.parametrize("marked", NOBODY)
def test_without_one_nobody_speaks(marked):
    words, speakers, _ = parse(marked)
    if words[0] == "i":
        speakers = [Speaker(0, 0, 0)]
    assert not voices(words, speakers)
