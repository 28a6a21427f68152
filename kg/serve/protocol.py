"""SPARQL 1.1 Protocol, section 2.1: what a request asks, or why it is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

from kg.serve import formats
from kg.serve.frames import Task

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"

_FIELDS = 200
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|\\^`\x00-\x20\x7f]*")
_SOLUTIONS, _TRIPLES = tuple(formats.SOLUTIONS), tuple(formats.TRIPLES)
_READS = "this server only reads its graph; updates are refused"

Fields = Sequence[tuple[str, str]]


class RefusedError(Exception):
    """A request that is not answered: `status` as HTTP has it, and a text for who sent it."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def by_get(given: Fields, accept: str) -> Task:
    """2.1.1, query via GET: all is in the fields of the address."""
    return _task(given, accept)


def by_post(media: str, given: Fields, body: bytes, accept: str) -> Task:
    """2.1.2 and 2.1.3, query via POST: the body is a form, or the query itself with the graphs in the address.

    `media` is the Content-Type, `given` are the fields of the address. Raises RefusedError with 415 for any other type,
    with 403 for an update.
    """
    kind, *parameters = (part.strip().lower() for part in media.split(";"))
    encoding = next(
        (part.partition("=")[2].strip("\"' ") for part in parameters if part.startswith("charset=")), "utf-8"
    )
    if encoding not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError(415, f"the body is said to be in {encoding!r}; send it in UTF-8")
    if kind == UPDATE:
        raise RefusedError(403, _READS)
    if kind == FORM:
        return _task([*fields(body, "the body"), *_graphs(given)], accept)
    if kind == DIRECT:
        others = [pair for pair in given if pair[0] != "query"]
        return _task([*others, ("query", _text(body, "the body"))], accept)
    found = f"the Content-Type is {kind[:80]!r}" if kind else "there is no Content-Type"
    raise RefusedError(415, f"{found}; expected {FORM} or {DIRECT}")


def fields(data: bytes, where: str) -> Fields:
    """The pairs of an URL-encoded text. Raises RefusedError where that is no UTF-8, or there are too many."""
    try:
        text = data.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS, separator="&")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"{where} is not in UTF-8") from error
    except ValueError as error:
        raise RefusedError(400, f"{where} has more than {_FIELDS} parameters") from error


def _task(given: Fields, accept: str) -> Task:
    names = [name for name, _ in given]
    if "update" in names:
        raise RefusedError(403, _READS)
    if names.count("query") != 1:
        raise RefusedError(400, f"there are {names.count('query')} queries; expected one, as the parameter query")
    solutions, triples = formats.best(accept, _SOLUTIONS), formats.best(accept, _TRIPLES)
    if not solutions and not triples:
        raise RefusedError(406, f"the Accept header takes none of {', '.join((*_SOLUTIONS, *_TRIPLES))}")
    default, named = _iris(given, "default-graph-uri"), _iris(given, "named-graph-uri")
    asked = bool(default or named)
    query = next(value for name, value in given if name == "query")
    return Task(query, solutions, triples, default if asked else None, named if asked else None)


def _iris(given: Fields, name: str) -> list[str]:
    found = [value for key, value in given if key == name]
    for value in found:
        if not _IRI.fullmatch(value):
            raise RefusedError(400, f"{name} is {value[:80]!r}; expected an absolute IRI")
    return found


def _graphs(given: Fields) -> Fields:
    """Some clients name the graphs in the address of a form (the W3C's own test does), so they count there too."""
    return [pair for pair in given if pair[0] in ("default-graph-uri", "named-graph-uri")]


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"{where} is not in UTF-8") from error
