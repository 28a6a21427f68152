"""Assembles the pipeline, loads the shipped one, and reads documents with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.nlp import components
from kg.nlp.tokenizer import blank
from kg.types import Annotation, Document

if TYPE_CHECKING:
    from spacy.language import Language

SHIPPED = Path(__file__).parent.parent / "model"
"""The folder of the shipped pipeline, for `spacy.load`."""
NAMES = (
    "kg_furniture",
    "kg_sentences",
    "kg_encoder",
    "kg_entities",
    "kg_coreference",
    "kg_relations",
    "kg_stance",
    "kg_values",
)
"""The components in their order."""


def assemble(network: Path) -> Language:
    """A new pipeline around the exported network in this folder."""
    nlp = blank()
    for name in NAMES:
        nlp.add_pipe(name, config={"path": str(network)} if name == "kg_encoder" else {})
    return nlp


def load(path: Path | None = None) -> Language:
    """The shipped pipeline, or that in `path`: any spaCy pipeline; what it lacks of ours is added behind it.

    Raises KgError when there is none, or when it can't be loaded.
    """
    import spacy

    folder = path or SHIPPED
    if not (folder / "config.cfg").is_file():
        raise KgError(f"no spaCy pipeline in {folder}: expected a folder with config.cfg; `make model` makes one")
    try:
        nlp = spacy.load(folder)
    except (ValueError, OSError, ImportError, KeyError) as fault:
        line = " ".join(str(fault).split())[:200]
        raise KgError(f"the pipeline in {folder} can't be loaded by spaCy: {line}") from fault
    for name in NAMES:
        if name not in nlp.pipe_names:
            shipped = {"path": str(SHIPPED / "kg_encoder")} if name == "kg_encoder" else {}
            if name == NAMES[0]:
                nlp.add_pipe(name, first=True)
            else:
                nlp.add_pipe(name, config=shipped)
    return nlp


def annotate(nlp: Language, documents: Iterable[Document]) -> Iterator[Annotation]:
    """Read documents one after the other; the order is kept. Memory holds one document at a time."""
    for document in documents:
        doc = nlp.make_doc(document.text)
        doc._.iri = document.id
        doc._.published = document.published
        doc._.title = document.title
        for _, component in nlp.pipeline:
            doc = component(doc)
        yield Annotation(document, doc._.mentions, doc._.statements)


__all__ = ["NAMES", "SHIPPED", "annotate", "assemble", "components", "load"]
