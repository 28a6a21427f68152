"""What a bare number counts, by the words around it: "she is 58", "jokes, 190,000 of them", "members, 74 in all"."""

from __future__ import annotations

import re

from kg.nlp.numbers import Number
from kg.nlp.units import CLAUSE, STOPS, UNITS, WORD, words

_OLDEST = 120  # years
_AGED = re.compile(
    r"\baged? (?:of )?$|\b(?:he|she|who) (?:is|was|turned|turns|will be) (?:only |just |now |already )?$"
    r"|\b(?:died|dies|dead|death)\b[^.;]{0,40}\bat (?:the age of )?$|\b(?:man|woman|boy|girl|child|widow|widower) of $",
    re.IGNORECASE,
)
_OF_AGE = re.compile(r"^,? (?:years old|when (?:he|she|they)|at (?:his|her|their) death)\b")
_APPOSED = re.compile(r"[A-Z][\w'\u2019-]+, (?:now )?$")  # "Mary Barra, 51, ..."
_OF_THEM = re.compile(r"^,? ?(?:of (?:them|whom|which|us)\b|(?:in all|all told|altogether)\b)")
_NUMBER_OF = re.compile(
    r"\b(?:number|numbers|count|tally|list) of (?P<noun>(?:[a-z-]+ ){0,2}?[a-z-]+s)\b[^.;]{0,60}"
    r"\b(?:is|was|are|were|to|at|reached|passed|hit)(?: \w+)? $"
)
_STAFF = re.compile(
    r"\b(?:workforce|staff|payroll|headcount) (?:of|is|was|to|at|by) (?:\w+ )?$|\bemploy(?:s|ed|ing) (?:\w+ )?$"
)
_SCORED = re.compile(r"\bscor|\bbench|\bMMLU|\bAIME|\bagainst\b|\bpoints?\b|\brank|\bgot\b", re.IGNORECASE)
_FULL_MARKS = 100
_MANY = 10**8
_VOTED = re.compile(r"\bvotes?\b")
_SOLD = re.compile(r"\b(?:ordered|order|sold|sells?|shipped|ships|bought|built|lots of)\b[^.;]{0,20}$")
_WERE_SOLD = re.compile(r"^ (?:(?:ha[sd]|have) been|were|was|are) (?:sold|ordered|shipped|made|built|returned)\b")
_PERSON = re.compile(r"(?:ers|ors|ists|ians|ants|ents|men|women|people)$")
_OTHERS = words(  # that end like persons, or are counted under their own name
    "numbers papers computers servers letters orders offers errors sensors documents patents comments events answers "
    "users members customers subscribers followers listeners readers viewers players supporters employees departments"
)
_ELSEWHERE = words("over in at during after before since until within while when because")
_VERBS = words("does says goes makes takes gives has is was")


def unit(found: Number, before: str, after: str, previous: str | None) -> str | None:
    """The unit of a number that has none of its own: years of age, the noun it stands for or the one that follows.

    `before` and `after` are the text around the number, `previous` is the value of the quantity before it in the
    paragraph, whose unit is taken where nothing else tells ("49 percent of the men and 51 of the women").
    """
    if found.value < _OLDEST and _is_age(before, after):
        return "years"
    if found.value >= _MANY and re.search(r"\bparameters?\b", before + after, re.IGNORECASE):
        return "parameters"
    noun = _stood_for(before, after) or _following(after)
    if noun:
        return UNITS.get(noun.lower(), noun)
    told = (
        (_STAFF.search(before), "employees"),
        (found.value <= _FULL_MARKS and (previous or "").endswith(" percent"), "percent"),
        (found.value <= _FULL_MARKS and _SCORED.search(before), "points"),
        (_VOTED.search(before), "votes"),
        (previous, (previous or "").partition(" ")[2]),
        (_SOLD.search(before) or _WERE_SOLD.search(after), "units"),
    )
    return next((name for sign, name in told if sign), None)


def _is_age(before: str, after: str) -> bool:
    if _following(after):
        return False
    return bool(_AGED.search(before) or _OF_AGE.search(after) or (_APPOSED.search(before) and after[:1] == ","))


def _stood_for(before: str, after: str) -> str | None:
    """The noun before for which a number stands: "pictures, 2,300 in all", "the number of members to 187"."""
    if named := _NUMBER_OF.search(before):
        return named["noun"].split()[-1]
    if not _OF_THEM.search(after):
        return None
    if after.startswith(" of us"):
        return "people"
    said: list[str] = WORD.findall(re.split(r"[.!?\n]\s", before)[-1])
    nouns = [word.lower() for i, word in enumerate(said) if _is_plural(word) and (i == 0 or not word.istitle())]
    if not nouns:
        return None
    return "people" if _PERSON.search(nouns[-1]) and nouns[-1] not in _OTHERS else nouns[-1]


def _following(after: str) -> str | None:
    """The first plural noun that follows the mention in its clause."""
    clause = CLAUSE.split(after, maxsplit=1)[0]
    found: list[str] = WORD.findall(clause)
    for word in found[:8]:
        if word in _ELSEWHERE:
            return None
        if (_is_plural(word) and not word.istitle()) or word in {"staff", "people"}:
            return word
    return None


def _is_plural(word: str) -> bool:
    return (
        word.endswith("s")
        and not word.endswith(("ss", "'s", "\u2019s", "us", "is"))
        and word.lower() not in STOPS | _VERBS
    )
