"""report.md: what was read, found, merged, disputed and skipped, for a reader who never saw a graph."""

from __future__ import annotations

import functools
import heapq
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from kg import linking, vocab
from kg.graph import Dispute, Graph
from kg.lexicon import UNKNOWN
from kg.runs import counted
from kg.types import STANCES, Document, Evidence, Literal, Skipped, Statement
from kg.view.words import date, title
from kg.writers._text import local, markdown

_T = TypeVar("_T")

_NOTE = (
    "Each sentence quoted here is in one of the articles, word for word; the number before it is the article's in the "
    "first table. `graph.html` shows the same as a drawing, and `graph.trig` holds every sentence with its place."
)
_MANY, _MAIN, _QUOTES, _LONG = 200, 20, 5, 400  # lines of one kind, entities, quotes a statement, characters a quote
_ARTICLES = 1000
_SHORT = 40
_NAMING = (vocab.LABEL, vocab.ALT_LABEL)
_ALONE = "matcher:alone"
_IRI = re.compile(r" \(https?://[^ ()]+\)$")


class _Wording:
    """How a graph is put into Markdown: names, relations, sentences and their sources, all escaped."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.numbers = {iri: number for number, iri in enumerate(graph.documents, 1)}

    def name(self, iri: str) -> str:
        return markdown(self.graph.name(iri))

    def end(self, item: Statement) -> str:
        """The object of a statement."""
        return markdown(date(item.object.value)) if isinstance(item.object, Literal) else self.name(item.object)

    def statement(self, item: Statement) -> str:
        """A statement as a point of a list, its quotes as points below."""
        said = f"- **{self.name(item.subject)}** · {_relation(item.predicate)} · **{self.end(item)}**"
        return said + "".join(f"\n  - {quote}" for quote in self.quotes(item.evidence))

    def quotes(self, evidence: Sequence[Evidence], *, aside: str = "") -> Iterator[str]:
        """The quotes, those without reserve first; the stance `aside` goes without saying."""
        ordered = sorted(evidence, key=lambda item: (bool(item.stance), item.document, item.start, item.id))
        yield from (self.quote(item, aside=aside) for item in ordered[:_QUOTES])
        if len(evidence) > _QUOTES:
            yield f"and {len(evidence) - _QUOTES} more"

    def quote(self, item: Evidence, *, aside: str = "") -> str:
        """The quote, then in brackets under which reserve, by whom and where it is said."""
        manner = ", ".join(stance for stance in STANCES if stance in item.stance and stance != aside)
        by = f"said by {self.name(item.by)}" if item.by else ""
        text = item.quote if len(item.quote) <= _LONG else item.quote[:_LONG].rstrip() + " …"
        return f"“{markdown(text)}” ({'; '.join(filter(None, (manner, by, self.source(item.document))))})"

    def source(self, iri: str) -> str:
        """The number of a document, with its publisher (else its title or first words) and date."""
        document = self.graph.documents.get(iri)
        if document is None:
            return markdown(local(iri))
        known = (document.publisher or title(document, longest=_SHORT), date(document.published or ""))
        return f"[{self.numbers[iri]}] {markdown(', '.join(filter(None, known)))}"


def report(graph: Graph, *, skipped: Sequence[Skipped] = (), unsure: Sequence[Statement] = ()) -> Iterator[str]:
    """The report as Markdown, piece by piece.

    `unsure` are pairs that may be one thing: statements between two entities, with score and reason as evidence.
    Whatever comes from the articles is escaped, so that it is shown as it stands there.
    """
    wording = _Wording(graph)
    yield f"# What the articles say\n\n{_summary(graph, skipped)}\n\n{_NOTE}\n"
    sections = (
        ("Read", _cut(_read(graph), _ARTICLES)),
        ("Found", _found(graph)),
        ("Main entities", _main(wording)),
        ("Merged", _cut(_merged(wording), put=lambda each: _merged_told(wording, *each))),
        ("Kept apart", _cut(_apart(wording), put=lambda each: _apart_told(wording, *each))),
        ("Not linked", _not_linked(wording)),
        ("Disputed", _cut(iter(graph.disputes), put=functools.partial(_dispute, wording))),
        ("Said with reserve", _cut(_hedged(graph), put=wording.statement)),
        ("On someone's word", _cut(_claimed(graph), put=wording.statement)),
        ("Perhaps the same", _cut(iter(unsure), put=functools.partial(_unsure, wording))),
        ("Skipped", _cut(_skipped(skipped))),
    )
    for heading, lines in sections:
        first = next(lines, None)
        if first is not None:
            yield f"\n## {heading}\n\n{first}\n"
            yield from (f"{line}\n" for line in lines)


def _summary(graph: Graph, skipped: Sequence[Skipped]) -> str:
    facts = sum(item.asserted for item in graph.relations)
    parts = (
        _count(len(graph.documents), "document"),
        _count(len(graph.entities), "entity", "entities"),
        _count(facts, "relation") + " stated as fact",
        f"{len(graph.relations) - facts} said only with reserve",
        _count(len(graph.disputes), "dispute"),
        _count(len(skipped), "input") + " skipped",
    )
    return ", ".join(parts) + "."


def _read(graph: Graph) -> Iterator[str]:
    said = Counter(document for item in graph.relations for document in item.documents)
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
            said[iri],
        )
        for iri, item in graph.documents.items()
    )
    return _table(("", "title", "publisher", "date", "relations"), rows)


def _linked(document: Document) -> str:
    text = markdown(title(document))
    if document.url and re.fullmatch(r"https?://[^\s<>|\\]+", document.url):
        return f"[{text}](<{document.url}>)"
    return text


def _found(graph: Graph) -> Iterator[str]:
    if not graph.entities:
        return
    types = Counter(local(entity.type) or "untyped" for entity in graph.entities.values())
    yield from _table(("kind of thing", "count"), ((markdown(name), count) for name, count in _ranked(types)))
    yield ""
    asserted, hedged = Counter[str](), Counter[str]()
    for item in graph.relations:
        (asserted if item.asserted else hedged)[_relation(item.predicate)] += 1
    rows = ((name, asserted[name], hedged[name]) for name, _ in _ranked(asserted + hedged))
    yield from _table(("relation", "stated as fact", "only with reserve"), rows)


def _main(wording: _Wording) -> Iterator[str]:
    graph = wording.graph
    ends = (end for item in graph.relations for end in {item.subject, item.object} if isinstance(end, str))
    said = (
        (-count, graph.name(iri).casefold(), iri)
        for iri, count in counted(ends)
        if iri in graph.entities and not _is_value(iri)
    )
    for count, _, iri in heapq.nsmallest(_MAIN, said):
        around = itertools.chain(graph.about(iri), graph.mentioning(iri))
        documents = frozenset[str]().union(*(item.documents for item in around))
        counts = f"{_count(-count, 'relation')} in {_count(len(documents), 'document')}"
        yield f"- **{wording.name(iri)}** ({markdown(local(graph.entities[iri].type))}): {counts}"


def _merged(wording: _Wording) -> Iterator[tuple[str, list[int]]]:
    """The things that several documents name, and where."""
    graph = wording.graph
    for iri in graph.entities:
        named = (document for item in graph.about(iri) if item.predicate in _NAMING for document in item.documents)
        numbers = sorted({wording.numbers[document] for document in named if document in wording.numbers})
        if len(numbers) > 1 and not _is_value(iri):
            yield iri, numbers


def _merged_told(wording: _Wording, iri: str, numbers: Iterable[int]) -> str:
    """A thing: under which names, where, and why they were taken for one."""
    also = "".join(f", also “{markdown(name)}”" for name in wording.graph.entities[iri].aliases)
    decided = (item for item in wording.graph.mentioning(iri) if item.predicate == vocab.SAME_AS)
    return f"- **{wording.name(iri)}**{also} {' '.join(f'[{number}]' for number in numbers)}{_reasons(decided)}"


def _apart(wording: _Wording) -> Iterator[tuple[tuple[str, ...], list[Statement]]]:
    """The things that were decided to be different."""
    found: dict[tuple[str, ...], list[Statement]] = {}
    for item in wording.graph.saying(vocab.DIFFERENT_FROM):
        ends = sorted(_thing(wording.graph, end) for end in (item.subject, str(item.object)))
        found.setdefault(tuple(ends), []).append(item)
    return iter(sorted(found.items()))


def _apart_told(wording: _Wording, pair: Iterable[str], decided: Iterable[Statement]) -> str:
    """Things by the names under which the graph holds them."""
    return f"- {' and '.join(f'**{wording.name(iri)}**' for iri in pair)}{_reasons(decided)}"


def _thing(graph: Graph, iri: str) -> str:
    """What the entity of a document is in the graph."""
    same = (str(item.object) for item in graph.about(iri) if item.predicate == vocab.SAME_AS)
    return max(same, default=iri)


def _not_linked(wording: _Wording) -> Iterator[str]:
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
        more = f" and {len(unknown) - _MANY} more" * (len(unknown) > _MANY)
        yield f"- {UNKNOWN} ({len(unknown)}): {', '.join(sorted(unknown, key=str.casefold)[:_MANY])}{more}"


def _unsure(wording: _Wording, item: Statement) -> str:
    both = f"**{wording.name(item.subject)}** and **{wording.end(item)}**"
    return f"- {both} ({item.score:.2f}){_reasons([item])}"


def _reasons(decided: Iterable[Statement]) -> str:
    """Why it was so decided, without the IRIs of the entities."""
    found = {_IRI.sub("", each.reason) for item in decided for each in item.evidence if each.reader != _ALONE}
    return ": " * bool(found - {""}) + markdown("; ".join(sorted(found - {""})))


def _dispute(wording: _Wording, dispute: Dispute) -> str:
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
    heading = f"### {wording.name(dispute.subject)}: {_relation(dispute.predicate)}\n\n"
    return heading + "\n".join(_table([names[side] for side in order], [cells])) + "\n"


def _hedged(graph: Graph) -> Iterator[Statement]:
    return (item for item in graph.relations if not item.asserted and item.evidence)


def _claimed(graph: Graph) -> Iterator[Statement]:
    """What is stated as fact, but by no source in its own name."""
    return (item for item in graph.relations if item.asserted and not item.vouched)


def _skipped(skipped: Sequence[Skipped]) -> Iterator[str]:
    names = sorted((re.split(r"[/\\]", item.path.rstrip("/\\"))[-1], item.reason) for item in skipped)
    return (f"- **{markdown(name)}**: {markdown(reason)}" for name, reason in names)


@functools.cache
def _relation(iri: str) -> str:
    from kg.ontology import ontology  # reads a file

    return markdown(ontology().labels.get(local(iri), local(iri)) if iri.startswith(vocab.KG) else local(iri))


def _is_value(iri: str) -> bool:
    return iri.startswith(vocab.BASE + "value/")


def _table(heading: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table of Markdown; the cells are escaped already."""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    if lines:
        yield f"| {' | '.join(heading)} |"
        yield f"|{' --- |' * len(heading)}"
        yield from lines


def _cut(lines: Iterator[_T], many: int = _MANY, *, put: Callable[[_T], str] = str) -> Iterator[str]:
    """The first, put into words, and how many more there are."""
    yield from map(put, itertools.islice(lines, many))
    more = sum(1 for _ in lines)
    if more:
        yield f"\nAnd {more} more."


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
