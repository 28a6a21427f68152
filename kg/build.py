"""The straight line from articles to a graph: read, annotate, lift, resolve, find disputes, write."""

from __future__ import annotations

import concurrent.futures as cf
import contextlib
import dataclasses
import functools
import gc
import heapq
import itertools
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ParamSpec

from kg import copies, database, disputes, packed, readers, shelf, store, writers
from kg import decisions as decided
from kg import folder as folders
from kg.annotating import Cache, Lifting, Model, annotated, reader
from kg.annotating.cache import FOLDER as CACHE
from kg.annotating.cache import WRITTEN
from kg.annotating.cache import forget as forget_records
from kg.annotating.collected import Collected, collected
from kg.annotating.lifting import of as lifted_of
from kg.doubts import doubts
from kg.errors import KgError
from kg.graph import Graph
from kg.lexicon import Entry, using
from kg.lexicon import table as lexicons
from kg.lifted import Articles, Lifted, entities, records, rows
from kg.linking import link
from kg.matchers import KEYS, MATCHERS
from kg.merge import STATED
from kg.merge import rebuild as rebuild_merged
from kg.profiles import Matcher, Record, kept
from kg.resolve import resolve
from kg.runs import on_disk
from kg.stages import Clock, Progress
from kg.types import Activity, Annotation, Document, Skipped, Statement, digest

P = ParamSpec("P")

THRESHOLD = 0.45
"""Evidence less sure than this stays out of a graph: from here on two of three triples are right, by the annotated
documents that thresholds are chosen on (training/README.md). `annotated.jsonl` holds the others all the same."""

MANY = 256
"""More documents than these are worked on where their outputs are to be, on disk, instead of in memory."""

_ALLOCATIONS = 1 << 17  # between two looks for cycles

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Build:
    """A graph and what it was made from.

    `annotations` come in the order of their documents' names. `seconds` holds how long each stage took, `model` names
    what read the texts, `lexicon` are the user's own entries. Of a build into a folder, graph and annotations lie on
    disk as long as this lasts, and are read as they are asked for.
    """

    graph: Graph
    annotations: Collection[Annotation]
    skipped: tuple[Skipped, ...]
    seconds: Mapping[str, float]
    model: str
    lexicon: tuple[Entry, ...] = ()


def run(  # noqa: PLR0913 - each option has a name
    paths: Paths,
    *,
    output: str | os.PathLike[str] | None = None,
    model: Model = None,
    threshold: float = THRESHOLD,
    matchers: Sequence[Matcher] = MATCHERS,
    decisions: Iterable[Statement] = (),
    lexicon: lexicons.Paths = (),
    title: str | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
    executor: cf.Executor | None = None,
) -> Build:
    """The graph of what the paths hold, with what was read, what was skipped and how long it took beside it.

    Args:
        paths: what to read: files, folders, "-" for standard input; see `kg.read`. What can't be read is left out.
        output: a folder to write everything to, if some document was read; see `kg.write`. What was read in a document
            is kept there too (`.cache`), and not read again until the document or the model changes.
        model: instead of the shipped pipeline the folder of another one of spaCy's, a loaded one, or a function from
            documents to annotations; see `kg.annotating.Annotate`.
        threshold: evidence that is less sure (0..1) is left out.
        matchers: propose which entities are one; see `kg.profiles.Matcher`.
        decisions: owl:sameAs and owl:differentFrom statements that hold whatever the matchers say; those of a
            decisions.ttl in the folder of outputs hold too.
        lexicon: a table of things that are known beforehand, or several; see `kg.lexicon.table.read`.
        title: the heading of the page.
        progress: is called with stage, done and total.
        jobs: the number of processes that annotate; the result is the same for any. The calling script needs
            `if __name__ == "__main__":`, as for all processes of Python's.
        executor: annotates elsewhere: anything shaped like `concurrent.futures.Executor`.

    Raises:
        KgError: where there is no model, or the folder can't be written, or another run is writing to it.
    """
    clock, known = Clock(progress), lexicons.read_all(lexicon)  # a slip in a lexicon should cost no time
    folder, reads, skipped = None if output is None else Path(output), reader(model), list[Skipped]()
    found = _documents(clock.each("read", readers.read(paths)), skipped)
    first = [*itertools.islice(found, 1)]  # nothing is written, nor locked, for nothing
    first += itertools.islice(found, MANY if first else 0)
    folder = folder if first else None
    place = folder if len(first) > MANY else None
    lock = folders.locked(folder) if folder else contextlib.nullcontext()
    with lock, folders.writing(folder), on_disk(place), _few_collections():
        documents = _by_id(itertools.chain(first, found))
        cache = Cache(folder, reads.fingerprint()) if folder else None
        lifting = Lifting(threshold, known)
        items = annotated(documents.values(), reads, lifting=lifting, cache=cache, jobs=jobs, executor=executor)
        annotations, failed = collected(clock.each("annotate", items, of=len(documents)))
        given = (*decisions, *(decided.read(folder / decided.FILE) if folder else ()))
        options = {"threshold": threshold, "matchers": [getattr(each, "__name__", "") for each in matchers]}
        with using(known):
            graph = clock.one("resolve", lambda: _graph(annotations, lifting, matchers, given))
        graph = _read_by(graph, reads.name, options, known, given)
        result = Build(graph, annotations or (), (*skipped, *failed), clock.seconds, reads.name, known)
        if folder and annotations:
            clock.one("write", lambda: _write(result, annotations, folder, options, title, jobs=jobs))
            characters = sum(len(item.text) for item in graph.documents.values())
            clock.log(folder, documents=len(annotations), characters=characters)
    return result


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Looks for cycles seldom: what is made here has none, and looking for them takes a fourteenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _graph_alone(of: Callable[P, Build]) -> Callable[P, Graph]:
    @functools.wraps(of)
    def build(*args: P.args, **options: P.kwargs) -> Graph:
        graph = of(*args, **options).graph
        if type(graph) is Graph:
            return graph
        return Graph(graph, graph.documents.values(), graph.disputes).with_activities(graph.activities)

    build.__name__ = build.__qualname__ = "build"
    build.__doc__ = (of.__doc__ or "").replace(_BESIDE, "")
    return build


_BESIDE = ", with what was read, what was skipped and how long it took beside it"
build = _graph_alone(run)


def rebuild(folder: str | os.PathLike[str]) -> Graph:
    """Resolves and writes a folder of outputs anew from what was read before, with the decisions that are there now.

    Raises KgError where the folder holds no graph, or nothing of what was read.
    """
    path = Path(folder)
    store.check(path)
    with folders.locked(path):
        if (path / STATED).is_file():
            return rebuild_merged(path)
        return _rebuilt(path)


def forget(folder: str | os.PathLike[str], *documents: str) -> tuple[Document, ...]:
    """Takes documents out of a folder of outputs, with all that rests on them alone: also from its cache and decisions.

    A document is called by its name (the file's stem), IRI or address. What other documents say too stays, as their
    word. The articles themselves are not touched: a later build that is given them reads them. Gives those that were
    found. Raises KgError where a document is unknown; then nothing is changed.
    """
    path = Path(folder)
    store.check(path)
    with folders.locked(path), folders.writing(path):
        gone = list(_called(store.read_documents(path / store.DOCUMENTS), documents))
        forget_records(path, gone)
        decided.forget(path / decided.FILE, {item.id for item in gone})
        shutil.rmtree(path / database.STORE, ignore_errors=True)
        _rebuilt(path, without=gone)
    return tuple(gone)


def _called(documents: Iterable[Document], wanted: Sequence[str]) -> Iterator[Document]:
    known = [(item, {item.id, item.name, item.url}) for item in documents]
    for name in wanted:
        if not any(name in names for _, names in known):
            some = ", ".join(item.name for item, _ in known[:5])
            raise KgError(f"no document is called {name!r}; give a name as in documents.jsonl: {some}")
    return (item for item, names in known if names & {*wanted})


def _rebuilt(path: Path, *, without: Collection[Document] = ()) -> Graph:
    place = path if len(store.manifest(path).get("inputs", ())) > MANY else None
    with folders.writing(path), on_disk(place):
        manifest = store.manifest(path)
        options = manifest.get("options", {})
        given, known = decided.read(path / decided.FILE), store.lexicon(path)
        lifting = Lifting(float(options.get("threshold", 0.0)), known)
        with using(known):
            found = (item for item in store.read_annotations(path) if item.document not in without)
            annotations, _ = collected(lifted_of(item, lifting) for item in found)
            graph = _graph(annotations, lifting, MATCHERS, given)
        graph = _read_by(graph, manifest.get("model", ""), options, known, given)
        gone = {item.name for item in without}
        skipped = tuple(Skipped(**each) for each in manifest.get("skipped", ()) if Path(each["path"]).stem not in gone)
        result = Build(graph, annotations, skipped, {}, manifest.get("model", ""), known)
        _write(result, annotations, path, options, manifest.get("title"))
    return graph


def _documents(found: Iterable[Document | Skipped], skipped: list[Skipped]) -> Iterator[Document]:
    """The documents, the others being put aside."""
    for item in found:
        if isinstance(item, Document):
            yield item
        else:
            skipped.append(item)


def _by_id(documents: Iterable[Document]) -> Mapping[str, Document]:
    return shelf.table(((item.id, item) for item in documents), packed.pack_document, packed.unpack_document)


def _graph(
    annotations: Collected, lifting: Lifting, matchers: Sequence[Matcher], decisions: Iterable[Statement]
) -> Graph:
    documents = _by_id(annotations.documents())
    found = copies.copies(documents.values())
    copied = (item for item in annotations if item.document.id in found) if found else ()
    rest, _ = collected(lifted_of(item, lifting) for item in copies.marked(copied, found, documents))

    def said() -> Iterator[tuple[Document, Lifted]]:
        own = (each for each in annotations.lifted() if each[0].id not in found)
        return heapq.merge(own, rest.lifted(), key=lambda each: each[0].id)

    told = _by_id(dataclasses.replace(item, copy_of=found.get(item.id)) for item in documents.values())
    known = kept(
        (each for document, item in said() for each in entities(item.profiles, document)),
        {keys: functools.partial(_records, said, number) for number, keys in enumerate(KEYS)},
    )
    articles = Articles((row for document, item in said() for row in rows(item.statements, document)), told)
    return disputes.add(link(resolve(articles, matchers=matchers, decisions=decisions, known=known)))


def _records(said: Callable[[], Iterable[tuple[Document, Lifted]]], number: int) -> Iterator[Record]:
    """The records of one of KEYS."""
    return (each for document, item in said() for each in records(item.keys[number], document))


def _read_by(
    graph: Graph, model: str, options: Mapping[str, object], known: Iterable[Entry], decisions: Iterable[Statement]
) -> Graph:
    """The graph with the run that made it, which is named by the hash of all that determines the graph."""
    version, told = writers.version(), json.dumps(options, sort_keys=True)
    texts = (part for iri, item in graph.documents.items() for part in (iri, item.hash))
    decided_ = (part for key in sorted(item.key for item in decisions) for part in key)
    key = digest((version, model, told, *texts, *lexicons.lines(sorted(known)), *decided_))
    return graph.with_activities([Activity(key, version, model, told, tuple(graph.documents))])


def _write(
    result: Build,
    annotations: Collected,
    folder: Path,
    options: Mapping[str, object],
    title: str | None,
    *,
    jobs: int = 1,
) -> None:
    kept = folder / CACHE
    with using(result.lexicon):
        writers.write(
            result.graph,
            folder,
            extra={store.ANNOTATED: annotations.lines()},
            skipped=result.skipped,
            unsure=itertools.chain.from_iterable(map(doubts, [result.graph])),  # when the report asks for them
            lexicon=result.lexicon,
            options=options,
            model=result.model,
            title=title or writers.TITLE,
            index=kept / WRITTEN if kept.is_dir() else None,
            jobs=jobs,
        )
