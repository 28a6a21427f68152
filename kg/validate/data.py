"""What is to be checked: the triples of RDF files by their subjects, and the texts that they quote."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg import guards, store, vocab
from kg.errors import KgError
from kg.outputs import TRIG
from kg.types import Document
from kg.validate.report import Finding

if TYPE_CHECKING:
    import pyoxigraph

    Term: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

SUFFIXES = {
    ".jsonld": "JSON_LD",
    ".nq": "N_QUADS",
    ".nt": "N_TRIPLES",
    ".owl": "RDF_XML",
    ".rdf": "RDF_XML",
    ".trig": "TRIG",
    ".ttl": "TURTLE",
    ".xml": "RDF_XML",
}
"""By a file's suffix, pyoxigraph's name of its format."""

_REIFIES = {vocab.RDF + "reifies": [vocab.RDF + part for part in ("subject", "predicate", "object")]}
"""RDF 1.2's way of naming a triple is checked as RDF 1.1's; other triple terms say nothing that we could check."""

TURTLE = "graph.ttl"


@dataclasses.dataclass(slots=True)
class Data:
    """The triples of one path: subject → predicate → objects, of all graphs together; `faults` met while reading.

    `file` is the name that findings give; `documents` are those of documents.jsonl, None where there is none; `ours`
    says whether `kg build` wrote it, so that it may hold nothing else.
    """

    file: str
    ours: bool = False
    triples: int = 0
    facts: dict[Term, dict[str, list[Term]]] = dataclasses.field(default_factory=dict)
    documents: Mapping[str, Document] | None = None
    faults: list[Finding] = dataclasses.field(default_factory=list)

    def of_type(self, kind: str) -> Iterator[tuple[str, dict[str, list[Term]]]]:
        """The nodes of a class (given by its IRI) with what is said of them."""
        for subject, found in self.facts.items():
            if any(item.value == kind for item in found.get(vocab.TYPE, ())):
                yield subject.value, found

    def add(self, subject: Term, predicate: str, item: Term) -> None:
        """One more triple."""
        self.facts.setdefault(subject, {}).setdefault(predicate, []).append(item)
        self.triples += 1


def read(path: str | Path) -> Data:
    """The data of a folder of outputs, of a folder of RDF files, or of one RDF file.

    What is wrong within a file is a fault in the answer. Raises KgError where there is nothing to check.
    """
    path = Path(path)
    if path.is_dir():
        return _outputs(path) if (path / store.GRAPH).is_file() or (path / TRIG).is_file() else _folder(path)
    if not path.is_file():
        raise KgError(f"found no file or folder {path}; give outputs of kg build, or files of RDF")
    if path.suffix.lower() not in SUFFIXES:
        raise KgError(f"{path} is none of {', '.join(SUFFIXES)}; export it to one of these, or rename it")
    data = Data(path.name)
    _parse(data, path)
    _read_documents(data, path.parent / store.DOCUMENTS)
    return data


def _folder(path: Path) -> Data:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    if not files:
        raise KgError(f"found no RDF in {path}; give outputs of kg build, or files such as graph.ttl")
    data = Data(f"{path.name}/")
    for file in files:
        _parse(data, file)
    _read_documents(data, path / store.DOCUMENTS)
    return data


def _outputs(path: Path) -> Data:
    data = Data(TRIG, ours=True)
    for name in (TRIG, store.GRAPH, store.DOCUMENTS, TURTLE):
        if not (path / name).is_file():
            data.faults.append(Finding("syntax", name, "", "there is no such file, and kg build writes one"))
    if (path / TRIG).is_file():
        _parse(data, path / TRIG)
    if (path / TURTLE).is_file():
        facts = Data(TURTLE, ours=True)
        _parse(facts, path / TURTLE)
        data.faults += [*facts.faults, *_only(facts, data)]
    _read_documents(data, path / store.DOCUMENTS)
    data.faults += _changed(path)
    return data


def _parse(data: Data, path: Path) -> None:
    """Adds a file's triples up to its first error of syntax; IRIs are checked later, so that all bad ones are told."""
    import pyoxigraph

    kind = SUFFIXES[path.suffix.lower()]
    form = getattr(pyoxigraph.RdfFormat, kind)
    try:
        guards.file(path, kind)
        for quad in pyoxigraph.parse(path=path, format=form, lenient=True, rename_blank_nodes=True):
            subject, predicate, item = quad.subject, quad.predicate.value, quad.object
            parts = [item] if not isinstance(item, pyoxigraph.Triple) else [item.subject, item.predicate, item.object]
            keys = [predicate] if len(parts) == 1 else _REIFIES.get(predicate, ())
            for key, part in zip(keys, parts, strict=False):
                if not isinstance(part, pyoxigraph.Triple):
                    data.add(subject, key, part)
    except (KgError, OSError, SyntaxError, ValueError) as error:
        message = " ".join(str(error).split())
        if "LoadDocumentCallback" in message:  # pyoxigraph's word for it
            message = "its @context is an address, and nothing is fetched; put the context itself into the file"
        data.faults.append(Finding("syntax", path.name, "", message))


def _read_documents(data: Data, path: Path) -> None:
    if not path.is_file():
        return
    try:
        data.documents = {document.id: document for document in store.read_documents(path)}
    except KgError as error:
        data.faults.append(Finding("document", path.name, "", str(error)))


def _only(facts: Data, data: Data) -> Iterator[Finding]:
    """The triples of graph.ttl that graph.trig lacks."""
    for subject, found in facts.facts.items():
        other = data.facts.get(subject, {})
        for predicate, items in found.items():
            missing = set(items) - set(other.get(predicate, ()))
            message = f"{predicate} {{}} stands in {TURTLE} and not in {TRIG}"
            yield from (Finding("fact", TURTLE, subject.value, message.format(item.value)) for item in missing)


def _changed(path: Path) -> Iterator[Finding]:
    manifest = path / store.MANIFEST
    if not manifest.is_file():
        return
    try:
        known = dict(json.loads(manifest.read_text(encoding="utf-8"))["outputs"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Finding("manifest", manifest.name, "", f"it can't be read: {error}")
        return
    for name, wanted in sorted(known.items()):
        file = path / Path(name).name
        if not file.is_file():
            yield Finding("manifest", name, "", "the file is gone")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            yield Finding("manifest", name, "", "its hash is not the one in manifest.json")
