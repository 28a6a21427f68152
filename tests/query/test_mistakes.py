"""Common mistakes in SPARQL: each at its place, with what mends it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query.mistakes import find
from kg.questions import questions

RELATIONS = {"developer": 0, "locatedIn": 0}


@pytest.mark.parametrize(
    ("sparql", "at", "hint"),
    [
        ("SELEC ?s { ?s ?p ?o }", "SELEC", "did you mean SELECT?"),
        ("# comment\nSELECT * { ?s ?p }", "?s ?p", "a triple has three parts"),
        ("SELECT * { ?s a kg:Model . ?s ?p . }", "?s ?p .", "a triple has three parts"),
        ("SELECT ?s WHERE ?s ?p ?o }", "}", "closes what was never opened"),
        ("SELECT ?s { ?s ?p ?l FILTER(?l = 'x' }", "}", "stands where the ( before is still open"),
        ("SELECT ?s { { ?s ?p ?o }", "{ { ", "this { is never closed"),
        ("SELECT ?s { ?s rdfs:label 'OpenAI }", "'OpenAI", "a text begins here and does not end: a ' is missing"),
        (
            "SELECT ?s { ?s rdfs:label OpenAI }",
            "OpenAI",
            'a thing is written id:openai, a relation kg:developer, a text "',
        ),
        ("SELECT ?s { ?s developper ?o }", "developper", "did you mean kg:developer?"),
        ("SELECT ?s { ?s ?p ?o FLITER(?o > 1) }", "FLITER", "did you mean FILTER?"),
        ("SELECT ?s { ?s ?p ?l } ORDER ?l", "ORDER", "ORDER wants BY"),
        ("SELECT ?s { ?s ?p ?l } LIMIT ?x", "LIMIT", "LIMIT wants a number"),
        ("SELECT s { ?s ?p ?o }", "s {", "a variable begins with a question mark: ?s"),
        ("SELECT ?s, ?p { ?s ?p ?o }", ", ", "set apart by spaces"),
        ("SELECT COUNT(?s) { ?s ?p ?o }", "COUNT", "such as (COUNT(?x) AS ?n)"),
        ("SELECT 3 { ?s ?p ?o }", "3", "can't stand after SELECT"),
        ("PREFIX a: <http://a/> SELECT * { a:b ab:c ?o }", "ab:c", "the prefix ab: is unknown"),
        ("PREFIX a: <http://a/> INSERT DATA { a:b a:c 1 }", "INSERT", "INSERT would change the graph"),
    ],
)
def test_a_mistake_is_found_at_its_place(sparql, at, hint):
    found = find(sparql, RELATIONS)
    assert found.start == sparql.index(at)
    assert hint in found.hint


@pytest.mark.parametrize("name", questions())
def test_a_right_query_has_none(name):
    assert find(questions()[name].sparql) is None


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (COUNT(DISTINCT ?s) AS ?n) ?o FROM <http://g> WHERE { ?s kg:developer/rdfs:label ?o ; a kg:A, kg:B }",
        "ASK { VALUES (?a ?b) { (kg:a 1.5) } ?a ^kg:owner+ ?b . FILTER(?b IN (true, 'x'@en, 'y'^^xsd:a) && ?b < 3) }",
        "construct { ?s ?p _:b1 } where { graph ?g { ?s ?p [] } minus { ?s ?p () } } order by desc(?s) limit 3",
        "SELECT * { { } UNION { id:a a kg:B } OPTIONAL { << ?s ?p ?o >> ?q ?r } BIND(IF(1 > 2, 'a', 'b') AS ?x) }",
    ],
)
def test_unusual_words_are_no_mistakes(sparql):
    assert find(sparql) is None


@given(st.text(alphabet="SELECT {}()[]?s:pka'\"\\<>#.,;\n@^|&1"))
def test_any_text_is_looked_through_to_its_end(text):
    found = find(text)
    assert found is None or 0 <= found.start <= len(text)
