"""Runs the trained network on one text: words in, mentions, clusters, relations and stance out."""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kg import phrases
from kg.errors import KgError
from kg.nlp import addressed, attribution, conditions, decode, features, plain, quoted

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from kg.types import Evidence

Array = NDArray[Any]

CLS, SEP = 101, 102
"""BERT's marks at both ends of a window."""
MOST = 256
"""The most mentions that are compared all with all: at some kilobytes a pair, half a gigabyte."""

is_name = functools.lru_cache(maxsize=1 << 14)(phrases.is_name)
"""The same question is asked at several stages."""
PARTS = ("reader", "linker", "relater", "stancer")


class Engine(Protocol):
    """Runs one part of the network: name and arrays in (as in training/network.py), arrays out."""

    def __call__(self, part: str, /, **arrays: Array) -> Sequence[Array]:
        """Return the outputs of one part."""
        ...


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a network must know of itself, and the thresholds with which its scores are read (config.json).

    `types` and `relations` name the network's labels in its order. `allowed[t, r, u]` says whether relation r may hold
    between types t and u. `thresholds` has one probability for each relation, `stance` one for each stance.
    `symmetric` are indices of relations, `speakers` the types of those who can say something.
    """

    types: tuple[str, ...]
    relations: tuple[str, ...]
    stances: tuple[str, ...]
    allowed: Array
    outside: float = 0.0
    mention: float = 0.5
    antecedent: float = 0.0
    thresholds: tuple[float, ...] = ()
    stance: tuple[float, ...] = ()
    by: float = 0.5
    symmetric: frozenset[int] = frozenset()
    speakers: frozenset[str] = frozenset()
    calibration: Mapping[str, tuple[float, float]] = dataclasses.field(default_factory=dict)

    def calibrate(self, name: str, probability: Array) -> Array:
        """The share of cases in which a raw probability of this kind turned out right (Platt 1999)."""
        slope, shift = self.calibration.get(name, (1.0, 0.0))
        if (slope, shift) == (1.0, 0.0):
            return probability
        clipped = np.clip(probability, 1e-6, 1 - 1e-6)
        return decode.sigmoid(slope * np.log(clipped / (1 - clipped)) + shift)


@dataclasses.dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention: words `start`..`end` (inclusive), type index, probability, and the number of its cluster."""

    start: int
    end: int
    type: int
    score: float
    cluster: int


@dataclasses.dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation between two mentions (indices into State.mentions), stance as indices, `by` a mention or None."""

    head: int
    relation: int
    tail: int
    score: float
    stance: tuple[int, ...]
    by: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A text as words: the words, whether a space follows each, the sentence of each (rising), and which to skip."""

    words: Sequence[str]
    spaces: Sequence[bool]
    sentence: Sequence[int]
    skip: Sequence[bool]


@dataclasses.dataclass(slots=True)
class State:
    """What the stages of reading one text hand on: each fills in what it adds.

    `vectors`, `tags` (log-probabilities) and `furniture` (probabilities) run over the words; `links` over the
    mentions, `pairs` over the relations. `told` holds what was made of a relation, which its stance seldom changes.
    """

    text: Text
    words: features.Words
    vectors: Array
    tags: Array
    furniture: Array
    mentions: tuple[FoundMention, ...] = ()
    links: Array | None = None
    relations: tuple[FoundRelation, ...] = ()
    pairs: Array | None = None
    told: dict[FoundRelation, Evidence] = dataclasses.field(default_factory=dict)


def read(engine: Engine, tokenizer: Tokenizer, settings: Settings, text: Text) -> State:
    """Read one text: all stages in turn. Time is linear in its length; mentions come in the order of their start."""
    state = encode(engine, tokenizer, text)
    link(engine, settings, state, propose(settings, state))
    relate(engine, settings, state)
    weigh(engine, settings, state)
    return state


def encode(engine: Engine, tokenizer: Tokenizer, text: Text) -> State:
    """First stage: a vector, tag scores and a furniture score for each word, window by window."""
    words = features.encode(tokenizer, text.words, text.spaces, text.sentence)
    outputs = []
    for window in words.windows:
        core = slice(window.core_start - window.start, window.core_end - window.start)
        outputs.append([out[0, core] for out in engine("reader", **window_arrays(words, window))])
    if not outputs:
        return State(text, words, np.zeros((0, 1)), np.zeros((0, 1)), np.zeros(0))
    vectors, tags, furniture = (np.concatenate(parts) for parts in zip(*outputs, strict=True))
    return State(text, words, vectors, decode.log_softmax(tags), decode.sigmoid(furniture))


def propose(settings: Settings, state: State) -> list[tuple[int, int, int]]:
    """Second stage: candidate mentions as (first word, last word inclusive, type), outside of what is to be skipped."""
    skip = np.asarray(state.text.skip, dtype=bool)
    if not len(skip):
        return []
    tags = state.tags.copy()
    tags[skip, 1:] = -1e4
    found = (
        (*_trimmed(state.text.words, start, end), kind)
        for start, end, kind in decode.spans(tags, outside=settings.outside)
    )
    return [span for span in found if span[0] <= span[1] and _whole(state.words.sentence, skip, span[0], span[1])]


_EDGES = frozenset("'s ’s ' ’ ‘ “ ” \" ( [ , ; : - – — * ** #".split())  # noqa: RUF001, SIM905


def _trimmed(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """A span without quotation marks, commas, open brackets at its edges; empty if only an article is left."""
    while start <= end and (words[start] in _EDGES or words[start].isspace()):
        start += 1
    while end >= start and (
        words[end] in _EDGES or words[end].isspace() or (words[end] == ")" and "(" not in words[start:end])
    ):
        end -= 1
    if "(" in words[start : end + 1] and ")" not in words[start : end + 1]:
        end = start + list(words[start : end + 1]).index("(") - 1
    if start == end and words[start].lower() in {"the", "a", "an"}:
        end = start - 1
    return start, end


def window_arrays(words: features.Words, window: features.Window) -> dict[str, Array]:
    """The inputs of the reader for one window, as a batch of one."""
    span = slice(window.start, window.end)
    low, high = int(words.first[span].min()), int(words.last[span].max()) + 1
    high = min(high, low + 510)
    pieces = np.concatenate([[CLS], words.pieces[low:high], [SEP]])
    cases = np.zeros(len(pieces), dtype=np.int64)
    first = np.clip(words.first[span] - low, 0, high - low - 1) + 1
    last = np.clip(words.last[span] - low, 0, high - low - 1) + 1
    for a, b, c in zip(first.tolist(), last.tolist(), words.cases[span].tolist(), strict=True):
        cases[a : b + 1] = c
    return {
        "pieces": pieces[None].astype(np.int64),
        "piece_cases": cases[None],
        "mask": np.ones((1, len(pieces)), dtype=np.int64),
        "first": first[None],
        "last": last[None],
        "cases": words.cases[None, span],
        "places": words.places[None, span],
        "word_mask": np.ones((1, window.end - window.start), dtype=np.int64),
    }


def _whole(sentence: Array, skip: Array, start: int, end: int) -> bool:
    """Whether a span lies in one sentence, and outside what is to be skipped."""
    return bool(sentence[start] == sentence[end]) and not skip[start : end + 1].any()


def surface(text: Text, start: int, end: int) -> str:
    """The text of words `start`..`end` (inclusive)."""
    return "".join(text.words[i] + (" " if text.spaces[i] and i < end else "") for i in range(start, end + 1)).strip()


def link(engine: Engine, settings: Settings, state: State, candidates: list[tuple[int, int, int]]) -> None:
    """Third stage: which candidates are mentions, of what type, and which of them are the same thing.

    Comparing all with all takes memory by the square: what has very many is compared part by part, and across parts
    only equal names are one.
    """
    parts = (candidates[first : first + MOST] for first in range(0, len(candidates), MOST))
    found = [part for part in (_linked(engine, settings, state, each) for each in parts) if part.kept]
    if not found:
        return
    kept, named = [each for part in found for each in part.kept], [each for part in found for each in part.named]
    chance = np.concatenate([part.chance for part in found])
    firsts = np.cumsum([0, *(len(part.kept) for part in found)])
    numbers = [int(first) + number for first, part in zip(firsts, found, strict=False) for number in part.cluster]
    cluster = _unite_names(numbers, named)
    totals = np.zeros((len(kept), chance.shape[1]))
    np.add.at(totals, cluster, chance)
    type_of = totals.argmax(1)
    solid = settings.calibrate("mention", chance.max(1))
    state.mentions = tuple(
        FoundMention(start, end, int(type_of[cluster[n]]), float(solid[n]), int(cluster[n]))
        for n, (start, end, _) in enumerate(kept)
    )
    state.links = np.concatenate([part.mentions for part in found])


class _Part(NamedTuple):
    """Of some candidates those that are mentions: their names, vectors, chances of each type, and clusters."""

    kept: list[tuple[int, int, int]]
    named: list[tuple[str, str]]
    mentions: Array
    chance: Array
    cluster: list[int]


def _linked(engine: Engine, settings: Settings, state: State, candidates: list[tuple[int, int, int]]) -> _Part:
    surfaces = [surface(state.text, start, end) for start, end, _ in candidates]
    spans = features.spans(surfaces, [c[0] for c in candidates], [c[1] for c in candidates], state.words.sentence)
    mentions, kinds, antecedents = engine(
        "linker",
        words=state.vectors,
        start=spans.start,
        end=spans.end,
        types=np.asarray([c[2] for c in candidates], dtype=np.int64),
        likeness=spans.likeness,
        steps=spans.steps,
        sentence_steps=spans.sentence_steps,
    )
    kinds = np.exp(decode.log_softmax(kinds))
    keep = np.flatnonzero(1.0 - kinds[:, -1] >= settings.mention)
    if len(keep) == 0:
        return _Part([], [], mentions, kinds, [])
    tagged = _tag_types(state.tags, spans.start[keep], spans.end[keep])
    chance = kinds[keep][:, :-1] * 0.5 + tagged * 0.5 * (1.0 - kinds[keep][:, -1:])
    measures = [place for place, i in enumerate(keep) if phrases.is_measure(surfaces[i])]
    counted = np.asarray([kind == "Quantity" for kind in settings.types])
    chance[measures] = np.where(counted, chance[measures].max(1, keepdims=True), 0.0)
    named = [(surfaces[i], settings.types[candidates[i][2]]) for i in keep]
    kept = [candidates[i] for i in keep]
    apart = _apart(named)
    apart[measures] = apart[:, measures] = True
    cluster = _united(antecedents[np.ix_(keep, keep)], settings, state, kept, apart)
    return _Part(kept, named, mentions[keep], chance, cluster)


def _united(
    scores: Array, settings: Settings, state: State, kept: list[tuple[int, int, int]], apart: Array
) -> list[int]:
    """The clusters of these mentions; who "I" and "we" are in a quotation is read from its words where they tell."""
    words = [word.lower() for word in state.text.words]
    typed = [(start, end, settings.types[kind]) for start, end, kind in kept]
    persons = quoted.first_persons(words, state.words.sentence, typed, settings.speakers)
    for one, two in persons.apart:
        apart[one, two] = apart[two, one] = True
    scores[[one for one, _ in persons.same]] = -np.inf
    return _joined(decode.clusters(scores, threshold=settings.antecedent, apart=apart), persons.same)


_VERSIONED = frozenset({"Model", "Product", "Dataset"})
_MAKERS = frozenset({"Company", "Media", "Lab", "University", "Government", "Nonprofit", "Collective", "Person"})
_MADE = _VERSIONED | {"Work", "Law"}


def _apart(named: list[tuple[str, str]]) -> Array:
    """Which of these mentions can't be one thing.

    Their names tell of different versions; or one names an organisation or a person and the other what is made, and the
    names have no word in common. A name is of the type that most of its mentions have.
    """
    votes: dict[str, collections.Counter[str]] = {}
    for text, kind in named:
        votes.setdefault(features.plain(text), collections.Counter())[kind] += 1
    named = [(text, votes[features.plain(text)].most_common(1)[0][0]) for text, _ in named]
    which = [i for i, (text, kind) in enumerate(named) if is_name(text, kind)]
    texts, kinds = [named[i][0] for i in which], [named[i][1] for i in which]
    made, makes = (np.asarray([kind in group for kind in kinds], dtype=bool) for group in (_MADE, _MAKERS))
    unlike = (made[:, None] != made) & (makes[:, None] | makes) & (features.likeness(texts) == 0)
    for one, two in itertools.combinations([i for i, kind in enumerate(kinds) if kind in _VERSIONED], 2):
        if features.apart(texts[one], texts[two]):
            unlike[one, two] = unlike[two, one] = True
    table = np.zeros((len(named), len(named)), dtype=bool)
    table[np.ix_(which, which)] = unlike
    return table


def _unite_names(cluster: list[int], surfaces: list[tuple[str, str]]) -> Array:
    """The clusters, with those united that hold the very same name: within a document one name means one thing.

    (In the annotated corpus two mentions in a row of one name are one thing in 99 of 100 cases.)
    """
    first: dict[str, int] = {}
    named = [i for i, (text, kind) in enumerate(surfaces) if is_name(text, kind)]
    return np.asarray(_joined(cluster, [(first.setdefault(features.plain(surfaces[i][0]), i), i) for i in named]))


def _joined(cluster: list[int], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The clusters, given for each mention, with those united that hold both mentions of a pair."""
    stands = {number: number for number in cluster}

    def find(number: int) -> int:
        while stands[number] != number:
            number = stands[number]
        return number

    for pair in pairs:
        one, two = sorted(find(cluster[mention]) for mention in pair)
        stands[two] = one
    return [find(number) for number in cluster]


def _tag_types(tags: Array, start: Array, end: Array) -> Array:
    """The probability of each type by the tags at both ends of each span."""
    by_type = tags[:, 1:].reshape(len(tags), -1, 4)
    ends = (by_type[start, :, 0] + by_type[end, :, 2]) / 2
    return np.asarray(np.exp(np.where((start == end)[:, None], by_type[start, :, 3], ends)))


def relate(engine: Engine, settings: Settings, state: State) -> None:
    """Fourth stage: which relations hold between mentions at most a sentence apart; their stance is yet unknown.

    Of several pairs of mentions of the same two things in one sentence the surest stands for them. Of a symmetric
    relation the surer direction stands.
    """
    if state.links is None:
        return
    found, words = state.mentions, state.words
    start = np.asarray([m.start for m in found], dtype=np.int64)
    end = np.asarray([m.end for m in found], dtype=np.int64)
    types = np.asarray([m.type for m in found], dtype=np.int64)
    cluster = np.asarray([m.cluster for m in found], dtype=np.int64)
    head, tail = features.pairs(words.sentence[start])
    possible = settings.allowed[types[head], :, types[tail]].any(1) & (cluster[head] != cluster[tail])
    head, tail = head[possible], tail[possible]
    if len(head) == 0:
        return
    vectors, scores = _pairs(engine, words, state.vectors, state.links, start, end, head, tail)
    scores = decode.sigmoid(scores)
    told = set(_plain(settings, state, head, tail))
    for pair, relation in told:
        scores[pair, relation] = 1.0
    chance = np.where(settings.allowed[types[head], :, types[tail]], scores, 0.0)
    thresholds = np.asarray(settings.thresholds or [0.5] * len(settings.relations))
    best: dict[tuple[int, int, int, int], tuple[float, int]] = {}
    likely, names = np.nonzero(chance >= thresholds[None, :])
    place = words.sentence[np.maximum(start[head[likely]], start[tail[likely]])]
    columns = (likely, names, cluster[head[likely]], cluster[tail[likely]], place, chance[likely, names])
    for pair, relation, one, two, number, score in zip(*(column.tolist() for column in columns), strict=True):
        ends = (min(one, two), max(one, two)) if relation in settings.symmetric else (one, two)
        key = (*ends, relation, number)
        best[key] = max(best.get(key, (0.0, 0)), (score, -pair))
    kept = sorted((-number, key[2], score) for key, (score, number) in best.items())
    scores = settings.calibrate("relation", np.asarray([score for _, _, score in kept])).tolist()
    state.relations = tuple(
        FoundRelation(
            int(head[pair]), relation, int(tail[pair]), plain.SURE if (pair, relation) in told else score, (), None
        )
        for (pair, relation, _), score in zip(kept, scores, strict=True)
    )
    state.pairs = vectors[[pair for pair, _, _ in kept]]


def _plain(settings: Settings, state: State, head: Array, tail: Array) -> Iterator[tuple[int, int]]:
    """The pairs, by number, and the relations that plain words tell of them."""
    words = [word.lower() for word in state.text.words]
    mentions = [plain.Typed(m.start, m.end, settings.types[m.type]) for m in state.mentions]
    for one, name, other in plain.related(words, mentions):
        if name in settings.relations:
            places = np.flatnonzero((head == one) & (tail == other))
            yield from ((int(place), settings.relations.index(name)) for place in places)


def weigh(engine: Engine, settings: Settings, state: State) -> None:
    """Fifth stage: in what stance each relation is stated, and who says so: by plain words, else by the network."""
    if not state.relations or state.links is None or state.pairs is None:
        return
    speaks = np.asarray([settings.types[mention.type] in settings.speakers for mention in state.mentions])
    state.relations = addressed.readdressed(state, settings.relations, speaks.tolist())
    names = np.asarray([relation.relation for relation in state.relations], dtype=np.int64)
    stance, by = engine("stancer", found=state.pairs, relation=names, mentions=state.links)
    limits = np.asarray(settings.stance or [0.5] * len(settings.stances))
    stance = (decode.sigmoid(stance) >= limits).tolist()
    sentence = state.words.sentence[[mention.start for mention in state.mentions]]
    told = attribution.attributed(state, speaks.tolist())
    speakers = _speakers(by, sentence, speaks, state.relations, settings.by)
    plain_words = conditions.stances(state, settings.relations)
    state.relations = tuple(
        dataclasses.replace(
            relation,
            stance=tuple(index for index, holds in enumerate(stance[n]) if holds)
            or tuple(settings.stances.index(word) for word in plain_words[n]),
            by=speaker if (speaker := told[n]) is not None else speakers[n],
        )
        for n, relation in enumerate(state.relations)
    )


def _pairs(  # noqa: PLR0913, PLR0917 - the arrays of one text
    engine: Engine,
    words: features.Words,
    vectors: Array,
    mentions: Array,
    start: Array,
    end: Array,
    head: Array,
    tail: Array,
    step: int = 500,
) -> tuple[Array, Array]:
    """Vectors and scores of pairs, in portions, each over just the words that its pairs' sentences cover."""
    edges = np.searchsorted(words.sentence, np.arange(int(words.sentence[-1]) + 2), side="left")
    first = np.minimum(words.sentence[start[head]], words.sentence[start[tail]])
    last = np.maximum(words.sentence[start[head]], words.sentence[start[tail]])
    low, high = edges[first], edges[last + 1]
    gap = features.gaps(start, end, head, tail)
    far = np.minimum(last - first, features.SENTENCE_STEPS - 1)
    out: list[tuple[Array, Array]] = []
    for begin in range(0, len(head), step):
        part = slice(begin, begin + step)
        base, stop = int(low[part].min()), int(high[part].max())
        inside = np.flatnonzero((start >= base) & (end < stop))
        place = np.zeros(len(start), dtype=np.int64)
        place[inside] = np.arange(len(inside))
        h, s = engine(
            "relater",
            words=vectors[base:stop],
            mentions=mentions[inside],
            start=start[inside] - base,
            end=end[inside] - base,
            head=place[head[part]],
            tail=place[tail[part]],
            low=low[part] - base,
            high=high[part] - base,
            gaps=gap[part],
            sentence_steps=far[part],
        )
        out.append((h, s))
    return np.concatenate([o[0] for o in out]), np.concatenate([o[1] for o in out])


def _speakers(
    scores: Array, sentence: Array, speaks: Array, relations: Sequence[FoundRelation], threshold: float
) -> list[int | None]:
    """For each relation the mention that says so, if likelier than nobody.

    It is one that can speak, of the same sentence or that before.
    """
    last = np.asarray([max(sentence[each.head], sentence[each.tail]) for each in relations])[:, None]
    near = (sentence <= last) & (sentence >= last - 1) & speaks
    chance = np.exp(decode.log_softmax(np.concatenate([scores[:, :1], np.where(near, scores[:, 1:], -1e4)], axis=1)))
    said = near.any(1) & (1.0 - chance[:, 0] >= threshold)
    return [best if sure else None for best, sure in zip(chance[:, 1:].argmax(1).tolist(), said, strict=True)]


class Onnx:
    """The exported network in a folder, run by onnxruntime on one thread (so that sums keep their order).

    The graphs are written as they run best (training/graph.py), so that none is optimised anew while it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._sessions: dict[str, Any] = {}
        self._inputs: dict[str, list[str]] = {}
        for part in PARTS:
            path = folder / f"{part}.onnx"
            if not path.is_file():
                raise KgError(f"no {part}.onnx in {folder.name}/: expected a network made by `make model`")
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            self._sessions[part], self._inputs[part] = session, [each.name for each in session.get_inputs()]

    def __call__(self, part: str, /, **arrays: Array) -> Sequence[Array]:
        """The outputs of one part."""
        given = {name: arrays[name] for name in self._inputs[part]}
        result: Sequence[Array] = self._sessions[part].run(None, given)
        return result


def settings(folder: Path) -> Settings:
    """What FOLDER/config.json says, with the ontology's domains and ranges as the mask."""
    path = folder / "config.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise KgError(f"no readable config.json in {folder.name}/: expected a network made by `make model`") from fault
    return Settings(
        types=tuple(raw["types"]),
        relations=tuple(raw["relations"]),
        stances=tuple(raw["stances"]),
        allowed=allowed(tuple(raw["types"]), tuple(raw["relations"])),
        outside=raw["outside"],
        mention=raw["mention"],
        antecedent=raw["antecedent"],
        thresholds=tuple(raw["thresholds"]),
        stance=tuple(raw["stance"]),
        by=raw["by"],
        calibration={name: (pair[0], pair[1]) for name, pair in raw["calibration"].items()},
        symmetric=symmetric(tuple(raw["relations"])),
        speakers=speakers(),
    )


def symmetric(relations: tuple[str, ...]) -> frozenset[int]:
    """The indices of the relations that the ontology calls symmetric."""
    from kg.ontology import ontology

    return frozenset(i for i, name in enumerate(relations) if ontology().relations[name].symmetric)


def speakers() -> frozenset[str]:
    """The types of those who can say something: by the ontology, those who can criticise."""
    from kg.ontology import ontology

    return ontology().relations["criticizes"].domain


@functools.cache
def allowed(types: tuple[str, ...], relations: tuple[str, ...]) -> Array:
    """(types, relations, types): which relations the ontology allows between which types."""
    from kg.ontology import ontology

    known = [ontology().relations[name] for name in relations]
    heads = np.asarray([[kind in each.domain for each in known] for kind in types], dtype=bool)
    tails = np.asarray([[kind in each.range for kind in types] for each in known], dtype=bool)
    return np.asarray(heads[:, :, None] & tails)
