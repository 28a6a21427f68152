"""The name, type and IRI under which a thing stands in a graph, chosen from all that its articles call it."""

from __future__ import annotations

import collections
import itertools
import marshal
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg import forms, names, packed, shelf, vocab
from kg.graph import Said
from kg.lexicon import known
from kg.ontology import ontology
from kg.packed import Row
from kg.profiles import Profile
from kg.runs import Runs, gathered
from kg.types import Literal, digest

_SHARE, _LOOSE_SHARE = 6, 24  # a fuller name, or description, must be one in so many, or it is taken for a slip
_HASH = 6
_LEAST = 2  # voices of the lexicon
_NAMES = (vocab.LABEL, vocab.ALT_LABEL)
_CALLED = (*_NAMES, vocab.HIDDEN_LABEL)
_STRING = Literal("").datatype
_ANCHORS = {
    "Event": {"affects": "{} ({})", "agent": "{} ({})", "participant": "{} ({})"},
    "Work": {"addressedTo": "{} to {}", "creator": "{} by {}", "publisher": "{} by {}", "about": "{} ({})"},
    "Group": {"memberOf": "{} of {}", "formerlyAt": "{} ({})"},
    "Dataset": {"creator": "{} by {}", "publisher": "{} by {}", "owner": "{} of {}"},
}
"""What tells things without a name apart for people, by type, the most telling relation first, and how it is put."""


class Thing(NamedTuple):
    """The entities that are one thing, its label, and whether that is a name rather than a description."""

    members: tuple[str, ...]
    label: str
    named: bool


def things(found: Mapping[str, Profile], clusters: Iterable[Sequence[str]]) -> Mapping[str, Thing]:
    """By IRI, the things that the clusters of entities are: "<base>id/" and the slug of the name.

    Of several things of one name, that with most mentions has the plain slug, then the type is added, then a hash. What
    has no name of its own ("the leak") always has a hash: another graph's leak is another.
    """
    return shelf.table(_things(found, clusters), _packed, _unpacked)


def _things(found: Mapping[str, Profile], clusters: Iterable[Sequence[str]]) -> Iterator[tuple[str, Thing]]:
    taken: set[str] = set()
    for _, members in Runs((-_weight(found, members), tuple(sorted(members))) for members in clusters):
        profiles = [found[member] for member in members]
        type_ = _type(profiles)
        label, named = _label(profiles, type_)
        iri = next(iri for iri in _candidates(profiles, label or type_, type_, named=named) if iri not in taken)
        taken.add(iri)
        yield iri, Thing(members, label, named)


def ids(things: Mapping[str, Thing]) -> Mapping[str, str]:
    """The IRI of the thing that each member is."""
    pairs = ((member, iri) for iri, thing in things.items() for member in thing.members)
    return shelf.table(pairs, str.encode, bytes.decode)


def rename(graph: Said, things: Mapping[str, Thing], renamed: Mapping[str, str]) -> Iterator[Row]:
    """The statements with the IRIs, names and types of the things that they are about; `renamed` are their `ids`.

    Of all names one is the label and the others are alternative labels, and so are the descriptions by which articles
    speak that give no name; what has no name at all is labelled by a description and what it belongs to: "letter to
    OpenAI". Of all types the one that most mentions and relations speak for remains. Statements of a thing about itself
    are left out. Evidence keeps its id. The rows come in the order of their subjects.
    """
    for records in gathered(_moved(graph, renamed)):
        subject = records[0][0]
        rows = [(subject, *record[2:]) for record in records if record[2] != _END]
        thing = things.get(subject)
        if thing is None:
            yield from filter(_leads_on, rows)
        elif rows:
            type_ = _elected(rows, [record[3] for record in records if record[2] == _END])
            yield from _named(rows, type_, thing.label, _told_apart(rows, type_, things))


_END = ""  # in place of a predicate: the thing is the object of that relation


def _moved(graph: Said, renamed: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """What is said of each thing, in the order of the graph, and the relations that lead to it."""
    number = 0
    for _, group in itertools.groupby(graph.rows(), operator.itemgetter(0)):
        rows = list(group)
        named = any(row[1] == vocab.LABEL for row in rows)
        for row in rows:
            if named and row[1] == vocab.HIDDEN_LABEL:
                continue
            subject, *rest = shelf.given(packed.moved(row, renamed))
            yield subject, number, *rest
            if not row[3] and row[2] in renamed:
                yield rest[1], number, _END, row[1]
            number += 1


def _leads_on(row: Row) -> bool:
    """Whether it says something of a thing other than that it is tied to itself."""
    return row[0] != row[2] or bool(row[3])


def _weight(found: Mapping[str, Profile], members: Iterable[str]) -> int:
    return sum(sum(found[member].names.values()) for member in members)


def _type(profiles: Sequence[Profile]) -> str:
    if len(profiles) == 1:
        return profiles[0].type
    types = collections.Counter(profile.type for profile in profiles)
    return min(types, key=lambda name: (-types[name], name))


def _label(profiles: Sequence[Profile], type_: str) -> tuple[str, bool]:
    called: collections.Counter[str] = collections.Counter()
    for profile in profiles:
        for name in forms.full(profile.names, profile.type):
            called[name] += profile.names[name]
    if called:
        return best(called, type_), True
    described: collections.Counter[str] = collections.Counter()
    for profile in profiles:
        described.update({} if profile.names else profile.descriptions)
    return best(described, type_) if described else "", False


def _candidates(profiles: Sequence[Profile], label: str, type_: str, *, named: bool) -> Iterator[str]:
    if len(profiles) == 1 and profiles[0].id.startswith(vocab.BASE + "id/"):
        yield profiles[0].id
    stem, mark = vocab.BASE + "id/" + names.slug(label), digest(sorted(profile.id for profile in profiles))
    if named and forms.is_strong(label, type_):
        yield stem
        yield f"{stem}-{type_.lower()}"
    yield f"{stem}-{mark[:_HASH]}"
    yield f"{stem}-{mark}"


def best(called: Mapping[str, int], type_: str) -> str:
    """The full, best attested of some names, each given with how often it was used.

    A form that extends another counts as if that had been said too ("Mistral AI" for "Mistral", "Sora leak" for
    "leak"), unless it is rare beside it; of the spellings of one form the most frequent is taken.
    """
    if len(called) == 1:
        return next(iter(called))
    spellings: dict[str, collections.Counter[str]] = {}
    for name, count in called.items():
        spellings.setdefault(forms.key(name, type_), collections.Counter())[name] += count
    counts = {key: sum(found.values()) for key, found in spellings.items()}
    chosen = {key: _spelling(found) for key, found in spellings.items()}
    total = sum(counts.values())

    def rank(key: str) -> tuple[int, int, int, str]:
        shorter = (other for other in chosen if other != key and _extends(chosen[other], chosen[key], type_))
        share = _LOOSE_SHARE if type_ in _ANCHORS else _SHARE
        inherited = sum(counts[other] for other in shorter) if counts[key] * share >= total else 0
        return (-counts[key] - inherited, -counts[key], len(key), key)

    return chosen[min(chosen, key=rank)]


def _spelling(found: Mapping[str, int]) -> str:
    return min(found, key=lambda name: (-found[name], name.isupper(), name.islower(), len(name), name))


def _extends(short: str, long: str, type_: str) -> bool:
    loose = type_ in _ANCHORS and set(forms.words(short, type_)) < set(forms.words(long, type_))
    return loose or forms.extends(short, long, type_)


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
    for relation, put in {} if thing.named else _ANCHORS.get(_local(type_), {}).items():
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
    for row in rows:
        subject, predicate, value, datatype, language, told = row
        if predicate == vocab.TYPE and type_ and value != type_:
            continue
        if predicate in _CALLED and datatype:
            chosen = value == label
            if chosen and told_apart:
                yield (subject, vocab.LABEL, told_apart, _STRING, "", told)
            predicate = vocab.LABEL if chosen and not told_apart else vocab.ALT_LABEL
            yield (subject, predicate, value, datatype, language, told)
        elif _leads_on(row):
            yield row


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]


def _packed(item: Thing) -> bytes:
    return marshal.dumps(tuple(item), 2)


def _unpacked(data: bytes) -> Thing:
    return Thing(*marshal.loads(data))  # noqa: S302 - our own
