"""The language that a text is written in, so that a page in English can say which of its quotes are not."""

from __future__ import annotations

import collections
import re

_SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("ko", "[\uac00-\ud7af]"),
    ("ar", "[\u0600-\u06ff]"),
    ("he", "[\u0590-\u05ff]"),
    ("hi", "[\u0900-\u097f]"),
    ("th", "[\u0e00-\u0e7f]"),
    ("el", "[\u0370-\u03ff]"),
    ("uk", "[\u0404\u0406\u0407\u0454\u0456\u0457]"),
    ("ru", "[\u0400-\u04ff]"),
)
"""Scripts by the language that is mostly written in them; what has letters of its own comes first."""

_SMALL = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "the of and to in that is was for it with as his on be at by had not are but from have they",
        "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es wird",
        "fr": "le la les de des du et à un une en est que qui dans pour pas sur au par il ne se plus",
        "es": "el la los las de del y que en un una es por con no para su se al lo como más pero",
        "it": "il la di che e un una è per in non del della con si da sono le gli dei nel alla più",
        "pt": "o a os as de do da e que em um uma é para com não por se no na dos mais como",
        "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als bij door",
        "sv": "och att det som en på är av för med till den har inte om ett var men sig så",
        "pl": "i w na z do nie się że jest to o jak po co ale od za przez tego oraz dla",
    }.items()
}
"""The small words that are a third of any text."""

_MOST = 4000  # characters that are looked at
_FEWEST = 3  # small words that a text needs
_SHARE = 0.3  # of its letters, that make a text one of another script


def tongue(text: str) -> str | None:
    """The language of a text as its BCP 47 tag, None where too little of it can be told.

    By its script, else by which language's most frequent words it has most of.
    """
    text = text[:_MOST].lower()
    foreign = 0 if text.isascii() else len(re.findall("[^\\W\\d_\u0041-\u024f]", text))
    if foreign and foreign > _SHARE * sum(map(str.isalpha, text)):
        return next((tag for tag, pattern in _SCRIPTS if len(re.findall(pattern, text)) > foreign / 50), None)
    used = collections.Counter(re.findall(r"[^\W\d_]+", text))
    counts = {tag: sum(used.get(word, 0) for word in words) for tag, words in _SMALL.items()}
    best = max(counts, key=lambda tag: (counts[tag], tag == "en"))
    return best if counts[best] >= _FEWEST else None
