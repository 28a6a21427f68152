"""Things of a graph that the lexicon knows are linked to their identifiers, with the reason; the others are NIL."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from kg import shelf, vocab
from kg.graph import Entity, Graph
from kg.lexicon import Entry, Link, lexicon
from kg.profiles import ORGANISATIONS
from kg.types import Evidence, Statement, digest

READER = "lexicon"
"""Who makes the links, in their evidence."""

LINKABLE = frozenset({*ORGANISATIONS, "Person", "Model", "Product", "Dataset", "Place"})
"""Types of which each thing is one of the world's, so that not knowing it is worth a word."""

_DEVELOPER = vocab.KG + "developer"
_ASIDE = {vocab.TYPE, vocab.LABEL, vocab.ALT_LABEL, vocab.SAME_AS}
_HUB = "https://huggingface.co/"
_QID = re.compile(r"Q[1-9]\d*")
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}")


def link(graph: Graph) -> Graph:
    """The graph, and for each known thing owl:sameAs its Wikidata item and schema:url its site, with the decision.

    Only identifiers that a public file confirms are in the lexicon, so only these are written. Two things of a graph
    are never linked to one item: then both stay without. Linking what is linked already changes nothing.
    """
    found = {iri: decided for iri, entity in graph.entities.items() if (decided := decide(graph, entity)).entry}
    holders: dict[Entry | None, list[str]] = {}
    for iri, decided in found.items():
        holders.setdefault(decided.entry, []).append(iri)
    alone = [iri for iri, decided in found.items() if len(holders[decided.entry]) == 1]
    added = [item for iri in alone for item in _links(graph, iri, found[iri])]
    return shelf.extended(graph, added)


def decide(graph: Graph, entity: Entity) -> Link:
    """What an entity is, by its names, its type and the things it is tied to; if that is not known (NIL), why."""
    type_, names = entity.type.removeprefix(vocab.KG), (entity.name, *entity.aliases)
    if not any(lexicon().meanings(name, type_) or lexicon().meanings(name) for name in names):
        return lexicon().identify((), type_)  # nobody of that name is known, whatever it is tied to
    ends = [item.object for item in graph.about(entity.id) if item.predicate not in _ASIDE]
    starts = [item.subject for item in graph.mentioning(entity.id) if item.predicate.startswith(vocab.KG)]
    made = (item for item in graph.about(entity.id) if item.predicate == _DEVELOPER and not _only_denied(item))
    near = sorted({graph.name(end) for end in (*ends, *starts) if isinstance(end, str)})
    makers = sorted({graph.name(str(item.object)) for item in made})
    return lexicon().identify(names, type_, near, makers)


def told(graph: Graph, iri: str) -> str:
    """To what a thing is linked, or NIL, and why: "linked to Q21708200 (0.95), …"."""
    entity = graph.entities.get(iri)
    decided = decide(graph, entity) if entity else None
    if decided is None or decided.entry is None:
        return f"NIL, {decided.reason if decided else 'no entity'}"
    return f"linked to {decided.entry.wikidata or decided.entry.name} ({decided.score:.2f}), {decided.reason}"


def nil(graph: Graph) -> Iterator[tuple[Entity, Link]]:
    """The things of kinds that have identifiers, and that are linked to none, each with the reason."""
    for entity in graph.entities.values():
        if entity.type.removeprefix(vocab.KG) in LINKABLE and not (found := decide(graph, entity)).entry:
            yield entity, found


def _only_denied(item: Statement) -> bool:
    return all("negated" in each.stance for each in item.evidence)


def _links(graph: Graph, iri: str, decided: Link) -> Iterator[Statement]:
    entry = decided.entry
    where = min(
        (each for item in graph.about(iri) if item.predicate == vocab.TYPE for each in item.evidence),
        key=lambda each: (each.document, each.start, each.id),
        default=None,
    )
    if entry is None or where is None:
        return
    if _QID.fullmatch(entry.wikidata):
        yield _statement(iri, vocab.SAME_AS, vocab.WD + entry.wikidata, decided, where)
    if url := _url(entry):
        yield _statement(iri, vocab.SCHEMA + "url", url, decided, where)


def _url(entry: Entry) -> str:
    """Its own site; of models and data sets that have none, the place where they can be had."""
    if _HOST.fullmatch(entry.domain):
        return f"https://{entry.domain}/"
    made = entry.huggingface[:1] if entry.type in {"Model", "Dataset"} else ()
    return "".join(_HUB + place for place in made if re.fullmatch(r"[\w./-]+", place))


def _statement(iri: str, predicate: str, target: str, decided: Link, where: Evidence) -> Statement:
    evidence = dataclasses.replace(
        where,
        id=digest((iri, predicate, target, READER, decided.reason)),
        score=decided.score,
        reader=READER,
        reason=decided.reason,
    )
    return Statement(iri, predicate, target, (evidence,))
