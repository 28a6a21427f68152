"""What is said of entities, laid over the things that they are: with the names, types and IRIs of these."""

from __future__ import annotations

import collections
import heapq
import itertools
import operator
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from kg import packed, vocab
from kg.canonical import ANCHORS, Thing
from kg.graph import Said
from kg.lexicon import known, lexicon
from kg.ontology import ontology
from kg.packed import Row
from kg.runs import Runs, gathered, place
from kg.types import Literal

Waiting: TypeAlias = Runs[tuple[Any, ...]]
"""What is said of things by their IRIs, in the order of the graph, and the relations that lead to them."""

_LEAST = 2  # voices of the lexicon
_NAMES = (vocab.LABEL, vocab.ALT_LABEL)
_CALLED = (*_NAMES, vocab.HIDDEN_LABEL)
_STRING = Literal("").datatype
_END = ""  # in place of a predicate: the thing is the object of that relation


def rename(graph: Said, things: Mapping[str, Thing], renamed: Mapping[str, str]) -> Iterator[Row]:
    """The statements with the IRIs, names and types of the things that they are about; `renamed` are their `ids`.

    Of all names one is the label and the others are alternative labels, and so are the descriptions by which articles
    speak that give no name; what has no name at all is labelled by a description and what it belongs to: "letter to
    OpenAI". Of all types the one that most mentions and relations speak for remains. Statements of a thing about itself
    are left out. Evidence keeps its id. On the disk the rows come in the order of their subjects.
    """
    waiting = Waiting()
    plain, rest = _plain(graph, things, renamed, waiting), _agreed(waiting, things)
    if place() is None:
        return itertools.chain(plain, rest)
    return heapq.merge(Runs(map(packed.storable, plain)), rest, key=operator.itemgetter(0))


def _plain(graph: Said, things: Mapping[str, Thing], renamed: Mapping[str, str], waiting: Waiting) -> Iterator[Row]:
    """What is said of most things, each statement by itself; that of others is put to what is waiting."""
    others, number, store = _others(graph, things, renamed), 0, place() is not None
    for entity, group in itertools.groupby(graph.rows(), operator.itemgetter(0)):
        rows, subject = list(group), renamed.get(entity, entity)
        thing = things.get(subject)
        named = any(row[1] == vocab.LABEL for row in rows)
        for row in rows:
            if named and row[1] == vocab.HIDDEN_LABEL:
                continue
            moved = packed.moved(row, renamed)
            if subject in others:
                waiting.add((subject, number, *(packed.storable(moved) if store else moved)[1:]))
            elif kept := _called(moved, thing.label if thing else None):
                yield kept
            if not row[3] and row[2] in renamed and moved[2] in others:
                waiting.add((moved[2], number, _END, row[1]))
            number += 1


def _others(graph: Said, things: Mapping[str, Thing], renamed: Mapping[str, str]) -> Container[str]:
    """The things of which all has to be known at once: those of several types, without a name, or perhaps known."""
    found = {iri for iri, thing in things.items() if not thing.named}
    types: dict[str, str] = {}
    for item in graph.saying(vocab.TYPE, *_NAMES):
        thing = renamed.get(item.subject)
        if thing is None or thing in found:
            continue
        if item.predicate == vocab.TYPE:
            several = types.setdefault(thing, str(item.object)) != item.object
        else:
            several = bool(lexicon().meanings(item.key[2], _local(types.get(thing, ""))))
        if several:
            found.add(thing)
    return found


def _agreed(waiting: Waiting, things: Mapping[str, Thing]) -> Iterator[Row]:
    """What is said of the things of which all was waited for."""
    for records in gathered(waiting):
        subject = records[0][0]
        rows = [(subject, *record[2:]) for record in records if record[2] != _END]
        if rows:
            type_ = _elected(rows, [record[3] for record in records if record[2] == _END])
            yield from _named(rows, type_, things[subject].label, _told_apart(rows, type_, things))


def _elected(rows: Sequence[Row], relations: Iterable[str]) -> str:
    """The type that most mentions, ends of relations, and what the lexicon knows speak for; "" if there is none.

    `rows` are of one thing, `relations` those of which it is the object.
    """
    votes, called = collections.Counter[str](), list[str]()
    for row in rows:
        if row[1] == vocab.TYPE:
            votes[row[2]] += max(1, packed.count(packed.statement(row)))
        elif row[1] in _NAMES:
            called.append(row[2])
    if len(votes) == 1 and not known(tuple(dict.fromkeys(called)), _local(next(iter(votes)))):
        return next(iter(votes))
    ends = [*((row[1], "domain") for row in rows), *((relation, "range") for relation in relations)]
    for (relation, side), count in collections.Counter(ends).items():
        if known_ := ontology().relations.get(_local(relation)):
            for type_ in votes if known_.iri == relation else ():
                votes[type_] += count * (_local(type_) in getattr(known_, side))
    _prior(votes, dict.fromkeys(called))
    order = {cls.iri: place for place, cls in enumerate(ontology().classes.values())}
    return min(votes, key=lambda name: (-votes[name], order.get(name, len(order)), name), default="")


def _prior(votes: collections.Counter[str], called: Iterable[str]) -> None:
    """What the lexicon knows of the type counts as much as half of all voices, so that a slip of many can't win."""
    entries = {known(tuple(called), _local(type_)) for type_ in votes} - {None}
    half = max(_LEAST, votes.total() // 2)
    for type_ in sorted({vocab.KG + entry.type for entry in entries if entry}):
        votes[type_] += half // len(entries)


def _told_apart(rows: Sequence[Row], type_: str, things: Mapping[str, Thing]) -> str:
    """The label of a thing without a name, with the name that tells it apart; "" if there is none or it holds it."""
    thing = things[rows[0][0]]
    for relation, put in {} if thing.named else ANCHORS.get(_local(type_), {}).items():
        said = (packed.statement(row) for row in rows if row[1] == vocab.KG + relation and not row[3])
        ends = {
            str(item.object): len(item.evidence)
            for item in said
            if any("negated" not in each.stance for each in item.evidence)
        }
        known = [(-count, things[end].label) for end, count in ends.items() if end in things and things[end].named]
        if any(name.casefold() in thing.label.casefold() for _, name in known):
            return ""
        if known:
            return put.format(thing.label, min(known)[1])
    return ""


def _named(rows: Iterable[Row], type_: str, label: str, told_apart: str) -> Iterator[Row]:
    """The rows of a thing with its one type, and its names; where it needs another label, that too."""
    for row in rows:
        if row[1] == vocab.TYPE and type_ and row[2] != type_:
            continue
        kept = _called(row, label)
        if kept and told_apart and kept[1] == vocab.LABEL:
            yield (row[0], vocab.LABEL, told_apart, _STRING, "", row[5])
            yield (row[0], vocab.ALT_LABEL, *row[2:])
        elif kept:
            yield kept


def _called(row: Row, label: str | None) -> Row | None:
    """A row of a thing with this label, other names as alternative ones; none where it ties a thing to itself."""
    subject, predicate, value, datatype, language, told = row
    if datatype and label is not None and predicate in _CALLED:
        return (subject, vocab.LABEL if value == label else vocab.ALT_LABEL, value, datatype, language, told)
    return row if subject != value or datatype else None


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]
