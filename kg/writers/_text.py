"""The small things that several writers do to text."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = re.compile(r"[\\`*_\[\]<>|~&$#]")
_PLAIN = re.compile(r"[A-Za-z0-9.,:;()'+-]+(?: [A-Za-z0-9.,:;()'+-]+)*")
"""What stays as it is, as most names do."""
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 can't hold, not even escaped."""
    return _NOT_XML.sub("", text)


def local(iri: str) -> str:
    """The last part of an IRI: "https://w3id.org/aikg/ontology#developer" → "developer"."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def markdown(text: str | None) -> str:
    """The text as one line of Markdown that shows it as it is, whatever it holds.

    Marks of Markdown are escaped; line ends, control characters and marks that turn the direction of writing
    become spaces. It must not stand first in a line, where a hyphen or a number would still begin a list.
    """
    if text and _PLAIN.fullmatch(text):
        return text
    return _MARKS.sub(r"\\\g<0>", " ".join(_INVISIBLE.sub(" ", text or "").split()))
