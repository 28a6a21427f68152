"""The reference pages of docs/, made from the program: its commands, its ontology, its names for Python."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import typer.main

import kg
from kg.cli import app
from kg.ontology import Class, Relation, ontology


def commands() -> Iterator[str]:
    """Each verb with its arguments and options, in the order of `kg --help`."""
    group: Any = typer.main.get_command(app)
    for name, verb in group.commands.items():
        if verb.hidden:
            continue
        context = verb.make_context(f"kg {name}", [], resilient_parsing=True)
        usage = " ".join(verb.get_usage(context).split()).removeprefix("Usage: ")
        yield f"## kg {name}\n\n{inspect.cleandoc(verb.help or '')}\n\n```text\n{usage}\n```"
        records = [item.get_help_record(context) for item in verb.params]
        yield rows_of(("argument, option", "meaning"), [(f"`{one}`", told) for one, told in filter(None, records)])
        if verb.epilog:
            examples = re.split(r"\s+·\s+", re.sub(r"^Examples?:\s*", "", verb.epilog))
            yield "```sh\n" + "\n".join(examples) + "\n```"


def types() -> Iterator[str]:
    """The types of what is mentioned."""
    known = ontology()
    rows = [(f"**{name}**", known.classes[name].comment, family(known.classes[name])) for name in known.mentionable]
    yield rows_of(("type", "what it is", "kind of, drawn as"), rows)


def family(item: Class) -> str:
    """The superclasses, and how it is drawn."""
    return f"{', '.join(item.parents)}; {item.group}, {item.shape}"


def relations() -> Iterator[str]:
    """What can be stated, in the order of the ontology."""
    for name, item in ontology().relations.items():
        yield f"### {name}\n\n{item.comment}"
        yield "\n".join(f"* {line}" for line in traits(item))


def traits(item: Relation) -> Iterator[str]:
    """What may stand at its ends, and what follows from it."""
    known = ontology()
    yield "from: " + (", ".join(each for each in known.mentionable if each in item.domain))
    yield "to: " + (", ".join(each for each in known.mentionable if each in item.range))
    if item.functional:
        alone = ", ".join(each for each in known.mentionable if each in item.functional_for)
        yield f"single-valued for {alone}: two values are a dispute"
    if item.symmetric:
        yield "symmetric"
    if item.inverse:
        yield f"read backwards: `{item.inverse}`"
    if item.period:
        yield f"`{item.period}` where the value is a period and no date"


def python() -> Iterator[str]:
    """What `import kg` gives, functions first."""
    named = [(name, getattr(kg, name)) for name in kg.__all__]
    for title, wanted in (("Functions", inspect.isfunction), ("Values", inspect.isclass)):
        yield f"## {title}"
        for name, item in named:
            if wanted(item):
                yield from described(f"### kg.{name}", f"kg.{name}", item)
                if inspect.isclass(item):
                    yield from members(name, item)


def members(name: str, item: type) -> Iterator[str]:
    """The public methods and properties that say what they do."""
    for own, value in vars(item).items():
        if own.startswith("_") or not inspect.getdoc(value):
            continue
        if isinstance(value, property):
            yield f"#### {name}.{own}\n\n{inspect.getdoc(value)}"
        elif inspect.isfunction(value):
            yield from described(f"#### {name}.{own}", f"{name}.{own}", value)


def described(head: str, name: str, item: Any) -> Iterator[str]:
    """A heading, the call, and the docstring."""
    yield head
    if not (inspect.isclass(item) and issubclass(item, Exception)):
        call = re.sub(r"<function (\w+) at \w+>", r"\1", str(inspect.signature(item)))
        yield f"```python\n{name}" + re.sub(r"(: |-> )([\"'])(.*?)\2", r"\1\3", call) + "\n```"
    yield sections(inspect.getdoc(item) or "")


def sections(text: str) -> str:
    """A docstring, its arguments and errors as lists."""
    text = re.sub(r"^(Args|Raises|Returns|Yields):\n", r"\1:\n\n", text, flags=re.MULTILINE)
    return re.sub(r"^    (\w+): ", r"* `\1`: ", text, flags=re.MULTILINE)


def rows_of(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(
        "| " + " | ".join(" ".join(each.replace("|", "\\|").split()) for each in line) + " |" for line in lines
    )


MADE: dict[str, Callable[[], Iterable[str]]] = {made.__name__: made for made in (commands, types, relations, python)}
