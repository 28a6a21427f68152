"""Which lines of a page are furniture (menus, share buttons, adverts): what a reader of the article would skip."""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Mapping, Sequence
from importlib import resources

from kg.types import Span

_LONG = 1500  # no furniture is longer, and features of a longer line need not be computed
_LONG_PART = 60  # characters; what stands between the separators of a menu is shorter
_PROSE = 90  # characters from which a line with a full stop is taken for a paragraph of the article

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 - apostrophe
_SEPARATOR = re.compile(r"\s[|·•›»▸>/→—–]\s|[|▸▲▼★☆✉⭐]|(?<=\S) {2,}(?=\S)")  # noqa: RUF001 - en dash
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]+@[\w-]+\.\w|(?:^|\s)@\w+|©|ⓒ|\(c\) ?\d{4}", re.IGNORECASE)
_PART = re.compile(r"[\W_]*(?:part|page|slide|step|chapter)?\s*\d{1,3}\s*(?:/|of|out of)\s*\d{1,3}[\W_]*", re.IGNORECASE)
_COUNT = re.compile(
    r"\d[\d.,]*\s?[kKmMwW]?\s+(?:\w+\s)?(?:comments?|repl(?:y|ies)|views?|likes?|shares?|upvotes?|points?|reposts?|"
    r"boosts?|favou?rites?|quotes?|members?|guests?|readers?|subscribers?|followers?|updates?|reviews?|ratings?|votes?|"
    r"min(?:utes?)?(?: read)?|seconds?|articles? left)\b|\(\d[\d,.kK]*\)",
    re.IGNORECASE,
)
_LISTICLE = re.compile(r"(?:^|\W)(?:(?:top|best)\s\d+|\d+\s(?:\w+\s)?(?:best|top|ways|things|tips|foods|cheapest)|best\s\w+)\b", re.IGNORECASE)
_NOTICE = re.compile(
    r"\byou(?:'re|’re| are)? (?:receiv|get(?:ting)? this|reading)|\bsign(?:ed)? up\b|\bforwarded|\blog(?:ged)? ?(?:in|out)\b"  # noqa: RUF001
    r"|\bbuy me\b|\baffiliated\b|\bfree (?:edition|articles?|trial|account|copy)|\bmay (?:earn|contain)|\bcommission\b"
    r"|\byour? (?:e-?mail|inbox|preferences|subscription|account|browser)|\bclick (?:here|to|below)|\ball rights\b"
    r"|\b(?:auto|machine)(?:matically|mated)?[- ](?:generated|translated|produced|transcribed|refresh)|\bproduced automatically"
    r"|\bword from (?:our|the) sponsor|\bsubscri(?:be|ption)|\bcookies\b|\bopens in\b|\bview in\b|\bread(?:ing)? time\b"
    r"|\byou (?:may|might) also\b|\bdon[’']t miss\b|\bnever miss\b|\bjoin (?:the|our)\b|\bfollow us\b|\bterms (?:and|of|apply)\b"  # noqa: RUF001
    r"|\bnot available in\b|\brequired fields\b|\b(?:failed|unable) to (?:load|display)|\bcould not be (?:loaded|displayed)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\b(?:photo(?:graph)?s?|images?|audio|pictures?|foto|illustrations?|credits?)(?: by)?:\s|\(image\b", re.I)
_PRICE = re.compile(r"\b\d+\s?% off\b|[$€£]\s?\d|\bcode [A-Z0-9]{3,}|\b(?:deals?|coupons?|sale|free)\b", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")  # noqa: RUF001 - quotation marks
_SPEAKER = re.compile(r"[\w. -]{1,40}:\s")
_DATED = re.compile(r"\b(?:updated|published|reviewed|verified|posted|modified|edited)\b[^.]{0,20}\d", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEXICON: Mapping[str, frozenset[str]] = {
    # what a button asks for; counted where a line or a part of it begins
    "ask": _words(
        "accept add advertise apply ask book browse buy call cancel check chip choose cite clap click close collect "
        "comment compare contact continue copy discover dismiss donate download edit embed enable enter explore export "
        "filter find follow forward get give go help hide install join jump learn leave like listen load log login "
        "logout manage mark message mute open order permalink pin play post press print quote rate react read refresh "
        "register reject reply report request restack retweet rsvp save scroll search see select send share shop show "
        "sign skip sort sponsor start submit subscribe support swipe switch tap tip toggle track translate try tweet "
        "unsubscribe update upgrade upvote view visit vote watch write"
    ),
    "social": _words(
        "bluesky bsky digg discord email e-mail facebook feedly flipboard fb instagram line linkedin mail mastodon "
        "messenger mixcloud overcast patreon pinterest pocket podcasts quora reddit rss signal snapchat spotify substack "
        "telegram threads tiktok tumblr twitter vk wechat weibo whatsapp x xing youtube ko-fi soundcloud stitcher"
    ),
    "page": _words(
        "accessibility advert advertise advertisement advertising adverts affiliate alert alerts archive archives author "
        "authors automatically autoplay back bookmark browse browser calendar careers categories category chapters "
        "classifieds comment comments commission contact contents cookie cookies copyright corrections credit crossword "
        "deals desktop disclaimer disclosure discussion docs donate download downloads e-paper edition editions email "
        "embed error events faq faqs featured feed feedback font forum forums forward gallery gift guestbook guidelines "
        "headlines help hiring home homepage horoscope horoscopes inbox index issn issue javascript jobs keyword latest "
        "letters link links list listings loading login logo logos logout magazine mailing masthead member membership "
        "menu merch methodology more navigation newest newsletter newsletters newsroom next notifications obituaries "
        "offer offers oldest online page pages password permalink photo photos picks pin pinned playlist podcast podcasts "
        "poll popular post posts preferences premium previous print printable privacy promo promoted puzzles quiz rates "
        "read reader readers reading recipes recommended refresh registration related replies reply reprints required rss "
        "sale scroll section sections settings shop shopping sidebar signup sitemap slideshow sort sponsor sponsored "
        "sponsors sports stories story subscribe subscriber subscribers subscription subscriptions suggested survey table "
        "tag tagged tags terms thread threads tickets tip tips toc toggle top topics transcript trending trial trailer "
        "unlimited unsubscribe updated upvotes username views votes vouchers weather web webring website weekly widget"
    ),
    "legal": _words(
        "accept affiliate affiliated analytics automated automatically commission consent cookie cookies copyright "
        "disclosure earn forward-looking gdpr necessary opinions permission privacy prohibited provided purchases "
        "receiving reproduction reserved rights similar techniques terms trademarks transmitted unauthorized"
    ),
    "failure": _words(
        "available blocked browser disabled display displayed embed empty enabled error expired failed found image "
        "javascript key loading missing not offline plugin refresh region reload retry set settings supported "
        "unavailable unsupported widget"
    ),
    "you": _words("you your you're you've yours u"),
    "us": _words("our us we we're me"),
    "verb": _words(
        "am are aren't be been being can can't could did didn't do does doesn't don't had has have is isn't may might "
        "must said say says should told was wasn't were will won't would"
    ),
    "title": _words(
        "about analysis background bottom changes conclusion context controversy details facts features final findings "
        "happened highlights history how impact implications insights introduction key lawsuit leak legacy lessons looking "
        "matters meaning meet methods next overview perspective reaction reactions reception response results root "
        "summary takeaways thoughts timeline verdict what what's when where who why"
    ),
    "function": _words(
        "a although an and as at because but by for from he her his in into it its of on or over she since than that "
        "the their them these they this those to under until when where which while who whose with"
    ),
}
_EXACT = re.compile(
    r"(?:originally (?:appeared|published|posted) (?:here|on .{1,40})|you may also (?:like|enjoy)|web stories|add comment"
    r"|advertisement|most (?:read|popular|viewed)|read (?:more|next|also)|also read|related(?: (?:articles|posts|stories))?"
    r"|(?:leave|post) a (?:reply|comment)|skip to (?:main )?content|back to top|share(?: this(?: \w+)?)?|sort(?: by)?"
    r"|more from .{1,40}|trending(?: now)?|recommended(?: for you)?|loading|table of contents|about the author)",
    re.IGNORECASE,
)


@functools.cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    data = json.loads(resources.files("kg.nlp").joinpath("furniture.json").read_text("utf-8"))
    return data["line"], data["place"]


def furniture(text: str) -> list[Span]:
    """Return the spans of the lines of `text` that are page furniture, in order, without surrounding blanks.

    Two logistic regressions, with the weights of furniture.json: the first judges a line by its own shape and words
    (`line_features`), the second by that and by its place and its neighbours (`place_features`).
    """
    spans = lines(text)
    contents = [text[start:end] for start, end in spans]
    own, place = _weights()
    logits = [weigh(line_features(content), own) for content in contents]
    found = place_features(contents, logits)
    return [span for span, values in zip(spans, found, strict=True) if weigh(values, place) >= 0]


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


@functools.lru_cache(maxsize=4096)
def line_features(line: str) -> Mapping[str, float]:
    """What is seen in one line by itself: name of the feature → value, mostly 0 to 1; features that are 0 are left out."""
    if len(line) > _LONG:
        return {"bias": 1.0, "long": 5.0}
    words = _WORD.findall(line)
    lower = [word.lower() for word in words]
    count = max(len(words), 1)
    near = min(1.0, _PROSE / len(line))  # one telling phrase weighs less in a paragraph
    parts = [part for part in _SEPARATOR.split(line) if part.strip()]
    values = {
        "bias": 1.0,
        "long": math.log2(1 + len(line)) - 6,
        "no words": not words,
        "few words": len(words) <= 3,
        "one word": len(words) == 1,
        "stop": line[-1] in ".!?…”\"’'",
        "question": line[-1] == "?",
        "colon": line[-1] == ":",
        "heading": line.startswith(("#", "**", "==")),
        "bullet": line[0] in "-*•–",
        "speaker": bool(_SPEAKER.match(line)),
        "capitals": sum(word[0].isupper() for word in words) / count,
        "shouting": sum(word.isupper() and len(word) > 1 for word in words) / count,
        "digits": sum(c.isdigit() for c in line) / len(line),
        "symbols": sum(not c.isalnum() and not c.isspace() for c in line) / len(line),
        "separated": min(len(parts) - 1, 4) / 4 * (max(map(len, parts), default=0) <= _LONG_PART),
        "notice": min(len(_NOTICE.findall(line)), 3) * near,
        "credit": bool(_CREDIT.search(line)) * near,
        "address": bool(_ADDRESS.search(line)) * near,
        "part": bool(_PART.fullmatch(line)),
        "counts": min(len(_COUNT.findall(line)), 3),
        "listicle": min(len(_LISTICLE.findall(line)), 3),
        "price": bool(_PRICE.search(line)),
        "dated": bool(_DATED.search(line)),
        "exact": bool(_EXACT.fullmatch(line.strip(" :*#"))),
        "sentences": min(len(_FULL_STOP.findall(line)), 2),
    }
    for name, lexicon in _LEXICON.items():
        values[name] = sum(word in lexicon for word in lower) / count
    asks = [bool(found) and found[0].lower() in _LEXICON["ask"] for found in map(_WORD.search, parts)]
    values["asks"] = sum(asks) / max(len(asks), 1)
    values["asks first"] = bool(asks) and asks[0]
    values["any page"] = any(word in _LEXICON["page"] for word in lower) * near
    return {name: float(value) for name, value in values.items() if value}


def place_features(contents: Sequence[str], logits: Sequence[float]) -> list[dict[str, float]]:
    """What is seen in each line's place, given all lines and the logits of the first judgement."""
    prose = [i for i, content in enumerate(contents) if len(content) >= _PROSE and _FULL_STOP.search(content)]
    first, last = (prose[0], prose[-1]) if prose else (0, len(contents))
    found = []
    for i, logit in enumerate(logits):
        before = logits[i - 1] if i else 0.0
        after = logits[i + 1] if i + 1 < len(logits) else 0.0
        values = {
            "bias": 1.0,
            "logit": logit,
            "before": before,
            "after": after,
            "first": float(i == 0),
            "head": logit * (0 < i < first),
            "tail": logit * (i > last),
            "tail before": max(before, 0.0) * (i > last),
        }
        found.append({name: value for name, value in values.items() if value})
    return found
