"""Whether a sentence looks ahead or back, by the words before a date."""

from __future__ import annotations

import re

_SINGLE = 2000  # no clause is longer
_WEIGHTS = (
    (
        4,
        (
            r"(?:will|shall|should|would|may|might|to) (?:\w+ )?(?:be|have been) (?:\w+ (?:and )?)?"
            r"(?:\w+ed|put|set|made|held|built|brought|sold|given|taken|shown|paid|sent|run|cut|kept|written|begun|told)"
        ),
    ),
    (4, r"will|won't|shall|'ll|due|scheduled|(?:is|are) to|going to|set (?:for|to)"),
    (4, r"hearing|effective|(?:fixed|meant|booked|slated|pencilled in) for|(?:put|set) (?:\w+ ){0,4}down for"),
    (4, r"up for (?:re-)?election|(?:has|have|had|is given) until"),
    (
        3,
        r"plann?(?:ed|s|ing)?|expect(?:s|ed)?|deadline|hopes?|promises|promised for|targets?|on track|delays?|upcoming",
    ),
    (3, r"coming|next|put off"),
    (2, r"would|should|could|may|might|to be|to begin|to talks|as early as|perhaps|ready|release day|invited|falls?"),
    (2, r"takes? (?:place|effect)|meets|follows|comes|goes|starts|begins|opens|closes|ends|runs (?:to|until|from)"),
    (2, r"returns|premieres|arrives|ships|launches|stops|replaces|reports|has its|(?:is|are) (?:in|on|out)|out on"),
    (3, r"retires|expires|runs out|resumes?|leaves|hears|votes on"),
    (3, r"to (?:report|answer|reply|decide|close|open|file|pay|leave) (?:\w+ ){0,3}(?:by|in|until|before|on)"),
    (2, r"at home|in shops"),
    (
        -2,
        r"was|were|had|did|has|have|went|came|left|began|said|told|wrote|sold|bought|made|gave|took|won|lost|quit|ran",
    ),
    (
        -2,
        r"broke|held|led|put|set up|met|got|sent|brought|thought|found|became|fell|rose|grew|saw|paid|hit|spent|kept",
    ),
    (-2, r"saw|hit|spent|kept|agreed|\w{2,}(?<!e)ed"),
)
_SIGN = re.compile("|".join(rf"(?P<v{i}>\b(?:{pattern})(?!\w))" for i, (_, pattern) in enumerate(_WEIGHTS)))
_UNTIL = re.compile(r"\b(?:until|from|starting|by|before)\W*(?:the )?$")
_SINCE = re.compile(r"\b(?:since|as of|back in|already|dated|late|early)\W*(?:in )?(?:the )?$")


def outlook(before: str) -> int:
    """Above 0 where what stands before a date, in lower case, looks ahead ("will open in"), below 0 where back.

    The last verb of the clause counts, and the preposition next to the date. Other words don't.
    """
    clause = re.split(r"[.;:!?](?=\s|$)|\n", before[-_SINGLE:])[-1]  # "ID.7" ends no clause
    kinds = [found.lastgroup for found in _SIGN.finditer(clause)]
    weight = _WEIGHTS[int(kinds[-1][1:])][0] if kinds and kinds[-1] else 0
    return weight + bool(_UNTIL.search(clause)) - 8 * bool(_SINCE.search(clause))
