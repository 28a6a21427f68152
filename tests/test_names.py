from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import names

ANY = st.text(st.characters())
"""All code points, lone surrogates too."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dall-E 3", "dall-e-3"),
        ("DALL·E 3", "dall-e-3"),
        ("GPT-4.5", "gpt-4-5"),
        ("OpenAI", "openai"),
        ("OpenAI’s", "openais"),
        ("L'Oréal", "loreal"),
        ("Łódź Straße Øre", "lodz-strasse-ore"),
        ("Claude™ ®", "claude"),
        ("ﬁne ℍ²", "fine-h2"),
        ("USD 150000000000", "usd-150000000000"),
        ("../../etc/passwd", "etc-passwd"),
        ("002_d2385473773569d1", "002-d2385473773569d1"),
        ("Hugging Face 🤗", "hugging-face"),
        ("İstanbul", "istanbul"),
    ],
)
def test_slug_spells_a_name_in_ascii(text, expected):
    assert names.slug(text) == expected


def test_slug_of_nothing_is_the_hash_of_nothing():
    assert names.slug("") == names.slug(" \t ") == "e3b0c442"  # sha256 of no bytes


def test_slug_adds_a_hash_where_letters_are_lost():
    assert re.fullmatch("ai-[0-9a-f]{8}", names.slug("智谱AI"))
    assert names.slug("智谱AI") != names.slug("月之暗面AI")
    assert names.slug("か") != names.slug("が")


def test_slug_keeps_emoji_apart():
    assert names.slug("🤗") != names.slug("🦙")


def test_slug_keeps_long_names_apart():
    one, two = names.slug("model " * 40 + "a"), names.slug("model " * 40 + "b")
    assert one != two
    assert one.startswith("model-model-")


@given(ANY)
@example("e\u200d\u0301")
@example("\ud800")
def test_slug_is_bounded_ascii_and_never_empty(text):
    result = names.slug(text)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", result)
    assert len(result) <= names.SLUG_LENGTH
    assert names.slug(result) == result


@given(ANY)
def test_slug_is_the_same_for_equivalent_texts(text):
    assert names.slug(unicodedata.normalize("NFC", text)) == names.slug(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Verge’s", "verge"),
        ("the  verge", "verge"),
        ("“OpenAI”", "openai"),
        ("OpenAI's", "openai"),
        ("the artists'", "artists"),
        ("GPT‑4", "gpt-4"),
        ("Ｏｐｅｎ\u3000ＡＩ", "open ai"),
        ("Open\u00adAI\u200b", "openai"),
        ("Claude™", "claude"),
        ("The", "the"),
        ("The The", "the"),
        ("Theseus", "theseus"),
        ("Mistral's Le Chat", "mistral's le chat"),
        ('"', '"'),
        ("", ""),
        (" \t\n", ""),
    ],
)
def test_normalise_unites_spellings(name, expected):
    assert names.normalise(name) == expected


@pytest.mark.parametrize(
    ("one", "two"),
    [("GPT-4", "GPT-4o"), ("Llama 3.1", "Llama 3.2"), ("OpenAI", "OpenAI Foundation"), ("The Verge", "The Edge")],
)
def test_normalise_keeps_versions_brands_and_units_apart(one, two):
    assert names.normalise(one) != names.normalise(two)


@given(ANY)
@example("e\u200d\u0301")
@example("''s's the the")
def test_normalise_twice_is_normalise_once(name):
    once = names.normalise(name)
    assert names.normalise(once) == once


@given(st.text(st.characters(categories=["L", "N", "S"]), min_size=1))
def test_normalise_never_loses_a_visible_name(name):
    assert names.normalise(name) or not set(name) - set("®©™℠`´＇＂")


def test_document_id_is_made_of_name_and_text():
    # sha256("abc") starts with ba7816bf (FIPS 180-2, example B.1)
    assert names.document_id("Some Article", "abc") == "https://w3id.org/aikg/doc/some-article-ba7816bf"
