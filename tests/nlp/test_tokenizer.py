"""Words never hide the edge of a name."""

import pytest

from kg.nlp.tokenizer import blank


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("posted on X.", ["posted", "on", "X", "."]),
        ("for $150m.", ["for", "$", "150", "m", "."]),
        ("OpenAI's Sora", ["OpenAI", "'s", "Sora"]),
        ("Toronto-based", ["Toronto", "-", "based"]),
        ("GPT-4o", ["GPT-4o"]),
    ],
)
def test_a_text_is_split_into_words(text, words):
    assert [token.text for token in blank()(text)] == words


def test_no_character_is_lost():
    text = "  An odd\u00a0text 🤔\n\n\twith  “quotes”…  "
    assert "".join(token.text_with_ws for token in blank()(text)) == text
