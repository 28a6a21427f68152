"""The straight line from articles to a graph: read, annotate, lift, resolve, find disputes, write."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg import disputes, readers, writers
from kg.errors import SkipDocument
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import MATCHERS
from kg.profiles import Matcher
from kg.resolve import resolve
from kg.types import Annotation, Document, Skipped, Statement

if TYPE_CHECKING:
    from spacy.language import Language

T = TypeVar("T")

LOG = ".run.json"
"""How long the stages took; the one file in a folder of outputs that differs from run to run."""

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Annotate = Callable[[Iterable[Document]], Iterable[Annotation]]
Progress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and of how much."""


@dataclasses.dataclass(frozen=True, slots=True)
class Build:
    """A graph and what it was made from: `seconds` holds how long each stage took, `model` names what read the texts."""

    graph: Graph
    annotations: tuple[Annotation, ...]
    skipped: tuple[Skipped, ...]
    seconds: Mapping[str, float]
    model: str


def build(
    paths: Paths,
    *,
    output: str | os.PathLike[str] | None = None,
    model: str | os.PathLike[str] | Language | None = None,
    annotate: Annotate | None = None,
    threshold: float = 0.0,
    matchers: Sequence[Matcher] = MATCHERS,
    decisions: Iterable[Statement] = (),
    title: str | None = None,
    progress: Progress | None = None,
) -> Graph:
    """The graph of what the paths hold: files, folders, "-" for standard input.

    Args:
        paths: what to read; see `kg.read`. What can't be read is left out.
        output: a folder to write everything to; see `kg.write`.
        model: the folder of a spaCy pipeline, or a loaded one, instead of the shipped one.
        annotate: reads documents instead of a pipeline: documents in, their annotations out.
        threshold: evidence that is less sure (0..1) is left out.
        matchers: propose which entities are one; see `kg.profiles.Matcher`.
        decisions: owl:sameAs and owl:differentFrom statements that hold whatever the matchers say.
        title: the heading of the page.
        progress: is called with stage, done and total.

    Raises:
        KgError: where there is no model, or the folder can't be written.
    """
    return run(
        paths,
        output=output,
        model=model,
        annotate=annotate,
        threshold=threshold,
        matchers=matchers,
        decisions=decisions,
        title=title,
        progress=progress,
    ).graph


def run(
    paths: Paths,
    *,
    output: str | os.PathLike[str] | None = None,
    model: str | os.PathLike[str] | Language | None = None,
    annotate: Annotate | None = None,
    threshold: float = 0.0,
    matchers: Sequence[Matcher] = MATCHERS,
    decisions: Iterable[Statement] = (),
    title: str | None = None,
    progress: Progress | None = None,
) -> Build:
    """As `build`, with what was read, what was skipped and how long it took beside the graph."""
    clock = _Clock(progress)
    found = list(clock.each("read", readers.read(paths)))
    documents = [item for item in found if isinstance(item, Document)]
    skipped = [item for item in found if isinstance(item, Skipped)]
    name = ""
    if annotate is None and documents:
        annotate, name = clock.one("load", lambda: _pipeline(model))
    annotations = []
    for document in clock.each("annotate", documents, of=len(documents)):
        item = _annotated(annotate, document) if annotate else None
        (skipped if isinstance(item, Skipped) else annotations).append(item)  # type: ignore[arg-type]
    graph = clock.one("resolve", lambda: _graph(annotations, threshold, matchers, decisions))
    if output is not None:
        options = {"threshold": threshold, "matchers": [matcher.__name__ for matcher in matchers]}  # type: ignore[attr-defined]
        more = {} if title is None else {"title": title}
        clock.one(
            "write",
            lambda: writers.write(
                graph, Path(output), annotations=annotations, skipped=skipped, options=options, model=name, **more
            ),
        )
        _log(Path(output), clock.seconds, documents)
    return Build(graph, tuple(annotations), tuple(skipped), clock.seconds, name)


def _graph(
    annotations: Iterable[Annotation], threshold: float, matchers: Sequence[Matcher], decisions: Iterable[Statement]
) -> Graph:
    listed = list(annotations)
    statements = (statement for item in listed for statement in lift(item, threshold=threshold))
    found = Graph(statements, (item.document for item in listed))
    return disputes.add(resolve(found, matchers=matchers, decisions=decisions))


def _pipeline(model: str | os.PathLike[str] | Language | None) -> tuple[Annotate, str]:
    """What annotates, and its name and version."""
    from kg.nlp import pipeline

    nlp = pipeline.load(Path(model) if model else None) if model is None or isinstance(model, str | os.PathLike) else model
    name = f"{nlp.meta.get('lang')}_{nlp.meta.get('name')} {nlp.meta.get('version')}"
    return lambda documents: pipeline.annotate(nlp, documents), name


def _annotated(annotate: Annotate, document: Document) -> Annotation | Skipped:
    """What was read in a document; why not, where it can't be."""
    try:
        return next(iter(annotate([document])))
    except SkipDocument as reason:
        return Skipped(document.name, str(reason))
    except Exception as error:  # noqa: BLE001 - one hostile text must not cost the others
        return Skipped(document.name, f"reading it failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}")


class _Clock:
    """Tells how far a stage is, and measures how long each takes."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress or (lambda stage, done, of: None)
        self.seconds: dict[str, float] = {}

    def each(self, stage: str, items: Iterable[T], *, of: int = 0) -> Iterator[T]:
        """The items, one by one; the time between them counts too."""
        start, done = time.perf_counter(), 0
        self._progress(stage, 0, of)
        for item in items:
            yield item
            done += 1
            self._progress(stage, done, of)
        self.seconds[stage] = time.perf_counter() - start

    def one(self, stage: str, task: Callable[[], T]) -> T:
        """What the task gives."""
        (result,) = [task() for _ in self.each(stage, [None], of=1)]
        return result


def _log(folder: Path, seconds: Mapping[str, float], documents: Sequence[Document]) -> None:
    record = {
        "documents": len(documents),
        "characters": sum(len(document.text) for document in documents),
        "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
    }
    (folder / LOG).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
