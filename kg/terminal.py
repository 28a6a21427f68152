"""What a terminal shows: tables and coloured text made of articles and graphs, without their control characters."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from kg import linking, phrases, values, vocab
from kg.explain import Explanation, Quote
from kg.graph import Graph
from kg.ontology import ontology
from kg.tables import safe
from kg.types import Annotation, Evidence, Statement

SUBJECT, OBJECT, ASIDE, WARNING = "bold cyan", "bold magenta", "dim", "bold yellow"

_MOST = 20


def summary(graph: Graph, *, skipped: int = 0) -> str:
    """What was found, in one sentence."""
    facts = sum(item.asserted for item in graph.relations)
    parts = [
        _count(len(graph.documents), "article"),
        _count(len(_things(graph)), "thing"),
        _count(facts, "statement"),
        f"{len(graph.relations) - facts:,} said with reserve",
        _count(len(graph.disputes), "dispute"),
    ]
    return ", ".join(parts) + (f"; {_count(skipped, 'input')} skipped" if skipped else "")


def inventory(graph: Graph) -> Iterator[Table]:
    """What a graph holds: articles, kinds of things, relations, and the things of which most is said."""
    articles = _table("article", "publisher", "date")
    for document in list(graph.documents.values())[:_MOST]:
        articles.add_row(*map(_cell, (document.title or document.name, document.publisher, document.published)))
    if (more := len(graph.documents) - _MOST) > 0:
        articles.add_row(f"and {more:,} more")
    yield articles
    types = collections.Counter(_local(graph.entities[iri].type) for iri in _things(graph))
    yield _counts("type", types)
    yield _counts("relation", collections.Counter(_local(item.predicate) for item in graph.relations))
    yield _counts("link to what is known", _links(graph))
    said: collections.Counter[str] = collections.Counter()
    for item in graph.relations:
        said.update(end for end in {item.subject, str(item.object)} if end in graph.entities and _is_thing(end))
    main = _table("thing", "type", "relations")
    for iri in sorted(said, key=lambda iri: (-said[iri], graph.name(iri), iri))[:_MOST]:
        main.add_row(_cell(graph.name(iri)), _local(graph.entities[iri].type), str(said[iri]))
    yield main


def figures(graph: Graph) -> dict[str, object]:
    """What `summary` and `inventory` tell, for machines: all articles, and the counts by name."""
    facts = sum(item.asserted for item in graph.relations)
    told = ("id", "name", "title", "publisher", "published", "url")
    return {
        "articles": [{name: getattr(item, name) for name in told} for item in graph.documents.values()],
        "things": len(_things(graph)),
        "statements": facts,
        "reserved": len(graph.relations) - facts,
        "disputes": len(graph.disputes),
        "types": _sorted(_local(graph.entities[iri].type) for iri in _things(graph)),
        "relations": _sorted(_local(item.predicate) for item in graph.relations),
        "links": _sorted(_links(graph).elements()),
    }


def _sorted(words: Iterable[str]) -> dict[str, int]:
    counts = collections.Counter(words)
    return {name: counts[name] for name in sorted(counts, key=lambda name: (-counts[name], name))}


def explained(found: Iterable[Explanation]) -> Iterator[Text]:
    """Each statement and the sentences behind it, its two ends in colour."""
    for item in found:
        line = Text()
        line.append(safe(item.subject), SUBJECT).append(f" {item.predicate} ").append(safe(item.object), OBJECT)
        if item.disputed:
            line.append("  disputed", WARNING)
        yield line
        for quote in item.quotes:
            yield _quote(quote)
        yield Text()


def read(annotation: Annotation) -> Iterator[Text]:
    """A text with its entities in the colours of their types, and then the statements made there."""
    shown = Text(safe(annotation.document.text, keep="\n"))
    for mention in annotation.mentions:
        shown.stylize(_colour(mention.type), mention.start, mention.end)
    yield shown
    yield _legend({mention.type for mention in annotation.mentions})
    names = _names(annotation)
    for item in sorted(annotation.statements, key=lambda item: item.evidence[0].start if item.evidence else 0):
        yield _said(item, names)


def _quote(quote: Quote) -> Text:
    line = Text("  “")
    start = len(line)
    line.append(safe(quote.text))
    for span, style in ((quote.subject, SUBJECT), (quote.object, OBJECT)):
        if span:
            line.stylize(style, start + span.start, start + span.end)
    line.append("” ")
    manner = [*quote.stance, f"by {safe(quote.by)}" if quote.by else "", safe(quote.reason)]
    line.append("".join(f"[{part}] " for part in manner if part), WARNING)
    source = ", ".join(safe(part) for part in (quote.title, quote.publisher, quote.published) if part)
    return line.append(f"— {source} ({quote.start}–{quote.end})", ASIDE)  # noqa: RUF001 - a range


def _said(item: Statement, names: dict[str, str]) -> Text:
    line = Text("• ")
    line.append(names.get(item.subject, item.subject), SUBJECT).append(f" {item.predicate} ")
    line.append(names.get(str(item.object), str(item.object)), OBJECT)
    manners = sorted({_manner(each, names) for each in item.evidence})
    return line.append("".join(f" [{manner}]" for manner in manners if manner), WARNING)


def _manner(item: Evidence, names: dict[str, str]) -> str:
    by = [f"by {names.get(item.by, item.by)}"] if item.by else []
    return ", ".join([*item.stance, *by])


def _names(annotation: Annotation) -> dict[str, str]:
    """What each entity is first called by name, else at all; a value as normalised."""
    said = [(item, annotation.document.text[item.start : item.end]) for item in annotation.mentions]
    said.sort(key=lambda pair: (not (pair[0].named and phrases.is_name(pair[1], pair[0].type)), pair[0].start))
    return {item.entity: safe(values.words(item.value) if item.value else text) for item, text in reversed(said)}


def _legend(types: Iterable[str]) -> Text:
    line = Text()
    known = set(types)
    for name in ontology().mentionable:
        if name in known:
            line.append(name, _colour(name)).append(" ")
    return line.append("\n")


def _colour(type_: str) -> str:
    found = ontology().classes.get(type_)
    return f"bold {found.dark}" if found and found.dark else "bold"


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _counts(heading: str, counts: collections.Counter[str]) -> Table:
    table = _table(heading, "count")
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row(_cell(name), str(count))
    return table


def _links(graph: Graph) -> collections.Counter[str]:
    """Of the things that may have identifiers elsewhere, how many are linked, and how many not for which reason."""
    known = sum(entity.type.removeprefix(vocab.KG) in linking.LINKABLE for entity in graph.entities.values())
    found = collections.Counter(f"NIL: {decided.nil}" for _, decided in linking.nil(graph))
    found["linked"] = known - found.total()
    return found


def _cell(text: str | None) -> Text:
    return Text(safe(text or ""))


def _things(graph: Graph) -> Sequence[str]:
    return [iri for iri in graph.entities if _is_thing(iri)]


def _is_thing(iri: str) -> bool:
    return not iri.startswith(vocab.BASE + "value/")


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
