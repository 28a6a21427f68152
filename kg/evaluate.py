"""How well documents were read, measured against annotation by hand.

The measures are those of training/score.py.
"""

from __future__ import annotations

import collections
import dataclasses
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import phrases
from kg.errors import KgError
from kg.gold import Gold, Marked, Reading, Told
from kg.types import Annotation, Document

MEASURES = ("mentions", "named", "spans", "coref", "triples", "stanced")
"""The rows of the table: mentions with their types, of them the named ones, spans alone, coreference (B-cubed over all
mentions), triples from raw text, and triples with their stance."""

_DETERMINED = ("the ", "a ", "an ", "its ", "his ", "her ", "their ")
_POINTING = phrases.listed("""
it its itself they them their theirs he him his himself she her hers herself we us our ours i me my mine you your yours
this that these those who which
""")


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean in percent, and how many there were to be found."""

    precision: float
    recall: float
    f: float
    gold: int


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """The scores by measure; `per` by type and relation; the rest are counts, `values` a score whose recall counts."""

    scores: Mapping[str, Score]
    per: Mapping[str, Score]
    values: Score
    furniture: int
    documents: int
    missing: int

    def lines(self, *, per: bool = False) -> Iterator[str]:
        """The table as text, with a line for each type and relation if asked for."""
        for key in MEASURES:
            yield f"{key:9} {_row(self.scores[key])}"
        yield f"values    {self.values.recall:5.1f} of {self.values.gold}"
        yield f"furniture {self.furniture}   documents {self.documents}, {self.missing} missing"
        if per:
            yield from (f"  {key:28} {_row(score)}" for key, score in self.per.items())


def evaluate(gold: Iterable[Gold], system: Callable[[Document], Annotation | Reading | None]) -> Table:
    """The scores of a system, which is given each document and says what it reads there; None if it has nothing."""
    count: collections.Counter[tuple[str, str]] = collections.Counter()
    overlap: list[tuple[float, float]] = []
    documents = missing = furniture = 0
    for item in gold:
        found = system(item.document)
        documents, missing = documents + 1, missing + (found is None)
        got = _reading(found)
        furniture += sum(any(s <= mention.start < e for s, e in item.furniture) for mention in got.mentions)
        count.update(_mentions(item, got))
        count.update(_triples(item.reading, got))
        count.update(_values(item.reading, got))
        overlap += _coreference(item.reading, got, count)
    scores = {key: _score(count, key) for key in MEASURES}
    scores["coref"] = _b_cubed(overlap, count)
    keys = sorted({key for key, _ in count if key.startswith(("type ", "relation "))})
    per = {key: _score(count, key) for key in keys}
    return Table(scores, per, _score(count, "values"), furniture, documents, missing)


def outputs(path: str | Path) -> Callable[[Document], Reading | None]:
    """A system whose readings stand in an annotated.jsonl, found by the documents' names. Raises KgError."""
    found: dict[str, Reading] = {}
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    record = json.loads(line)
                    found[record["id"]] = _recorded(record)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgError(f"can't read {path} as what kg build leaves in annotated.jsonl: {error}") from error
    return lambda document: found.get(document.name)


def _reading(found: Annotation | Reading | None) -> Reading:
    if not isinstance(found, Annotation):
        return found or Reading((), ())
    mentions = (Marked(item.start, item.end, item.type, item.entity, item.value) for item in found.mentions)
    statements = (
        Told(item.subject, item.predicate, str(item.object), frozenset(each.stance))
        for item in found.statements
        for each in item.evidence
    )
    return Reading(tuple(mentions), tuple(statements))


def _recorded(record: Mapping[str, Any]) -> Reading:
    mentions = (Marked(m["start"], m["end"], m["type"], m["entity"], m.get("value")) for m in record["mentions"])
    statements = (
        Told(str(s["subject"]), s["predicate"], str(s["object"]), frozenset(s.get("modifiers") or ()))
        for s in record["statements"]
    )
    return Reading(tuple(mentions), tuple(statements))


def _counts(key: str, want: Collection[object], got: Collection[object]) -> Iterator[tuple[tuple[str, str], int]]:
    yield (key, "right"), len(set(want) & set(got))
    yield (key, "found"), len(set(got))
    yield (key, "gold"), len(set(want))


def _mentions(gold: Gold, got: Reading) -> dict[tuple[str, str], int]:
    want, have = {item[:3] for item in gold.reading.mentions}, {item[:3] for item in got.mentions}
    text = gold.document.text
    result = dict(_counts("mentions", want, have))
    named = [{item for item in group if _is_named(text[item[0] : item[1]])} for group in (want, have)]
    result.update(_counts("named", *named))
    result.update(_counts("spans", {item[:2] for item in want}, {item[:2] for item in have}))
    for type_ in {item[2] for item in want | have}:
        groups = [{item for item in group if item[2] == type_} for group in (want, have)]
        result.update(_counts(f"type {type_}", *groups))
    return result


def _is_named(text: str) -> bool:
    """Whether it has a capital or a digit and is neither a pronoun nor a description."""
    if any(map(str.isdigit, text)) or any(word[0].isupper() for word in text.split()[1:]):
        return True
    lower = text.lower()
    return text[:1].isupper() and lower not in _POINTING and not lower.startswith(_DETERMINED)


def _triples(gold: Reading, got: Reading) -> dict[tuple[str, str], int]:
    """Triples in terms of the gold's entities: a system's entity is the one that it shares most mentions with."""
    at = {item[:2]: item.entity for item in gold.mentions}
    votes: dict[str, collections.Counter[str]] = {}
    for item in got.mentions:
        if item[:2] in at:
            votes.setdefault(item.entity, collections.Counter())[at[item[:2]]] += 1
    alias = {entity: counter.most_common(1)[0][0] for entity, counter in votes.items()}
    want = {(item.subject, item.predicate, item.object, item.stance) for item in gold.statements}
    have = {
        (alias.get(s.subject, f"?{s.subject}"), s.predicate, alias.get(s.object, f"?{s.object}"), s.stance)
        for s in got.statements
    }
    result = dict(_counts("stanced", want, have))
    plain = [{item[:3] for item in group} for group in (want, have)]
    result.update(_counts("triples", *plain))
    for relation in {item[1] for group in plain for item in group}:
        result.update(_counts(f"relation {relation}", *({i for i in group if i[1] == relation} for group in plain)))
    return result


def _values(gold: Reading, got: Reading) -> dict[tuple[str, str], int]:
    have = {item[:2]: (item.value or "").strip().lower() for item in got.mentions}
    want = [item for item in gold.mentions if item.value]
    right = sum(have.get(item[:2], "") == (item.value or "").strip().lower() for item in want)
    return {("values", "right"): right, ("values", "found"): len(want), ("values", "gold"): len(want)}


def _coreference(gold: Reading, got: Reading, count: collections.Counter[tuple[str, str]]) -> list[tuple[float, float]]:
    """For each mention that both have, how much of the system's and of the gold's cluster the other shares."""
    mine, other = _clusters(got.mentions), _clusters(gold.mentions)
    count["coref", "found"] += len(mine)
    count["coref", "gold"] += len(other)
    common = ((mine[span], other[span]) for span in mine if span in other)
    return [(len(a & b) / len(a), len(a & b) / len(b)) for a, b in common]


def _clusters(mentions: Sequence[Marked]) -> dict[tuple[int, int], set[tuple[int, int]]]:
    clusters: dict[str, set[tuple[int, int]]] = {}
    for item in mentions:
        clusters.setdefault(item.entity, set()).add((item.start, item.end))
    return {span: cluster for cluster in clusters.values() for span in cluster}


def _b_cubed(overlap: Sequence[tuple[float, float]], count: Mapping[tuple[str, str], int]) -> Score:
    """Precision and recall over all mentions (Bagga and Baldwin 1998); one that only one side has counts against it."""
    found, gold = count["coref", "found"], count["coref", "gold"]
    precision = sum(pair[0] for pair in overlap) / max(1, found)
    recall = sum(pair[1] for pair in overlap) / max(1, gold)
    return _percent(precision, recall, gold)


def _score(count: Mapping[tuple[str, str], int], key: str) -> Score:
    right, found, gold = (count[key, part] for part in ("right", "found", "gold"))
    return _percent(right / found if found else 0.0, right / gold if gold else 0.0, gold)


def _percent(precision: float, recall: float, gold: int) -> Score:
    both = precision + recall
    return Score(100 * precision, 100 * recall, 200 * precision * recall / both if both else 0.0, gold)


def _row(score: Score) -> str:
    return f"P {score.precision:5.1f}  R {score.recall:5.1f}  F {score.f:5.1f}   ({score.gold} gold)"
