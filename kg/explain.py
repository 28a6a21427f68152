"""Why a graph says so: the statements about a thing, each with the sentences behind it and who speaks there."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from kg import vocab
from kg.errors import KgError
from kg.graph import Graph
from kg.types import Document, Evidence, Literal, Span, Statement
from kg.view.words import title

_NEAREST = 5
_NAMING = (vocab.TYPE, vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL)


@dataclasses.dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that says a statement, and its source (by its title, else its first words, else its name).

    `subject` and `object` are the spans of the two ends within `text` (code points, end exclusive), None where they
    stand elsewhere. `start` and `end` place the sentence in the document. `by` is the name of who claims it, None where
    it is the document itself; `stance` and `score` as in `kg.types.Evidence`; `reason` is why it was concluded.
    """

    text: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    document: str
    start: int
    end: int
    subject: Span | None
    object: Span | None
    stance: tuple[str, ...]
    by: str | None
    score: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """A statement in words and the quotes behind it, those that state it as fact first, then the surest.

    `disputed` tells whether other statements, or some of its own evidence, stand against it.
    """

    statement: Statement
    subject: str
    predicate: str
    object: str
    disputed: bool
    quotes: tuple[Quote, ...]


def explain(
    graph: Graph,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002 - the field's own name
) -> list[Explanation]:
    """The statements about a thing, narrowed by predicate and object where they are given.

    `subject` and `object` are an IRI, a prefixed name ("id:openai"), or a name or alias in any case; `object` may be a
    literal's text as well; `predicate` is an IRI or a local name ("developer"). Without `object`, statements that lead
    to the thing follow those that start from it. Without `predicate`, types and names are left out unless there is
    nothing else. Raises KgError, with the nearest names, where a name is unknown or means several things.
    """
    things = _things(graph)
    iri = _find(graph, things, subject)
    found = list(graph.about(iri))
    if object is None:
        found += [item for item in graph.mentioning(iri) if item.subject != iri and item.predicate != vocab.SAME_AS]
    if predicate is not None:
        wanted = _predicates(graph, found, predicate, subject)
        found = [item for item in found if item.predicate in wanted]
    if object is not None:
        found = list(_ending(graph, things, found, object))
    told = [item for item in found if item.predicate not in _NAMING]
    return list(told_of(graph, told if predicate is None and told else found))


def told_of(graph: Graph, statements: Iterable[Statement]) -> Iterator[Explanation]:
    """The same of statements that are at hand, in their order."""
    against = {item.id for dispute in graph.disputes for item in dispute.statements}
    return (_explanation(graph, item, against) for item in statements)


def find(graph: Graph, text: str) -> str:
    """The IRI of the thing with this IRI, prefixed name, name or alias. Raises KgError, as `explain` does."""
    return _find(graph, _things(graph), text)


def _explanation(graph: Graph, item: Statement, against: set[str]) -> Explanation:
    ordered = sorted(
        item.evidence, key=lambda each: (bool(each.stance), -each.score, each.document, each.start, each.id)
    )
    return Explanation(
        statement=item,
        subject=graph.name(item.subject),
        predicate=_local(item.predicate),
        object=item.object.value if isinstance(item.object, Literal) else graph.name(item.object),
        disputed=item.id in against or (item.asserted and item.denied),
        quotes=tuple(_quote(graph, each) for each in ordered),
    )


def _quote(graph: Graph, item: Evidence) -> Quote:
    document = graph.documents.get(item.document) or Document(item.document, _local(item.document), "")
    return Quote(
        text=item.quote,
        title=title(document),
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        document=item.document,
        start=item.start,
        end=item.end,
        subject=_within(item, item.subject),
        object=_within(item, item.object),
        stance=item.stance,
        by=graph.name(item.by) if item.by else None,
        score=item.score,
        reason=item.reason,
    )


def _within(item: Evidence, span: Span | None) -> Span | None:
    """The span counted from the quote's start, None where it reaches out of it."""
    if span is None or span.start < item.start or span.end > item.end:
        return None
    return Span(span.start - item.start, span.end - item.start)


def _things(graph: Graph) -> dict[str, list[str]]:
    """The IRIs of entities by what they may be called."""
    things: dict[str, list[str]] = {}
    for entity in graph.entities.values():
        for name in {_plain(name) for name in (entity.name, *entity.aliases)}:
            things.setdefault(name, []).append(entity.id)
    return things


def _find(graph: Graph, things: Mapping[str, list[str]], text: str) -> str:
    for iri in (text.strip("<> "), _expanded(text)):
        if graph.about(iri) or graph.mentioning(iri):
            return iri
    found = things.get(_plain(text), [])
    main = [iri for iri in found if _plain(graph.name(iri)) == _plain(text)] or found  # a label before an alias
    if len(main) == 1:
        return main[0]
    if main:
        raise KgError(f"{text!r} may be {_list(map(_short, main), 'or')}; name one of them")
    raise KgError(f"nothing is called {text!r}{_nearest(text, (graph.name(each[0]) for each in things.values()))}")


def _ending(graph: Graph, things: Mapping[str, list[str]], found: list[Statement], text: str) -> Iterator[Statement]:
    """The statements whose object is the literal or thing of this name."""
    literal = [item for item in found if isinstance(item.object, Literal) and _plain(item.object.value) == _plain(text)]
    if literal:
        return iter(literal)
    named = [item for item in found if isinstance(item.object, str) and item.object in things.get(_plain(text), ())]
    if named:
        return iter(named)
    iri = _find(graph, things, text)
    return (item for item in found if item.object == iri)


def _predicates(graph: Graph, found: Iterable[Statement], text: str, subject: str) -> set[str]:
    """The predicates of this name, among those of the thing or else of the graph."""
    here = {item.predicate for item in found}
    known = here | {item.predicate for item in graph}
    wanted = {iri for iri in known if iri in (text, _expanded(text)) or _local(iri).casefold() == text.casefold()}
    if not wanted:
        names = sorted({_local(iri) for iri in here}) or sorted({_local(iri) for iri in known})
        raise KgError(f"no statement about {subject!r} has {text!r}{_nearest(text, names, ' ' + _list(names, 'and'))}")
    return wanted


def _nearest(text: str, names: Iterable[str], otherwise: str = "") -> str:
    """What may have been meant, as the end of a message."""
    by_plain = {_plain(name): name for name in sorted(set(names), reverse=True)}
    close = difflib.get_close_matches(_plain(text), by_plain, n=_NEAREST, cutoff=0.6)
    close += [name for name in sorted(by_plain) if _plain(text) in name and name not in close][: _NEAREST - len(close)]
    if close:
        return f"; did you mean {_list((by_plain[name] for name in close), 'or')}?"
    return f"; there are{otherwise}" if otherwise else "; kg info lists what there is"


def _list(names: Iterable[str], last: str) -> str:
    *most, end = names
    return f"{', '.join(most)} {last} {end}" if most else end


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _expanded(text: str) -> str:
    """A prefixed name in full: "id:openai"; other text as it is."""
    prefix, colon, rest = text.strip().partition(":")
    return vocab.PREFIXES[prefix] + rest if colon and prefix in vocab.PREFIXES else text


def _short(iri: str) -> str:
    base = vocab.PREFIXES["id"]
    return f"id:{iri.removeprefix(base)}" if iri.startswith(base) else iri


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]
