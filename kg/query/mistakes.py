"""Common mistakes in SPARQL, found word by word: the parser tells how far it looked, not where the mistake is."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg import vocab
from kg.phrases import listed

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)|(?P<space>\s+)|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      |(?P<text>'{3}(?:\\.|'{0,2}[^'\\])*'{3}|"{3}(?:\\.|"{0,2}[^"\\])*"{3}|'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*")
      |(?P<variable>[?$]\w+)|(?P<blank>_:[\w.-]*\w)|(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))*)
      |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>\w+)
      |(?P<mark>\^\^|&&|\|\||!=|<=|>=|<<\(?|\)?>>|\{\||\|\}|.)""",
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {"}": "{", ")": "(", "]": "["}
_PROLOGUE = ("PREFIX", "BASE", "VERSION")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_KEYWORDS = listed(
    """
    A ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT CONTAINS COPY
    COUNT CREATE DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ENCODE_FOR_URI EXISTS FALSE FILTER
    FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN INSERT IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI
    LANG LANGMATCHES LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH MOVE NAMED NOT NOW OFFSET OPTIONAL ORDER
    PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384
    SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TO
    TRUE TZ UCASE UNDEF UNION URI USING UUID VALUES VERSION WHERE WITH YEAR TRIPLE SUBJECT PREDICATE OBJECT
    ISTRIPLE LANGDIR HASLANG HASLANGDIR STRLANGDIR LATERAL
    """
)
_COUNTING = ("AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM")
_WRITING = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")


class Token(NamedTuple):
    """A word or mark of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int


class Mistake(NamedTuple):
    """Where a query is wrong (an offset into its text) and what may mend it."""

    start: int
    hint: str


def find(sparql: str, relations: Mapping[str, object] | None = None) -> Mistake | None:
    """The first of the mistakes that are known here, None where there is none; the query is known to be wrong.

    `relations` are the local names that may be meant by a bare word.
    """
    tokens = list(_tokens(sparql))
    found = [*_opening(tokens), *_quotes(tokens), *_brackets(tokens), *_prefixes(tokens), *_head(tokens)]
    found += [*_words(tokens, relations or {}), *_triples(tokens)]
    return min(found, default=None, key=lambda mistake: mistake.start)


def _tokens(sparql: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or "mark"
        if kind not in ("comment", "space"):
            yield Token(kind, match[0], match.start())


def _opening(tokens: list[Token]) -> Iterator[Mistake]:
    """What the query begins with, after its prefixes."""
    words = [
        token for token in tokens if token.kind == "word" and token.text.upper() not in ("PREFIX", "BASE", "VERSION")
    ]
    if not words:
        yield Mistake(0, "it is none of SELECT, ASK, CONSTRUCT and DESCRIBE; try SELECT * { ?s ?p ?o } LIMIT 10")
    elif (first := words[0].text.upper()) in _WRITING:
        yield Mistake(words[0].start, f"{first} would change the graph, and kg only reads it")
    elif first not in _FORMS:
        close = difflib.get_close_matches(first, _FORMS, n=1)
        meant = f"did you mean {close[0]}?" if close else "try SELECT * { ?s ?p ?o } LIMIT 10"
        yield Mistake(words[0].start, f"{words[0].text[:30]!r} is none of SELECT, ASK, CONSTRUCT and DESCRIBE; {meant}")


def _quotes(tokens: list[Token]) -> Iterator[Mistake]:
    for token in tokens:
        if token.kind == "mark" and token.text in "'\"":
            yield Mistake(token.start, f"a text begins here and does not end: a {token.text} is missing")


def _brackets(tokens: list[Token]) -> Iterator[Mistake]:
    opened: list[Token] = []
    for token in tokens:
        if token.text in _PAIRS.values() and token.kind == "mark":
            opened.append(token)
        elif token.text in _PAIRS and token.kind == "mark":
            if not opened:
                yield Mistake(token.start, f"this {token.text} closes what was never opened")
                return
            if opened[-1].text != _PAIRS[token.text]:
                yield Mistake(token.start, f"this {token.text} stands where the {opened[-1].text} before is still open")
                return
            opened.pop()
    if opened:
        yield Mistake(opened[-1].start, f"this {opened[-1].text} is never closed")


def _prefixes(tokens: list[Token]) -> Iterator[Mistake]:
    known = set(vocab.PREFIXES)
    for before, token in zip([Token("", "", 0), *tokens], tokens, strict=False):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before.text.upper() == "PREFIX":
            known.add(prefix)
        elif prefix not in known:
            yield Mistake(
                token.start, f"the prefix {prefix}: is unknown; declare it, or use one of {', '.join(vocab.PREFIXES)}"
            )


def _head(tokens: list[Token]) -> Iterator[Mistake]:
    """What stands between SELECT and the pattern, in the outermost query."""
    places = [place for place, token in enumerate(tokens) if token.text.upper() == "SELECT" and token.kind == "word"]
    depth = 0
    for token in tokens[places[0] + 1 :] if places else ():
        if depth == 0 and (token.text == "{" or token.text.upper() in ("WHERE", "FROM")):
            return
        depth += (token.text == "(") - (token.text == ")")
        if depth or token.text in ")*" or token.kind == "variable" or token.text.upper() in ("DISTINCT", "REDUCED"):
            continue
        if token.text == ",":
            yield Mistake(token.start, "after SELECT variables are set apart by spaces, not by commas")
        elif token.text.upper() in _COUNTING:
            yield Mistake(token.start, f"what is counted needs a name, such as ({token.text.upper()}(?x) AS ?n)")
        elif token.kind == "word":
            yield Mistake(token.start, f"a variable begins with a question mark: ?{token.text[:30]}")
        else:
            yield Mistake(token.start, f"{token.text[:30]!r} can't stand after SELECT: name variables, or *")
        return


def _words(tokens: list[Token], relations: Mapping[str, object]) -> Iterator[Mistake]:
    """Words that are neither keywords nor names."""
    for token, after in itertools.zip_longest(tokens, tokens[1:], fillvalue=Token("", "", 0)):
        upper = token.text.upper()
        if token.kind != "word":
            continue
        if upper in ("ORDER", "GROUP") and after.text.upper() != "BY":
            yield Mistake(token.start, f"{upper} wants BY after it")
        if upper in ("LIMIT", "OFFSET") and after.kind != "number":
            yield Mistake(token.start, f"{upper} wants a number after it")
        if upper in _KEYWORDS:
            continue
        close = difflib.get_close_matches(token.text[:30], relations, n=1, cutoff=0.75)
        if close:
            meant = f"did you mean kg:{close[0]}?"
        elif keyword := difflib.get_close_matches(upper[:30], _KEYWORDS, n=1, cutoff=0.75):
            meant = f"did you mean {keyword[0]}?"
        else:
            meant = f'a thing is written id:openai, a relation kg:developer, a text "{token.text[:30]}"'
        yield Mistake(token.start, f"{token.text[:30]!r} is neither a keyword nor a name with a prefix; {meant}")
        return  # one is enough, and to look for what is meant takes its time


def _triples(tokens: list[Token]) -> Iterator[Mistake]:
    """A triple of one or two parts before its end, where the pattern is of plain terms."""
    terms: list[Token] = []
    listing = False
    for token in tokens:
        listing = token.text.upper() == "VALUES" or (listing and token.text != "}")
        if listing:
            terms = [token] * 3
        elif token.kind in ("variable", "name", "iri", "text", "number") or token.text == "a":
            terms.append(token)
        elif token.text in ("}", ".") and 0 < len(terms) < 3:  # noqa: PLR2004 - subject, predicate, object
            yield Mistake(terms[0].start, "a triple has three parts: subject, predicate, object")
            return
        elif token.text in ("{", "."):
            terms = []
        else:
            terms = [token] * 3  # lists, paths, filters: not judged
