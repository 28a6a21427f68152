"""One graph out of what several sources state: identity by what they say and by the matchers, one id for one thing.

`settle` is a function of the set of statements alone, so that merging is nothing but the union of what is stated: its
order, its grouping and its repetition do not matter, and what one source stated can be taken out again.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import operator
from collections.abc import Collection, Iterable, Iterator, Mapping

from kg import compare, disputes, packed, shelf, vocab
from kg.graph import Graph, Said
from kg.linking import READER as LEXICON
from kg.linking import link
from kg.matchers import KEYS_OF_NAMES, MATCHERS
from kg.matchers.records import records
from kg.merge import identifiers
from kg.merge.records import KEPT
from kg.ontology import ontology
from kg.profiles import Matcher, each_profile, keyed
from kg.resolve import Resolution, resolution
from kg.stages import STEP, Clock
from kg.types import Document, Evidence, Statement, digest

ROUNDS = 4
"""How often clusters that unite two Wikidata items are taken apart at most; what is then left is an error."""

_NAMES = frozenset({vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL})
_LINKS = frozenset({vocab.SAME_AS, vocab.DIFFERENT_FROM})
_DOCUMENTS, _VALUES = vocab.BASE + "doc/", vocab.BASE + "value/"


MATCH, UNITE, NAME = "match", "unite", "name"
"""Stages: decisions are proposed, what is one is put together, things get their ids."""


def settle(stated: Graph, clock: Clock | None = None) -> Graph:
    """The graph of what is stated with ids of single documents, each thing under one id, with disputes.

    Ids are Wikidata's where it is known, else made of the thing's own domain, else of its name. What our terms don't
    express is kept as it is, and moves along with the thing of which it is said. `clock` is told of decisions and
    statements.
    """
    clock = clock or Clock()
    documents, parts = stated.documents, _parts(stated)
    core, rest = _Part(stated, parts, _CORE), _Part(stated, parts, _REST)
    known = identifiers.items(stated)
    resolved = _resolved(core, identifiers.decisions(stated, known), known, clock)
    compare.forget()
    ids = dict(resolved.ids.items())
    ids |= identifiers.aliases(rest, ids)
    united = itertools.chain(shelf.statements(itertools.chain(resolved.kept, resolved.made)), _moved(rest, ids))
    whole = shelf.graph(clock.each(UNITE, united, step=STEP), documents.values())
    del resolved, united, ids  # here and below: there may be no room for all of them
    items = _items(whole)
    linked = link(whole)
    del whole
    doubtful = set(_doubtful(linked, items))
    types = {iri: entity.type.removeprefix(vocab.KG) for iri, entity in linked.entities.items()}
    sure = functools.partial(_sure, linked, doubtful)
    renamed = identifiers.canonical(sure(), types)
    types |= {new: types[old] for old, new in renamed.items()}
    foreign = {document.id for document in documents.values() if document.format}
    ours = {each.iri for each in ontology().relations.values()}

    def final(item: Statement) -> Statement | None:
        if doubtful and item.key in doubtful:
            return None
        moved = identifiers.renamed(item, renamed) if renamed or item.predicate == vocab.SAME_AS else item
        return _fitting(moved, types, foreign) if moved and moved.predicate in ours else moved

    others = map(final, clock.each(NAME, linked, of=len(linked), step=STEP))
    return disputes.add(linked.replaced(others, identifiers.former(renamed)))


_CORE, _REST, _LINK = 1, 2, 3


def _parts(stated: Graph) -> bytes:
    """Of each statement, in their order, whether identity turns on it, or it moves along, or links what is local."""
    parts = bytearray()
    for subject, group in itertools.groupby(stated, operator.attrgetter("subject")):
        items = list(group)
        first, value = _type(items) if _is_local(subject) else "", subject.startswith(_VALUES)
        parts += bytes([_CORE if value or _is_core(item, first) else _aside(item) for item in items])
    return bytes(parts)


class _Part(Said):
    """The statements of one part."""

    def __init__(self, stated: Graph, parts: bytes, wanted: int) -> None:
        self._stated, self._parts, self._wanted = stated, parts, wanted

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents of all parts."""
        return self._stated.documents

    def __iter__(self) -> Iterator[Statement]:
        return itertools.compress(self._stated, map(self._wanted.__eq__, self._parts))

    def rows(self) -> Iterator[packed.Row]:
        """The statements as rows, in order."""
        return map(packed.held, self)

    def saying(self, *predicates: str) -> Iterator[Statement]:
        """Those with one of these predicates, in order."""
        wanted = frozenset(predicates)
        return (item for item in self if item.predicate in wanted)


def _type(items: Iterable[Statement]) -> str:
    """The first type of an entity of a document, ours before others; "" if it has none."""
    types = (item.object for item in items if item.predicate == vocab.TYPE and isinstance(item.object, str))
    return min(types, key=lambda iri: (not iri.startswith(vocab.KG), iri), default="")


def _is_core(item: Statement, first: str) -> bool:
    """Whether identity turns on it; `first` is the type of its subject if that is an entity."""
    if item.predicate == vocab.TYPE and first:
        return item.object == first or str(item.object).startswith(vocab.KG)
    return bool(first) and item.predicate in _known()


def _aside(item: Statement) -> int:
    """What identity does not turn on moves along, but for links between entities of documents."""
    return _LINK if item.predicate in _LINKS and isinstance(item.object, str) and _is_local(item.object) else _REST


@functools.cache
def _known() -> frozenset[str]:
    """Names and the properties of ours, also those that stand for them where a date is a period."""
    relations = ontology().relations.values()
    return frozenset(
        {*_NAMES, *(each.iri for each in relations), *(vocab.KG + (each.period or "") for each in relations)}
    )


def _resolved(core: Said, given: list[Statement], items: Mapping[str, str], clock: Clock) -> Resolution:
    """Resolves until no thing is two items of Wikidata: members with different items are said to be different."""
    for _ in range(ROUNDS):
        matchers = [_counted(matcher, clock) for matcher in (records(), *MATCHERS)]
        known = keyed(each_profile(core), KEYS_OF_NAMES)
        resolved = resolution(core, matchers=matchers, decisions=given, known=known)
        apart = list(_fused(resolved.ids, items))
        if not apart:
            return resolved
        given = [*given, *apart]
    return resolution(core, decisions=given)


def _counted(matcher: Matcher, clock: Clock) -> Matcher:
    return lambda found, find: clock.each(MATCH, matcher(found, find), step=STEP)


def _fused(ids: Mapping[str, str], items: Mapping[str, str]) -> Iterator[Statement]:
    """Of every thing that is two items of Wikidata, that its members with different items are different."""
    members: dict[str, list[str]] = {}
    for entity in sorted(items):
        if thing := ids.get(entity):
            members.setdefault(thing, []).append(entity)
    for found in members.values():
        for place, one in enumerate(found):
            for two in found[place + 1 :]:
                if items[one] != items[two]:
                    yield different(one, two, f"Wikidata has them as {items[one]} and {items[two]}")


def different(one: str, two: str, reason: str) -> Statement:
    """That two entities are different, with the reason as evidence."""
    first, second = sorted((one, two))
    document = first.partition("#")[0]
    evidence = Evidence(digest((first, second, reason)), document, 0, 0, "", reader="merge", reason=reason)
    return Statement(first, vocab.DIFFERENT_FROM, second, (evidence,))


def _moved(rest: Iterable[Statement], ids: Mapping[str, str]) -> Iterator[Statement]:
    """The statements with the ids of things in place of those of documents and of foreign names."""
    for item in rest:
        end, subject = item.object, ids.get(item.subject, item.subject)
        if isinstance(end, str) and item.predicate != vocab.SAME_AS:
            end = ids.get(end, end)
        if subject != end:
            same = subject is item.subject and end is item.object
            yield item if same else Statement(subject, item.predicate, end, item.evidence)


def _fitting(item: Statement, types: Mapping[str, str], documents: Collection[str]) -> Statement:
    """A relation; kept aside if it is of these documents alone and its ends have not the types that it asks for.

    They may have got others, or none, where no source tells what it is to which a relation leads.
    """
    if not isinstance(item.object, str) or any(each.document not in documents for each in item.evidence):
        return item
    name, ends = item.predicate.removeprefix(vocab.KG), (types.get(item.subject, ""), types.get(item.object, ""))
    fits = all(ends) and ontology().allows(ends[0], name, ends[1])
    return item if fits else dataclasses.replace(item, predicate=KEPT + name)


def _items(graph: Graph) -> dict[str, set[str]]:
    """By thing, the items of Wikidata that sources say it is."""
    items: dict[str, set[str]] = {}
    for item in graph.saying(vocab.SAME_AS):
        if isinstance(item.object, str) and item.object.startswith(vocab.WD):
            items.setdefault(item.subject, set()).add(item.object)
    return items


def _doubtful(linked: Graph, items: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """The keys of the lexicon's links of things of which some source knows another item of Wikidata."""
    for item in linked.saying(vocab.SAME_AS):
        if _only_by_lexicon(item) and items.get(item.subject, {item.object}) != {item.object}:
            yield item.key


def _sure(linked: Graph, doubtful: Collection[tuple[str, ...]]) -> Iterable[Statement]:
    """The statements but for what is doubtful."""
    return (item for item in linked if item.key not in doubtful) if doubtful else linked


def _only_by_lexicon(item: Statement) -> bool:
    return bool(item.evidence) and all(each.reader == LEXICON for each in item.evidence)


def _is_local(iri: str) -> bool:
    return iri.startswith(_DOCUMENTS) and "#" in iri
