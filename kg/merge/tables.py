"""Rows of a table in CSV, TSV, JSON, JSON Lines or YAML, each with the place where it stands in its file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError

SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml")
"""What a table's name ends in."""

_TEST = r"""@\.[\w-]+\s*(?:==|!=)\s*(?:'[^']*'|"[^"]*")"""
_STEP = re.compile(rf"""\.([\w-]+)|\['([^']+)'\]|\[\*\]|\[\?\(({_TEST}(?:\s*&&\s*{_TEST})*)\)\]""")
_PART = re.compile(r"""@\.([\w-]+)\s*(==|!=)\s*(?:'([^']*)'|"([^"]*)")""")
_LIMIT = 1 << 24  # characters of one cell


class Row(NamedTuple):
    """One record: `where` says in words where it stands ("row 12"), `cells` what its columns hold, if only nothing.

    A cell of JSON or YAML that is a list has several values; fields of nested objects are named "outer.inner", and
    those of the objects around the record have a "^" before their name for each step outwards.
    """

    where: str
    cells: Mapping[str, tuple[str, ...]]


def read(path: Path, data: bytes, iterator: str = "") -> Iterator[Row]:
    """The rows of a table. `iterator` is the JSONPath of the records in JSON and YAML: `$.data[*]`.

    Of JSONPath (RFC 9535) it takes names, `[*]`, and filters such as `[?(@.name=="x")]`. Raises KgError with the line
    that is broken.
    """
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        yield from _separated(path, _text(path, data), "\t" if suffix == ".tsv" else ",")
        return
    for number, (record, around) in enumerate(_select(path, value(path, data), iterator or "$[*]"), 1):
        if not isinstance(record, dict):
            raise KgError(f"{path.name}, record {number}: found {type(record).__name__}, expected an object")
        outer = {
            "^" * depth + key: found for depth, each in enumerate(around, 1) for key, found in _flat(each, deep=False)
        }
        yield Row(f"record {number}", {**outer, **dict(_flat(record))})


def columns(rows: list[Row]) -> list[str]:
    """The columns of all rows, in the order in which they come up."""
    return list(dict.fromkeys(column for row in rows for column in row.cells))


def _text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KgError(f"{path.name}, line {line}: this is not UTF-8; save the table as UTF-8") from None


def _separated(path: Path, text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        heading = [column.strip() for column in next(reader, [])]
        if not any(heading) or len(set(filter(None, heading))) < len(list(filter(None, heading))):
            raise KgError(f"{path.name}, line 1: expected a heading with a different name for each column")
        for number, cells in enumerate((row for row in reader if any(row)), 1):
            if len(cells) != len(heading):
                raise KgError(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells, and the heading has {len(heading)}"
                )
            filled = {
                key: (cell.strip(),) * bool(cell.strip()) for key, cell in zip(heading, cells, strict=True) if key
            }
            yield Row(f"row {number}", filled)
    except csv.Error as error:
        raise KgError(f"{path.name}, line {reader.line_num}: {error}") from None


def value(path: Path, data: bytes) -> Any:
    """What a file of JSON, JSON Lines or YAML holds. Raises KgError with the line that is broken."""
    text = _text(path, data)
    try:
        if path.suffix.lower() == ".jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        return json.loads(text) if path.suffix.lower() == ".json" else _yaml(path, text)
    except json.JSONDecodeError as error:
        raise KgError(f"{path.name}, line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise KgError(f"{path.name} is nested too deeply") from None


def _yaml(path: Path, text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, _loader())  # noqa: S506 - made of SafeLoader
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise KgError(f"{path.name}{line}: {error.problem}") from None
    except yaml.YAMLError as error:
        raise KgError(f"{path.name} is no YAML: {' '.join(str(error).split())}") from None


def _loader() -> type[Any]:
    """YAML in which only null, lists and objects are told from text, so that values stay as they are written."""
    import yaml

    class Plain(yaml.SafeLoader):
        """Knows no numbers, dates or booleans, and no aliases: ten lines of them can stand for a billion values."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.MarkedYAMLError(problem="aliases are not read; write the value out", problem_mark=mark)
            return super().compose_node(parent, index)

    Plain.yaml_implicit_resolvers = {
        first: [pair for pair in found if pair[0] == "tag:yaml.org,2002:null"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Plain


def _select(path: Path, whole: Any, iterator: str) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """What the JSONPath picks, each with the objects around it, the nearest first."""
    steps = list(_STEP.finditer(iterator, 1))
    if not iterator.startswith("$") or "".join(step[0] for step in steps) != iterator[1:]:
        raise KgError(f"can't follow the iterator {iterator!r}; it takes names, [*] and [?(@.name=='…')]: $.data[*]")
    found: list[tuple[Any, tuple[Any, ...]]] = [(whole, ())]
    for step in steps:
        found = [each for pair in found for each in _step(step, *pair)]
    if not found:
        raise KgError(f"{path.name} holds nothing at {iterator}; look at the iterator in the mapping")
    return iter(found)


def _step(step: re.Match[str], item: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    if name := step[1] or step[2]:
        if isinstance(item, dict) and name in item:
            yield item[name], (item, *around)
        return
    members = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    tests = _PART.findall(step[3] or "")
    for each in members:
        if all(_holds(each, *test) for test in tests):
            yield each, around


def _holds(item: Any, name: str, sign: str, one: str, two: str) -> bool:
    equal = isinstance(item, dict) and str(item.get(name)) == (one or two)
    return equal == (sign == "==")


def _flat(record: Mapping[str, Any], before: str = "", *, deep: bool = True) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and deep:
            yield from _flat(value, f"{name}.")
        elif deep or not isinstance(value, dict | list):
            yield name, tuple(filter(None, map(_scalar, value if isinstance(value, list) else [value])))


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).strip() if not isinstance(value, bool) else str(value).lower()
