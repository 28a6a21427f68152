"""What a query's text is, short of parsing it: whether it calls another server, and a hint where it is wrong."""

from __future__ import annotations

import re

from kg import vocab

_MASKED = re.compile(  # where a word is no keyword: escapes, IRIs, strings, comments
    r"""\\.|<[^<>"{}|^`\x00-\x20]*>|'{3}(?:\\.|'{0,2}[^'\\])*'{3}|"{3}(?:\\.|"{0,2}[^"\\])*"{3}"""
    r"""|'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*"|\#[^\n\r]*""",
    re.DOTALL,
)
_NAMED = re.compile(r"[?$]\w+|:[\w.-]*")
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b[^\n]*\n\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


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
    return f"the query is not SPARQL at {line}:{column}: {_hint(sparql, line, column, place[3])}"


def _hint(sparql: str, line: int, column: int, expected: str) -> str:
    words = _MASKED.sub(" ", sparql)
    if update := _UPDATE.match(words):
        return f"{update[1].upper()} would change the graph, and kg only reads it"
    if not _FORM.search(words):
        return "it is none of SELECT, ASK, CONSTRUCT and DESCRIBE; try SELECT * { ?s ?p ?o } LIMIT 10"
    unknown = _unknown_prefix(sparql) if "Prefix not found" in expected else ""
    if unknown:
        return f"the prefix {unknown}: is unknown; declare it, or use one of {', '.join(vocab.PREFIXES)}"
    if "unbound" in expected:
        return "a variable after SELECT is neither in GROUP BY nor within COUNT, SAMPLE or the like"
    if "IRI parsing failed" in expected:
        return "what stands between < and > is no IRI"
    return _whereabouts(sparql, line, column)


def _whereabouts(sparql: str, line: int, column: int) -> str:
    rest = " ".join("\n".join(sparql.split("\n")[line - 1 :])[column - 1 :].split())
    if rest:
        return f"can't go on at “{rest[:40]}”"
    words = _MASKED.sub(" ", sparql)
    opened = [pair for pair in ("{}", "()", "[]") if words.count(pair[0]) > words.count(pair[1])]
    return f"it ends too early: a {opened[0][0]} is open" if opened else "something before its end does not fit"


def _unknown_prefix(sparql: str) -> str:
    text = _MASKED.sub(" ", sparql)
    declared = set(re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE)) | set(vocab.PREFIXES)
    return next((name for name in re.findall(r"(?<![\w:?$.-])([A-Za-z][\w.-]*):", text) if name not in declared), "")
