"""report.md: what was read, found, merged, disputed and skipped, for a reader who never saw a graph."""

from __future__ import annotations

import functools
import heapq
import itertools
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg import linking, vocab
from kg.graph import Dispute, Graph
from kg.lexicon import UNKNOWN
from kg.runs import counted
from kg.types import Document, Evidence, Skipped, Statement
from kg.view.words import date, title
from kg.writers._counts import MANY, Counts, First, counts
from kg.writers._text import local, markdown
from kg.writers._wording import Wording, relation

_T = TypeVar("_T")

_NOTE = (
    "Each sentence quoted here is in one of the articles, word for word; the number before it is the article's in the "
    "first table. `graph.html` shows the same as a drawing, and `graph.trig` holds every sentence with its place."
)
_MAIN = 20  # entities
_ARTICLES = 1000
_NAMING = (vocab.LABEL, vocab.ALT_LABEL)
_ALONE = "matcher:alone"
_IRI = re.compile(r" \(https?://[^ ()]+\)$")


def report(graph: Graph, *, skipped: Sequence[Skipped] = (), unsure: Iterable[Statement] = ()) -> Iterator[str]:
    """The report as Markdown, piece by piece.

    `unsure` are pairs that may be one thing: statements between two entities, with score and reason as evidence.
    Whatever comes from the articles is escaped, so that it is shown as it stands there.
    """
    wording, said = Wording(graph), counts(graph)
    yield f"# What the articles say\n\n{_summary(graph, said, skipped)}\n\n{_NOTE}\n"
    sections = (
        ("Read", _cut(_read(graph, said), _ARTICLES)),
        ("Found", _found(graph, said)),
        ("Main entities", _main(wording)),
        ("Merged", _merged(wording)),
        ("Kept apart", _cut(_apart(wording), put=lambda each: _apart_told(wording, *each))),
        ("Not linked", _not_linked(wording)),
        ("Disputed", _cut(iter(graph.disputes), put=functools.partial(_dispute, wording))),
        ("Said with reserve", said.hedged.lines(wording.statement)),
        ("On someone's word", said.claimed.lines(wording.statement)),
        ("Perhaps the same", _cut(iter(unsure), put=functools.partial(_unsure, wording))),
        ("Skipped", _cut(_skipped(skipped))),
    )
    for heading, lines in sections:
        first = next(lines, None)
        if first is not None:
            yield f"\n## {heading}\n\n{first}\n"
            yield from (f"{line}\n" for line in lines)


def _summary(graph: Graph, said: Counts, skipped: Sequence[Skipped]) -> str:
    parts = (
        _count(len(graph.documents), "document"),
        _count(len(graph.entities), "entity", "entities"),
        _count(said.stated.total(), "relation") + " stated as fact",
        f"{said.reserved.total()} said only with reserve",
        _count(len(graph.disputes), "dispute"),
        _count(len(skipped), "input") + " skipped",
    )
    return ", ".join(parts) + "."


def _read(graph: Graph, said: Counts) -> Iterator[str]:
    numbers = {iri: number for number, iri in enumerate(graph.documents, 1)}
    copied = {
        iri: f", a copy of [{numbers[item.copy_of]}]"
        for iri, item in graph.documents.items()
        if item.copy_of in numbers
    }
    rows = (
        (
            numbers[iri],
            _linked(item) + copied.get(iri, ""),
            markdown(item.publisher),
            markdown(date(item.published or "")),
            said.documents[iri],
        )
        for iri, item in graph.documents.items()
    )
    return _table(("", "title", "publisher", "date", "relations"), rows)


def _linked(document: Document) -> str:
    text = markdown(title(document))
    if document.url and re.fullmatch(r"https?://[^\s<>|\\]+", document.url):
        return f"[{text}](<{document.url}>)"
    return text


def _found(graph: Graph, said: Counts) -> Iterator[str]:
    if not graph.entities:
        return
    types = Counter(local(entity.type) or "untyped" for entity in graph.entities.values())
    yield from _table(("kind of thing", "count"), ((markdown(name), count) for name, count in _ranked(types)))
    yield ""
    stated, reserved = map(_called, (said.stated, said.reserved))
    rows = ((name, stated[name], reserved[name]) for name, _ in _ranked(stated + reserved))
    yield from _table(("relation", "stated as fact", "only with reserve"), rows)


def _called(predicates: Mapping[str, int]) -> Counter[str]:
    """The counts by what predicates are called."""
    called: Counter[str] = Counter()
    for predicate, count in predicates.items():
        called[relation(predicate)] += count
    return called


def _main(wording: Wording) -> Iterator[str]:
    graph = wording.graph
    said = (
        (-count, graph.name(iri).casefold(), iri)
        for iri, count in counted(_ends(graph))
        if iri in graph.entities and not _is_value(iri)
    )
    main = heapq.nsmallest(_MAIN, said)
    leading = graph.leading_to(iri for _, _, iri in main)
    for count, _, iri in main:
        documents = frozenset[str]().union(*(item.documents for item in (*graph.about(iri), *leading[iri])))
        counts = f"{_count(-count, 'relation')} in {_count(len(documents), 'document')}"
        yield f"- **{wording.name(iri)}** ({markdown(local(graph.entities[iri].type))}): {counts}"


def _ends(graph: Graph) -> Iterator[str]:
    for item in graph.relations:
        yield item.subject
        if isinstance(item.object, str) and item.object != item.subject:
            yield item.object


def _merged(wording: Wording) -> Iterator[str]:
    """The things that several documents name: under which names, where, and why they were taken for one."""
    several = First[tuple[str, list[int]]]()
    for each in _named_by_several(wording):
        several.add(each)
    decided = wording.graph.leading_to(iri for iri, _ in several.items)
    return several.lines(lambda each: _merged_told(wording, *each, decided[each[0]]))


def _named_by_several(wording: Wording) -> Iterator[tuple[str, list[int]]]:
    graph = wording.graph
    for iri, group in itertools.groupby(graph.saying(*_NAMING), operator.attrgetter("subject")):
        named = {document for item in group for document in item.documents}
        if len(named) > 1 and iri in graph.entities and not _is_value(iri):
            numbers = sorted(wording.numbers[document] for document in named if document in wording.numbers)
            if len(numbers) > 1:
                yield iri, numbers


def _merged_told(wording: Wording, iri: str, numbers: Iterable[int], decided: Iterable[Statement]) -> str:
    also = "".join(f", also “{markdown(name)}”" for name in wording.graph.entities[iri].aliases)
    same = (item for item in decided if item.predicate == vocab.SAME_AS)
    return f"- **{wording.name(iri)}**{also} {' '.join(f'[{number}]' for number in numbers)}{_reasons(same)}"


def _apart(wording: Wording) -> Iterator[tuple[tuple[str, ...], list[Statement]]]:
    """The things that were decided to be different."""
    found: dict[tuple[str, ...], list[Statement]] = {}
    for item in wording.graph.saying(vocab.DIFFERENT_FROM):
        ends = sorted(_thing(wording.graph, end) for end in (item.subject, str(item.object)))
        found.setdefault(tuple(ends), []).append(item)
    return iter(sorted(found.items()))


def _apart_told(wording: Wording, pair: Iterable[str], decided: Iterable[Statement]) -> str:
    """Things by the names under which the graph holds them."""
    return f"- {' and '.join(f'**{wording.name(iri)}**' for iri in pair)}{_reasons(decided)}"


def _thing(graph: Graph, iri: str) -> str:
    """What the entity of a document is in the graph."""
    same = (str(item.object) for item in graph.about(iri) if item.predicate == vocab.SAME_AS)
    return max(same, default=iri)


def _not_linked(wording: Wording) -> Iterator[str]:
    """Of what has identifiers elsewhere, that which is linked to none, and why: known names first, each by itself."""
    unknown: list[str] = []
    told: list[str] = []
    for entity, decided in linking.nil(wording.graph):
        if decided.nil == UNKNOWN:
            unknown.append(wording.name(entity.id))
        else:
            kind = f"{markdown(local(entity.type))}; {decided.nil}"
            told.append(f"- **{wording.name(entity.id)}** ({kind}): {markdown(decided.reason)}")
    yield from _cut(iter(told))
    if unknown:
        more = f" and {len(unknown) - MANY} more" * (len(unknown) > MANY)
        yield f"- {UNKNOWN} ({len(unknown)}): {', '.join(heapq.nsmallest(MANY, unknown, key=str.casefold))}{more}"


def _unsure(wording: Wording, item: Statement) -> str:
    both = f"**{wording.name(item.subject)}** and **{wording.end(item)}**"
    return f"- {both} ({item.score:.2f}){_reasons([item])}"


def _reasons(decided: Iterable[Statement]) -> str:
    """Why it was so decided, without the IRIs of the entities."""
    found = {_IRI.sub("", each.reason) for item in decided for each in item.evidence if each.reader != _ALONE}
    return ": " * bool(found - {""}) + markdown("; ".join(sorted(found - {""})))


def _dispute(wording: Wording, dispute: Dispute) -> str:
    """A heading, and a table with one column a side."""
    sides: dict[tuple[str, bool], list[Evidence]] = {}
    names: dict[tuple[str, bool], str] = {}
    for item in dispute.statements:
        for evidence in item.evidence:
            side = (item.id, "negated" in evidence.stance)
            names[side] = f"not {wording.end(item)}" if side[1] else wording.end(item)
            sides.setdefault(side, []).append(evidence)
    order = sorted(sides, key=lambda side: side[1])  # who says so before who denies it
    cells = ("<br>".join(wording.quotes(sides[side], aside="negated")) for side in order)
    heading = f"### {wording.name(dispute.subject)}: {relation(dispute.predicate)}\n\n"
    return heading + "\n".join(_table([names[side] for side in order], [cells])) + "\n"


def _skipped(skipped: Sequence[Skipped]) -> Iterator[str]:
    names = sorted((re.split(r"[/\\]", item.path.rstrip("/\\"))[-1], item.reason) for item in skipped)
    return (f"- **{markdown(name)}**: {markdown(reason)}" for name, reason in names)


def _is_value(iri: str) -> bool:
    return iri.startswith(vocab.BASE + "value/")


def _table(heading: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table of Markdown; the cells are escaped already."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    if lines:
        yield f"| {' | '.join(heading)} |"
        yield f"|{' --- |' * len(heading)}"
        yield from lines


def _cut(lines: Iterator[_T], many: int = MANY, *, put: Callable[[_T], str] = str) -> Iterator[str]:
    """The first, put into words, and how many more there are."""
    yield from map(put, itertools.islice(lines, many))
    more = sum(1 for _ in lines)
    if more:
        yield f"\nAnd {more} more."


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
