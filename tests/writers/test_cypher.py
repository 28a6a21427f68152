"""openCypher: nodes, relationships and evidence come back from the script, whatever stands in their texts."""

from __future__ import annotations

import re

from hypothesis import given, settings

from kg.graph import Graph
from kg.types import Literal, Statement
from kg.writers import cypher
from tests import example

STRING = r"'(?:[^'\\\n]|\\.)*'"
TERM = rf"(?:{STRING}|-?[\d.]+(?:e-?\d+)?|true|false|\[[^\]\n]*?\])"
NAME = r"(?:[A-Za-z_][A-Za-z0-9_]*|`(?:[^`\n]|``)+`)"
LIST = rf"(?:\[(?:{STRING}|[\d.e-]+)?(?:, (?:{STRING}|[\d.e-]+))*\])"
SET = rf"[nr]\.{NAME} = (?:{STRING}|{LIST}|-?[\d.e-]+|true|false)"
NODE = re.compile(rf"MERGE \(n:(\w+) {{id: ({STRING})}}\) SET (?:n:({NAME}), )?({SET}(?:, {SET})*);")
EDGE = re.compile(
    rf"MATCH \(a:Entity {{id: ({STRING})}}\), \(b:(Entity|Literal) {{id: ({STRING})}}\) "
    rf"MERGE \(a\)-\[r:({NAME}) {{id: ({STRING})}}\]->\(b\) SET ({SET}(?:, {SET})*);"
)
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def read(text):
    """A string of Cypher as the text that it means."""

    def char(match):
        return chr(int(match[1][1:], 16)) if match[1][0] == "u" else ESCAPES.get(match[1], match[1])

    return re.sub(r"\\(u[0-9A-F]{4}|.)", char, text[1:-1])


def lines(graph):
    return [line for line in "".join(cypher.script(graph)).split("\n") if line and not line.startswith("//")]


def test_entities_have_their_type_as_label_and_their_names():
    assert (
        "MERGE (n:Entity {id: 'https://w3id.org/aikg/id/openai'}) "
        "SET n:Company, n.name = 'OpenAI', n.aliases = ['OpenAI, Inc.'];"
    ) in lines(example.graph())
    (money,) = [line for line in lines(example.graph()) if "SET n:Money" in line]
    assert "n.currency = 'USD', n.value = '150000000000'" in money


def test_a_relationship_carries_all_its_evidence():
    (line,) = [line for line in lines(example.graph()) if "[r:developer" in line]
    assert "r.asserted = true, r.score = 0.91" in line
    assert "r.starts = [0, 0], r.ends = [40, 32]" in line
    assert "r.quotes = ['Sora is made by OpenAI, Sam Altman said.', 'OpenAI denies that it made Sora.']" in line
    assert "r.stances = ['', 'negated'], r.speakers = ['https://w3id.org/aikg/id/sam-altman', '']" in line


def test_a_relationship_of_another_kind_stands_between_backticks():
    odd = Statement(example.ID + "a", "http://example.org/x`) DETACH DELETE (n", example.ID + "b")
    assert "[r:`x``) DETACH DELETE (n` {" in lines(Graph([odd]))[-1]


@settings(max_examples=60)
@given(example.graphs())
def test_every_line_is_one_statement_and_every_end_is_made_before(graph):
    made = set()
    for line in lines(graph):
        node, edge = NODE.fullmatch(line), EDGE.fullmatch(line)
        assert node or edge, line
        if node:
            made.add((node[1], read(node[2])))
        else:
            assert {("Entity", read(edge[1])), (edge[2], read(edge[3]))} <= made


@settings(max_examples=60)
@given(example.texts)
def test_texts_come_back(text):
    statement = Statement(example.ID + "a", example.KG + "about", Literal(text))
    found = [read(match[2]) for line in lines(Graph([statement])) if (match := NODE.fullmatch(line))]
    assert f"{text}^^string" in found
