"""Merges graphs: ours with other people's RDF and tables, without losing who said what, so that it can be undone."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg import folder as folders
from kg import store, writers
from kg.doubts import doubts
from kg.errors import KgError
from kg.graph import Graph
from kg.lexicon import using
from kg.merge import crosswalk, mapping, sources, stated
from kg.merge.report import matches, report
from kg.merge.settle import settle
from kg.merge.sources import Source
from kg.merge.stated import FILE as STATED
from kg.runs import on_disk, place
from kg.stages import Clock, Progress
from kg.types import Document, Statement

__all__ = ["STATED", "Merged", "merge", "rebuild", "told", "unmerge", "write"]

REPORT, MATCHES = "merge.md", "matches.sssom.tsv"
LARGE = 1 << 29
"""Bytes of sources beyond which graphs are kept on the disk: to bound memory (not measured yet), at a cost of time."""

MANY = 50_000
"""Things beyond which no page is drawn, and nobody is asked which of them may be one."""

TITLE = "What the sources say"

WRITE = "write"
"""The stage in which statements are written; those before are in `kg.merge.sources` and `kg.merge.settle`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Merged:
    """A merged graph, what the sources state of which it is made, and warnings for a person."""

    graph: Graph
    source: Source

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out or is strange, a line each."""
        return self.source.warnings


def merge(
    paths: Iterable[str | os.PathLike[str]],
    *,
    mappings: Iterable[str] = (),
    crosswalks: Iterable[str | os.PathLike[str]] = (),
    output: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Merged:
    """One graph out of folders of outputs, foreign RDF and tables; see docs/merging.md.

    The order of the paths and how often one is given don't matter; a merged folder can be merged again.

    Args:
        paths: folders that `kg` filled, files of RDF, tables.
        mappings: how to read tables: names of shipped mappings, or files of YARRRML.
        crosswalks: files of SSSOM that say what foreign terms are in ours, beside the shipped ones.
        output: a folder to write the graph to.
        progress: is called with stage, done and total.

    Raises:
        KgError: where a source, a mapping or a crosswalk is broken; then nothing is written.
    """
    listed = [Path(path) for path in paths]
    clock = Clock(progress)
    known, tables = crosswalk.load(map(Path, crosswalks)), [mapping.load(name) for name in mappings]
    with _room(listed, output):
        source = sources.union(sources.read(path, mappings=tables, crosswalk=known, clock=clock) for path in listed)
        return _made(source, output, clock)


def unmerge(
    folder: str | os.PathLike[str], names: Iterable[str], *, output: str | os.PathLike[str] | None = None
) -> Merged:
    """The graph of a merged folder without some of its sources, as if they had never been merged.

    A source is named by its document's name, IRI or title; a folder that was merged stands for all its documents.
    Raises KgError where one is unknown, or the folder is none that `kg merge` filled.
    """
    path = Path(folder)
    if not (path / STATED).is_file():
        raise KgError(f"{path} was not made by kg merge, so that nothing can be taken out of it")
    with _room([path / STATED], path):
        source = sources.folder(path)
        gone = {iri for name in names for iri in _named(source.stated.documents.values(), name)}
        if gone == set(source.stated.documents):
            raise KgError("these are all of its sources, and nothing would be left")
        return _made(sources.without(source, gone), path if output is None else output, Clock())


def rebuild(folder: Path) -> Graph:
    """Writes a merged folder anew from what its sources state, with the decisions that are there now."""
    with _room([folder / STATED], folder):
        return _made(sources.folder(folder), folder, Clock()).graph


def write(merged: Merged, folder: str | os.PathLike[str], *, clock: Clock | None = None) -> list[Path]:
    """Fills a folder with a merged graph in all its forms, as `kg build` does, with a report of the merge beside it."""
    clock = clock or Clock()
    graph, source = merged.graph, merged.source
    unsure = _doubts(graph)
    extra = {
        STATED: stated.lines(source.stated),
        REPORT: report(graph, source.stated, unsure=unsure),
        MATCHES: matches(graph),
    }
    if source.entries:
        extra[sources.LEXICONS] = sources.entries(source)
    options = {"merged": sorted(document.name for document in source.stated.documents.values())}
    with using(source.lexicon), clock.measured(WRITE):
        return writers.write(
            graph,
            Path(folder),
            annotations=source.annotations or None,
            unsure=unsure,
            lexicon=source.lexicon,
            options=options,
            title=TITLE,
            extra=extra,
            page=len(graph.entities) <= MANY,
            progress=functools.partial(clock.tell, WRITE),
        )


def told(merged: Merged) -> Iterator[str]:
    """The report of a merge, as Markdown."""
    return report(merged.graph, merged.source.stated, unsure=_doubts(merged.graph))


def _doubts(graph: Graph) -> Sequence[Statement]:
    """What a person may look at; nobody looks through what is unsure among so many things."""
    return doubts(graph) if len(graph.entities) <= MANY else ()


@contextlib.contextmanager
def _room(paths: Iterable[Path], output: str | os.PathLike[str] | None) -> Iterator[None]:
    """Makes room for graphs: on the disk where the sources are large."""
    collects = gc.isenabled()
    with _disk(paths, output):
        if place() is None:
            gc.disable()  # there are no cycles in memory, and to look for some takes a quarter of the time
        try:
            yield
        finally:
            if collects:
                gc.freeze()  # what was made counts as old, so that it is not looked through at once
                gc.enable()
                gc.unfreeze()


@contextlib.contextmanager
def _disk(paths: Iterable[Path], output: str | os.PathLike[str] | None) -> Iterator[None]:
    """Keeps large graphs in files of the folder to be filled, or of one for the time."""
    files = (file for path in paths for file in (path.iterdir() if path.is_dir() else [path]) if file.is_file())
    if sum(file.stat().st_size for file in files) <= LARGE:
        yield
        return
    with contextlib.ExitStack() as stack:
        place = Path(output or stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(folders.locked(place))
        stack.enter_context(folders.writing(place))
        stack.enter_context(on_disk(place))
        yield


def _made(source: Source, output: str | os.PathLike[str] | None, clock: Clock) -> Merged:
    if not len(source.stated):
        raise KgError("the sources state nothing, so that there is no graph to write")
    with using(source.lexicon), clock.measured("settle"):
        merged = Merged(settle(source.stated, clock).with_activities(source.stated.activities), source)
    if output is not None:
        with folders.locked(Path(output)):
            write(merged, output, clock=clock)
            documents = merged.graph.documents
            characters = sum(len(item.text) for item in documents.values())
            clock.log(Path(output), documents=len(documents), characters=characters)
    return merged


def _named(documents: Iterable[Document], name: str) -> list[str]:
    listed = list(documents)
    found = [item.id for item in listed if name in (item.id, item.name)]
    found = found or [item.id for item in listed if name == item.title]
    if not found and (Path(name) / store.DOCUMENTS).is_file():
        inside = {item.id for item in store.read_documents(Path(name) / store.DOCUMENTS)}
        found = [item.id for item in listed if item.id in inside]
    if not found:
        known = ", ".join(sorted(item.name for item in listed))
        raise KgError(f"no source is called {name!r}; there are {known}")
    return found
