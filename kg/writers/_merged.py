"""The texts that a merged graph is written as, all of them made in one walk through what is said.

They are those that `kg.writers.rdf` and `kg.writers.jsonl` make, each in a walk of its own. Here what follows from a
term or from evidence is put into text once: a record of a foreign graph is the evidence for all that it says.
"""

from __future__ import annotations

import collections
import itertools
import json
import operator
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from kg import vocab
from kg.graph import Graph
from kg.types import Evidence, Literal, Statement, hashed
from kg.writers import _triples, _turtle, jsonl, rdf
from kg.writers._spool import Progress, Spools
from kg.writers._triples import DECISIONS, FACTS, NODES, SOURCES

LINES, STATED = "lines", "stated"
PARTS = (LINES, STATED, FACTS, DECISIONS, SOURCES, NODES)
"""The lines of graph.jsonl, the paragraphs of graph.ttl, and parts of graph.trig by their titles."""

_KEPT = 1 << 16  # terms whose texts stay in memory
_STATEMENTS = 2000  # whose texts go to the file at a time


_Told: TypeAlias = tuple[str, str, str, tuple[str, ...], bool]
"""What follows from the evidence for a statement: the end of its line; how its node begins and ends; the documents that
state it as fact; whether some evidence does, or it needs none."""

_Said: TypeAlias = tuple[int, str, str, tuple[str, ...]]
"""A statement as it stands in a paragraph: its place, its verb and object, the documents that state it as fact."""


def made(graph: Graph, folder: Path, *, progress: Progress) -> Mapping[str, Iterable[str]]:
    """The texts of a merged graph by PARTS, and by their IRIs what documents state; they lie in files of the folder.

    Raises KgError for a relation or type of ours that the ontology lacks, OSError.
    """
    walk, done, put, of = _Walk(graph, folder), 0, 0, len(graph)
    for subject, group in itertools.groupby(graph, operator.attrgetter("subject")):
        items = list(group)
        walk.thing(subject, items)
        done += len(items)
        if done - put >= _STATEMENTS:
            walk.flush()
            progress(done, of)
            put = done
    walk.flush()
    progress(of, of)
    return {**dict.fromkeys(PARTS, ()), **walk.spools.texts()}


class _Walk:
    """The texts so far, and those of terms and evidence that are met again and again."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.spools = Spools(folder)
        self._texts = collections.defaultdict[str, list[str]](list)
        self._documents = graph.documents.keys()
        self._disputed = _triples.disputed(graph)
        self._named = _triples.named(graph, hedged=True)
        self._stated = _triples.named(graph) if self._named else self._named
        self._origins: dict[frozenset[str], str] = {}
        self._written: dict[str, int] = {}
        self._types: set[str] = set()
        self._predicates: dict[str, tuple[int, str, str, str]] = {}
        self._ends: dict[str, tuple[str, str]] = {}
        self._known: dict[tuple[int, ...], tuple[tuple[Evidence, ...], _Told]] = {}

    def flush(self) -> None:
        """Puts what was made into the file."""
        for part, texts in self._texts.items():
            self.spools.add(part, "".join(texts))
        self._texts.clear()

    def thing(self, subject: str, items: Sequence[Statement]) -> None:
        """Makes the texts of all that is said of one subject."""
        name, texts = _turtle.iri(subject), self._texts
        facts, decided = self._statements(subject, name, items)
        texts[DECISIONS] += _paragraphs(name, decided)
        if any(map(_names, items)) and (origin := self._origin(items)):
            texts[SOURCES].append(f"\n{name} {origin} .\n")
        value, whole = _triples.is_value(subject), _paragraphs(name, facts)
        if not whole:
            return
        if not value or subject in self._named:
            texts[FACTS] += whole
        if not value or subject in self._stated:
            texts[STATED] += whole
            self._graphs(name, facts, whole)

    def _statements(self, subject: str, name: str, items: Sequence[Statement]) -> tuple[list[_Said], list[_Said]]:
        """Makes lines and nodes; gives what stands in paragraphs, facts and decisions."""
        facts, decided, local = list[_Said](), list[_Said](), _triples.is_local(subject)
        lines, nodes, start = self._texts[LINES], self._texts[NODES], _text(subject)
        node = f"rdf:subject {name} ;\n    rdf:predicate "
        self._known.clear()
        known, fresh = None, ""
        for item in items:
            predicate, end, evidence = item.predicate, item.object, item.evidence
            if evidence is not known:
                known, ((line, kind, manner, stating, plain), fresh) = evidence, self._told(evidence)
            rank, relation, verb, key = self._predicates.get(predicate) or self._predicate(predicate)
            if isinstance(end, str):
                meant, (text, term) = f"{end}\x1f\x1f", self._ends.get(end) or self._end(end)
                if rank == 0 and end not in self._types:
                    self._type(item)
            else:
                meant, (text, term) = f"{end.value}\x1f{end.datatype}\x1f{end.language}", _literal(end)
            number = hashed(f"{subject}\x1f{predicate}\x1f{meant}")
            lines.append(f'{{"id": "{number}", "subject": {start}, "predicate": {key}, "object": {text}{line}}}\n')
            if evidence or item.key in self._disputed:
                ends = f"{node}{relation} ;\n    rdf:object {term}"
                nodes.append(f"\nstatement:{number} {kind} ;\n    {ends} ;\n    {manner} .\n{fresh}")
                fresh = ""
            if local and predicate in _LINKS:
                decided.append((rank, verb, term, stating))
            elif plain:
                facts.append((rank, verb, term, stating))
        return facts, decided

    def _graphs(self, name: str, facts: Sequence[_Said], whole: list[str]) -> None:
        """Puts what each document states of one subject to the rest that it states."""
        stating = {each[3] for each in facts}
        if len(stating) == 1 and len(alone := next(iter(stating))) == 1:
            self._texts[alone[0]] += whole
            return
        for iri in sorted({iri for some in stating for iri in some}):
            self._texts[iri] += _paragraphs(name, [each for each in facts if iri in each[3]])

    def _told(self, evidence: tuple[Evidence, ...]) -> tuple[_Told, str]:
        """What follows from evidence, and the texts of what of it is new."""
        key = tuple(map(id, evidence))
        if key in self._known:
            return self._known[key][1], ""
        line = f', "evidence": [{", ".join(map(jsonl.evidence, evidence))}]' if evidence else ""
        stating = dict.fromkeys(each.document for each in evidence if not each.stance)
        here = tuple([iri for iri in stating if iri in self._documents])
        found = line, rdf.kind(evidence), rdf.manner(evidence, merged=True), here, bool(stating) or not evidence
        self._known[key] = evidence, found  # the evidence too: of what is gone another may have the id
        return found, "".join(map(rdf.evidence, _triples.fresh(evidence, self._written)))

    def _origin(self, items: Iterable[Statement]) -> str:
        """What a paragraph says of which documents know a thing."""
        known = frozenset([each.document for item in items for each in item.evidence])
        if known not in self._origins:
            here = [(_SOURCE, _turtle.iri(iri)) for iri in sorted(known) if iri in self._documents]
            self._origins[known] = _turtle.said(here) if here else ""
        return self._origins[known]

    def _predicate(self, iri: str) -> tuple[int, str, str, str]:
        """The place of a predicate in a paragraph, its Turtle, its verb, its JSON."""
        _triples.check([Statement("", iri, "")])
        relation = _turtle.iri(iri)
        verb = "a" if iri == vocab.TYPE else relation
        self._predicates[iri] = _triples.rank(iri), relation, verb, _text(iri)
        return self._predicates[iri]

    def _end(self, iri: str) -> tuple[str, str]:
        """The JSON and the Turtle of what a statement leads to."""
        if len(self._ends) > _KEPT:
            self._ends.clear()
        self._ends[iri] = _text(iri), _turtle.iri(iri)
        return self._ends[iri]

    def _type(self, item: Statement) -> None:
        _triples.check([item])
        self._types.add(str(item.object))


_LINKS = frozenset({vocab.SAME_AS, vocab.DIFFERENT_FROM})
_SOURCE = "dcterms:source"
_text = json.encoder.encode_basestring


def _literal(item: Literal) -> tuple[str, str]:
    """The JSON and the Turtle of a literal; most are plain texts that look alike in both."""
    if item.datatype == _turtle.STRING and not item.language and not _turtle.SPECIAL.search(item.value):
        text = f'"{item.value}"'
        return f'{{"value": {text}}}', text
    return jsonl.term(item), _turtle.literal(item)


def _names(item: Statement) -> bool:
    """Whether it makes its subject a thing: `kg.graph.entity`."""
    return item.predicate == (vocab.TYPE if isinstance(item.object, str) else vocab.LABEL)


def _paragraphs(name: str, said: Sequence[_Said]) -> list[str]:
    """A paragraph, none if nothing is said; types and names first."""
    if not said:
        return []
    pairs = [(verb, end) for _, verb, end, _ in sorted(said, key=operator.itemgetter(0))]
    return [f"\n{name} {_turtle.said(pairs)} .\n"]
