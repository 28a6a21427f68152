"""The name, type and IRI under which a thing stands in a graph, chosen from all that its articles call it."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import names, phrases, vocab
from kg.graph import Graph
from kg.ontology import ontology
from kg.profiles import Profile
from kg.types import Literal, Statement, digest

_SHARE = 8  # a fuller form must make up one in so many mentions, or it is taken for a slip
_PERSONS_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "lord", "lady", "judge"})
_HASH = 6
_ANCHORS = {
    "Event": {"affects": "{} ({})", "agent": "{} ({})", "participant": "{} ({})"},
    "Work": {"creator": "{} by {}", "publisher": "{} by {}", "addressedTo": "{} to {}", "about": "{} ({})"},
    "Group": {"memberOf": "{} of {}", "formerlyAt": "{} ({})"},
    "Dataset": {"creator": "{} by {}", "publisher": "{} by {}", "owner": "{} of {}"},
}
"""What tells things without a name apart for people, by type, the most telling relation first, and how it is put."""


def ids(found: Mapping[str, Profile], clusters: Iterable[Sequence[str]]) -> dict[str, str]:
    """The IRI of the thing that each entity is: "<base>id/" and the slug of its name.

    Of several things of one name, that with most mentions has the plain slug, then the type is added, then a hash. What
    has no name of its own ("the leak") always has a hash: another graph's leak is another.
    """
    result: dict[str, str] = {}
    taken: set[str] = set()
    for members in sorted(clusters, key=lambda members: (-_weight(found, members), min(members))):
        if len(members) == 1 and members[0].startswith(vocab.BASE + "id/"):
            iri = members[0]
        else:
            iri = next(iri for iri in _candidates([found[member] for member in members]) if iri not in taken)
        taken.add(iri)
        result.update(dict.fromkeys(members, iri))
    return result


def rename(graph: Graph, renamed: Mapping[str, str]) -> Iterator[Statement]:
    """The statements with the IRIs, names and types of the things that they are about.

    Of all names one is the label and the others are alternative labels, and so are the descriptions by which articles
    speak that give no name; what has no name at all is labelled by a description and what it belongs to: "letter to
    OpenAI". Of all types the one that most mentions and relations speak for remains. Statements of a thing about itself
    are left out. Evidence keeps its id.
    """
    clusters: dict[str, list[Statement]] = {}
    things = set(renamed.values())
    named = {item.subject for item in graph if item.predicate == vocab.LABEL}
    for item in graph:
        if item.predicate == vocab.HIDDEN_LABEL and item.subject in named:
            continue
        moved = _moved(item, renamed)
        if moved.subject in things:
            clusters.setdefault(moved.subject, []).append(moved)
        elif moved.subject != moved.object:
            yield moved
    votes = _votes(graph, renamed)
    faces = {iri: _face(statements, votes.get(iri, {})) for iri, statements in clusters.items()}
    for iri, statements in sorted(clusters.items()):
        yield from _named(statements, faces[iri], _told_apart(statements, faces))


def _weight(found: Mapping[str, Profile], members: Iterable[str]) -> int:
    return sum(sum(found[member].names.values()) for member in members)


def _candidates(members: Sequence[Profile]) -> Iterator[str]:
    called: collections.Counter[str] = collections.Counter()
    described: collections.Counter[str] = collections.Counter()
    for profile in members:
        called.update(profile.names)
        described.update(profile.descriptions)
    types = collections.Counter(profile.type for profile in members)
    type_ = min(types, key=lambda name: (-types[name], name))
    stem = vocab.BASE + "id/" + names.slug(best(called or described, type_) if called or described else type_)
    mark = digest(sorted(profile.id for profile in members))
    if called and (type_ != "Person" or any(len(name.split()) > 1 for name in called)):
        yield stem
        yield f"{stem}-{type_.lower()}"
    yield f"{stem}-{mark[:_HASH]}"
    yield f"{stem}-{mark}"


def best(called: Mapping[str, int], type_: str) -> str:
    """The full, best attested of some names, each given with how often it was used.

    A form that holds all words of another counts as if that had been said too ("Mistral AI" for "Mistral"), unless it
    is rare beside it; of the spellings of one form the most frequent is taken.
    """
    forms: dict[tuple[str, ...], collections.Counter[str]] = {}
    for name, count in called.items():
        forms.setdefault(_words(name, type_), collections.Counter())[name] += count
    counts = {form: sum(spellings.values()) for form, spellings in forms.items()}
    total = sum(counts.values())

    def rank(form: tuple[str, ...]) -> tuple[int, int, int, tuple[str, ...]]:
        inherited = sum(count for other, count in counts.items() if set(other) <= set(form))
        full = inherited if counts[form] * _SHARE >= total else counts[form]
        return (-full, -counts[form], len(form), form)

    spellings = forms[min(forms, key=rank)]
    return min(spellings, key=lambda name: (-spellings[name], name.isupper(), name.islower(), len(name), name))


def _words(name: str, type_: str) -> tuple[str, ...]:
    parts = names.slug(names.normalise(phrases.without_kind(name))).split("-")
    if type_ == "Person":
        parts = [part for part in parts if part not in _PERSONS_TITLES and len(part) > 1] or parts
    return tuple(parts)


def _moved(item: Statement, renamed: Mapping[str, str]) -> Statement:
    evidence = tuple(dataclasses.replace(e, by=renamed[e.by]) if e.by and e.by in renamed else e for e in item.evidence)
    end = renamed.get(item.object, item.object) if isinstance(item.object, str) else item.object
    return Statement(renamed.get(item.subject, item.subject), item.predicate, end, evidence)


def _votes(graph: Graph, renamed: Mapping[str, str]) -> dict[str, collections.Counter[str]]:
    """For each thing how many mentions, and how many ends of relations, speak for each of its types."""
    votes: dict[str, collections.Counter[str]] = {}
    for item in graph:
        if item.predicate == vocab.TYPE and item.subject in renamed:
            mine = votes.setdefault(renamed[item.subject], collections.Counter())
            mine[str(item.object)] += max(1, len(item.evidence))
    relations = {relation.iri: relation for relation in ontology().relations.values()}
    for item in graph:
        relation = relations.get(item.predicate)
        for end, fits in ((item.subject, "domain"), (item.object, "range")):
            found = votes.get(renamed.get(end, "")) if isinstance(end, str) else None
            if relation and found:
                for type_ in found:
                    found[type_] += _local(type_) in getattr(relation, fits)
    return votes


class _Face(NamedTuple):
    """Under which type (IRI) and name a thing stands, and whether the name is its own rather than a description."""

    type: str
    label: str
    named: bool


def _face(statements: Sequence[Statement], votes: Mapping[str, int]) -> _Face:
    order = {cls.iri: place for place, cls in enumerate(ontology().classes.values())}
    chosen = min(votes, key=lambda name: (-votes[name], order.get(name, len(order)), name), default="")
    called = _counted(statements, vocab.LABEL) or _counted(statements, vocab.ALT_LABEL)
    described = _counted(statements, vocab.HIDDEN_LABEL)
    label = best(called or described, _local(chosen)) if called or described else ""
    return _Face(chosen, label, bool(called))


def _told_apart(statements: Sequence[Statement], faces: Mapping[str, _Face]) -> str:
    """The label of a thing without a name, with the name that tells it apart; "" if there is none or it holds it."""
    face = faces[statements[0].subject]
    for relation, put in {} if face.named else _ANCHORS.get(_local(face.type), {}).items():
        ends = {
            str(item.object): len(item.evidence)
            for item in statements
            if item.predicate == vocab.KG + relation and any("negated" not in each.stance for each in item.evidence)
        }
        known = [(-count, faces[end].label) for end, count in ends.items() if end in faces and faces[end].named]
        if known:
            name = min(known)[1]
            return "" if name.casefold() in face.label.casefold() else put.format(face.label, name)
    return ""


def _named(statements: Sequence[Statement], face: _Face, told_apart: str) -> Iterator[Statement]:
    for item in statements:
        if item.predicate == vocab.TYPE and item.object != face.type and face.type:
            continue
        if item.predicate in (vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL) and isinstance(item.object, Literal):
            chosen = item.object.value == face.label
            if chosen and told_apart:
                yield Statement(item.subject, vocab.LABEL, Literal(told_apart), item.evidence)
            predicate = vocab.LABEL if chosen and not told_apart else vocab.ALT_LABEL
            yield dataclasses.replace(item, predicate=predicate)
        elif item.subject != item.object:
            yield item


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]


def _counted(statements: Iterable[Statement], *predicates: str) -> collections.Counter[str]:
    counts: collections.Counter[str] = collections.Counter()
    for item in statements:
        if item.predicate in predicates and isinstance(item.object, Literal):
            counts[item.object.value] += max(1, len(item.evidence))
    return counts
