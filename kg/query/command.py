"""What `kg query` does, as a plain function from its options to the text that it prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.query import Endpoint, Source, filled, run
from kg.result import Result

FORMS = ("table", "csv", "tsv", "json", "xml", "turtle")


class Call(NamedTuple):
    """The options of `kg query`: what is asked, of whom, and how the answer is to look.

    `sparql`, `file` ("-" is standard input) or `name` (with its `param`, as "name=value") say what; `width` is that of
    the terminal, None where there is none.
    """

    sparql: str | None = None
    file: str | None = None
    name: str | None = None
    param: Sequence[str] = ()
    form: str | None = None
    evidence: bool = False
    outputs: str | Path = "outputs"
    endpoint: str | None = None
    timeout: float | None = None
    width: int | None = None


def answer(call: Call) -> str:
    """The text to print: without `form` Turtle for triples, else a table on a terminal and CSV elsewhere.

    Raises KgError for a wrong call, and as `kg.query.run` does.
    """
    return _written(found(call), call)


def found(call: Call) -> Result:
    """What is answered; it is true if there are rows, or if ASK says so. Raises KgError as `answer` does."""
    if [call.sparql, call.file, call.name].count(None) != 2:  # noqa: PLR2004 - one of the three
        raise KgError("expected one query: as an argument, in a file with -f, or a question's name with -n")
    if call.form not in (None, *FORMS):
        raise KgError(f"unknown format {call.form!r}; choose one of {', '.join(FORMS)}")
    source: Source = Endpoint(call.endpoint) if call.endpoint else call.outputs
    if call.name is not None:
        sparql = filled(source, call.name, _pairs(call.param), timeout=call.timeout)
    else:
        sparql = _read(call.file) if call.file is not None else call.sparql or ""
    return run(source, sparql, timeout=call.timeout, evidence=call.evidence)


def _written(result: Result, call: Call) -> str:
    form = call.form or ("turtle" if result.kind == "graph" else "table" if call.width else "csv")
    if form == "table" and call.evidence:
        from kg.query.evidence import table

        return table(result, width=call.width)
    if form == "table":
        return result.to_table(width=call.width)
    written: str = getattr(result, f"to_{form}")()
    return written if written.endswith("\n") else written + "\n"


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise KgError(f"can't read the query in {file}: {error}") from error


def _pairs(params: Sequence[str]) -> dict[str, str]:
    pairs = {name: value for name, mark, value in (item.partition("=") for item in params) if mark}
    if len(pairs) != len(params):
        raise KgError("expected each -p once, as name=value, such as -p maker=OpenAI")
    return pairs
