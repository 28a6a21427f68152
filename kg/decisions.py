"""What people decided about which entities are one: an append-only file of Turtle, read and added to."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg import folder as folders
from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Evidence, Statement, digest

FILE = "decisions.ttl"
"""Its name in a folder of outputs; `kg build` reads it there and never writes it."""

_HEADING = """# What people decided about which entities are one. Lines are only ever added; of two decisions about one
# pair the later holds. Each says that every one of its subjects is the same as, or another than, each of its objects.
"""
_STATED = {vocab.SAME_AS: "owl:sameAs", vocab.DIFFERENT_FROM: "owl:differentFrom"}
_CREATOR, _REASON, _PLACE = vocab.DCTERMS + "creator", vocab.RDFS + "comment", vocab.DCTERMS + "identifier"


class Choice(NamedTuple):
    """One decision of a person: all of `ones` are the same as all of `others`, or are not; why, and by whom."""

    ones: tuple[str, ...]
    others: tuple[str, ...]
    same: bool
    reason: str
    by: str


def read(path: Path) -> tuple[Statement, ...]:
    """The decisions that hold, as owl:sameAs and owl:differentFrom statements for `kg.resolve`; none without a file.

    Raises KgError where the file is no Turtle.
    """
    held: dict[tuple[str, str], Statement] = {}
    for choice in choices(path):
        for one in choice.ones:
            for two in choice.others:
                if one != two:
                    first, second = sorted((one, two))
                    held[first, second] = _statement(first, second, choice)
    return tuple(held[pair] for pair in sorted(held))


def choices(path: Path) -> list[Choice]:
    """All decisions of a file in the order in which they were made, those too that later ones took back."""
    if not path.exists():
        return []
    import pyoxigraph as ox

    found: dict[str, dict[str, list[str]]] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                mine = found.setdefault(quad.subject.value, {})
                mine.setdefault(quad.predicate.value, []).append(quad.object.value)
    except (SyntaxError, OSError) as error:
        raise KgError(f"{path.name} can't be read ({error}); mend that line by hand") from error
    return [_choice(record) for record in sorted(found.values(), key=lambda record: record.get(_PLACE, [""])[0])]


def add(path: Path, choice: Choice) -> None:
    """Appends a decision; what stands in the file stays, byte for byte. Raises KgError where it can't be written."""
    number = len(choices(path)) + 1
    text = _block(number, choice)
    try:
        start = "" if path.exists() else _HEADING + _prefixes()
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(start + text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KgError(f"can't write {path}: {error.strerror}") from error


def forget(path: Path, documents: Collection[str]) -> None:
    """Takes the entities of these documents out of all decisions; one without a side then goes. Raises OSError."""
    before = choices(path)
    sides = ([_others(side, documents) for side in (choice.ones, choice.others)] for choice in before)
    after = [choice._replace(ones=ones, others=others) for choice, (ones, others) in zip(before, sides, strict=True)]
    kept = [choice for choice in after if choice.ones and choice.others]
    if kept != before:
        blocks = "".join(_block(number, choice) for number, choice in enumerate(kept, 1))
        folders.saved(path, (_HEADING + _prefixes() + blocks).encode())


def _others(side: Iterable[str], documents: Collection[str]) -> tuple[str, ...]:
    return tuple(iri for iri in side if iri.partition("#")[0] not in documents)


def members(graph: Graph, thing: str) -> tuple[str, ...]:
    """The entities of documents that are this thing in a graph, sorted."""
    found = (item for item in graph.mentioning(thing) if item.predicate == vocab.SAME_AS)
    return tuple(sorted(item.subject for item in found if "#" in item.subject))


def _choice(record: Mapping[str, list[str]]) -> Choice:
    stated = record.get(vocab.RDF + "predicate", [""])[0]
    return Choice(
        ones=tuple(sorted(record.get(vocab.RDF + "subject", ()))),
        others=tuple(sorted(record.get(vocab.RDF + "object", ()))),
        same=stated == vocab.SAME_AS,
        reason=record.get(_REASON, [""])[0],
        by=record.get(_CREATOR, [""])[0],
    )


def _statement(one: str, two: str, choice: Choice) -> Statement:
    predicate = vocab.SAME_AS if choice.same else vocab.DIFFERENT_FROM
    reason = f"decided by {choice.by or 'a person'}" + f": {choice.reason}" * bool(choice.reason)
    document = one.partition("#")[0]
    evidence = Evidence(digest((one, predicate, two, reason)), document, 0, 0, "", reader="person", reason=reason)
    return Statement(one, predicate, two, (evidence,))


def _prefixes() -> str:
    used = ("dcterms", "owl", "rdf", "rdfs")
    return "\n" + "".join(f"@prefix {name}: <{vocab.PREFIXES[name]}> .\n" for name in used)


def _block(number: int, choice: Choice) -> str:
    predicate = vocab.SAME_AS if choice.same else vocab.DIFFERENT_FROM
    name = vocab.BASE + "decision/" + digest((number, predicate, choice.ones, choice.others))
    rows = (
        ("rdf:subject", " ,\n        ".join(_iris(choice.ones))),
        ("rdf:predicate", _STATED[predicate]),
        ("rdf:object", " ,\n        ".join(_iris(choice.others))),
        ("rdfs:comment", _quoted(choice.reason)),
        ("dcterms:creator", _quoted(choice.by)),
        ("dcterms:identifier", _quoted(f"{number:06}")),
    )
    return f"\n<{name}> a rdf:Statement" + "".join(f" ;\n    {key} {value}" for key, value in rows) + " .\n"


def _iris(found: Iterable[str]) -> Iterator[str]:
    import pyoxigraph as ox

    return (str(ox.NamedNode(iri)) for iri in sorted(found))


def _quoted(text: str) -> str:
    import pyoxigraph as ox

    return str(ox.Literal(" ".join(text.split())))
