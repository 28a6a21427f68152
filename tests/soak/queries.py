"""Queries that are wrong, huge, nested or strange: each is answered or refused in one line."""

from __future__ import annotations

import collections
import functools
import random
import re

from kg.query.command import FORMS, Call, _written
from kg.query.mistakes import _TOKEN
from kg.questions import questions
from tests import example
from tests.soak._worker import Worker

COUNT = 5000
SECONDS = 5

_POOL = """SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED GRAPH UNION OPTIONAL MINUS FILTER EXISTS NOT BIND VALUES AS IN
GROUP ORDER BY HAVING LIMIT OFFSET DISTINCT COUNT(*) SUM(?x) GROUP_CONCAT(?x;SEPARATOR=",") UNDEF SERVICE INSERT
DELETE a { } ( ) [ ] << >> <<( )>> . ; , | / ^ ! + * ? && || = != < > <= >= ^^ @en 1 -1 1.5 1e400 true 'x' "y" "\\u0041"
?s ?p ?o $x _:b id:openai id:sora kg:developer rdfs:label rdf:type prov:wasDerivedFrom :x x:y <http://e/x> <> <\\u0020>
REGEX(?x,"(a+)+$") STR(?s) IRI(?x) STRDT("1",xsd:integer) LANG(?o) NOW() RAND() UUID() SHA512(?x) REPLACE(?x,".*",?y)
# \x00 \ud800 \u202e 999999999999999999999999999 -9223372036854775808 "9999-99-99"^^xsd:date PREFIX BASE"""


def soak(seed, count):
    """Asks `count` queries of a small graph; few may take so long that they have to be stopped."""
    chance, worker = random.Random(seed), Worker("tests.soak.queries", seconds=SECONDS)
    kinds = collections.Counter()
    try:
        for _ in range(count):
            task = {"sparql": text(chance), "form": chance.choice(FORMS), "evidence": chance.random() < 0.2}
            kinds[worker.ask(task | {"width": chance.choice([None, 1, 20, 80])})[0]] += 1
    finally:
        worker.close()
    assert kinds["stopped"] <= max(2, count // 50), f"{kinds['stopped']} queries had to be stopped"
    return f"{count} queries: " + ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


@functools.cache
def _graph():
    return example.graph()


def prepare():
    """What the first task would wait for."""
    work({"sparql": "SELECT ?s { ?s kg:developer ?o }", "form": "csv", "evidence": True, "width": None})


def work(task):
    """One query, and its answer as text."""
    from kg.query import run

    call = Call(form=task["form"], evidence=task["evidence"], width=task["width"])
    return str(len(_written(run(_graph(), task["sparql"], evidence=task["evidence"]), call)))


def text(chance):
    """A query that may be one."""
    make = chance.choices([_mutant, _soup, _noise, _bomb], [6, 2, 1, 1])[0]
    return make(chance)


def _mutant(chance):
    """A question of ours with some words left out, doubled, moved or put in the place of others."""
    question = chance.choice(list(questions().values()))
    values = {item.name: [example.ID + "sora"] if item.kind == "name" else "x" for item in question.parameters}
    sparql = question.filled(values)
    words = [found[0] for found in _TOKEN.finditer(sparql)]
    for _ in range(chance.choice([0, 1, 1, 2, 8])):
        place, other = chance.randrange(len(words)), chance.randrange(len(words))
        change = chance.choice([0, 1, 2, 3, 3, 3, 4, 5, 6, 6, 6])
        if change == 0:
            words[place] = ""
        elif change == 1:
            words[place] *= 2
        elif change == 2:
            words[place], words[other] = words[other], words[place]
        elif change == 3:
            words[place] = f" {chance.choice(_POOL.split())} "
        elif change == 6:  # one name or variable in the place of another
            names = [at for at, word in enumerate(words) if word[:1] in ("?", "$") or ":" in word]
            words[chance.choice(names or [place])] = words[chance.choice(names or [other])]
        elif change == 4:
            words[place] += f" {chance.choice(example.HOSTILE)} "
        else:
            del words[max(place, other) :]
            words = words or [""]
    return "".join(words)


def _soup(chance):
    words = chance.choices(_POOL.split(), k=chance.randrange(1, 40))
    return " ".join(
        [chance.choice(["SELECT * {", "ASK {", "CONSTRUCT {", ""]), *words, chance.choice(["}", "} }", ""])]
    )


def _noise(chance):
    letters = "".join(
        chr(chance.choice([chance.randrange(0x80), chance.randrange(0x110000)])) for _ in range(chance.randrange(80))
    )
    return re.sub("[\ud800-\udfff]", "\ufffd", letters) if chance.random() < 0.5 else letters


def _bomb(chance):
    """Much of the same: brackets, operators, clauses, names."""
    size = chance.choice([10, 50, 90, 110, 500, 3000, 30_000])
    opening, inner, closing = chance.choice([
        ("(", "1", ")"), ("{", "?s ?p ?o", "}"), ("!", "?o", ""), ("1+", "1", ""), ("?s||", "1", ""),
        ("STR(", "1", ")"),
        ("{ ?s ?p ?o } UNION ", "{}", ""), ("OPTIONAL {", "", "}"), ("FILTER EXISTS {", "", "}"), ("[ ?p ", "1", "]"),
        ("<<( ?s ?p ", "1", " )>>"), ("'''", "a", ""), ("<", "a", ""), ("#", "", "\n"), ("SELECT * {", "", "}"),
        ("rdfs:label/", "rdfs:label", ""), ("^", "rdfs:label", ""), ("a", "", ""), ("é", "", ""), ("\\u0041", "", ""),
        ("VALUES ?x { 1 } ", "", ""), ("_", ":b", ""), ("-", "1", ""), ("\n", "", ""), ("PREFIX a: <b> ", "", ""),
    ])  # fmt: skip
    around = chance.choice(["SELECT * {{ ?s ?p ?o FILTER({}) }}", "SELECT * {{ {} }}", "SELECT * {{ ?s {} ?o }}", "{}"])
    return around.format((opening * size + inner + closing * size).replace("{}", "{ }"))
