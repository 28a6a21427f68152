"""Which lines of a page are furniture (menus, share buttons, adverts): what a reader of the article would skip."""

from __future__ import annotations

import functools
import itertools
import json
import math
import re
from collections.abc import Mapping, Sequence
from importlib import resources

from kg.nlp import boilerplate
from kg.types import Span

_LONG = 1500  # no furniture is longer, and features of a longer line need not be computed
_THRESHOLD = -0.4  # logit; chosen on files not trained on
_HEAD = 10  # lines among which the title is looked for
_PART = 60  # characters; what stands between the separators of a menu is shorter
_PROSE = 90  # characters from which a line with a full stop is taken for a paragraph of the article
_FEW = 3  # words

_phrase = functools.partial(re.compile, flags=re.IGNORECASE | re.VERBOSE)
_WHOLE = _phrase(boilerplate.WHOLE)
_LABEL = _phrase(boilerplate.LABEL)
_NOTICE = _phrase(boilerplate.NOTICE)
_COUNT = _phrase(boilerplate.COUNT)
_LISTICLE = _phrase(boilerplate.LISTICLE)
_CREDIT = _phrase(boilerplate.CREDIT)
_ADDRESS = _phrase(r"https?:// | www\. | (?<![\w.+-])[\w.+-]++@[\w-]+\.\w | (?:^|\s)@\w | [©ⓒ] | \(c\)\ ?\d{4}")
_PAGING = _phrase(r"[\W_]*+(?:part|page|slide|step|chapter)?\s*\d{1,3}\s*(?:/|of|out\ of)\s*\d{1,3}[\W_]*+")
_PRICE = _phrase(
    r"\d\s?%\ off\b | \bcode\ [a-z]+\d+ | \bcheck\ price | \b(?:deals|coupons?|promo)\b | \bunder\ [$€£]\d"
)
_DATED = _phrase(r"\b(?:updated|published|reviewed|verified|posted|modified|edited)\b[^.]{0,20}\d")
_AUTHOR = _phrase(r"\W*(?:(?:about|meet)\ the\ authors?|authors?|written\ by|posted\ by)\W*")

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SEPARATOR = re.compile(r"\s[|·•\u203a»▸>/→—\u2013]\s|[|▸▲▼★☆✉⭐]|(?<=\S) {2,}(?=\S)")
_NAME = re.compile(r"[^\W\d_][\w.'\u2019-]*(?: [^\W\d_][\w.'\u2019-]*){0,2}(?<!\.)")
_FULL_STOP = re.compile(r"[.!?…][\"'\u2019”)]*+(?=\s|$)")
_SPEAKER = re.compile(r"[\w. -]{1,40}:\s")


@functools.cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    data = json.loads(resources.files("kg.nlp").joinpath("furniture.json").read_text("utf-8"))
    return data["line"], data["place"]


def furniture(text: str, *, title: str | None = None) -> list[Span]:
    """Return the spans of the lines of `text` that are page furniture, in order, without surrounding blanks.

    Two logistic regressions, with the weights of furniture.json: the first judges a line by its own shape and words
    (`line_features`), the second by that and by its place (`place_features`). What stands above the `title`, where
    that is known and one of the first lines, is the site's own head. Linear in the length of the text.
    """
    spans = lines(text)
    contents = [text[start:end] for start, end in spans]
    own, place = _weights()
    logits = [weigh(line_features(content), own) for content in contents]
    found = [weigh(values, place) >= _THRESHOLD for values in place_features(contents, logits)]
    _mark_head(contents, found, title)
    _mark_author_boxes(contents, found)
    return list(itertools.compress(spans, found))


def lines(text: str) -> list[Span]:
    """The spans of the lines that are not blank, without surrounding blanks."""
    found, position = [], 0
    for line in text.split("\n"):
        if content := line.strip():
            start = position + line.index(content[0])
            found.append(Span(start, start + len(content)))
        position += len(line) + 1
    return found


def weigh(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logit of a line with these features, within -12 and 12."""
    total = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return max(-12.0, min(12.0, total))


def _mark_head(contents: Sequence[str], found: list[bool], title: str | None) -> None:
    head = contents[:_HEAD]
    if title and title.strip() in head:
        for i in range(head.index(title.strip())):
            found[i] = found[i] or len(contents[i]) < _PROSE


def _mark_author_boxes(contents: Sequence[str], found: list[bool]) -> None:
    """Names that stand alone under "About the author" are furniture too; the sentences after them are not."""
    in_box = False
    for i, (above, content) in enumerate(itertools.pairwise(contents), 1):
        in_box = found[i - 1] and bool(_AUTHOR.fullmatch(above) or (in_box and _NAME.fullmatch(above)))
        found[i] = found[i] or (in_box and bool(_NAME.fullmatch(content)))


@functools.lru_cache(maxsize=4096)
def line_features(line: str) -> Mapping[str, float]:
    """What is seen in one line by itself: name of the feature → value; those that are 0 are left out."""
    if len(line) > _LONG:
        return {"bias": 1.0, "long": 5.0}
    words = _WORD.findall(line)
    lower = [word.lower() for word in words]
    count = max(len(words), 1)
    near = min(1.0, _PROSE / len(line))  # one telling phrase weighs less in a paragraph
    values = _shape(line, words) | {
        "address": bool(_ADDRESS.search(line)) * near,
        "any page": any(word in boilerplate.WORDS["page"] for word in lower) * near,
        "counts": min(len(_COUNT.findall(line)), 3),
        "credit": bool(_CREDIT.search(line)) * near,
        "dated": bool(_DATED.search(line)),
        "label": bool(_LABEL.match(line)),
        "listicle": min(len(_LISTICLE.findall(line)), 3),
        "notice": min(len(_NOTICE.findall(line)), 3) * near,
        "paging": bool(_PAGING.fullmatch(line)),
        "price": bool(_PRICE.search(line)),
        "whole": bool(_WHOLE.fullmatch(line.strip(" :*#"))),
    }
    for name, lexicon in boilerplate.WORDS.items():
        values[name] = sum(map(lexicon.__contains__, lower)) / count
    return {name: float(value) for name, value in values.items() if value}


def _shape(line: str, words: Sequence[str]) -> dict[str, float]:
    count = max(len(words), 1)
    parts = [part for part in _SEPARATOR.split(line) if part.strip()] or [line]
    starts = [found[0].lower() if (found := _WORD.search(part)) else "" for part in parts]
    asks = [start in boilerplate.WORDS["ask"] for start in starts]
    menu = max(map(len, parts)) <= _PART and line[0] != "•"
    return {
        "bias": 1.0,
        "asks": sum(asks) / len(asks),
        "asks first": asks[0],
        "bullet": line[0] in "-*•\u2013",
        "capitals": sum(word[0].isupper() for word in words) / count,
        "colon": line[-1] == ":",
        "digits": sum(map(str.isdigit, line)) / len(line),
        "few words": len(words) <= _FEW,
        "heading": line.startswith(("#", "**", "==")),
        "long": math.log2(1 + len(line)) - 6,
        "no words": not words,
        "one word": len(words) == 1,
        "piped": " | " in line and line[0] != "|" and menu,  # a row of a table begins with the bar
        "question": line[-1] == "?",
        "sentences": min(len(_FULL_STOP.findall(line)), 2),
        "separated": min(len(parts) - 1, 4) / 4 if menu else 0.0,
        "shouting": sum(word.isupper() and len(word) > 1 for word in words) / count,
        "speaker": bool(_SPEAKER.match(line)),
        "stop": line[-1] in ".!?…”\"'\u2019",
        "symbols": (len(line) - sum(map(str.isalnum, line)) - sum(map(str.isspace, line))) / len(line),
    }


def place_features(contents: Sequence[str], logits: Sequence[float]) -> list[dict[str, float]]:
    """What is seen in each line's place, given all lines and the logits of the first judgement."""
    prose = [i for i, content in enumerate(contents) if len(content) >= _PROSE and _FULL_STOP.search(content)]
    last = prose[-1] if prose else len(contents)
    return [
        {
            "bias": 1.0,
            "logit": logit,
            "first": float(i == 0),
            "below furniture": max(logits[i - 1], 0.0) if i > last and i else 0.0,  # the tail of a page is of a piece
        }
        for i, logit in enumerate(logits)
    ]
