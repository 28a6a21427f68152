"""What a graph is in RDF: its triples, subject by subject, in the order in which they are written.

Plain triples are what the sources state as fact. Beside them stands a node for every statement, with the evidence for
it (RDF 1.1 reification, the Web Annotation vocabulary for quotes, PROV-O for derivation); see docs/decisions/rdf.md.
"""

from __future__ import annotations

import difflib
import itertools
import operator
from collections.abc import Collection, Iterable, Iterator

from kg import names, packed, values, vocab
from kg.errors import KgError
from kg.graph import Dispute, Graph
from kg.ontology import facts
from kg.runs import Runs, place
from kg.types import STANCES, Activity, Document, Evidence, Literal, Span, Statement, digest
from kg.writers._turtle import Block, Term, Triple

Pair = tuple[str, Term]
Key = tuple[str, str, str, str, str]
"""`Statement.key`."""

FACTS = "Facts"
DECISIONS = "Decisions: which entities of single documents are one, and which are not"
SOURCES = "Sources: which documents know a thing"
NODES = "Statements and the evidence for them"
"""The titles of the parts that go through all statements."""

_FIRST = {vocab.TYPE: 0, vocab.LABEL: 1, vocab.ALT_LABEL: 2}
_VALUES = vocab.BASE + "value/"
_DOCUMENTS = vocab.BASE + "doc/"
_DECISIONS = (vocab.SAME_AS, vocab.DIFFERENT_FROM)


def check(statements: Iterable[Statement]) -> None:
    """Raises KgError for a relation or type in our namespace that ontology.ttl, which lists them all, lacks."""
    used = {iri for item in statements for iri in (item.predicate, item.predicate == vocab.TYPE and item.object)}
    terms = facts()
    for iri in sorted(iri for iri in used if isinstance(iri, str)):
        if iri.startswith(vocab.KG) and iri not in terms:
            name = iri.removeprefix(vocab.KG)
            close = difflib.get_close_matches(name, [term.removeprefix(vocab.KG) for term in terms], n=1)
            meant = f"did you mean kg:{close[0]}?" if close else "use one that it has, or give it a block there"
            raise KgError(f"found kg:{name}, which ontology.ttl lacks, so that it can't be written; {meant}")


def sections(graph: Graph, *, rdf12: bool = False) -> Iterator[tuple[str, Iterable[Block]]]:
    """All of a graph, in its parts with their titles; with `rdf12`, statement nodes are reifiers of RDF 1.2."""
    yield FACTS, plain(factual(graph, hedged=True))
    yield DECISIONS, plain(filter(is_decision, graph))
    if is_merged(graph):
        yield SOURCES, sources(graph)
    yield "Documents", documents(graph)
    if graph.activities:
        yield "Runs: what read the documents", runs(graph)
    yield NODES, statements(graph, rdf12=rdf12)
    yield "Disputes", disputes(graph)


def plain(statements: Iterable[Statement]) -> Iterator[Block]:
    """The triples of the given statements, types and names first; they come sorted by `Statement.key`."""
    for subject, group in itertools.groupby(statements, operator.attrgetter("subject")):
        pairs: list[Pair] = [(item.predicate, item.object) for item in group]
        yield subject, sorted(pairs, key=lambda pair: rank(pair[0]))


def rank(predicate: str) -> int:
    """Where in a paragraph a predicate stands: types and names first."""
    return _FIRST.get(predicate, len(_FIRST))


def factual(graph: Graph, *, hedged: bool = False) -> Iterator[Statement]:
    """The statements that some source states as fact, or that need no source (what an amount is, for one).

    Amounts, quantities and periods are left out where none of these names them; with `hedged`, where none at all does.
    """
    known = named(graph, hedged=hedged)
    yield from (item for item in graph if is_fact(item) and (item.subject in known or not is_value(item.subject)))


def named(graph: Graph, *, hedged: bool = False) -> frozenset[str]:
    """The amounts, quantities and periods that what is stated as fact names; with `hedged`, that anything does."""
    return frozenset(str(item.object) for item in graph.leading(_VALUES) if hedged or is_fact(item))


def is_fact(item: Statement) -> bool:
    """Whether some source states it as fact, or it needs no source; decisions are none."""
    return (item.asserted or not item.evidence) and not is_decision(item)


def is_value(end: str | Literal) -> bool:
    """Whether it is an amount, a quantity or a period."""
    return isinstance(end, str) and end.startswith(_VALUES)


def is_decision(item: Statement) -> bool:
    """Whether it says which of the entities that single documents speak of are one, or that some are not."""
    return item.predicate in _DECISIONS and is_local(item.subject)


def is_local(subject: str) -> bool:
    """Whether it is a document, or what a single one speaks of."""
    return subject.startswith(_DOCUMENTS)


def is_merged(graph: Graph) -> bool:
    """Whether it holds more than articles: then things and statements tell their sources, and a source is a graph."""
    return any(document.format for document in graph.documents.values())


def graphs(graph: Graph) -> Iterator[tuple[str, Iterator[Block]]]:
    """By document the plain triples that it states as fact, for a merged graph; no graphs for one of articles alone."""
    if not is_merged(graph):
        return
    stated = (
        (iri, number, item)
        for number, item in enumerate(factual(graph))
        for iri in {each.document: None for each in item.evidence if not each.stance}
        if iri in graph.documents
    )
    for iri, found in _apart(stated):
        yield iri, plain(found)


def _apart(stated: Iterable[tuple[str, int, Statement]]) -> Iterator[tuple[str, Iterable[Statement]]]:
    """The statements by document, each in their order."""
    if place() is None:
        held: dict[str, list[Statement]] = {}
        for iri, _, item in stated:
            held.setdefault(iri, []).append(item)
        yield from sorted(held.items(), key=operator.itemgetter(0))
        return
    records = Runs((iri, number, *packed.row(item)) for iri, number, item in stated)
    for iri, group in itertools.groupby(records, operator.itemgetter(0)):
        yield iri, (packed.statement(record[2:]) for record in group)


def sources(graph: Graph) -> Iterator[Block]:
    """The documents that know each thing."""
    for iri in graph.entities:
        found = {each.document for item in graph.about(iri) for each in item.evidence}
        if known := sorted(found & graph.documents.keys()):
            yield iri, [(vocab.DCTERMS + "source", document) for document in known]


def documents(graph: Graph) -> Iterator[Block]:
    """What is known of each document, and the hash of its text."""
    for document in graph.documents.values():
        yield document.id, list(_document(document))


def runs(graph: Graph) -> Iterator[Block]:
    """Each run that read documents, what it used, made and was done by: PROV-O, with no clock and no machine."""
    agents = {_agent(item.version): item.version for item in graph.activities}
    models = {_model(item.model): item.model for item in graph.activities if item.model}
    for item in graph.activities:
        yield f"{vocab.BASE}run/{item.id}", list(_run(item))
        made = (vocab.PROV + "wasGeneratedBy", f"{vocab.BASE}run/{item.id}")
        yield f"{vocab.BASE}graph/{item.id}", [*_is_a("Entity", f"graph of run {item.id}"), made]
    for iri, version in sorted(agents.items()):
        yield iri, [*_is_a("SoftwareAgent", f"kg {version}"), (vocab.SCHEMA + "softwareVersion", Literal(version))]
    for iri, name in sorted(models.items()):
        yield iri, _is_a("Entity", name)


def statements(graph: Graph, *, rdf12: bool = False) -> Iterator[Block]:
    """A node for each statement that has evidence or is in dispute, each followed by that evidence."""
    merged = is_merged(graph)
    for item in told(graph, disputed=disputed(graph), merged=merged):
        if isinstance(item, Evidence):
            yield evidence(item)
        else:
            pairs = [
                *kinds(decision=is_concluded(item.evidence)),
                *_ends(item, rdf12=rdf12),
                *manner(item.evidence, merged=merged),
            ]
            yield f"{vocab.BASE}statement/{item.id}", pairs


def told(statements: Iterable[Statement], *, disputed: Collection[Key], merged: bool) -> Iterator[Statement | Evidence]:
    """The statements that have nodes, each followed by what evidence for it was not told before."""
    written: dict[str, int] = {}
    near: dict[str, Evidence] = {}
    subject = ""
    for item in statements:
        if item.subject != subject:  # what an article says of one thing is no evidence about another
            subject = item.subject
            near.clear()
        found = item.evidence
        if found or item.key in disputed:
            yield item
            yield from fresh(found, written) if merged else _new(found, near)


def _new(evidence: Iterable[Evidence], known: dict[str, Evidence]) -> Iterator[Evidence]:
    for each in evidence:
        if known.get(each.id) != each:
            known[each.id] = each
            yield each


def fresh(evidence: Iterable[Evidence], written: dict[str, int]) -> Iterator[Evidence]:
    """What is not among the evidence written so far, by id its hash: there may be no room for all of it."""
    for each in evidence:
        if written.get(each.id) != (told_ := hash(each)):
            written[each.id] = told_
            yield each


def disputed(graph: Graph) -> frozenset[Key]:
    """The keys of the statements that are in dispute."""
    return frozenset(item.key for dispute in graph.disputes for item in dispute.statements)


def kinds(*, decision: bool) -> Iterator[Pair]:
    """The types of a statement's node."""
    yield vocab.TYPE, vocab.RDF + "Statement"
    if decision:
        yield vocab.TYPE, vocab.KG + "Decision"


def is_concluded(evidence: tuple[Evidence, ...]) -> bool:
    """Whether a statement is concluded rather than read."""
    return bool(evidence) and all(each.reason for each in evidence)


def manner(evidence: tuple[Evidence, ...], *, merged: bool) -> Iterator[Pair]:
    """How a statement is made: all that its node says but its types and its parts; it follows from the evidence."""
    yield from reserve(evidence)
    yield vocab.KG + "confidence", number(Statement("", "", "", evidence).score)
    for each in evidence:
        yield vocab.PROV + "wasDerivedFrom", evidence_iri(each)
    for iri in sorted({each.document for each in evidence if each.document}) if merged else ():
        yield vocab.DCTERMS + "source", iri


def evidence(item: Evidence) -> Block:
    """Where a statement is made, and in which words."""
    return evidence_iri(item), list(_evidence(item))


def disputes(graph: Graph) -> Iterator[Block]:
    """A node for each dispute, naming the statements that can't all be so."""
    for item in graph.disputes:
        yield dispute_iri(item), list(_dispute(item))


def dispute_iri(dispute: Dispute) -> str:
    """The same statements in dispute have the same IRI everywhere."""
    ids = sorted(item.id for item in dispute.statements)
    return f"{vocab.BASE}dispute/{digest((dispute.kind, dispute.subject, dispute.predicate, *ids))}"


def number(value: float) -> Literal:
    """A score as it is written: two digits."""
    return Literal(f"{value:.2f}", vocab.XSD + "decimal")


def _document(document: Document) -> Iterator[Pair]:
    yield vocab.TYPE, vocab.KG + "Document"
    yield vocab.LABEL, Literal(document.title or document.name)
    yield vocab.DCTERMS + "identifier", Literal(document.name)
    if document.title:
        yield vocab.DCTERMS + "title", Literal(document.title)
    if document.author:
        yield vocab.SCHEMA + "author", Literal(document.author)
    if document.published:
        yield vocab.SCHEMA + "datePublished", values.date_literal(document.published) or Literal(document.published)
    if document.publisher:
        yield vocab.SCHEMA + "publisher", Literal(document.publisher)
    if document.url:
        yield vocab.SCHEMA + "url", Literal(document.url, vocab.XSD + "anyURI")
    if document.note:
        yield vocab.SKOS + "note", Literal(document.note)
    if document.licence:
        yield vocab.DCTERMS + "license", Literal(document.licence)
    if document.format:
        yield vocab.DCTERMS + "format", Literal(document.format)
    if document.copy_of:
        yield vocab.DCTERMS + "isVersionOf", document.copy_of
    yield vocab.KG + "sha256", Literal(document.hash)


def _run(item: Activity) -> Iterator[Pair]:
    yield from _is_a("Activity", f"kg {item.version} with {item.model}" if item.model else f"kg {item.version}")
    yield vocab.RDFS + "comment", Literal(item.options)
    yield from ((vocab.PROV + "used", iri) for iri in item.documents)
    if item.model:
        yield vocab.PROV + "used", _model(item.model)
    yield vocab.PROV + "wasAssociatedWith", _agent(item.version)


def _is_a(kind: str, label: str) -> list[Pair]:
    return [(vocab.TYPE, vocab.PROV + kind), (vocab.LABEL, Literal(label))]


def _agent(version: str) -> str:
    return f"{vocab.BASE}agent/{names.slug(f'kg {version}')}"


def _model(name: str) -> str:
    return f"{vocab.BASE}model/{names.slug(name)}"


def _ends(item: Statement, *, rdf12: bool) -> Iterator[Pair]:
    if rdf12:
        yield vocab.RDF + "reifies", Triple(item.subject, item.predicate, item.object)
    else:
        yield vocab.RDF + "subject", item.subject
        yield vocab.RDF + "predicate", item.predicate
        yield vocab.RDF + "object", item.object


def _evidence(item: Evidence) -> Iterator[Pair]:
    yield vocab.TYPE, vocab.KG + "Evidence"
    if item.quote:
        yield vocab.OA + "exact", Literal(item.quote)
    yield vocab.OA + "hasSource", item.document
    yield vocab.OA + "start", _count(item.start)
    yield vocab.OA + "end", _count(item.end)
    yield vocab.KG + "selector", _selector(item.document, Span(item.start, item.end))
    if item.subject:
        yield vocab.KG + "subjectSelector", _selector(item.document, item.subject)
    if item.object:
        yield vocab.KG + "objectSelector", _selector(item.document, item.object)
    yield from reserve((item,))
    yield vocab.KG + "confidence", number(item.score)
    if item.reader:
        yield vocab.KG + "reader", Literal(item.reader)
    if item.reason:
        yield vocab.KG + "reason", Literal(item.reason)


def reserve(evidence: tuple[Evidence, ...]) -> Iterator[Pair]:
    """Under which reserve it is said, and by whom: all that occurs in the evidence."""
    found = {stance for item in evidence for stance in item.stance}
    yield from ((vocab.KG + "stance", Literal(stance)) for stance in STANCES if stance in found)
    yield from ((vocab.KG + "claimedBy", speaker) for speaker in sorted({item.by for item in evidence if item.by}))


def _dispute(item: Dispute) -> Iterator[Pair]:
    yield vocab.TYPE, vocab.KG + "Dispute"
    yield vocab.KG + "disputeKind", Literal(item.kind)
    yield vocab.KG + "disputedSubject", item.subject
    yield vocab.KG + "disputedPredicate", item.predicate
    for iri in sorted(f"{vocab.BASE}statement/{statement.id}" for statement in item.statements):
        yield vocab.KG + "disputes", iri


def evidence_iri(item: Evidence) -> str:
    """The same evidence has the same IRI everywhere."""
    return f"{vocab.BASE}evidence/{item.id}"


def _selector(document: str, span: Span) -> str:
    """The IRI of a stretch of a text, with the fragment of RFC 5147."""
    return f"{document.partition('#')[0]}#char={span.start},{span.end}"


def _count(value: int) -> Literal:
    return Literal(str(value), vocab.XSD + "integer")
