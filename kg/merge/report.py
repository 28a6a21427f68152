"""What a merge did: matched and why, near and not matched, conflicts, what each side brings, unknown terms."""

from __future__ import annotations

import functools
import heapq
import itertools
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg import vocab
from kg.graph import Graph
from kg.matchers.records import OWN_TWO
from kg.merge import crosswalk
from kg.types import Statement
from kg.writers._text import local, markdown

_T = TypeVar("_T")

_MOST = 60  # lines of one kind
_PLACES = 3
_VALUES = vocab.BASE + "value/"
_IRI = re.compile(r" \(https?://[^ ()]+\)$")
_KNOWN = frozenset(
    (
        *(vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL),
        *(vocab.SAME_AS, vocab.DIFFERENT_FROM, vocab.SCHEMA + "url"),
    )
)


def report(graph: Graph, stated: Graph, *, unsure: Sequence[Statement] = ()) -> Iterator[str]:
    """The report of a merge as Markdown; a function of the merged graph and what its sources state."""
    numbers = {iri: number for number, iri in enumerate(graph.documents, 1)}
    known = _known(graph)
    yield f"# What was merged\n\n{_summary(graph, known)}\n"
    sections = (
        ("Sources", _sources(graph, stated, known)),
        ("Matched", _matched(graph, known, numbers)),
        ("Near, and not matched", _cut(_apart(graph), lambda pair: _apart_told(graph, *pair))),
        ("Perhaps the same", _cut(_unsure(graph, unsure))),
        ("Conflicts", _cut(itertools.chain(_conflicts(graph, numbers), _makers(graph, numbers)))),
        ("Terms kept as they are", _cut(_terms(stated, numbers))),
    )
    for heading, lines in sections:
        if (first := next(lines, None)) is not None:
            yield f"\n## {heading}\n\n{first}\n"
            yield from (f"{line}\n" for line in lines)


def matches(graph: Graph) -> Iterator[str]:
    """The decisions about which entities of different sources are one, or are not, as an SSSOM table."""
    rows = (row for item in graph.saying(vocab.SAME_AS, vocab.DIFFERENT_FROM) for row in _match(item))
    prefixes = {f"d{number}": iri + "#" for number, iri in enumerate(graph.documents, 1)}
    return crosswalk.write(
        rows, name="matches", about="What was taken for one thing, and what was not", prefixes=prefixes
    )


def _match(item: Statement) -> Iterator[crosswalk.Match]:
    if "#" not in item.subject or not item.subject.startswith(vocab.BASE + "doc/"):
        return
    best = max(item.evidence, key=lambda each: (each.score, each.id), default=None)
    same = item.predicate == vocab.SAME_AS
    how = "semapv:ManualMappingCuration" if best and best.reader == "person" else "semapv:LexicalMatching"
    yield crosswalk.Match(
        item.subject,
        "owl:sameAs",
        str(item.object),
        how,
        predicate_modifier="" if same else "Not",
        confidence=f"{best.score:.2f}" if best else "",
        comment=_IRI.sub("", best.reason) if best else "",
    )


def _known(graph: Graph) -> dict[str, tuple[str, ...]]:
    """By thing, the documents that know it."""
    known: dict[str, tuple[str, ...]] = {}

    @functools.cache  # held once: most things are known to the same few
    def more(some: tuple[str, ...], document: str) -> tuple[str, ...]:
        return (*some, document)

    for item in graph.saying(vocab.SAME_AS):
        document, local, _ = item.subject.partition("#")
        if local and document in graph.documents and isinstance(item.object, str):
            some = known.get(item.object, ())
            if document not in some:
                known[item.object] = more(some, document)
    return known


def _summary(graph: Graph, known: Mapping[str, Sequence[str]]) -> str:
    shared = sum(len(documents) > 1 for documents in known.values())
    return (
        f"{len(graph.documents)} sources, {len(known)} things, {shared} of them known to more than one source, "
        f"{len(graph.relations)} facts, {len(graph.disputes)} conflicts."
    )


def _sources(graph: Graph, stated: Graph, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    alone: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for item in graph.relations:
        if len(item.evidence) == 1 or len(item.documents) == 1:
            document = item.evidence[0].document
            alone[document] += 1
            told[document] += len(known.get(item.subject, ())) > 1
    each_knows = Counter(document for documents in known.values() for document in documents)
    shared = Counter(document for documents in known.values() if len(documents) > 1 for document in documents)
    yield "| | source | publisher | licence | things | shared | facts it alone brings | of these about shared things |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for number, each in enumerate(stated.documents.values(), 1):
        cells = (number, markdown(each.title or each.name), markdown(each.publisher), markdown(each.licence))
        counts = (each_knows[each.id], shared[each.id], alone[each.id], told[each.id])
        yield f"| {' | '.join(map(str, (*cells, *counts)))} |"


def _matched(graph: Graph, known: Mapping[str, Sequence[str]], numbers: Mapping[str, int]) -> Iterator[str]:
    """The things that several sources know, those first that most sources know."""
    shared = [iri for iri, documents in known.items() if len(documents) > 1]
    first = heapq.nsmallest(_MOST, shared, key=lambda iri: (-len(known[iri]), graph.name(iri).casefold(), iri))
    decided = graph.leading_to(first)
    yield from (_match_told(graph, iri, sorted(map(numbers.__getitem__, known[iri])), decided[iri]) for iri in first)
    if len(shared) > _MOST:
        yield f"\nAnd {len(shared) - _MOST} more."


def _match_told(graph: Graph, iri: str, numbers: Iterable[int], decided: Iterable[Statement]) -> str:
    reasons = {
        _IRI.sub("", each.reason): each.score
        for item in decided
        if item.predicate == vocab.SAME_AS
        for each in item.evidence
        if each.reader != "matcher:alone" and each.reason
    }
    best = sorted(reasons, key=lambda text: (-reasons[text], text))[:_PLACES]
    more = f"; and {len(reasons) - _PLACES} more" if len(reasons) > _PLACES else ""
    marks = " ".join(f"[{number}]" for number in numbers)
    return f"- **{markdown(graph.name(iri))}** {marks}: {markdown('; '.join(best))}{more}"


def _apart(graph: Graph) -> Iterator[tuple[tuple[str, str], str]]:
    """What has one name, or nearly, and was decided to be two, with the reason."""
    told: dict[tuple[str, str], str] = {}
    for item in graph.saying(vocab.DIFFERENT_FROM):
        reason = min((each.reason for each in item.evidence), default="")
        if OWN_TWO not in reason:  # nobody would have taken them for one
            one, two = sorted(_thing(graph, end) for end in (item.subject, str(item.object)))
            told.setdefault((one, two), _IRI.sub("", reason))
    yield from sorted(told.items())


def _thing(graph: Graph, iri: str) -> str:
    """What the entity of a document is in the graph; itself if it is none."""
    same = (str(item.object) for item in graph.about(iri) if item.predicate == vocab.SAME_AS)
    return max(same, default=iri) if iri.partition("#")[0] in graph.documents else iri


def _apart_told(graph: Graph, pair: tuple[str, str], reason: str) -> str:
    one, two = (f"**{markdown(graph.name(iri))}**" for iri in pair)
    return f"- {one} and {two}: {markdown(reason)}"


def _unsure(graph: Graph, pairs: Iterable[Statement]) -> Iterator[str]:
    for item in pairs:
        reason = "; ".join(each.reason for each in item.evidence)
        both = f"**{markdown(graph.name(item.subject))}** and **{markdown(graph.name(str(item.object)))}**"
        yield f"- {both} ({item.score:.2f}): {markdown(reason)}"


def _conflicts(graph: Graph, numbers: dict[str, int]) -> Iterator[str]:
    for dispute in graph.disputes:
        sides = []
        for item in dispute.statements:
            value = graph.name(item.object) if isinstance(item.object, str) else item.object.value
            marks = " ".join(
                f"[{number}]" for number in sorted({numbers.get(each.document, 0) for each in item.evidence})
            )
            sides.append(f"{markdown(value)} {marks}")
        yield f"- **{markdown(graph.name(dispute.subject))}** {markdown(local(dispute.predicate))}: {'; '.join(sides)}"


def _makers(graph: Graph, numbers: dict[str, int]) -> Iterator[str]:
    """The things to which two tables or foreign graphs give makers that have none in common."""
    foreign = {iri for iri, document in graph.documents.items() if document.format}
    made = itertools.groupby(graph.saying(vocab.KG + "developer"), operator.attrgetter("subject"))
    for iri, group in made:
        said: dict[str, set[str]] = {}
        items = list(group)
        for item in items if len(items) > 1 else ():  # one maker is at odds with nobody
            for document in item.documents & foreign:
                said.setdefault(document, set()).add(graph.name(str(item.object)))
        if any(one.isdisjoint(two) for one, two in itertools.combinations(said.values(), 2)):
            sides = sorted(f"{markdown(', '.join(sorted(names)))} [{numbers[key]}]" for key, names in said.items())
            yield f"- **{markdown(graph.name(iri))}** developer: {'; '.join(sides)}"


def _terms(stated: Graph, numbers: dict[str, int]) -> Iterator[str]:
    """The properties and classes that were kept as they are, with how often they occur and where."""
    meant = crosswalk.load()

    @functools.cache
    def is_foreign(term: str, kind: bool) -> bool:  # noqa: FBT001 - asked millions of times
        return not term.startswith(vocab.KG) and not (meant.classes(term) if kind else term in _KNOWN)

    used: Counter[tuple[str, frozenset[str]]] = Counter()
    for item in stated:
        kind = item.predicate == vocab.TYPE
        term = str(item.object) if kind else item.predicate
        if is_foreign(term, kind) and not item.subject.startswith(_VALUES):
            used[term, item.documents] += 1
    counts: Counter[str] = Counter()
    places: dict[str, set[int]] = {}
    for (term, documents), count in used.items():
        counts[term] += count
        places.setdefault(term, set()).update(numbers.get(iri, 0) for iri in documents)
    for term, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        known = " or ".join(local(each) for each in sorted(meant.property(term)))
        why = f", which would be {markdown(known)} if its ends fitted" if known else ""
        yield f"- {markdown(term)}: {count} {' '.join(f'[{number}]' for number in sorted(places[term]))}{why}"


def _cut(lines: Iterator[_T], put: Callable[[_T], str] = str) -> Iterator[str]:
    """The first, put into words, and how many more there are."""
    yield from map(put, itertools.islice(lines, _MOST))
    if more := sum(1 for _ in lines):
        yield f"\nAnd {more} more."
