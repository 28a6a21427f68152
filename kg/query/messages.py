"""What a query's text is, short of parsing it: whether it calls another server, and a hint where it is wrong."""

from __future__ import annotations

import re

_MASKED = re.compile(  # where a word is no keyword: escapes, IRIs, strings, comments
    r"""\\.|<[^<>"{}|^`\x00-\x20]*>|'{3}(?:\\.|'{0,2}[^'\\])*'{3}|"{3}(?:\\.|"{0,2}[^"\\])*"{3}"""
    r"""|'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*"|\#[^\n\r]*""",
    re.DOTALL,
)
_NAMED = re.compile(r"[?$]\w+|:[\w.-]*")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SIGNS = {  # the parser's own words, which name a mistake that has no place in the text
    "unbound": "a variable after SELECT is neither in GROUP BY nor within COUNT, SAMPLE or the like",
    "IRI parsing failed": "what stands between < and > is no IRI",
}


def masked(sparql: str) -> str:
    """The query, as long as before, with spaces for what is no keyword, name or variable: IRIs, strings, comments."""
    return _MASKED.sub(lambda found: " " * len(found[0]), sparql)


def calls_out(sparql: str) -> bool:
    """Whether SERVICE stands where it may be the keyword; rather too often than too seldom."""
    return "service" in _NAMED.sub(" ", _MASKED.sub(" ", sparql)).lower()


def explain(sparql: str, message: str) -> str:
    """Where the query is wrong and what may mend it, in one line, from what pyoxigraph's parser says."""
    place = _PLACE.match(message)
    if not place:
        return f"the query is not SPARQL: {' '.join(message.split())}"
    line, column = int(place[1]), int(place[2])
    hint = next((hint for sign, hint in _SIGNS.items() if sign in place[3]), "")
    if not hint:
        from kg.ontology import ontology
        from kg.query import mistakes

        if mistake := mistakes.find(sparql, ontology().relations):
            before = sparql[: mistake.start]
            line, column = before.count("\n") + 1, mistake.start - before.rfind("\n")
            hint = mistake.hint
    return f"the query is not SPARQL at {line}:{column}: {hint or _whereabouts(sparql, line, column)}"


def _whereabouts(sparql: str, line: int, column: int) -> str:
    rest = " ".join("\n".join(sparql.split("\n")[line - 1 :])[column - 1 :].split())
    return f"can't go on at “{rest[:40]}”" if rest else "something before its end does not fit"
