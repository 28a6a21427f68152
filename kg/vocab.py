"""The namespaces and terms of the RDF standards that `kg` writes, as plain strings."""

from __future__ import annotations

BASE = "https://w3id.org/aikg/"
KG = BASE + "ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
SH = "http://www.w3.org/ns/shacl#"
WD = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"

TYPE = RDF + "type"
LABEL = RDFS + "label"
ALT_LABEL = SKOS + "altLabel"
HIDDEN_LABEL = SKOS + "hiddenLabel"
SAME_AS = OWL + "sameAs"
DIFFERENT_FROM = OWL + "differentFrom"

RUNS = tuple(BASE + part for part in ("agent/", "graph/", "model/", "run/"))
"""Begin the IRIs of what made a graph: kg itself, what it made, what read the texts, the run."""

PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS,
    "dispute": BASE + "dispute/",
    "doc": BASE + "doc/",
    "evidence": BASE + "evidence/",
    "id": BASE + "id/",
    "kg": KG,
    "money": BASE + "value/money/",
    "oa": OA,
    "owl": OWL,
    "period": BASE + "value/period/",
    "prov": PROV,
    "quantity": BASE + "value/quantity/",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "statement": BASE + "statement/",
    "wd": WD,
    "wdt": WDT,
    "xsd": XSD,
}
"""Prefixes that every file we write declares and every query may use without declaring."""
