"""What would end the process that parses it is refused, and what people write is let through."""

from __future__ import annotations

import pytest

from kg import guards
from kg.errors import KgError
from kg.graph import Graph
from kg.query import run
from kg.questions import questions
from kg.validate import validate

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">{}</rdf:RDF>'
HUNDRED = 100


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * { FILTER(" + "STR(" * 5000 + "1" + ")" * 5000 + ") }", "nested deeper than 100"),
        ("SELECT * " + "{" * 30_000 + "}" * 30_000, "nested deeper than 100"),
        ("SELECT * { " + "<" * 30_000 + " }", "nested deeper than 100"),
        ("SELECT * { FILTER(" + "!" * 30_000 + "?o) }", "more than 2000 operators"),
        ("SELECT * { " + "{ } UNION " * 30_000 + "{ } }", "more than 2000 operators"),
        ("SELECT * { FILTER(" + "1 - " * 30_000 + "1) }", "more than 2000 operators"),
    ],
)
def test_a_query_that_would_overflow_the_stack_is_refused(sparql, message):
    with pytest.raises(KgError, match=message):
        run(Graph(), sparql)


def test_queries_of_a_usual_form_are_let_through():
    for item in questions().values():
        guards.query(item.sparql)
    names = " ".join(f"id:open-ai-{number}" for number in range(50_000))
    guards.query(f"SELECT * {{ VALUES ?x {{ {names} }} ?x ?p ?o }}")
    run(Graph(), 'SELECT * { ?s ?p "' + "((((" * 500 + '" } # ((((' + "(" * 500)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("deep.jsonld", "[" * 5000 + "]" * 5000, "nested deeper than 500"),
        ("deep.rdf", XML.format("<x:A><x:b>" * 3000 + "</x:b></x:A>" * 3000), "nested deeper than 500"),
        ("deep.nt", "<http://a> <http://b> " + "<<( <http://a> <http://b> " * 200_000, "nested deeper than 100"),
        (
            "laughs.rdf",
            f'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>{XML.format("")}',
            "entity b is no plain text",
        ),
        (
            "outside.rdf",
            f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>{XML.format("")}',
            "entity a is no plain",
        ),
        ("broken.rdf", "<rdf:RDF", "not well-formed XML"),
    ],
)
def test_a_file_that_would_end_or_stall_the_parser_is_refused(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (fault,) = validate(tmp_path / name).findings
    assert message in fault.message


def test_files_of_a_usual_form_are_let_through(tmp_path):
    texts = {
        "a.rdf": '<!DOCTYPE r [<!ENTITY x "http://x/">]>' + XML.format('<rdf:Description rdf:about="&x;a" x:b="c"/>'),
        "a.jsonld": '{"@id": "http://x/a", "http://x/b": "' + "[{" * 2000 + '\\""}',
        "a.ttl": '<http://x/a> <http://x/b> "' + "<<" * 2000 + '" .',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        report = validate(tmp_path / name)
        assert report.valid
        assert report.counts["triples"] == 1
