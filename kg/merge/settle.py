"""One graph out of what several sources state: identity by what they say and by the matchers, one id for one thing.

`settle` is a function of the set of statements alone, so that merging is nothing but the union of what is stated: its
order, its grouping and its repetition do not matter, and what one source stated can be taken out again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from kg import disputes, vocab
from kg.graph import Graph
from kg.linking import READER as LEXICON
from kg.linking import link
from kg.matchers import MATCHERS
from kg.matchers.records import records
from kg.merge import identifiers
from kg.merge.records import KEPT
from kg.ontology import ontology
from kg.resolve import resolve
from kg.types import Evidence, Statement, digest

ROUNDS = 4
"""How often clusters that unite two Wikidata items are taken apart at most; what is then left is an error."""

_NAMES = frozenset({vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL})
_LINKS = frozenset({vocab.SAME_AS, vocab.DIFFERENT_FROM})
_DOCUMENTS, _VALUES = vocab.BASE + "doc/", vocab.BASE + "value/"


def settle(stated: Graph) -> Graph:
    """The graph of what is stated with ids of single documents, each thing under one id, with disputes.

    Ids are Wikidata's where it is known, else made of the thing's own domain, else of its name. What our terms don't
    express is kept as it is, and moves along with the thing of which it is said.
    """
    core, rest = _parts(stated)
    resolved = _resolved(
        Graph(core, stated.documents.values()), identifiers.decisions(stated), identifiers.items(stated)
    )
    ids = {item.subject: str(item.object) for item in resolved if item.predicate == vocab.SAME_AS}
    ids |= identifiers.aliases(rest, ids)
    whole = Graph([*resolved, *_moved(rest, ids)], stated.documents.values())
    named = identifiers.canonical(_linked(whole))
    return disputes.add(Graph(_fitting(named), named.documents.values()))


def _parts(stated: Graph) -> tuple[list[Statement], list[Statement]]:
    """What identity turns on, and the rest."""
    core: list[Statement] = []
    rest: list[Statement] = []
    known = {relation.iri for relation in ontology().relations.values()}
    known |= {vocab.KG + (relation.period or "") for relation in ontology().relations.values()}
    typed: dict[str, str] = {}
    for item in stated:
        if item.predicate == vocab.TYPE and isinstance(item.object, str) and _is_local(item.subject):
            best = typed.get(item.subject, item.object)
            typed[item.subject] = min(best, item.object, key=lambda iri: (not iri.startswith(vocab.KG), iri))
    for item in stated:
        if item.predicate == vocab.TYPE and item.subject in typed:
            ours = str(item.object).startswith(vocab.KG) or item.object == typed[item.subject]
            (core if ours else rest).append(item)
        elif item.subject.startswith(_VALUES) or (item.subject in typed and item.predicate in known | _NAMES):
            core.append(item)
        elif item.predicate not in _LINKS or not isinstance(item.object, str) or not _is_local(item.object):
            rest.append(item)
    return core, rest


def _resolved(core: Graph, given: list[Statement], items: Mapping[str, str]) -> Graph:
    """Resolves until no thing is two items of Wikidata: members with different items are said to be different."""
    for _ in range(ROUNDS):
        resolved = resolve(core, matchers=(records, *MATCHERS), decisions=given)
        apart = list(_fused(resolved, items))
        if not apart:
            return resolved
        given = [*given, *apart]
    return resolve(core, decisions=given)


def _fused(resolved: Graph, items: Mapping[str, str]) -> Iterator[Statement]:
    """Of every thing that is two items of Wikidata, that its members with different items are different."""
    members: dict[str, list[str]] = {}
    for item in resolved:
        if item.predicate == vocab.SAME_AS and item.subject in items:
            members.setdefault(str(item.object), []).append(item.subject)
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
        end = item.object
        if isinstance(end, str) and item.predicate != vocab.SAME_AS:
            end = ids.get(end, end)
        subject = ids.get(item.subject, item.subject)
        if subject != end:
            yield dataclasses.replace(item, subject=subject, object=end)


def _fitting(graph: Graph) -> Iterator[Statement]:
    """The statements; those of foreign sources kept aside whose ends got types that their relation does not allow."""
    known = ontology()
    types = {iri: entity.type.removeprefix(vocab.KG) for iri, entity in graph.entities.items()}
    for item in graph:
        name, end = item.predicate.removeprefix(vocab.KG), item.object
        foreign = all((found := graph.documents.get(each.document)) and found.format for each in item.evidence)
        if name in known.relations and foreign and isinstance(end, str) and end in types and item.subject in types:
            fits = known.allows(types[item.subject], name, types[end])
            yield item if fits else dataclasses.replace(item, predicate=KEPT + name)
        else:
            yield item


def _linked(graph: Graph) -> Graph:
    """The graph with the lexicon's links, where no source knows another item of Wikidata."""
    linked = link(graph)
    items: dict[str, set[str]] = {}
    for item in graph:
        if item.predicate == vocab.SAME_AS and isinstance(item.object, str) and item.object.startswith(vocab.WD):
            items.setdefault(item.subject, set()).add(item.object)
    kept = (
        item
        for item in linked
        if not (
            _only_by_lexicon(item)
            and item.predicate == vocab.SAME_AS
            and items.get(item.subject, {item.object}) != {item.object}
        )
    )
    return Graph(kept, graph.documents.values())


def _only_by_lexicon(item: Statement) -> bool:
    return bool(item.evidence) and all(each.reader == LEXICON for each in item.evidence)


def _is_local(iri: str) -> bool:
    return iri.startswith(_DOCUMENTS) and "#" in iri
