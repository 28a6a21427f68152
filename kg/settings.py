"""Settings that stay: what `kg.toml` and the environment say, where a call doesn't.

An option goes before the environment, the environment before the file, the file before the default; and what is said
of one verb before what is said of all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import KgError

FILE = Path("kg.toml")
PREFIX = "KG_"

Value: TypeAlias = str | list[str]

_OUTPUTS = dict.fromkeys(
    ("build", "export", "explain", "forget", "info", "mcp", "merge-entities", "query", "review", "split", "why"),
    "outputs",
) | {"serve": "graph"}
"""Verbs that take the folder that is set for all, with the name of their argument; `kg view` asks for it itself."""

OPTIONS: dict[str, dict[str, tuple[str, str, str]]] = {
    "build": {
        "model": ("model", '"mine-model"', "another spaCy pipeline than the shipped one"),
        "threshold": ("threshold", "0.45", "leave out what is less sure"),
        "lexicon": ("lexicon", '["names.csv"]', "tables of things you know"),
        "title": ("title", '"What the articles say"', "the heading of the page"),
        "jobs": ("jobs", "1", "so many processes read articles"),
        "quiet": ("quiet", "false", "say nothing unless something is wrong"),
    },
    "query": {
        "evidence": ("evidence", "false", "quote what each row rests on"),
        "format": ("form", '"table"', "table, csv, tsv, json, xml or turtle"),
        "timeout": ("timeout", "30", "give up after so many seconds"),
    },
    "view": {
        "title": ("title", '"What the articles say"', "the heading of the page"),
        "embed-text": ("embed", '"context"', "of the articles: none, context or full"),
        "theme": ("theme", '"auto"', "auto, light or dark"),
        "open": ("show", "false", "show it in the browser"),
    },
    "serve": {
        "port": ("port", "8000", "0 for any that is free"),
        "host": ("host", '"127.0.0.1"', "another address to listen at than this machine's own"),
        "timeout": ("timeout", "10", "seconds that a query may take"),
        "memory": ("memory", "1024", "megabytes that it may need beside the graph"),
        "size": ("size", "64", "megabytes that its answer may have"),
        "workers": ("workers", "2", "quick queries side by side; else one a CPU"),
        "name": ("name", '["graph.example.org"]', "names under which it is asked"),
        "cors": ("cors", '["https://example.org"]', "sites whose pages may read the answers"),
        "open": ("show", "false", "show it in the browser"),
    },
    "mcp": {"timeout": ("timeout", "10", "seconds that a SPARQL query may take")},
}
"""Of each verb what may be set: the option's name, that of its argument in `kg.cli`, an example, what it does."""


def defaults(file: Path = FILE, environment: Mapping[str, str] = os.environ) -> dict[str, dict[str, Value]]:
    """By verb and argument what holds where a call doesn't say; nothing for what is set nowhere.

    Raises KgError if the file can't be read, is no TOML, or sets what nobody knows.
    """
    said = _read(file)
    found: dict[str, dict[str, Value]] = {verb: {} for verb in (*_OUTPUTS, *OPTIONS)}
    if value := outputs(file, environment):
        for verb, argument in _OUTPUTS.items():
            found[verb][argument] = value
    for verb, options in OPTIONS.items():
        for option, (argument, _, _) in options.items():
            set_here = environment.get(_variable(verb, option))
            chosen = set_here or _plain(said.get(verb, {}).get(option), f"{verb}.{option}")
            if chosen:
                found[verb][argument] = chosen
    return found


def outputs(file: Path = FILE, environment: Mapping[str, str] = os.environ) -> str:
    """The folder that is set for all verbs, "" where none is. Raises KgError as `defaults` does."""
    return environment.get(_variable("outputs")) or str(_plain(_read(file).get("outputs"), "outputs"))


def given() -> bool:
    """Whether anything may be set at all: a file, or a variable of our own."""
    return FILE.is_file() or any(name.startswith(PREFIX) for name in os.environ)


def template() -> str:
    """A `kg.toml` that sets nothing: everything in it is a comment."""
    return "\n".join(_template()) + "\n"


def _template() -> Iterator[str]:
    yield "# Settings of kg for this folder. An option goes before the environment (such as KG_OUTPUTS or"
    yield "# KG_BUILD_THRESHOLD), the environment before this file. Take away a # to set something."
    yield ""
    yield '#outputs = "outputs"  # the folder that kg build fills and the others ask'
    for verb, options in OPTIONS.items():
        yield f"\n[{verb}]"
        yield from (f"#{name} = {example}  # {told}" for name, (_, example, told) in options.items())


def _read(file: Path) -> dict[str, Any]:
    """What the file says, without anything that is not known."""
    if not file.is_file():
        return {}
    import tomllib

    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise KgError(f"can't read {file}: {error}") from error
    _known(said, {"outputs", *OPTIONS}, str(file))
    for verb, options in OPTIONS.items():
        if not isinstance(said.get(verb, {}), dict):
            raise KgError(f"{file}: expected [{verb}] with its settings below; `kg init` shows how")
        _known(said.get(verb, {}), set(options), f"{file}, [{verb}]")
    return said


def _known(said: Mapping[str, Any], names: set[str], place: str) -> None:
    for name in said:
        if name not in names:
            raise KgError(f"{place}: {name!r} can't be set; choose one of {', '.join(sorted(names))}")


def _plain(value: object, name: str) -> Value:
    """A value as if it stood in a call; "" for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, (str, int, float)):
        return str(value).lower() if isinstance(value, bool) else str(value)
    raise KgError(f"{FILE}: {name} is a {type(value).__name__}, expected a text, a number, true, false or a list")


def _variable(*names: str) -> str:
    return PREFIX + "_".join(names).upper().replace("-", "_")
