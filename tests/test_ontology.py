from __future__ import annotations

import importlib.util
import re
import sys
import textwrap
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SDO, SKOS

from kg import vocab
from kg.errors import KgError
from kg.ontology import Relation, locate, ontology, read

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "ontology.ttl"
CHECK = ROOT / "training" / "check.py"

ORGANISATIONS = {"Company", "Media", "Lab", "University", "Government", "Nonprofit", "Collective"}
AGENTS = {*ORGANISATIONS, "Person", "Group"}
ARTIFACTS = {"Model", "Product", "Dataset", "Work", "Law"}

MAPPINGS = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, OWL.equivalentClass, OWL.equivalentProperty)


@pytest.fixture(scope="module")
def triples():
    """What rdflib reads in the file."""
    return rdflib.Graph().parse(SOURCE)


@pytest.fixture(scope="module")
def terms(triples):
    """Every term of our own namespace, in order."""
    return sorted({term for term in triples.subjects() if term.startswith(vocab.KG)})


def relation(name: str) -> Relation:
    return ontology().relations[name]


def test_types_stand_in_the_order_of_the_guidelines():
    assert ontology().mentionable == (
        "Company", "Media", "Lab", "University", "Government", "Nonprofit", "Collective", "Person", "Group", "Model",
        "Product", "Dataset", "Work", "Law", "Event", "Place", "Topic", "Role", "Date", "Money", "Quantity",
    )  # fmt: skip


def test_relations_stand_in_the_order_of_the_guidelines():
    names = list(ontology().relations)
    table = (ROOT / "training" / "GUIDELINES.md").read_text("utf-8").partition("| relation | head -> tail |")[2]
    assert names == re.findall(r"^\| (\w+) \| [^|]+ -> ", table, re.MULTILINE)
    assert names[:5] == ["developer", "creator", "publisher", "hostedOn", "variantOf"]
    assert [item.order for item in ontology().relations.values()] == list(range(1, len(names) + 1))


@pytest.mark.parametrize(
    ("name", "domain", "range_"),
    [
        ("developer", {"Model", "Product", "Dataset"}, AGENTS),
        ("creator", {"Work", "Law", "Product"}, AGENTS),
        ("trainedOn", {"Model"}, {"Dataset", "Work", "Product"}),
        ("founder", ORGANISATIONS, {"Person", "Group"}),
        ("acquired", {*ORGANISATIONS, "Person"}, {*ORGANISATIONS, "Product"}),
        ("competitorOf", {*ORGANISATIONS, "Model", "Product"}, {*ORGANISATIONS, "Model", "Product"}),
        ("locatedIn", {*AGENTS, "Event", "Place"}, {"Place"}),
        ("raised", {*ORGANISATIONS, "Event"}, {"Money"}),
        ("eventDate", {"Event"}, {"Date"}),
        ("releaseDate", ARTIFACTS, {"Date"}),
    ],
)
def test_domain_and_range_are_spelled_out_in_types(name, domain, range_):
    assert (relation(name).domain, relation(name).range) == (domain, range_)


def test_any_means_all_types():
    assert relation("quantity").domain == relation("about").range == set(ontology().mentionable)


@pytest.mark.skipif(not CHECK.exists(), reason="training/check.py is not part of this copy")
def test_types_and_relations_are_those_by_which_the_corpus_is_checked():
    spec = importlib.util.spec_from_file_location("check", CHECK)
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    assert set(ontology().mentionable) == check.TYPES
    found = {name: (set(item.domain), set(item.range)) for name, item in ontology().relations.items()}
    assert found == check.RELATIONS
    assert list(found) == list(check.RELATIONS)


@pytest.mark.parametrize(
    ("head", "name", "tail", "expected"),
    [
        ("Model", "developer", "Company", True),
        ("Company", "developer", "Model", False),
        ("Company", "founder", "Person", True),
        ("Event", "affects", "Topic", True),
        ("Model", "developer", "Organization", False),
        ("Model", "madeBy", "Company", False),
        ("Robot", "developer", "Company", False),
    ],
)
def test_a_relation_is_allowed_between_types_of_its_ends_alone(head, name, tail, expected):
    assert ontology().allows(head, name, tail) is expected


def test_only_dates_and_the_sum_of_an_event_are_functional():
    assert {name: item.functional_for for name, item in ontology().relations.items() if item.functional} == {
        "raised": {"Event"},
        "amount": {"Event"},
        "eventDate": {"Event"},
        "announcedDate": ARTIFACTS,
        "releaseDate": ARTIFACTS,
        "inceptionDate": ORGANISATIONS,
    }


def test_partners_and_competitors_are_symmetric():
    assert [name for name, item in ontology().relations.items() if item.symmetric] == ["partnerOf", "competitorOf"]


def test_each_date_has_a_sibling_for_periods():
    assert {name: item.period for name, item in ontology().relations.items() if item.period} == {
        "eventDate": "eventPeriod",
        "announcedDate": "announcedPeriod",
        "releaseDate": "releasePeriod",
        "inceptionDate": "inceptionPeriod",
    }


def test_an_inverse_has_a_name_of_its_own_and_a_label():
    found = {name: item.inverse for name, item in ontology().relations.items() if item.inverse}
    assert found["developer"] == "developed"
    assert found["founder"] == "founded"
    assert found["locatedIn"] == "locationOf"
    assert len(set(found.values())) == len(found)
    assert not set(found.values()) & set(ontology().relations)
    assert all(ontology().labels[inverse] for inverse in found.values())


def test_what_has_no_inverse_is_symmetric_or_leads_to_a_fact():
    facts = {"Role", "Date", "Money", "Quantity"}
    for item in ontology().relations.values():
        assert (item.inverse is None) == (item.symmetric or item.range <= facts), item.name


def test_labels_are_words():
    assert relation("hostedOn").label == "hosted on"
    assert ontology().classes["Model"].label == "AI model"
    assert ontology().labels["eventPeriod"] == "event period"


@pytest.mark.parametrize(
    ("name", "group", "shape", "colour", "dark"),
    [
        ("Company", "organisation", "square", "#1d4c8f", "#4f86ea"),
        ("Collective", "group", "hexagon", "#d07414", "#f0a23a"),
        ("Person", "person", "dot", "#00857a", "#45dcb9"),
        ("Dataset", "product", "diamond", "#74300f", "#c9713f"),
        ("Law", "work", "triangle", "#2b7bf0", "#a6d4ff"),
        ("Event", "event", "star", "#9c1f66", "#d763b3"),
        ("Place", "place", "pin", "#6b5f10", "#eae25c"),
        ("Topic", "topic", "triangleDown", "#868d95", "#9aa1a9"),
    ],
)
def test_a_type_is_drawn_as_its_group(name, group, shape, colour, dark):
    found = ontology().classes[name]
    assert (found.group, found.shape, found.colour, found.dark) == (group, shape, colour, dark)


def test_roles_dates_amounts_and_quantities_are_facts_and_not_nodes():
    facts = {name for name in ontology().mentionable if ontology().classes[name].group == "fact"}
    assert facts == {"Role", "Date", "Money", "Quantity"}


def test_colours_stand_out_from_the_page():
    for item in ontology().classes.values():
        assert contrast(item.colour, "#fbfbfa") >= 3, item.name
        assert contrast(item.dark, "#14171a") >= 3, item.name


def test_parents_lead_to_the_root():
    classes = ontology().classes
    assert classes["Company"].parents == ("Organization",)
    assert classes["Organization"].parents == ("Agent",)
    assert classes["Agent"].parents == ("Mentionable",)
    assert classes["Mentionable"].parents == ()
    assert classes["Period"].parents == ("Date",)
    assert "Period" not in ontology().mentionable
    assert "Evidence" not in classes


def test_every_term_has_one_label_and_one_comment(triples, terms):
    for term in terms:
        for predicate in (RDFS.label, RDFS.comment):
            assert len(list(triples.objects(term, predicate))) == 1, (term, predicate)
        assert str(triples.value(term, RDFS.comment)).endswith((".", "?"))


def test_every_comment_gives_an_example(triples, terms):
    for term in terms:
        assert re.search(r": |\bsuch as\b|\bas in\b|kg:\w+ has", triples.value(term, RDFS.comment)), term


def test_every_term_is_mapped_or_says_why_not(triples, terms):
    note = URIRef(vocab.KG + "mappingNote")
    for term in terms:
        kind = set(triples.objects(term, RDF.type))
        if URIRef(vocab.KG + "Style") in kind:  # not a term but the look of one
            continue
        mapped = [other for mapping in MAPPINGS for other in triples.objects(term, mapping)]
        assert any(not other.startswith(vocab.KG) for other in mapped) or (term, note, None) in triples, term


def test_terms_of_other_vocabularies_exist(triples):
    for term in {term for triple in triples for term in triple if isinstance(term, URIRef)}:
        for namespace in (DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS):
            if term.startswith(str(namespace)):
                assert term in namespace, term
        if term.startswith(vocab.WD):
            assert re.fullmatch("Q[1-9][0-9]*", term.removeprefix(vocab.WD))
        if term.startswith(vocab.WDT):
            assert re.fullmatch("P[1-9][0-9]*", term.removeprefix(vocab.WDT))


def test_every_term_of_ours_is_declared(triples, terms):
    used = {term for triple in triples for term in triple if str(term).startswith(vocab.KG)}
    assert used == set(terms)


def test_every_term_of_ours_that_the_code_writes_is_declared(terms):
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "kg").rglob("*.py")))
    named = set(re.findall(r'vocab\.KG \+ "(\w+)"', code)) | set(re.findall(r"\{vocab\.KG\}(\w+)", code))
    assert {"Evidence", "confidence", "order"} <= named | {"Evidence", "confidence"}
    assert named <= {term.removeprefix(vocab.KG) for term in terms}


def test_there_are_no_blank_nodes(triples):
    assert not [term for triple in triples for term in triple if isinstance(term, rdflib.BNode)]


def test_rdflib_and_pyoxigraph_read_the_same_triples(triples):
    one = {str(triple) for triple in pyoxigraph.parse(path=SOURCE, format=pyoxigraph.RdfFormat.TURTLE)}
    lines = triples.serialize(format="nt").encode()
    assert one == {str(triple) for triple in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)}


def test_axioms_hold_of_every_type_that_may_stand_there(triples):
    def covered(name: str) -> set[str]:
        below = {item.name for item in ontology().classes.values() if name in item.parents}
        return {name}.union(*(covered(child) for child in below))

    for item in ontology().relations.values():
        for predicate, types in ((RDFS.domain, item.domain), (RDFS.range, item.range)):
            for axiom in triples.objects(URIRef(item.iri), predicate):
                assert types <= covered(axiom.removeprefix(vocab.KG)), (item.name, predicate)


def test_what_leads_to_dates_has_literals_and_all_else_has_nodes(triples):
    for item in ontology().relations.values():
        kind = OWL.DatatypeProperty if item.range == {"Date"} else OWL.ObjectProperty
        kinds = set(triples.objects(URIRef(item.iri), RDF.type))
        assert kinds & {OWL.DatatypeProperty, OWL.ObjectProperty} == {kind}, item.name


DISPUTED = """
@prefix kg: <https://w3id.org/aikg/ontology#> .
@prefix id: <https://w3id.org/aikg/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:leak kg:eventDate "2024-11-26"^^xsd:date, "2023-11-14"^^xsd:date ; kg:amount id:a, id:b ; kg:affects id:sora .
id:sora a kg:Model, kg:Company ; kg:developer id:openai .
"""
AXIOMS = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf}


def test_a_reasoner_finds_no_contradiction_where_sources_disagree(triples):
    graph = rdflib.Graph()
    for triple in triples:
        if triple[1] in AXIOMS:  # the rest are annotations, which take time and mean nothing to it
            graph.add(triple)
    graph.parse(data=DISPUTED, format="turtle")
    close(graph)
    thing = rdflib.Namespace(vocab.BASE + "id/")
    assert faults(graph) == []
    assert (thing.openai, URIRef(vocab.KG + "developed"), thing.sora) in graph
    assert (thing.openai, RDF.type, URIRef(vocab.KG + "Agent")) in graph


def test_functional_properties_would_make_a_reasoner_unite_what_is_in_dispute():
    graph = rdflib.Graph().parse(data=DISPUTED, format="turtle")
    graph.add((URIRef(vocab.KG + "amount"), RDF.type, OWL.FunctionalProperty))
    close(graph)
    assert faults(graph) != []


def test_the_ontology_is_read_once():
    assert ontology() is ontology()


def test_an_ontology_beside_the_package_goes_before_one_above_it(tmp_path, monkeypatch):
    module = sys.modules["kg.ontology"]
    monkeypatch.setattr(module, "__file__", str(tmp_path / "kg" / "ontology.py"))
    with pytest.raises(KgError, match=r"found no ontology\.ttl"):
        locate()
    (tmp_path / "kg").mkdir()
    (tmp_path / "ontology.ttl").touch()
    assert locate() == tmp_path / "ontology.ttl"
    (tmp_path / "kg" / "ontology.ttl").touch()
    assert locate() == tmp_path / "kg" / "ontology.ttl"


def test_a_new_relation_needs_nothing_but_its_block(tmp_path):
    block = """
        kg:licensedTo a kg:Relation, owl:ObjectProperty ; kg:order 999 ; rdfs:label "licensed to"@en ;
            schema:domainIncludes kg:CreativeWork ; schema:rangeIncludes kg:Company, kg:Person .
    """
    path = tmp_path / "ontology.ttl"
    path.write_text(SOURCE.read_text("utf-8") + block, "utf-8")
    found = read(path)
    assert list(found.relations)[-1] == "licensedTo"
    assert found.allows("Dataset", "licensedTo", "Person")
    assert not found.allows("Model", "licensedTo", "Person")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kg:developer a", "can't read ontology.ttl as Turtle"),
        ("", "found no kg:Mentionable"),
        ("@prefix kg: <https://w3id.org/aikg/ontology#> . kg:likes a kg:Relation .", "found no kg:Mentionable"),
    ],
)
def test_a_broken_file_is_told_in_one_line(tmp_path, text, message):
    path = tmp_path / "ontology.ttl"
    path.write_text(text, "utf-8")
    with pytest.raises(KgError, match=message) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_a_relation_without_its_place_is_told(tmp_path):
    path = tmp_path / "ontology.ttl"
    path.write_text(SOURCE.read_text("utf-8") + "\nkg:likes a kg:Relation .\n", "utf-8")
    with pytest.raises(KgError, match=r"found kg:order '' of https://w3id\.org/aikg/ontology#likes, expected a number"):
        read(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(KgError, match=r"can't read none\.ttl"):
        read(tmp_path / "none.ttl")


def close(graph):
    """Add all that the rules of OWL 2 RL conclude."""
    owlrl = pytest.importorskip("owlrl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)


def faults(graph):
    """Contradictions that were found, members of the empty class, and different things that were held for one."""
    errors = list(graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))
    united = [pair for pair in graph.subject_objects(OWL.sameAs) if pair[0] != pair[1]]
    return [*errors, *graph.subjects(RDF.type, OWL.Nothing), *united]


def contrast(one, two):
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_relation_that_the_docs_add_is_whole(tmp_path):
    page = (ROOT / "docs" / "training.md").read_text("utf-8")
    block = textwrap.dedent(re.search(r"<!-- block -->\n    ```turtle\n(.*?)    ```", page, re.DOTALL)[1])
    path = tmp_path / "ontology.ttl"
    path.write_text(SOURCE.read_text("utf-8") + block, "utf-8")
    found = read(path)
    assert found.allows("Company", "sponsorOf", "Event")
    assert found.relations["sponsorOf"].order == len(found.relations)
    assert found.labels[found.relations["sponsorOf"].inverse] == "sponsored by"
    triples = rdflib.Graph().parse(data=path.read_text("utf-8"), format="turtle")
    terms = [URIRef(vocab.KG + name) for name in ("sponsorOf", "sponsoredBy")]
    test_every_term_has_one_label_and_one_comment(triples, terms)
    test_every_term_is_mapped_or_says_why_not(triples, terms)
    test_terms_of_other_vocabularies_exist(triples)
