"""What a surface tells about itself: whether it names, describes or only points, and what its head is."""

from __future__ import annotations

import re
from collections.abc import Container


def listed(words: str) -> frozenset[str]:
    """The words of a text, for lists that are read more easily without quotes and commas."""
    return frozenset(words.split())


PRONOUNS = listed("""
it its itself they them their theirs themselves he him his himself she her hers herself we us our ours ourselves i
me my mine myself you your yours yourself this that these those who whom whose which one ones both all some others
someone anyone everyone somebody nobody each neither none
""")
_POSSESSIVES = listed("its his her their our my your whose")
_ARTICLES = listed("the a an this that these those such another each every any no")
_QUANTIFIERS = listed("""
hundreds dozens thousands millions scores several many few most more some all both half two three four five six
seven eight nine ten eleven twelve dozen hundred thousand million
""")
_COUNT = re.compile(
    r"(?:(?:an?|some|nearly|almost|about|around|over|roughly|approximately|(?:more|fewer|less) than|up to|at least"
    r"|as many as)\s+)*(?:\d|(?:few|several|many|numerous|countless|dozens?|hundreds?|thousands?|millions?|scores|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    re.IGNORECASE,
)
_MEASURED = listed("""
signatures parameters hours minutes seconds tokens pages downloads views votes copies words percent gigabytes
""")
"""What is counted and is never a group, a dataset or a work: in the annotated corpus in 191 of 194 places."""
_ORDINALS = listed("first second third fourth fifth sixth seventh last next previous latest")
_COLLECTIVES = listed("group team number handful band crowd bunch coalition collection set pair")
_BODIES = listed("group team band pair coalition collective")
"""Of the collectives, those that are one thing rather than a number of things."""

_JUDGING = listed("""
alleged apparent big brazen controversial current embarrassing entire huge major massive new ongoing purported recent
reported scandalous significant so-called startling sudden supposed surprise surprising unexpected unprecedented whole
""")
_GENERIC = listed("""
access account accounts act action advertisement affair agency agreement album algorithm announcement app appeal
application apps archive arena article articles artists assistant association attack attempt auction audience author
authors authority backlash ban band bank banks bill blackout blog board body book books boss bot boycott breach
browser brochure buyer bug business call campaign car card case cases challenge channel charter chatbot chip chips
city claim clause clip club code collapse collection collective comment commission committee company competition
complaint concert conference constitution contest contract controversy copy corpus council country court creator
critics cuts data database dataset deal debacle debate decision deck demo demonstration department design designer
developer developers device directive directors dismissal dispute documentary document documents drama drop e-mail
early election email employee employees employer engine engineer engineers episode errors essay event events
exhibition experiment failure fair family festival file film filing financing fine fines firm flotation forum
foundation founder founders framework fraud freeze fund funding funds gala game generator government group guild
hackathon handover hearing heist hire hiring image images incident industry initiative inquiry institute interview
introduction investigation investment investor investors invoice issue job journal judge judgment journalists jury
lab labels laboratory launch law lawsuit lawyers layoffs league leak leaks lecture letter library licence license
list listing litigation livestream loan machine magazine maker march market match meeting members memo memorandum
merger message messages ministry mission mistake model models move museum music musicians network news newsletter
newspaper nonprofit note notice offer offering office one open operation opposition option order organisers outage
outcry owner page painting panel paper papers parent parliament part participants partner partnership party pause
peace penalty people petition phone picture piece pilot plan plant platform plea plot poem police policy poll
portrait post posts premiere presentation president press principles prize process product program programme project
proposal protest protesters publication publisher publishers purchase quarrel raid raise ranking readers record
recording regulation regulator regulators release reply report reporters request researcher researchers residents
response restructuring result retraction review revolt rival rivals robot round row rule rules ruling rumour sale
scandal scheme school score screening screenplay script section senate sentencing service services session set
settlement share shareholders show shutdown sibling siblings site slide society software song speech staff stake
standoff start start-up startup state statement stock stoppage store story strike students studio study successor
suit summit surprise survey system takeover talk talks team tender terms test testers text thing thread tool tools
topic tour town track trade trailer training transaction treaty trial trust turmoil union unit university upgrade
upload user users version video videos vote walk-out walkout warning website winner withdrawal work workers works
workshop writers a b c d e f g h series seed ipo agm angel bridge growth pre-seed stage phase q1 q2 q3 q4 annual big
biggest bold class controversial final first former free full huge initial interim joint key large largest last
latest local major massive mini national new next old open-source original own pre previous private proposed public
quick rare recent second secret short small sudden third unexpected upcoming monday tuesday wednesday thursday
friday saturday sunday january february april may june july august september october november december spring summer
autumn winter ceo cto cfo coo chief executive chairman chairwoman chair
""")
"""Words that alone, or with others of their kind, name nothing, even with a capital in a headline."""

_CUT = re.compile(
    r"\s+(?:of|by|at|from|in|into|on|onto|with|without|for|against|over|to|that|which|who|whose|between|among|about|under"
    r"|behind|after|before|during|through|as|and|or|than|involving|including|called|named|titled)\b.*|\s*[,;:(–—].*",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_KINDS = ("model", "generator", "tool", "chatbot", "system")
_KIND = re.compile(
    rf"(?:\s(?:ai|video|image|music|text|voice|language|generation|text-to-\w+))*\s(?:{'|'.join(_KINDS)})$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"^.*['’]s\s+")  # noqa: RUF001
_WORD = re.compile(r"[^\W_][\w.'’&+#-]*", re.UNICODE)  # noqa: RUF001

_LOOSE_TYPES = frozenset({"Event", "Group", "Work", "Law"})
"""Types whose things mostly have no name of their own, so that a capital letter tells less."""

_CONCEPTS = frozenset({"Role", "Topic"})
"""Types whose names are common nouns."""

_PLURAL = frozenset({"Model", "Product", "Dataset"})
"""Types of which a plural without a capital is a description: "drawings", "siblings"."""

EVENTS = {
    verb: noun
    for noun, verbs in {
        "acquisition": "acquired bought",
        "attack": "attacked",
        "ban": "banned",
        "breach": "breached",
        "dismissal": "dismissed fired",
        "hack": "hacked",
        "launch": "launched",
        "lawsuit": "sued",
        "leak": "leaked",
        "merger": "merged",
        "ouster": "ousted",
        "protest": "protested",
        "recall": "recalled",
        "release": "released",
        "resignation": "resigned",
        "sale": "sold",
        "theft": "stolen stole",
    }.items()
    for verb in verbs.split()
}
"""By verb in the past the noun of the event that it tells."""


def is_pronoun(surface: str) -> bool:
    """Whether the surface only points: "it", "their", "this one"."""
    return all(word.casefold() in PRONOUNS for word in surface.split())


def is_description(surface: str) -> bool:
    """Whether what is no name describes a thing, rather than point to it ("it") or tell it by a verb ("leaked")."""
    return not is_pronoun(surface) and surface not in EVENTS


def is_measure(surface: str) -> bool:
    """Whether a surface is a number of what is only counted: "nearly 600 signatures", "7 billion parameters"."""
    words = _words(surface)
    return bool(words) and words[-1].casefold() in _MEASURED and bool(_COUNT.match(surface))


def is_name(surface: str, type_: str = "", *, known: Container[str] = frozenset()) -> bool:
    """Whether the surface names a thing of this type, rather than describing it or pointing to it.

    "The Verge", "ohmlet" and, of a Role, "chief executive" do; "the company", "Sora leak" (where `known`, the
    casefolded words of other things' names, holds "sora"), "Series B round" and "Several artists" don't.
    """
    words = _words(surface)
    first = words[0].casefold() if words else ""
    if is_pronoun(surface) or type_ in _CONCEPTS:
        return type_ in _CONCEPTS and not is_pronoun(surface)
    if first in _ARTICLES | _POSSESSIVES:
        second = words[1 if first in _ARTICLES else 0 :][:1]  # nothing after an article that stands alone
        titled = words[0] not in {"a", "an"} and any(map(_capital, second)) and _capital(words[-1])
        others = known if type_ == "Event" else ()
        return titled and _proper(words[1:], others) and type_ != "Group"
    if type_ in _LOOSE_TYPES:
        return _names_loosely(surface, type_, known)
    if len(words) > 1 and first in _QUANTIFIERS and words[0].islower():
        return False
    if len(words) > 1 and surface.islower():
        return _capital(words[-1])
    common = first in _GENERIC or (type_ in _PLURAL and first.endswith("s"))
    return any(map(_capital, words)) or (len(surface.split()) == 1 and not common)


def _names_loosely(surface: str, type_: str, known: Container[str]) -> bool:
    words = _words(_OWNER.sub("", surface))
    if words and words[0].casefold() in _QUANTIFIERS and not _capital(words[-1]):
        return False
    if type_ == "Group":
        return sum(word[:1].isupper() for word in words) > 1 and _capital(words[-1])
    if type_ == "Event":
        return _proper(_words(_CUT.sub("", surface)), known)
    return _proper(words, ()) and (len(words) == 1 or any(map(str.isupper, (word[0] for word in words))))


def is_common(word: str) -> bool:
    """Whether a word is too common to name anything by itself."""
    return word.casefold() in _GENERIC


def bare(surface: str) -> str:
    """The surface without leading determiners and judgements: "the alleged Sora leak" → "Sora leak"; never empty."""
    words = surface.split()
    while len(words) > 1 and words[0].casefold() in _ARTICLES | _POSSESSIVES | _JUDGING:
        words = words[1:]
    return " ".join(words)


def without_kind(name: str) -> str:
    """The name without words for what it is: "Sora Video Generator" → "Sora"; never empty."""
    return _KIND.sub("", name) if name.casefold().endswith(_KINDS) else name


def head(surface: str) -> str:
    """The noun that a description turns on, in the singular: "a group of early testers" → "tester"."""
    words = _words(_CUT.sub("", bare(surface)))
    if words and words[-1].casefold() in _COLLECTIVES and (match := re.search(r"\bof\s+(.+)", surface)):
        return head(match[1])
    while len(words) > 1 and (words[-1] == "responsible" or (words[-1].endswith("ing") and words[-2].endswith("s"))):
        words.pop()  # "artists protesting", "the group responsible"
    return _singular(words[-1].casefold()) if words else ""


def modifiers(surface: str) -> list[str]:
    """What stands before the head, longest first: "OpenAI's Sora leak" → "OpenAI's Sora", "Sora"."""
    words = _words(_CUT.sub("", bare(surface)))[:-1]
    return [" ".join(words[start:]) for start in range(len(words))]


def marks(surface: str) -> frozenset[str]:
    """What tells this one from others of its kind: numbers, ordinals and letters ("second", "b", "2024")."""
    words = _words(_CUT.sub("", bare(surface)))
    return frozenset(
        word.casefold()
        for word in words
        if word.casefold() in _ORDINALS | _QUANTIFIERS or len(word) == 1 or any(map(str.isdigit, word))
    )


def is_quantified(surface: str) -> bool:
    """Whether the surface counts its things: "hundreds of artists", "two people"; such are any, not these."""
    plain = bare(surface)
    return plain.split()[0].casefold() in _QUANTIFIERS or is_count(plain)


def is_count(surface: str) -> bool:
    """Whether the surface says how many without saying which: "nearly 600 people", not "the two" nor "most of them"."""
    return bool(_COUNT.match(surface))


def is_body(surface: str) -> bool:
    """Whether the surface speaks of a group as one: "a group of artists", "the team", not "a number of artists"."""
    words = _words(_CUT.sub("", bare(surface)))
    return bool(words) and words[-1].casefold() in _BODIES


def _words(text: str) -> list[str]:
    return [word.rstrip(".'’-") for word in _WORD.findall(text)]  # noqa: RUF001


def _capital(word: str) -> bool:
    return any(char.isupper() or char.isdigit() for char in word)


def _proper(words: list[str], known: Container[str]) -> bool:
    """Whether a capitalised word is left when common words and the names of other things are taken away."""
    forms = ((word.casefold(), _stem(word)) for word in words if _capital(word))
    return any(not any(form in _GENERIC or form in known for form in both) for both in forms)


def _stem(word: str) -> str:
    return re.sub("['’]s$", "", word.casefold())  # noqa: RUF001


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news")) else noun
