"""Text from articles is shown in Markdown as it stands, and fits XML."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from kg.writers import _text
from tests import example

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sora", "Sora"),
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("<b>&amp;</b>", r"\<b\>\&amp;\</b\>"),
        ("[l](x) | ~s~ \\ $1 # h", r"\[l\](x) \| \~s\~ \\ \$1 \# h"),
        ("two\r\n lines\x00\u2028and\u202emore", "two lines and more"),
        (None, ""),
    ],
)
def test_marks_of_markdown_are_escaped(text, expected):
    assert _text.markdown(text) == expected


@given(example.texts)
def test_any_text_is_shown_as_it_is_but_for_spaces(text):
    shown = html.unescape(GITHUB.renderInline(f"“{_text.markdown(text)}”"))
    visible = " ".join(_text._INVISIBLE.sub(" ", text).split())
    assert shown == f"“{visible}”"


@given(example.texts)
def test_any_text_fits_xml_after_what_it_cannot_hold_is_left_out(text):
    element = ET.Element("a")
    element.text = _text.xml_safe(text)
    read = ET.fromstring(ET.tostring(element, encoding="utf-8")).text or ""
    assert read == element.text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("iri", "expected"),
    [("https://w3id.org/aikg/ontology#developer", "developer"), ("https://schema.org/url", "url"), ("x", "x")],
)
def test_the_local_name_is_the_last_part(iri, expected):
    assert _text.local(iri) == expected
