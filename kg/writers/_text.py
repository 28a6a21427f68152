"""What several writers do to text before it goes into a format that can't hold all of Unicode."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 can't hold, not even escaped."""
    return _NOT_XML.sub("", text)
