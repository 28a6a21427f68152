"""Page furniture: what a reader skips is found, what belongs to the article is not."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp import furniture as module
from kg.nlp.furniture import furniture

PAGE = """\
Home | News | Reviews | Sign in

Ottershell leaks its own video model

Sort:  Newest

Part 1/4:

Ottershell, a start-up in Malmö, put the weights of its video model on a public server. They were gone on Monday.

The Leak and Its Consequences

Part 2/4:

• Price: the model would have cost 20 euros a month, according to its founder, Ebba Lind.

What is Ottershell?

It was founded in 2021 by Ebba Lind, who had worked at Spotify before. Nobody there has answered our questions.

By Tuesday it was gone.

Map plugin: API key missing. Please check the settings

Don’t miss a story! Sign up for The Shore, our newsletter, delivered to your inbox every Friday.

Originally Appeared Here

You May Also Like

About the author

Signe

Signe Dahlqvist

Signe Dahlqvist has been a reporter at Shoreline for over 9 years and holds a degree in physics.

Add Comment

Click here to leave a comment

Web Stories

7 Best Kettles of 2025 10 Best Tents for Two 5 Best Headphones Under $50: Tested and Ranked
"""
SKIPPED = {
    "Home | News | Reviews | Sign in",
    "Sort:  Newest",
    "Part 1/4:",
    "Part 2/4:",
    "Map plugin: API key missing. Please check the settings",
    "Don’t miss a story! Sign up for The Shore, our newsletter, delivered to your inbox every Friday.",
    "Originally Appeared Here",
    "You May Also Like",
    "About the author",
    "Signe",
    "Signe Dahlqvist",
    "Add Comment",
    "Click here to leave a comment",
    "Web Stories",
    "7 Best Kettles of 2025 10 Best Tents for Two 5 Best Headphones Under $50: Tested and Ranked",
}


def test_a_page_is_told_from_its_furniture():
    assert {PAGE[start:end] for start, end in furniture(PAGE)} == SKIPPED


def test_what_stands_above_a_known_title_is_the_head_of_the_site():
    text = "Robots And Friends DAILY\n\nLumen opens a lab\n\nLumen opened a lab in Porto on Friday, said its founder.\n"
    assert [text[s:e] for s, e in furniture(text, title="Lumen opens a lab")] == ["Robots And Friends DAILY"]


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to give you the best experience. Accept all | Settings",
        "Share: X Facebook LinkedIn E-mail",
        "1,204 points | 98 comments | hide | save",
        "Read next: How to keep bees in a city",
        "© 2025 Shoreline Media. All rights reserved.",
        "Reading time: 4 min | Updated 12 May",
        "Advertisement",
        "Press contact: press@ottershell.example",
        "Subscribe for €1 a week",
        "GIF could not be loaded",
    ],
)
def test_boilerplate_is_furniture(line):
    text = f"Ottershell leaks its own video model\n\n{BODY}\n\n{line}\n\n{BODY}\n"
    assert line in [text[start:end] for start, end in furniture(text)]


BODY = "Ottershell, a start-up in Malmö, has put the weights of its model on a public server, it said on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "**Quick answer**",
        "The Leak and Its Implications",
        "My Perspective",
        "What is Sora?",
        "In Summary:",
        "OpenAI’s Response",
        "Frequently Asked Questions",
        "- Founder: Ebba Lind",
        "• Clips of up to ten seconds in full HD",
        "10:45 The doors open, and nobody goes in.",
        "March 2024: Italy lifts the ban.",
        "gradient_goat: it runs on my laptop",
        "Q: Did anybody give permission?",
        "Sora was shown in February.",
        "“We were never paid,” says the letter.",
        "The newsletter has 40,000 subscribers.",
        "YouTube removed the video on Friday.",
        "Reddit sued Anthropic in June.",
        "Ebba Lind, chief executive",
    ],
)
def test_short_lines_of_an_article_are_not_furniture(line):
    text = f"Ottershell leaks its own video model\n\n{BODY}\n\n{line}\n\n{BODY}\n"
    assert furniture(text) == []


def test_the_weights_are_those_of_the_features():
    line, place = module._weights()
    names = set(module.line_features("Share | 3 comments")) | set(module.line_features("The lab closed."))
    assert names <= set(line)
    assert set(place) == {"bias", "logit", "first", "below furniture"}
    assert json.loads(Path(module.__file__).with_suffix(".json").read_text(encoding="utf-8")).keys() == {
        "line",
        "place",
    }


@given(st.text(max_size=300))
def test_furniture_is_whole_lines_in_order(text):
    spans = furniture(text)
    whole = set(module.lines(text))
    assert spans == sorted(spans)
    assert set(spans) <= whole


@pytest.mark.parametrize("piece", ["1", "1,", "a@", "| ", "x\n", "you ", "  a", "\u2019a", "share on x | ", "\n"])
def test_hostile_text_takes_time_in_proportion(piece):
    text = "\n".join([piece * (1400 // len(piece))] * 100) if piece.strip() else piece * 100_000
    start = time.process_time()
    furniture(text)
    assert time.process_time() - start < 10
