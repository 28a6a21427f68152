"""The stages of reading as spaCy components; each sets what spaCy users expect and leaves what others set before it.

    kg_furniture     doc.spans["furniture"]   lines that a reader would skip
    kg_sentences     token.is_sent_start      sentences, unless something before has set them
    kg_encoder       doc.user_data            what the network sees of each word
    kg_entities      doc.spans["mentions"], doc.ents (the named ones, unless something before has set them)
    kg_coreference   doc.spans["coref_1"]...  the mentions of one thing, from the first mentioned on
    kg_relations     doc._.statements         relations, asserted
    kg_stance        doc._.statements         the same with their stance and speaker
    kg_values        doc._.mentions           normalised dates, amounts and quantities

A component may be left out or replaced; entities of another recogniser are taken over. Where known, set
doc._.published (ISO 8601, for relative dates), doc._.title and doc._.iri before the components run.
"""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from kg.nlp import _spacy  # noqa: F401 - before spaCy, so that its command line isn't imported

# isort: split
from spacy.attrs import IDX, LENGTH, SENT_START, SPACY
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import KgError
from kg.nlp import network
from kg.nlp.furniture import furniture
from kg.nlp.sentences import sentences
from kg.nlp.values import values
from kg.types import Evidence, Mention, Statement, evidence_id
from kg.types import Span as Characters

STATE, TEXT = "kg.state", "kg.text"
"""Keys of the network's arrays, and of the text, which Doc joins anew at each request, in Doc.user_data."""
FURNITURE = 0.3
"""A line is left out where the network gives its words this probability of being furniture, on average."""
FOREIGN = {
    "ORG": "Company",
    "PER": "Person",
    "PERSON": "Person",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK_OF_ART": "Work",
    "LAW": "Law",
    "DATE": "Date",
    "MONEY": "Money",
    "CARDINAL": "Quantity",
    "PERCENT": "Quantity",
    "QUANTITY": "Quantity",
    "NORP": "Group",
}
"""Types of other recognisers' entities (OntoNotes and CoNLL labels) in ours."""

for _name, _default in (("mentions", ()), ("statements", ()), ("published", None), ("title", None), ("iri", "")):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


@Language.factory("kg_furniture", assigns=["doc.spans"])
def make_furniture(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy's signature
    """Find menus, share buttons, adverts."""
    return mark_furniture


def mark_furniture(doc: Doc) -> Doc:
    """Set doc.spans["furniture"], whole lines, unless it is set."""
    if "furniture" not in doc.spans:
        found = (
            doc.char_span(start, end, alignment_mode="expand")
            for start, end in furniture(characters(doc), title=doc._.title)
        )
        doc.spans["furniture"] = [span for span in found if span is not None]
    return doc


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy's signature
    """Split into sentences."""
    return mark_sentences


def mark_sentences(doc: Doc) -> Doc:
    """Set token.is_sent_start, unless sentences are set; a line of furniture is a sentence of its own."""
    if doc.has_annotation("SENT_START"):
        return doc
    skipped = [(span.start_char, span.end_char) for span in doc.spans.get("furniture", ())]
    starts = sorted({start for start, _ in (*sentences(characters(doc), skipped), *skipped)})
    marks = np.full(len(doc) + 1, -1, dtype=np.int64)
    marks[np.searchsorted(doc.to_array(IDX), starts, side="left")] = 1
    marks[0] = 1
    column: Any = marks[: len(doc)].astype(np.uint64)[:, None]  # spaCy's types know no unsigned integers
    return doc.from_array([SENT_START], column)


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


def characters(doc: Doc) -> str:
    """The text of a doc, joined once."""
    if TEXT not in doc.user_data:
        doc.user_data[TEXT] = doc.text
    text: str = doc.user_data[TEXT]
    return text


def places(doc: Doc) -> list[tuple[int, int]]:
    """The characters of each word, its end exclusive."""
    starts = doc.to_array(IDX)
    return list(zip(starts.tolist(), (starts + doc.to_array(LENGTH)).tolist(), strict=True))


def text_of(doc: Doc) -> network.Text:
    """The words of a doc as the network takes them."""
    skip = np.zeros(len(doc), dtype=bool)
    for span in doc.spans.get("furniture", ()):
        skip[span.start : span.end] = True
    starts = doc.to_array(SENT_START) == 1
    starts[:1] = True
    text = characters(doc)
    return network.Text(
        words=[text[start:end] for start, end in places(doc)],
        spaces=(doc.to_array(SPACY) != 0).tolist(),
        sentence=(np.cumsum(starts) - 1).tolist(),
        skip=skip.tolist(),
    )


class _Stage:
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


@Language.factory("kg_entities", assigns=["doc.ents", "doc.spans"])
def make_entities(nlp: Language, name: str) -> Entities:  # noqa: ARG001 - spaCy's signature
    """Find mentions: names, descriptions, pronouns."""
    return Entities(nlp)


class Entities(_Stage):
    """Sets doc.spans["mentions"], candidates that coreference goes through, and doc.ents."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark what may be a mention; entities that stand in doc.ents already are taken over instead of our names."""
        state, settings = self.state(doc), self.encoder.settings
        skip_lines(doc, state)
        found = [
            Span(doc, start, end + 1, settings.types[kind]) for start, end, kind in network.propose(settings, state)
        ]
        if ents := doc.ents:
            given = [Span(doc, ent.start, ent.end, FOREIGN.get(ent.label_, ent.label_)) for ent in ents]
            given = [span for span in given if span.label_ in settings.types]
            taken = {i for span in ents for i in range(span.start, span.end)}
            ours = [s for s in found if not taken & set(range(s.start, s.end)) and not _named(s)]
            found = sorted([*given, *ours], key=lambda span: (span.start, span.end))
            doc.spans["given"] = given
        doc.spans["mentions"] = found
        if not ents:
            doc.ents = [span for span in found if _named(span)]
        return doc


def skip_lines(doc: Doc, state: network.State) -> None:
    """Add to doc.spans["furniture"] the lines that the network takes for furniture, beyond what the rules found."""
    skip = np.asarray(state.text.skip, dtype=bool)
    breaks = [-1, *(i for i, word in enumerate(state.text.words) if "\n" in word), len(doc)]
    lines = [(start + 1, end) for start, end in itertools.pairwise(breaks) if end > start + 1]
    more = [line for line in lines if not skip[slice(*line)].all() and state.furniture[slice(*line)].mean() > FURNITURE]
    if not more:
        return
    for start, end in more:
        skip[start:end] = True
    state.text = dataclasses.replace(state.text, skip=skip.tolist())
    known = [span for span in doc.spans.get("furniture", ()) if not any(s <= span.start < e for s, e in more)]
    found = [*known, *(doc[start:end] for start, end in more)]
    doc.spans["furniture"] = sorted(found, key=lambda span: span.start)


@Language.factory("kg_coreference", requires=["doc.spans"], assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str) -> Coreference:  # noqa: ARG001 - spaCy's signature
    """Unite the mentions of one thing."""
    return Coreference(nlp)


class Coreference(_Stage):
    """Weighs the candidates in the light of the whole document, and unites those of one thing."""

    def __call__(self, doc: Doc) -> Doc:
        """Set doc.spans["coref_1"] and so on, and doc.spans["mentions"] and doc.ents anew with what was confirmed."""
        state, settings = self.state(doc), self.encoder.settings
        kinds = {name: index for index, name in enumerate(settings.types)}
        candidates = [(s.start, s.end - 1, kinds[s.label_]) for s in doc.spans.get("mentions", ()) if s.label_ in kinds]
        network.link(self.encoder.engine, settings, state, candidates)
        spans = [Span(doc, m.start, m.end + 1, settings.types[m.type]) for m in state.mentions]
        names = [_named(span) for span in spans]
        doc.spans["mentions"] = spans
        if "given" not in doc.spans:
            doc.ents = list(itertools.compress(spans, names))
        order: dict[int, int] = {}
        groups: dict[int, list[Span]] = {}
        for mention, span in zip(state.mentions, spans, strict=True):
            number = order.setdefault(mention.cluster, len(order) + 1)
            groups.setdefault(number, []).append(span)
        for number, group in groups.items():
            doc.spans[f"coref_{number}"] = group
        doc._.mentions = tuple(
            Mention(
                span.start_char,
                span.end_char,
                span.label_,
                f"e{order[m.cluster]}",
                None,
                round(m.score, 2),
                named,
            )
            for m, span, named in zip(state.mentions, spans, names, strict=True)
        )
        return doc


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:  # noqa: ARG001 - spaCy's signature
    """Find relations between mentions."""
    return Relations(nlp)


class Relations(_Stage):
    """Sets doc._.statements, each with the sentence that states it."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the relations between mentions at most a sentence apart."""
        network.relate(self.encoder.engine, self.encoder.settings, self.state(doc))
        doc._.statements = _statements(doc, self.state(doc), self.encoder.settings)
        return doc


@Language.factory("kg_stance")
def make_stance(nlp: Language, name: str) -> Stance:  # noqa: ARG001 - spaCy's signature
    """Say how each relation is stated, and by whom."""
    return Stance(nlp)


class Stance(_Stage):
    """Adds stance and speaker to doc._.statements."""

    def __call__(self, doc: Doc) -> Doc:
        """Weigh each relation's stance."""
        network.weigh(self.encoder.engine, self.encoder.settings, self.state(doc))
        doc._.statements = _statements(doc, self.state(doc), self.encoder.settings)
        return doc


def _statements(doc: Doc, state: network.State, settings: network.Settings) -> tuple[Statement, ...]:
    mentions: tuple[Mention, ...] = doc._.mentions
    quotes = _quotes(doc, state.words.sentence) if state.relations else []
    found: dict[tuple[str, str, str], dict[str, Evidence]] = {}
    for relation in state.relations:
        head, tail = mentions[relation.head], mentions[relation.tail]
        if relation not in state.told:
            state.told[relation] = _evidence(doc, state, settings, quotes, relation)
        item, name = state.told[relation], settings.relations[relation.relation]
        found.setdefault((head.entity, name, tail.entity), {})[item.id] = item
    return tuple(
        Statement(*key, tuple(items[i] for i in sorted(items)))
        for key, items in sorted(found.items(), key=lambda f: _place(f[1]))
    )


def _evidence(
    doc: Doc,
    state: network.State,
    settings: network.Settings,
    quotes: list[Characters],
    relation: network.FoundRelation,
) -> Evidence:
    text, sentence = characters(doc), state.words.sentence
    head, tail = doc._.mentions[relation.head], doc._.mentions[relation.tail]
    words = (state.mentions[relation.head].start, state.mentions[relation.tail].start)
    start, end = _trimmed(text, quotes[sentence[min(words)]].start, quotes[sentence[max(words)]].end)
    stance = tuple(settings.stances[index] for index in relation.stance)
    by = doc._.mentions[relation.by].entity if relation.by is not None else None
    if by in {head.entity, tail.entity} and by != head.entity:
        by = tail.entity
    ends = Characters(head.start, head.end), Characters(tail.start, tail.end)
    item = evidence_id(
        document=doc._.iri,
        span=Characters(start, end),
        subject=ends[0],
        object=ends[1],
        predicate=settings.relations[relation.relation],
        stance=stance,
        by=by,
    )
    return Evidence(
        id=item,
        document=doc._.iri,
        start=start,
        end=end,
        quote=text[start:end],
        stance=stance,
        by=by,
        score=round(relation.score, 2),
        reader="kg",
        subject=ends[0],
        object=ends[1],
    )


def _quotes(doc: Doc, sentence: Any) -> list[Characters]:
    """The characters of each sentence, by its number."""
    first, words = np.flatnonzero(np.diff(sentence, prepend=-1)).tolist(), places(doc)
    return [Characters(words[start][0], words[end - 1][1]) for start, end in itertools.pairwise([*first, len(doc)])]


def _place(items: dict[str, Evidence]) -> tuple[Any, ...]:
    return min((item.start, item.subject or (0, 0), item.object or (0, 0), item.id) for item in items.values())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


@Language.factory("kg_values")
def make_values(nlp: Language, name: str) -> Any:  # noqa: ARG001 - spaCy's signature
    """Normalise dates, amounts and quantities."""
    return add_values


def add_values(doc: Doc) -> Doc:
    """Set the values in doc._.mentions; relative dates are resolved by doc._.published. Drops the network's arrays."""
    doc.user_data.pop(STATE, None)
    mentions: tuple[Mention, ...] = doc._.mentions
    found = values(characters(doc), mentions, doc._.published)
    del doc.user_data[TEXT]
    doc._.mentions = tuple(
        mention if mention.value == value else dataclasses.replace(mention, value=value)
        for mention, value in zip(mentions, found, strict=True)
    )
    return doc


def _named(span: Span) -> bool:
    return network.is_name(characters(span.doc)[span.start_char : span.end_char], span.label_)
