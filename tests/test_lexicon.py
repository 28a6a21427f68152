from __future__ import annotations

import re

import pytest

from kg.errors import KgError
from kg.lexicon import AMBIGUOUS, Entry, Lexicon, lexicon, read, using
from kg.lexicon.table import lines
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
    assert link == (None, 0.0, "its names mean Google (Company) and Google DeepMind (Lab)", AMBIGUOUS)


def test_versions_have_no_meaning_of_their_family():
    assert meant("Claude 3.6 Sonnet", "Model") is None
    assert meant("OpenAI Foundation", "Nonprofit") != meant("OpenAI", "Company")


def test_a_makers_name_tells_two_things_of_one_name_apart():
    two = Lexicon([Entry("Nova", "Model", developer="Amazon"), Entry("Nova", "Model", developer="Deepgram")])
    assert two.identify(["Nova"], "Model").entry is None
    assert two.identify(["Nova"], "Model", ["Deepgram"]).entry == two.entries[1]


def test_a_table_of_ones_own_needs_a_name_and_a_type_and_may_say_more(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(
        "# ours\nType\tname\taliases\twikidata\tdomain\n"
        "Company\tAcme\tAcme Corp| ACME\tQ1\tacme.example\n\nModel\tTern\n",
        encoding="utf-8",
    )
    assert list(read(path)) == [
        Entry("Acme", "Company", ("Acme Corp", "ACME"), "Q1", "acme.example"),
        Entry("Tern", "Model"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "own.tsv is empty; expected a heading with name and type"),
        ("name\taliases\n", "own.tsv, line 1: the columns are name, aliases; expected name and type"),
        ("name\ttype\tcolour\n", "own.tsv, line 1: the columns are name, type, colour"),
        ("name\ttype\nAcme\tCompany\tx\n", "own.tsv, line 2: 3 cells; expected 2 at most"),
        ("name\ttype\nAcme\n", "own.tsv, line 2: no type; every line needs"),
        ("name\ttype\n\nAcme\tFirm\n", "own.tsv, line 3: the type is 'Firm'; expected one of Collective, Company"),
        ("name\ttype\twikidata\nAcme\tCompany\t21\n", "own.tsv, line 2: the Wikidata id is '21'"),
        ("name\ttype\tdomain\nAcme\tCompany\thttps://a.example/\n", "own.tsv, line 2: the domain is"),
    ],
)
def test_a_slip_in_a_table_of_ones_own_is_named_with_its_line(tmp_path, text, message):
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=f"^{re.escape(message)}"):
        list(read(path))


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(KgError, match=r"can't read the lexicon none\.tsv"):
        list(read(tmp_path / "none.tsv"))


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "copy.tsv"
    path.write_text("".join(lines(lexicon().entries)), encoding="utf-8")
    assert tuple(read(path)) == lexicon().entries


def test_ones_own_entries_are_known_while_they_are_used_and_go_before_the_shipped_ones():
    own = [Entry("Tern", "Model", ("Kestrel Tern",)), Entry("OpenAI", "Company", ("The House",), domain="own.example")]
    with using(own):
        assert meant("Kestrel Tern", "Model") == ("Tern", "Model")
        assert meant("The House", "Company") == meant("Open AI", "Company") == ("OpenAI", "Company")
        found = lexicon().identify(["OpenAI"], "Company").entry
        assert (found.domain, found.wikidata) == ("own.example", "Q21708200")
        assert len(lexicon().entries) == 1966
    assert meant("Kestrel Tern", "Model") is None
    assert len(lexicon().entries) == 1965
