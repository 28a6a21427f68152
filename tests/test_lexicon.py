from __future__ import annotations

import re

import pytest

from kg.errors import KgError
from kg.lexicon import Entry, Lexicon, lexicon, read
from kg.ontology import ontology


def meant(name, type_, *context):
    entry = lexicon().identify([name], type_, context).entry
    return entry and (entry.name, entry.type)


def test_the_table_holds_nearly_two_thousand_things_of_the_ontologys_types():
    assert len(lexicon().entries) == 1965
    assert {entry.type for entry in lexicon().entries} <= set(ontology().mentionable)


def test_identifiers_are_well_formed_and_one_item_is_one_thing():
    items = [entry.wikidata for entry in lexicon().entries if entry.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", item) for item in items)
    assert len(items) == len(set(items))


@pytest.mark.parametrize(
    ("name", "type_", "expected"),
    [
        ("a16z", "Company", ("Andreessen Horowitz", "Company")),
        ("U.S.", "Place", ("United States", "Place")),
        ("the Verge", "Media", ("The Verge", "Media")),
        ("DeepMind", "Lab", ("Google DeepMind", "Lab")),
        ("TechCrunch", "Company", ("TechCrunch", "Media")),
        ("Facebook", "Product", ("Facebook", "Product")),
        ("Facebook", "Company", ("Meta", "Company")),
        ("Claude", "Model", ("Claude", "Model")),
        ("Apple", "Company", ("Apple", "Company")),
    ],
)
def test_a_name_means_what_goes_with_its_type(name, type_, expected):
    assert meant(name, type_) == expected


@pytest.mark.parametrize(
    ("name", "type_"),
    [("Claude", "Person"), ("Mistral", "Model"), ("Gemini", "Company"), ("Apple", "Place"), ("Zorblax", "Company")],
)
def test_what_the_lexicon_does_not_know_is_nil_with_a_reason(name, type_):
    link = lexicon().identify([name], type_)
    assert link.entry is None
    assert link.reason


def test_context_decides_where_the_type_is_not_the_known_one():
    assert meant("Sora", "Product") is None
    assert meant("Sora", "Product", "OpenAI") == ("Sora", "Model")


def test_names_of_two_known_things_mean_neither():
    link = lexicon().identify(["Google", "Google DeepMind"], "Company")
    assert link == (None, 0.0, "its names mean Google (Company) and Google DeepMind (Lab)")


def test_versions_have_no_meaning_of_their_family():
    assert meant("Claude 3.6 Sonnet", "Model") is None
    assert meant("OpenAI Foundation", "Nonprofit") != meant("OpenAI", "Company")


def test_a_makers_name_tells_two_things_of_one_name_apart():
    two = Lexicon([Entry("Nova", "Model", developer="Amazon"), Entry("Nova", "Model", developer="Deepgram")])
    assert two.identify(["Nova"], "Model").entry is None
    assert two.identify(["Nova"], "Model", ["Deepgram"]).entry == two.entries[1]


def test_a_table_of_ones_own_is_read_and_a_broken_line_is_named(tmp_path):
    heading = "\t".join(Entry._fields) + "\n"
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text(heading + "Acme\tCompany\tAcme Corp|ACME\tQ1\tacme.example\t\t\t\t\n", encoding="utf-8")
    assert list(read(good)) == [Entry("Acme", "Company", ("Acme Corp", "ACME"), "Q1", "acme.example")]
    bad.write_text(heading + "Acme\tCompany\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"bad\.tsv, line 2: 2 cells; expected 9"):
        list(read(bad))
