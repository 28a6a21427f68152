"""What a check found: findings with their place and how to mend them, as text for people and as JSON."""

from __future__ import annotations

import dataclasses
import itertools
import operator
from collections.abc import Iterator
from typing import Any

SHOWN = 5
"""How many findings of one rule the text names; JSON has them all."""

RULES = {  # in the order of the report: what a finding means, and how to mend it
    "syntax": ("The file can't be read to its end", "mend the line named, or write the file anew with what made it"),
    "iri": ("Something is no absolute IRI", "percent-encode what RFC 3987 forbids, or give the IRI its scheme"),
    "literal": (
        "A value does not have the form of its datatype",
        "write it as XML Schema has it, or as a plain string",
    ),
    "term": ("A term is not in the ontology", "mend its spelling, or take a namespace of your own"),
    "blank": ("A node has no name", "give it an IRI: graphs unite by names"),
    "dangling": ("A node is named and described nowhere", "add what is known of it, or take away what leads to it"),
    "shape": ("Something does not have the shape that the ontology asks for", "mend the triple, or the ontology"),
    "identity": ("A statement's IRI is not the hash of what it says", "build the graph anew; don't edit its nodes"),
    "fact": ("Plain triples and evidence disagree", "a triple is plain if some evidence states it without reserve"),
    "document": (
        "A document's text is not the one that was read",
        "put the text back that has this hash, or build anew",
    ),
    "place": ("An evidence's place is none", "start, end and selectors count characters within the document's text"),
    "quote": ("A quote is not what the text says there", "cut it from the text at its offsets, or build anew"),
    "mention": ("A word that is meant lies far from its sentence", "mend kg:subjectSelector or kg:objectSelector"),
    "manifest": ("A file was changed after the build", "build anew, or take the change as yours"),
}


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: which of RULES it breaks, in which file, at which node ("" for none), and what is wrong there."""

    rule: str
    file: str
    node: str
    message: str


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What was found in one path: how much was checked, the faults in the order of RULES, what was left unchecked."""

    path: str
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong in what could be checked."""
        return not self.findings

    def record(self) -> dict[str, Any]:
        """All of it, as JSON holds it."""
        findings = [{**dataclasses.asdict(item), "mend": RULES[item.rule][1]} for item in self.findings]
        return {
            "path": self.path,
            "valid": self.valid,
            "counts": self.counts,
            "findings": findings,
            "unchecked": list(self.unchecked),
        }

    def lines(self, *, shown: int = SHOWN) -> Iterator[str]:
        """The text for people: a verdict, and for each rule that is broken what, where and how to mend it."""
        counts = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        faults = len(self.findings)
        verdict = "valid" if self.valid else f"{faults:,} fault{'s' if faults > 1 else ''}"
        yield f"{self.path}: {verdict} ({counts})"
        for rule, group in itertools.groupby(self.findings, operator.attrgetter("rule")):
            found = list(group)
            what, mend = RULES[rule]
            yield f"\n{what} ({len(found):,}). To mend it: {mend}."
            yield from (f"  {item.file}{', ' * bool(item.node)}{item.node}: {item.message}" for item in found[:shown])
            if len(found) > shown:
                yield f"  and {len(found) - shown:,} more; --json lists them"
        yield from (f"Not checked: {reason}." for reason in self.unchecked)


def ordered(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of RULES, then of file and node, none twice."""
    order = list(RULES)
    return tuple(sorted(set(findings), key=lambda item: (order.index(item.rule), item)))
