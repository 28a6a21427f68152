"""The component that holds the network, and the base of those that use it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from kg.errors import KgError
from kg.nlp import network
from kg.nlp.components._doc import STATE, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory("kg_encoder", default_config={"path": None})
def make_encoder(nlp: Language, name: str, path: str | None) -> Encoder:  # noqa: ARG001 - spaCy's signature
    """The trained network; `path` is a folder with its parts, taken from the pipeline's own folder when None."""
    encoder = Encoder()
    if path is not None:
        encoder.from_disk(Path(path))
    return encoder


class Encoder:
    """Runs the network over the words of a text, and holds it for the components that follow."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._engine: network.Engine | None = None
        self._tokenizer: Any = None
        self._settings: network.Settings | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Put what the network sees of each word into doc.user_data."""
        doc.user_data[STATE] = network.encode(self.engine, self.tokenizer, text_of(doc))
        return doc

    @property
    def engine(self) -> network.Engine:
        """What runs the network's parts."""
        if self._engine is None:
            self._engine = network.Onnx(self._there())
        return self._engine

    @property
    def tokenizer(self) -> Any:
        """The tokenizer of word pieces."""
        if self._tokenizer is None:
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_file(str(self._there() / "tokenizer.json"))
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
        return self._tokenizer

    @property
    def settings(self) -> network.Settings:
        """The network's labels and thresholds."""
        if self._settings is None:
            self._settings = network.load_settings(self._there())
        return self._settings

    def _there(self) -> Path:
        if self.folder is None:
            raise KgError("kg_encoder has no network: load the pipeline from a folder, or set its path in the config")
        return self.folder

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 - spaCy's signature
        """Copy the network into `path`."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        for file in sorted(self._there().iterdir()):
            if file.is_file() and target.resolve() != self._there().resolve():
                shutil.copyfile(file, target / file.name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Encoder:  # noqa: ARG002 - spaCy's signature
        """Take the network from `path`; its parts are loaded when first used."""
        self.folder, self._engine, self._tokenizer, self._settings = Path(path), None, None, None
        return self


class Stage:
    """A component that needs the network which the pipeline's kg_encoder holds."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @property
    def encoder(self) -> Encoder:
        """The encoder of the same pipeline."""
        for name, component in self.nlp.pipeline:
            if isinstance(component, Encoder):
                return component
            del name
        raise KgError("no kg_encoder in the pipeline: add it before the components that read entities and relations")

    def state(self, doc: Doc) -> network.State:
        """What the stages before have put into the doc."""
        if STATE not in doc.user_data:
            self.encoder(doc)
        state: network.State = doc.user_data[STATE]
        return state
