"""What the components keep in a Doc, and what they read of it."""

from __future__ import annotations

import numpy as np

from kg.nlp import _spacy  # noqa: F401 - before spaCy, so that its command line isn't imported

# isort: split
from spacy.attrs import IDX, LENGTH, SENT_START, SPACY
from spacy.tokens import Doc

from kg.nlp import network

STATE, TEXT = "kg.state", "kg.text"
"""Keys of the network's arrays, and of the text, which Doc joins anew at each request, in Doc.user_data."""
for _name, _default in (("mentions", ()), ("statements", ()), ("published", None), ("title", None), ("iri", "")):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def characters(doc: Doc) -> str:
    """The text of a doc, joined once."""
    if TEXT not in doc.user_data:
        doc.user_data[TEXT] = doc.text
    text: str = doc.user_data[TEXT]
    return text


def places(doc: Doc) -> list[tuple[int, int]]:
    """The characters of each word, its end exclusive."""
    starts = doc.to_array(IDX)
    return list(zip(starts.tolist(), (starts + doc.to_array(LENGTH)).tolist(), strict=True))


def text_of(doc: Doc) -> network.Text:
    """The words of a doc as the network takes them."""
    skip = np.zeros(len(doc), dtype=bool)
    for span in doc.spans.get("furniture", ()):
        skip[span.start : span.end] = True
    starts = doc.to_array(SENT_START) == 1
    starts[:1] = True
    text = characters(doc)
    return network.Text(
        words=[text[start:end] for start, end in places(doc)],
        spaces=(doc.to_array(SPACY) != 0).tolist(),
        sentence=(np.cumsum(starts) - 1).tolist(),
        skip=skip.tolist(),
    )
