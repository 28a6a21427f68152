"""Terms and triples as Turtle 1.1 text, always the same bytes for the same triples."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from kg import vocab
from kg.errors import KgError
from kg.types import Literal


class Triple(NamedTuple):
    """A triple that is spoken of, not stated: a triple term of RDF 1.2."""

    subject: str
    predicate: str
    object: str | Literal


Term: TypeAlias = str | Literal | Triple
Block: TypeAlias = tuple[str, list[tuple[str, Term]]]
"""A subject's IRI and its predicates and objects, in the order in which they are written."""

_WIDTH = 120
_NAMESPACES = {iri: name for name, iri in vocab.PREFIXES.items()}  # each ends with the last "/" or "#" of its IRIs
_SURE_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")  # narrower than PN_LOCAL: what every parser takes
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_BARE = {  # canonical but for zeros at a decimal's end: rdflib rewrites other bare numbers, 007 as 7
    vocab.XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    vocab.XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    vocab.XSD + "boolean": re.compile("true|false"),
}
STRING = vocab.XSD + "string"
SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]')
_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # half a character: nothing that UTF-8 could hold
    **{ord(char): f"\\{letter}" for char, letter in zip('\t\n\r\b\f"\\', 'tnrbf"\\', strict=True)},
}
_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~/-]*)?")
"""The commonest of those that need no look by a parser."""
_FORBIDDEN = re.compile(  # what is neither ucschar nor of use after the host in RFC 3987
    r'[\x00-\x20<>"{}|\\^`\[\]\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]'
    f"|[{''.join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))}]"
    r"|%(?![0-9A-Fa-f]{2})"
)


def header(comment: str) -> Iterator[str]:
    """The comment that opens a file, and the prefixes that are known to every file."""
    yield "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    yield "\n" + "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in sorted(vocab.PREFIXES.items()))


def block(subject: str, pairs: Iterable[tuple[str, Term]]) -> str:
    """The triples of one subject as one paragraph; pairs of one predicate must follow each other."""
    return f"\n{iri(subject)} {lines(pairs)} .\n"


def lines(pairs: Iterable[tuple[str, Term]]) -> str:
    """What a paragraph says of its subject."""
    return said(
        ("a" if predicate == vocab.TYPE else iri(predicate), iri(item) if isinstance(item, str) else term(item))
        for predicate, item in pairs
    )


def said(pairs: Iterable[tuple[str, str]]) -> str:
    """The same of verbs and objects that are texts already."""
    made: list[str] = []
    objects: list[str] = []
    last = ""
    for verb, item in pairs:
        if verb != last and objects:
            made.append(_objects(last, objects))
            objects = []
        last = verb
        objects.append(item)
    return " ;\n    ".join([*made, _objects(last, objects)])


def term(value: Term) -> str:
    """An IRI or a literal as Turtle 1.1 writes it, a triple as 1.2 does."""
    if isinstance(value, Triple):
        return f"<<( {' '.join(map(term, value))} )>>"
    return literal(value) if isinstance(value, Literal) else iri(value)


@functools.lru_cache(maxsize=1 << 16)
def iri(value: str) -> str:
    """An IRI as a prefixed name where the grammar surely allows it, else in full between angle brackets.

    Raises KgError if it is no absolute IRI, even with its forbidden characters percent-encoded.
    """
    end = max(value.rfind("#"), value.rfind("/")) + 1
    name = _NAMESPACES.get(value[:end])
    if name and _SURE_LOCAL.fullmatch(value, end):
        return f"{name}:{value[end:]}"
    return f"<{valid(value)}>"


def valid(value: str) -> str:
    """The IRI itself, or if it is none, with its forbidden characters percent-encoded (RFC 3987, section 3.1).

    Raises KgError if even then it is no absolute IRI.
    """
    if _PLAIN.fullmatch(value):
        return value
    import pyoxigraph

    start, mark, fragment = value.partition("#")
    encoded = _FORBIDDEN.sub(_percent, start) + mark + _FORBIDDEN.sub(_percent, fragment).replace("#", "%23")
    for form in (value, encoded):
        with contextlib.suppress(ValueError):
            return str(pyoxigraph.NamedNode(form).value)
    raise KgError(f"found {value!r} where an absolute IRI belongs; mend it in the input")


@functools.lru_cache(maxsize=1 << 16)
def full(value: str) -> str:
    """As `valid`, of what comes again and again."""
    return valid(value)


def literal(value: Literal) -> str:
    """A literal; numbers and booleans bare where their form allows it."""
    bare = _BARE.get(value.datatype)
    if bare and not value.language and bare.fullmatch(value.value):
        return value.value
    text = quoted(value.value)
    if LANGUAGE.fullmatch(value.language):
        return f"{text}@{value.language}"
    return text if value.datatype == STRING else f"{text}^^{iri(value.datatype)}"


def quoted(value: str) -> str:
    """A plain text."""
    return f'"{value.translate(_ESCAPES) if SPECIAL.search(value) else value}"'


def line(subject: str, predicate: str, item: Term, graph: str = "") -> str:
    """One triple as N-Triples writes it, with a graph's IRI as N-Quads does."""
    place = f" <{full(graph)}>" if graph else ""
    return f"<{full(subject)}> <{full(predicate)}> {_plain(item)}{place} .\n"


def _plain(item: Term) -> str:
    if isinstance(item, Triple):
        return f"<<( <{full(item.subject)}> <{full(item.predicate)}> {_plain(item.object)} )>>"
    if not isinstance(item, Literal):
        return f"<{full(item)}>"
    text = quoted(item.value)
    if LANGUAGE.fullmatch(item.language):
        return f"{text}@{item.language}"
    return text if item.datatype == STRING else f"{text}^^<{full(item.datatype)}>"


def _objects(verb: str, objects: list[str]) -> str:
    line = f"{verb} {', '.join(objects)}"
    if len(objects) == 1 or len(line) < _WIDTH - len("     ;"):
        return line
    return f"{verb}\n        " + ",\n        ".join(objects)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
