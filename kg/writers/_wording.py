"""How what a graph says is put into Markdown: names, relations, sentences and their sources, all escaped."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from kg import vocab
from kg.graph import Graph
from kg.types import STANCES, Evidence, Literal, Statement
from kg.view.words import date, title
from kg.writers._text import local, markdown

_QUOTES, _LONG = 5, 400  # quotes a statement, characters a quote
_SHORT = 40


class Wording:
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
        said = f"- **{self.name(item.subject)}** · {relation(item.predicate)} · **{self.end(item)}**"
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


@functools.cache
def relation(iri: str) -> str:
    from kg.ontology import ontology  # reads a file

    return markdown(ontology().labels.get(local(iri), local(iri)) if iri.startswith(vocab.KG) else local(iri))
