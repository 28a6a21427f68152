"""Linked data: what is known of one thing, as RDF and as the rows of its page."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from kg import vocab
from kg.ontology import ontology
from kg.result import shorten
from kg.serve import triples
from kg.serve.frames import Answer, Task
from kg.serve.pool import Pool

MOST = 1000
"""Rows of a kind that a page shows."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|\\^`\x00-\x20\x7f]*")
_ABOUT = f"""SELECT ?p ?thing ?name WHERE {{ <IRI> ?p ?thing . OPTIONAL {{ ?thing rdfs:label ?name }} }}
ORDER BY ?p ?name ?thing LIMIT {MOST + 1}"""
_OF = f"""SELECT ?p ?thing ?name WHERE {{ ?thing ?p <IRI> . OPTIONAL {{ ?thing rdfs:label ?name }}
  FILTER(?p NOT IN (rdf:subject, rdf:predicate, rdf:object)) }} ORDER BY ?p ?name ?thing LIMIT {MOST + 1}"""
_SAID = f"""SELECT ?s ?p ?o ?sname ?oname ?evidence ?quote ?stance ?speaker ?document ?title WHERE {{
  {{ ?statement rdf:subject <IRI> }} UNION {{ ?statement rdf:object <IRI> }}
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?evidence .
  ?evidence oa:exact ?quote ; oa:hasSource ?document .
  OPTIONAL {{ ?s rdfs:label ?sname }} OPTIONAL {{ ?o rdfs:label ?oname }} OPTIONAL {{ ?document rdfs:label ?title }}
  OPTIONAL {{ ?evidence kg:stance ?stance }} OPTIONAL {{ ?evidence kg:claimedBy/rdfs:label ?speaker }}
}} ORDER BY ?s ?p ?o ?evidence ?stance LIMIT {4 * MOST}"""
_DESCRIBED = "CONSTRUCT { <IRI> ?p ?o . ?s ?q <IRI> } WHERE { { <IRI> ?p ?o } UNION { ?s ?q <IRI> } }"

Row = dict[str, dict[str, str]]


@dataclasses.dataclass(slots=True)
class Value:
    """One end of a row: an IRI with its name, or a literal; `href` leads to its page."""

    text: str
    href: str = ""
    note: str = ""


@dataclasses.dataclass(slots=True)
class Said:
    """A sentence behind a row."""

    quote: str
    source: Value
    stances: list[str]
    speaker: str


@dataclasses.dataclass(slots=True)
class Fact:
    """A row: the property, the value, whether the graph states it plainly, and the sentences for it."""

    relation: Value
    value: Value
    plain: bool
    said: list[Said] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(slots=True)
class Page:
    """What a page tells of a thing: what it is said of it (`about`) and of other things that lead to it (`of`)."""

    iri: str
    name: str
    about: list[Fact]
    of: list[Fact]
    more: bool


def valid(iri: str) -> bool:
    """Whether a text may stand between < and > in a query."""
    return bool(_IRI.fullmatch(iri))


def href(iri: str) -> str:
    """Where on this server an IRI is told of: at its own path if it is one of ours."""
    if iri.startswith(vocab.BASE):
        return "/" + quote(iri.removeprefix(vocab.BASE), safe="/#%=,.:;@!$&'()*+~-_")
    return "/about?iri=" + quote(iri, safe="")


async def described(pool: Pool, iri: str, media: str) -> Answer:
    """The triples that a thing is subject or object of, in one of the formats."""
    return await pool.ask(Task(_DESCRIBED.replace("IRI", iri), "", media))


async def page(pool: Pool, iri: str) -> Page | Answer:
    """All that its page tells; an Answer where something went wrong."""
    rows: list[list[Row]] = []
    for query in (_ABOUT, _OF, _SAID):
        found = await pool.ask(Task(query.replace("IRI", iri), "application/sparql-results+json", ""))
        if found.status != 200:  # noqa: PLR2004
            return found
        rows.append(json.loads(found.body)["results"]["bindings"])
    about, of, said = rows
    facts = _facts(about[:MOST], iri, back=False) | _facts(of[:MOST], iri, back=True)
    for row in said:
        _add(facts, row, iri)
    every = {back: [fact for key, fact in facts.items() if key[3] == back] for back in (False, True)}
    name = next((row["thing"]["value"] for row in about if row["p"]["value"] == vocab.LABEL), shorten(iri))
    return Page(iri, name, every[False], every[True], max(len(about), len(of)) > MOST or len(said) == 4 * MOST)


def _facts(rows: list[Row], iri: str, *, back: bool) -> dict[tuple[str, str, str, bool], Fact]:
    found = {}
    for row in rows:
        if not back and row["p"]["value"] == vocab.LABEL:
            continue
        fact = Fact(_relation(row["p"]["value"]), _value(row["thing"], row.get("name")), plain=True)
        found[iri, row["p"]["value"], row["thing"]["value"], back] = fact
    return found


def _add(facts: dict[tuple[str, str, str, bool], Fact], row: Row, iri: str) -> None:
    """Puts a sentence to its row; one that is only alleged or the like gets a row of its own."""
    back = row["s"]["value"] != iri
    other, name = (row["s"], row.get("sname")) if back else (row["o"], row.get("oname"))
    if row["p"]["value"] == vocab.LABEL and not back:
        return
    key = (iri, row["p"]["value"], other["value"], back)
    fact = facts.setdefault(key, Fact(_relation(row["p"]["value"]), _value(other, name), plain=False))
    source = _value(row["document"], row.get("title"))
    stances = [row["stance"]["value"]] if "stance" in row else []
    said = Said(row["quote"]["value"], source, stances, row.get("speaker", {}).get("value", ""))
    same = next((each for each in fact.said if (each.quote, each.source) == (said.quote, said.source)), None)
    if same is None:
        fact.said.append(said)
    else:
        same.stances += [each for each in stances if each not in same.stances]


def _relation(iri: str) -> Value:
    name = labels().get(iri) or shorten(iri)
    return Value(name, href(iri) if iri.startswith(vocab.BASE) else "", iri)


def _value(term: Mapping[str, str], name: Mapping[str, str] | None) -> Value:
    if term["type"] != "uri":
        return Value(term["value"], note=term.get("xml:lang", ""))
    label = name["value"] if name else labels().get(term["value"]) or shorten(term["value"])
    return Value(label, href(term["value"]), term["value"])


@functools.cache
def labels() -> dict[str, str]:
    """How people say the terms of the ontology, and a few of other vocabularies."""
    others = {vocab.TYPE: "is a", vocab.ALT_LABEL: "also called", vocab.SAME_AS: "is the same as", vocab.LABEL: "name"}
    return {vocab.KG + name: label for name, label in ontology().labels.items()} | others


@functools.cache
def vocabulary(media: str) -> bytes:
    """The ontology itself, in one of the formats."""
    import pyoxigraph

    from kg.ontology import locate

    if media == "text/turtle":
        return locate().read_bytes()
    quads = pyoxigraph.parse(path=str(locate()), format=pyoxigraph.RdfFormat.TURTLE)
    written = io.BytesIO()
    triples.write((quad.triple for quad in quads), media, written)
    return written.getvalue()
