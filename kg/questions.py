"""The questions that `kg` knows by name: SPARQL in `kg/queries`, with a title, a comment and parameters at its head."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError

FOLDER = Path(__file__).parent / "queries"

_PARAMETER = re.compile(
    r"# (?P<name>\w+) = \?(?P<variable>\w+) \((?P<kind>name|text)(?P<needed>, needed)?\): (?P<help>.+)"
)
_IRI = re.compile(r"[^<>\"{}|\\^`\x00-\x20]+")


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked of a question: `kind` "name" (of an entity; or its IRI) or "text"; `variable` stands for it."""

    name: str
    variable: str
    kind: str
    needed: bool
    help: str


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A query with its name, title, comment and parameters; `sparql` is the whole file, a query as it stands."""

    name: str
    title: str
    comment: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def filled(self, values: Mapping[str, str | list[str]]) -> str:
        """The query with values for parameters by name: a text, or the IRIs of what has the name.

        They go in as VALUES, escaped. Raises KgError for a parameter that is unknown or missing.
        """
        known = {item.name: item for item in self.parameters}
        for name in values:
            if name not in known:
                choice = ", ".join(known) or "it has none"
                raise KgError(f"the question {self.name} has no parameter {name!r}; choose one of: {choice}")
        sparql = self.sparql
        for name, item in known.items():
            if name in values:
                terms = _terms(item, values[name])
                sparql = sparql.replace(f"# VALUES ?{item.variable}\n", f"VALUES ?{item.variable} {{ {terms} }}\n")
            elif item.needed:
                raise KgError(f"the question {self.name} needs {name}: {item.help}; add -p {name}=…")
        return sparql


@functools.cache
def questions() -> Mapping[str, Question]:
    """All of them by name, in order."""
    found = (_read(path) for path in sorted(FOLDER.glob("*.rq")))
    return {item.name: item for item in found}


def question(name: str) -> Question:
    """One of them. Raises KgError if there is none of this name."""
    if name not in questions():
        raise KgError(f"no question is called {name!r}; see: kg query --list")
    return questions()[name]


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("# ")]
    parameters = [_PARAMETER.fullmatch(line) for line in head]
    comment = [line[2:] for line, found in zip(head, parameters, strict=True) if not found][1:]
    return Question(
        name=path.stem,
        title=head[0][2:],
        comment=" ".join(comment),
        parameters=tuple(
            Parameter(item["name"], item["variable"], item["kind"], bool(item["needed"]), item["help"])
            for item in parameters
            if item
        ),
        sparql=text,
    )


def _terms(item: Parameter, value: str | list[str]) -> str:
    if item.kind == "text":
        return literal(str(value))
    iris = [value] if isinstance(value, str) else value
    return " ".join(f"<{iri}>" for iri in iris if _IRI.fullmatch(iri))


def literal(text: str) -> str:
    """A text as a literal of SPARQL, whatever it holds: the escapes of JSON are among those of SPARQL (19.7)."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
