"""Small foreign graphs made by hand, as files."""

from __future__ import annotations

PREFIXES = """@prefix s: <http://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <http://e.example/> .
"""

MAKERS = (
    PREFIXES
    + """
e:kestrel a s:Corporation ; s:name "Kestrel Works" ; s:url <https://kestrel.example/> ; e:mood "merry" .
e:tern a s:SoftwareApplication ; s:name "Tern 4" ; s:creator e:kestrel ; s:datePublished "2024-03-01"^^xsd:date .
e:ada a foaf:Person ; foaf:name "Ada Quill" ; foaf:made e:tern ; s:worksFor "Kestrel Works" .
"""
)

OTHERS = (
    PREFIXES
    + """
@prefix o: <http://o.example/> .
o:1 a s:Organization ; s:name "Kestrel Works Inc." ; s:foundingDate "2015" ; owl:sameAs wd:Q1234567 .
o:2 a s:SoftwareApplication ; s:name "Tern-4" ; s:creator o:1 ; s:datePublished "2024-05-09"^^xsd:date .
o:3 a s:SoftwareApplication ; s:name "Tern 4o" ; s:creator o:1 .
"""
)

LEAK = """@prefix kg: <https://w3id.org/aikg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://news.example/> .
e:leak a kg:Event ; rdfs:label "Sora leak" ; kg:affects e:sora .
e:sora a kg:Model ; rdfs:label "Sora" ; kg:developer e:openai .
e:openai a kg:Company ; rdfs:label "OpenAI" .
"""
"""What the five articles tell of the leak, in a few words."""


def write(folder, **texts):
    """A Turtle file a text, in order."""
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.ttl"
        path.write_text(text)
        paths.append(path)
    return paths
