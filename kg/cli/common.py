"""What the verbs of the command share: the app, options, and how to print, ask and write."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import KgError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.stages import Progress

NONE_READ, INVALID, TROUBLE, STOPPED = 1, 1, 2, 130
"""Exit codes: nothing could be read; something is not valid; a wrong call or a KgError; Ctrl-C."""

# Without rich's markup help takes a third of the time: it is asked for more often than it is admired.
app = typer.Typer(
    help="Reads articles about the AI industry, offline, into a knowledge graph in which every statement leads back.",
    epilog="Begin with: kg build seeds/ and then: kg view --open",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Outputs = Annotated[Path, typer.Option("--outputs", "-o", help="The folder that `kg build` filled.")]
Model = Annotated[Path | None, typer.Option("--model", "-m", help="Another spaCy pipeline than the shipped one.")]
By = Annotated[str, typer.Option(help="Who decides.")]
Json = Annotated[bool, typer.Option("--json", help="Give it as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing; the exit code tells.")]
Because = Annotated[str, typer.Option("--because", help="Why.")]
DEFAULT = Path("outputs")


def warn(message: str) -> None:
    """One line for a person, on standard error."""
    typer.echo(f"kg: {' '.join(printable(message).split())}", err=True)


def tell_json(value: object) -> None:
    """A value for machines; dataclasses become objects. On a terminal in ASCII, so that no text can give it orders."""
    import dataclasses
    import json

    typer.echo(json.dumps(value, ensure_ascii=sys.stdout.isatty(), indent=1, default=dataclasses.asdict))


def printable(text: str) -> str:
    """What is read from files can't give orders to the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def console(*, err: bool = False) -> Console:
    """A terminal to write on in colour, or a plain stream."""
    from rich.console import Console

    return Console(stderr=err, soft_wrap=not sys.stdout.isatty(), highlight=False)


@contextlib.contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar on the terminal, with rate and remaining time; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich
    from rich.progress import Progress
    from rich.text import Text

    class Rate(rich.ProgressColumn):
        def render(self, task: rich.Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}/s" if speed else "")

    columns = (rich.SpinnerColumn(), rich.TextColumn("{task.description:8}"), rich.BarColumn())
    counts = (rich.MofNCompleteColumn(), Rate(), rich.TimeElapsedColumn(), rich.TextColumn("left"))
    with Progress(*columns, *counts, rich.TimeRemainingColumn(), console=console(err=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                for task in bar.tasks:
                    bar.update(task.id, total=task.completed)
                tasks[stage] = bar.add_task(stage, total=of or None)
            bar.update(tasks[stage], completed=done)

        yield tell


def text(file: str, what: str = "the query in") -> str:
    """What a file holds, "-" for standard input; KgError where it can't be read."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"can't read {what} {file}: {error}") from error


def replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes beside, then renames, so that nobody finds half a file."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.writelines(chunks)
        new.replace(path)
    except OSError as error:
        raise KgError(f"can't write {path}: {error.strerror}") from error
    finally:
        new.unlink(missing_ok=True)
