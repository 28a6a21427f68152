"""What the server says of itself to machines: an OpenAPI document, and a SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Any

from kg import vocab
from kg.serve import formats

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"),
)
_TROUBLE = {
    "400": "no query, more than one, or none that is SPARQL; the text says where it can't go on",
    "403": "an update, or a query that calls another server",
    "406": "the Accept header takes none of the formats",
    "413": "the body is too large",
    "415": "the body is of another type",
    "421": "the Host header names another server",
    "503": "the query would take too long, need too much memory or give too large an answer; or all workers are busy",
}


def document() -> dict[str, Any]:
    """The server's addresses as OpenAPI 3.1 has it."""
    from importlib.metadata import version

    graphs = [_parameter(name, "A graph to ask; may be repeated.", many=True) for name in _GRAPHS]
    query = _parameter("query", "A SPARQL 1.1 query.")
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}, **_graph_fields()}}
    post = {
        "application/sparql-query": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {"schema": form},
    }
    answers = _answers((*formats.SOLUTIONS, *formats.TRIPLES), _TROUBLE)
    told = _answers((formats.HTML, *formats.TRIPLES), {"404": "the graph does not know it", "406": _TROUBLE["406"]})
    shape = _parameter("format", "A media type, in place of the Accept header.")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": version("ai-industry-kg"),
            "description": "A knowledge graph, read-only: SPARQL 1.1 Protocol and linked data.",
        },
        "paths": {
            "/": {"get": _operation("picture", "The picture of the graph.", _answers((formats.HTML,), {}))},
            "/sparql": {
                "get": _operation("queryByGet", "Ask in SPARQL.", answers, [query, *graphs]),
                "post": _operation("queryByPost", "Ask in SPARQL.", answers, graphs)
                | {"requestBody": {"required": True, "content": post}},
            },
            "/about": {
                "get": _operation("about", "What is known of any IRI.", told, [_parameter("iri", "It."), shape])
            },
            "/{path}": {
                "get": _operation(
                    "thing",
                    f"What is known of the thing {vocab.BASE}PATH, such as /id/openai; /ontology gives the terms.",
                    told,
                    [_parameter("path", "What comes after the base.", place="path"), shape],
                )
            },
            "/health": {"get": _operation("health", "Whether it answers.", _answers(("application/json",), {}))},
            "/openapi.json": {"get": _operation("openapi", "This.", _answers(("application/json",), {}))},
        },
    }


def description(endpoint: str, media: str) -> bytes:
    """The Service Description of the endpoint at this address, in one of the formats."""
    import pyoxigraph

    node = pyoxigraph.NamedNode
    service = node(endpoint)
    pairs = [
        (vocab.TYPE, _SD + "Service"),
        (_SD + "endpoint", endpoint),
        (_SD + "supportedLanguage", _SD + "SPARQL11Query"),
        *((_SD + "resultFormat", _FORMATS + name) for name in _WRITTEN),
    ]
    triples = [pyoxigraph.Triple(service, node(predicate), node(item)) for predicate, item in pairs]
    form: Any = getattr(pyoxigraph.RdfFormat, formats.TRIPLES[media])
    return pyoxigraph.serialize(triples, format=form, prefixes={**vocab.PREFIXES, "sd": _SD}) or b""


_GRAPHS = ("default-graph-uri", "named-graph-uri")


def _graph_fields() -> dict[str, Any]:
    return {name: {"type": "array", "items": {"type": "string", "format": "iri"}} for name in _GRAPHS}


def _parameter(name: str, text: str, *, place: str = "query", many: bool = False) -> dict[str, Any]:
    one = {"type": "string"}
    schema = {"type": "array", "items": one} if many else one
    needed = place == "path" or name in ("query", "iri")
    return {"name": name, "in": place, "required": needed, "description": text, "schema": schema}


def _answers(media: tuple[str, ...], trouble: dict[str, str]) -> dict[str, Any]:
    well = {"description": "The answer.", "content": {each: {} for each in media}}
    return {"200": well} | {
        status: {"description": text, "content": {"text/plain": {"schema": {"type": "string"}}}}
        for status, text in trouble.items()
    }


def _operation(name: str, text: str, answers: dict[str, Any], parameters: list[Any] | None = None) -> dict[str, Any]:
    return {"operationId": name, "summary": text, "parameters": parameters or [], "responses": answers}
