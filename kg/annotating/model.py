"""What reads documents: a pipeline of spaCy's by its folder, a loaded one, or any function; and by what it is known."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.metadata
import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from kg import ontology, store
from kg.errors import KgError, SkipDocument
from kg.types import Annotation, Document, Skipped
from kg.writers import jsonl

if TYPE_CHECKING:
    from spacy.language import Language

Annotate: TypeAlias = Callable[[Iterable[Document]], Iterable[Annotation]]
"""Reads documents: what a pipeline does, or a function in its place, which gives one annotation for each document in
their order, whatever stands beside it. What it reads is kept from run to run if it has a text `fingerprint`, to be
changed whenever it would read otherwise."""

Model: TypeAlias = "str | os.PathLike[str] | Language | Annotate | None"

Record: TypeAlias = str | Skipped
"""What was read in a document, as JSON; or why not."""

_ROOM = Path(__file__).parent.parent
SHIPPED = _ROOM / "model"
"""The folder of the shipped pipeline."""
_LIFTS = ("*.py", "lexicon/*", "matchers/*.py")
_READS = (*_LIFTS, "nlp/**/*.py", "nlp/**/*.json", "annotating/*.py")
_PACKAGES = ("numpy", "onnxruntime", "spacy", "tokenizers")


@dataclasses.dataclass(frozen=True, slots=True)
class Reader:
    """Reads batches of documents. `name` goes into the manifest; `fingerprint` tells two apart, if that can be told."""

    name: str
    fingerprint: Callable[[], str | None]
    read: Callable[[tuple[Document, ...]], Sequence[Record]]


def reader(model: Model) -> Reader:
    """The reader that a model stands for; nothing is loaded yet. Raises KgError where there is none."""
    if model is None or isinstance(model, str | os.PathLike):
        folder = SHIPPED if model is None else Path(model)
        read_there = functools.partial(_read_by_folder, str(folder))
        return Reader(_title(_meta(folder)), functools.partial(_fingerprint, folder), read_there)
    if not hasattr(model, "pipe_names"):
        given = getattr(model, "fingerprint", None)
        name = getattr(model, "__name__", "")
        return Reader(name, lambda: _hash([given, name]) if given else None, functools.partial(read, model))
    nlp = cast("Language", model)
    return Reader(_title(nlp.meta), lambda: None, functools.partial(_read_by_pipeline, nlp))


def read(annotate: Annotate, documents: tuple[Document, ...]) -> list[Record]:
    """What was read in each document; why not, where it can't be. A text that fails costs no other."""
    try:
        found = list(annotate(documents))
        if [item.document.id for item in found] == [document.id for document in documents]:
            return [_line(item) for item in found]
    except KgError:
        raise
    except Exception:  # noqa: BLE001, S110 - which of them it was is found below
        pass
    return [_one(annotate, document) for document in documents]


def annotation(record: str, document: Document) -> Annotation:
    """What a record says of its document. Raises ValueError, KeyError or TypeError where it is none."""
    return store.annotation(json.loads(record), {document.id: document})


def _one(annotate: Annotate, document: Document) -> Record:
    try:
        return _line(next(iter(annotate((document,)))))
    except KgError:
        raise
    except SkipDocument as reason:
        return Skipped(document.name, str(reason))
    except Exception as error:  # noqa: BLE001 - one hostile text must not cost the others
        return failed(document, error)


def failed(document: Document, error: Exception) -> Skipped:
    """That a document can't be read, with the error in a line."""
    what = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return Skipped(document.name, f"reading it failed: {what}")


def _line(item: Annotation) -> str:
    return next(jsonl.annotated([item])).rstrip("\n")


def _read_by_folder(folder: str, documents: tuple[Document, ...]) -> list[Record]:
    return _read_by_pipeline(_load(folder), documents)


def _read_by_pipeline(nlp: Language, documents: tuple[Document, ...]) -> list[Record]:
    from kg.nlp import pipeline

    return read(functools.partial(pipeline.annotate, nlp), documents)


@functools.lru_cache(maxsize=1)
def _load(folder: str) -> Language:
    """The pipeline, once in a process."""
    from kg.nlp import pipeline

    return pipeline.load(Path(folder))


def _meta(folder: Path) -> dict[str, object]:
    try:
        return dict(json.loads((folder / "meta.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise KgError(
            f"no spaCy pipeline in {folder}: expected a folder with config.cfg and meta.json; `make model` makes one"
        ) from None


def _title(meta: object) -> str:
    known = cast("dict[str, object]", meta)
    return f"{known.get('lang')}_{known.get('name')} {known.get('version')}"


def _fingerprint(folder: Path) -> str:
    """The hash of all that a reading depends on: the network, our code, the packages that run it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    packages = [f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES]
    return _hash([*packages, *map(_file, files), code(_READS)])


@functools.cache
def code(patterns: tuple[str, ...] = _LIFTS) -> str:
    """Tells one version of what lifts (or of other files of ours) from another."""
    files = sorted(path for pattern in patterns for path in _ROOM.glob(pattern) if path.is_file())
    return _hash([*map(_file, files), _file(ontology.locate())])


def _file(path: Path) -> str:
    with path.open("rb") as file:
        return f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}"


def _hash(parts: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
