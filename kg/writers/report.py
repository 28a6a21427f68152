"""report.md: what was read, found, merged, disputed and skipped, for a reader who never saw a graph."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg import vocab
from kg.graph import Dispute, Graph
from kg.types import STANCES, Document, Evidence, Literal, Skipped, Statement
from kg.writers._text import local, markdown

_NOTE = (
    "Each sentence quoted here is in one of the articles, word for word. `graph.html` shows the same as a drawing, and "
    "`graph.trig` holds every sentence with its place in the text."
)
_IRI = re.compile(r" \(https?://[^ ()]+\)$")
_MANY = 200
"""So many lines of one kind at most; what is left out is counted."""

_MAIN = 20
_QUOTES = 5
_QUOTE = 400
_NAMING = (vocab.LABEL, vocab.ALT_LABEL)


def report(graph: Graph, *, skipped: Sequence[Skipped] = (), unsure: Sequence[Statement] = ()) -> Iterator[str]:
    """The report as Markdown, piece by piece.

    `unsure` are pairs that may be one thing: statements between two entities, with score and reason as evidence.
    Whatever comes from the articles is escaped, so that it is shown as it stands there.
    """
    yield f"# What the articles say\n\n{_summary(graph, skipped)}\n\n{_NOTE}\n"
    sections = (
        ("Read", _read(graph)),
        ("Found", _found(graph)),
        ("Main entities", _main(graph)),
        ("Merged", _merged(graph)),
        ("Kept apart", _apart(graph)),
        ("Disputed", _disputed(graph)),
        ("Said with reserve", _hedged(graph)),
        ("On someone's word", _claimed(graph)),
        ("Perhaps the same", _unsure(graph, unsure)),
        ("Skipped", _skipped(skipped)),
    )
    for title, lines in sections:
        first = next(lines, None)
        if first is not None:
            yield f"\n## {title}\n\n{first}\n"
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
    said = Counter(document for item in graph.relations for document in {each.document for each in item.evidence})
    rows = (
        (_title(item), markdown(item.publisher), markdown(item.published), said[item.id])
        for item in graph.documents.values()
    )
    return _table(("title", "publisher", "date", "relations"), rows)


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


def _main(graph: Graph) -> Iterator[str]:
    said: Counter[str] = Counter()
    for item in graph.relations:
        ends = {end for end in (item.subject, item.object) if isinstance(end, str)}
        said.update(end for end in ends if end in graph.entities and not _is_value(end))
    best = sorted(said, key=lambda iri: (-said[iri], graph.name(iri), iri))[:_MAIN]
    for iri in best:
        kind = local(graph.entities[iri].type)
        documents = {each.document for item in _around(graph, iri) for each in item.evidence}
        counts = f"{_count(said[iri], 'relation')} in {_count(len(documents), 'document')}"
        yield f"- **{_name(graph, iri)}** ({markdown(kind)}): {counts}"


def _merged(graph: Graph) -> Iterator[str]:
    return _cut(line for iri in graph.entities if (line := _names(graph, iri)))


def _names(graph: Graph, iri: str) -> str:
    """One line on the names and documents that came together in an entity, empty if there is but one of each."""
    entity = graph.entities[iri]
    naming = [item for item in graph.about(iri) if item.predicate in _NAMING]
    documents = sorted({each.document for item in naming for each in item.evidence})
    if _is_value(iri) or (not entity.aliases and len(documents) < 2):  # noqa: PLR2004 - a pair
        return ""
    also = "".join(f", also “{markdown(name)}”" for name in entity.aliases)
    where = "; ".join(_source(graph, document) for document in documents)
    found = {
        _reason(each) for item in graph.mentioning(iri) if item.predicate == vocab.SAME_AS for each in item.evidence
    }
    reasons = ", ".join(sorted(filter(None, found)))
    return f"- **{_name(graph, iri)}**{also}: {where}" + (f" ({reasons})" if reasons else "")


def _apart(graph: Graph) -> Iterator[str]:
    """The things that were decided to be different, by the names under which the graph holds them."""
    things = {item.subject: str(item.object) for item in graph if item.predicate == vocab.SAME_AS}
    lines = set()
    for item in graph:
        if item.predicate == vocab.DIFFERENT_FROM:
            pair = sorted({things.get(end, end) for end in (item.subject, str(item.object))})
            reasons = ", ".join(sorted({_reason(each) for each in item.evidence} - {""}))
            lines.add(f"- {' and '.join(f'**{_name(graph, iri)}**' for iri in pair)}: {reasons}")
    return _cut(sorted(lines))


def _reason(item: Evidence) -> str:
    """Why it was decided, without the IRI of the other entity."""
    return markdown(_IRI.sub("", item.reason))


def _disputed(graph: Graph) -> Iterator[str]:
    return _cut(_dispute(graph, item) for item in graph.disputes)


def _dispute(graph: Graph, dispute: Dispute) -> str:
    """A heading, and a table with one column a side."""
    sides: dict[tuple[object, ...], list[Evidence]] = {}
    names: dict[tuple[object, ...], str] = {}
    for item in dispute.statements:
        for evidence in item.evidence:
            side = (item.key, "negated" in evidence.stance)
            names[side] = f"not {_object(graph, item)}" if side[1] else _object(graph, item)
            sides.setdefault(side, []).append(evidence)
    cells = ["<br>".join(_quotes(graph, group, aside="negated")) for group in sides.values()]
    table = _table([names[side] for side in sides], [cells])
    return f"### {_name(graph, dispute.subject)}: {_relation(dispute.predicate)}\n\n" + "\n".join(table) + "\n"


def _hedged(graph: Graph) -> Iterator[str]:
    return _cut(_sentence(graph, item) for item in graph.relations if item.evidence and not item.asserted)


def _claimed(graph: Graph) -> Iterator[str]:
    """What is stated as fact, but by no source in its own name."""
    return _cut(
        _sentence(graph, item)
        for item in graph.relations
        if item.asserted and all(each.by for each in item.evidence if not each.stance)
    )


def _unsure(graph: Graph, pairs: Iterable[Statement]) -> Iterator[str]:
    for item in pairs:
        reasons = "; ".join(filter(None, (markdown(each.reason) for each in item.evidence)))
        why = f": {reasons}" if reasons else ""
        yield f"- **{_name(graph, item.subject)}** and **{_object(graph, item)}** ({item.score:.2f}){why}"


def _skipped(skipped: Sequence[Skipped]) -> Iterator[str]:
    names = sorted((re.split(r"[/\\]", item.path.rstrip("/\\"))[-1], item.reason) for item in skipped)
    return _cut(f"- **{markdown(name)}**: {markdown(reason)}" for name, reason in names)


def _sentence(graph: Graph, item: Statement) -> str:
    said = f"- **{_name(graph, item.subject)}** · {_relation(item.predicate)} · **{_object(graph, item)}**"
    return said + "".join(f"\n  - {quote}" for quote in _quotes(graph, item.evidence))


def _quotes(graph: Graph, evidence: Sequence[Evidence], *, aside: str = "") -> Iterator[str]:
    yield from (_quoted(graph, item, aside=aside) for item in evidence[:_QUOTES])
    if len(evidence) > _QUOTES:
        yield f"and {len(evidence) - _QUOTES} more"


def _quoted(graph: Graph, item: Evidence, *, aside: str = "") -> str:
    """The quote, then in brackets under which reserve, by whom and where it is said."""
    manner = ", ".join(stance for stance in STANCES if stance in item.stance and stance != aside)
    by = f"said by {_name(graph, item.by)}" if item.by else ""
    quote = item.quote if len(item.quote) <= _QUOTE else item.quote[:_QUOTE].rstrip() + " …"
    return f"“{markdown(quote)}” ({'; '.join(filter(None, (manner, by, _source(graph, item.document))))})"


def _source(graph: Graph, iri: str) -> str:
    document = graph.documents.get(iri)
    if document is None:
        return markdown(local(iri))
    return ", ".join(filter(None, (_title(document), *map(markdown, (document.publisher, document.published)))))


def _title(document: Document) -> str:
    title = markdown(document.title or document.name)
    if document.url and re.fullmatch(r"https?://[^\s<>\\]+", document.url):
        return f"[{title}](<{document.url}>)"
    return title


def _object(graph: Graph, item: Statement) -> str:
    return markdown(item.object.value) if isinstance(item.object, Literal) else _name(graph, item.object)


def _name(graph: Graph, iri: str) -> str:
    return markdown(graph.name(iri))


def _is_value(iri: str) -> bool:
    return iri.startswith(vocab.BASE + "value/")


def _relation(iri: str) -> str:
    from kg.ontology import ontology  # reads a file

    return markdown(ontology().labels.get(local(iri), local(iri)) if iri.startswith(vocab.KG) else local(iri))


def _around(graph: Graph, iri: str) -> Iterator[Statement]:
    return itertools.chain(graph.about(iri), graph.mentioning(iri))


def _table(heading: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table of Markdown; cells are escaped already, numbers and None apart."""
    first = next(rows := iter(rows), None)
    if first is not None:
        yield f"| {' | '.join(heading)} |"
        yield f"|{' --- |' * len(heading)}"
        for row in itertools.chain([first], rows):
            yield f"| {' | '.join('' if cell is None else str(cell) for cell in row)} |"


def _cut(lines: Iterable[str]) -> Iterator[str]:
    lines = iter(lines)
    yield from itertools.islice(lines, _MANY)
    more = sum(1 for _ in lines)
    if more:
        yield f"\nAnd {more} more."


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
