"""The straight line from articles to a graph: read, annotate, lift, resolve, find disputes, write."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from kg import decisions as decided
from kg import disputes, readers, store, writers
from kg.doubts import doubts
from kg.errors import SkipDocument
from kg.graph import Graph
from kg.lexicon import Entry, using
from kg.lexicon import table as lexicons
from kg.lift import lift
from kg.linking import link
from kg.matchers import MATCHERS
from kg.profiles import Matcher
from kg.resolve import resolve
from kg.types import Annotation, Document, Skipped, Statement

if TYPE_CHECKING:
    from spacy.language import Language

T = TypeVar("T")

THRESHOLD = 0.35
"""Evidence less sure than this stays out of a graph: about two in five of the readings just below are right.
`annotated.jsonl` holds them all the same."""

LOG = ".run.json"
"""How long the stages took; the one file in a folder of outputs that differs from run to run."""

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Annotate = Callable[[Iterable[Document]], Iterable[Annotation]]
"""Reads documents: what a pipeline does, or a function in its place."""

Progress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and of how much."""


@dataclasses.dataclass(frozen=True, slots=True)
class Build:
    """A graph and what it was made from.

    `seconds` holds how long each stage took, `model` names what read the texts, `lexicon` are the user's own entries.
    """

    graph: Graph
    annotations: tuple[Annotation, ...]
    skipped: tuple[Skipped, ...]
    seconds: Mapping[str, float]
    model: str
    lexicon: tuple[Entry, ...] = ()


def build(  # noqa: PLR0913 - each option has a name
    paths: Paths,
    *,
    output: str | os.PathLike[str] | None = None,
    model: str | os.PathLike[str] | Language | Annotate | None = None,
    threshold: float = THRESHOLD,
    matchers: Sequence[Matcher] = MATCHERS,
    decisions: Iterable[Statement] = (),
    lexicon: lexicons.Paths = (),
    title: str | None = None,
    progress: Progress | None = None,
) -> Graph:
    """The graph of what the paths hold: files, folders, "-" for standard input.

    Args:
        paths: what to read; see `kg.read`. What can't be read is left out.
        output: a folder to write everything to, if some document was read; see `kg.write`.
        model: instead of the shipped pipeline the folder of another one of spaCy's, a loaded one, or a function from
            documents to annotations.
        threshold: evidence that is less sure (0..1) is left out.
        matchers: propose which entities are one; see `kg.profiles.Matcher`.
        decisions: owl:sameAs and owl:differentFrom statements that hold whatever the matchers say; those of a
            decisions.ttl in the folder of outputs hold too.
        lexicon: a table of things that are known beforehand, or several; see `kg.lexicon.table.read`.
        title: the heading of the page.
        progress: is called with stage, done and total.

    Raises:
        KgError: where there is no model, or the folder can't be written.
    """
    return run(
        paths,
        output=output,
        model=model,
        threshold=threshold,
        matchers=matchers,
        decisions=decisions,
        lexicon=lexicon,
        title=title,
        progress=progress,
    ).graph


def run(  # noqa: PLR0913 - as above
    paths: Paths,
    *,
    output: str | os.PathLike[str] | None = None,
    model: str | os.PathLike[str] | Language | Annotate | None = None,
    threshold: float = THRESHOLD,
    matchers: Sequence[Matcher] = MATCHERS,
    decisions: Iterable[Statement] = (),
    lexicon: lexicons.Paths = (),
    title: str | None = None,
    progress: Progress | None = None,
) -> Build:
    """As `build`, with what was read, what was skipped and how long it took beside the graph."""
    clock = _Clock(progress)
    known = lexicons.read_all(lexicon)  # before anything is read: a slip in it should cost no time
    skipped: list[Skipped] = []
    annotations: list[Annotation] = []
    documents: list[Document] = []
    for found in clock.each("read", readers.read(paths)):
        (documents if isinstance(found, Document) else skipped).append(found)  # type: ignore[arg-type]
    annotate, name = clock.one("load", lambda: _pipeline(model, needed=bool(documents)))
    for document in clock.each("annotate", documents, of=len(documents)):
        item = _annotated(annotate, document)
        (annotations if isinstance(item, Annotation) else skipped).append(item)  # type: ignore[arg-type]
    given = (*decisions, *(decided.read(Path(output) / decided.FILE) if output is not None else ()))
    with using(known):
        graph = clock.one("resolve", lambda: _graph(annotations, threshold, matchers, given))
    result = Build(graph, tuple(annotations), tuple(skipped), clock.seconds, name, known)
    if output is not None and annotations:
        options = {"threshold": threshold, "matchers": [getattr(each, "__name__", "") for each in matchers]}
        clock.one("write", lambda: _write(result, Path(output), options, title))
        _log(Path(output), result)
    return result


def rebuild(folder: str | os.PathLike[str]) -> Graph:
    """Resolves and writes a folder of outputs anew from what was read before, with the decisions that are there now.

    Raises KgError where the folder holds no graph, or nothing of what was read.
    """
    path = Path(folder)
    store.check(path)
    annotations = tuple(store.read_annotations(path))
    manifest = store.manifest(path)
    options = manifest.get("options", {})
    given, known = decided.read(path / decided.FILE), store.lexicon(path)
    with using(known):
        graph = _graph(annotations, float(options.get("threshold", 0.0)), MATCHERS, given)
    skipped = tuple(Skipped(**each) for each in manifest.get("skipped", ()))
    result = Build(graph, annotations, skipped, {}, manifest.get("model", ""), known)
    _write(result, path, options, manifest.get("title"))
    return graph


def _graph(
    annotations: Iterable[Annotation], threshold: float, matchers: Sequence[Matcher], decisions: Iterable[Statement]
) -> Graph:
    listed = list(annotations)
    statements = (statement for item in listed for statement in lift(item, threshold=threshold))
    found = Graph(statements, (item.document for item in listed))
    return disputes.add(link(resolve(found, matchers=matchers, decisions=decisions)))


def _pipeline(model: str | os.PathLike[str] | Language | Annotate | None, *, needed: bool) -> tuple[Annotate, str]:
    """What annotates, and its name and version."""
    if not needed:
        return lambda documents: (), ""  # noqa: ARG005 - nothing to load a network for
    if callable(model) and not hasattr(model, "pipe_names"):
        return model, getattr(model, "__name__", "")
    from kg.nlp import pipeline

    nlp: Language
    if model is None or isinstance(model, str | os.PathLike):
        nlp = pipeline.load(None if model is None else Path(model))
    else:
        nlp = cast("Language", model)
    name = f"{nlp.meta.get('lang')}_{nlp.meta.get('name')} {nlp.meta.get('version')}"
    return lambda documents: pipeline.annotate(nlp, documents), name


def _annotated(annotate: Annotate, document: Document) -> Annotation | Skipped:
    """What was read in a document; why not, where it can't be."""
    try:
        return next(iter(annotate([document])))
    except SkipDocument as reason:
        return Skipped(document.name, str(reason))
    except Exception as error:  # noqa: BLE001 - one hostile text must not cost the others
        what = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Skipped(document.name, f"reading it failed: {what}")


def _write(result: Build, folder: Path, options: Mapping[str, object], title: str | None) -> None:
    with using(result.lexicon):
        writers.write(
            result.graph,
            folder,
            annotations=result.annotations,
            skipped=result.skipped,
            unsure=doubts(result.graph),
            lexicon=result.lexicon,
            options=options,
            model=result.model,
            title=title or writers.TITLE,
        )


class _Clock:
    """Tells how far a stage is, and measures how long each takes."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    def each(self, stage: str, items: Iterable[T], *, of: int = 0) -> Iterator[T]:
        """The items, one by one; the time between them counts too."""
        start = time.perf_counter()
        self._tell(stage, 0, of)
        for done, item in enumerate(items, 1):
            yield item
            self._tell(stage, done, of)
        self.seconds[stage] = time.perf_counter() - start

    def one(self, stage: str, task: Callable[[], T]) -> T:
        """What the task gives."""
        (result,) = [task() for _ in self.each(stage, [None], of=1)]
        return result

    def _tell(self, stage: str, done: int, of: int) -> None:
        if self._progress:
            self._progress(stage, done, of)


def _log(folder: Path, result: Build) -> None:
    record = {
        "documents": len(result.annotations),
        "characters": sum(len(item.document.text) for item in result.annotations),
        "seconds": {stage: round(spent, 3) for stage, spent in result.seconds.items()},
    }
    (folder / LOG).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
