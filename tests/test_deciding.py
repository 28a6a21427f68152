from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import deciding, vocab
from kg.build import rebuild, run
from kg.decisions import FILE, Choice, read
from kg.errors import KgError
from kg.graph import Graph
from kg.lift import lift
from kg.matchers import MATCHERS
from kg.resolve import resolve
from kg.store import load
from kg.types import Statement
from tests import careful

LINKS = (vocab.SAME_AS, vocab.DIFFERENT_FROM)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The outputs of the seeds as a careful reader would have them."""
    folder = tmp_path_factory.mktemp("built")
    articles = folder / "articles"
    articles.mkdir()
    for item in careful.annotations():
        (articles / f"{item.document.name}.txt").write_text(item.document.text, encoding="utf-8")
    known = {item.document.text: item for item in careful.annotations()}
    run(articles, output=folder / "out", model=lambda documents: [_moved(known[each.text], each) for each in documents])
    return folder / "out"


def _moved(annotation, document):
    return careful.annotation(document.name, document.text, *_article(document.name)[1:])


def _article(name):
    return next(article for article in careful.ARTICLES if article[0] == name)


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / "out")


def called(graph, name):
    return [iri for iri, entity in graph.entities.items() if entity.name == name]


def said(graph):
    """All but the decisions."""
    return [item for item in graph if item.predicate not in LINKS]


def test_what_a_person_joins_is_one_and_survives_a_rebuild(folder):
    before = load(folder)
    after = deciding.merge(folder, "Sora Turbo", "Sora", by="Ada", reason="for once")
    assert len(called(before, "Sora Turbo")) == 1
    assert called(after, "Sora Turbo") == []
    assert load(folder) == after == rebuild(folder)
    assert any("  1.00 decided by Ada: for once" in line for line in deciding.why(after, "Sora", "Sora Turbo"))


def test_a_split_restores_what_was(folder):
    before = load(folder)
    deciding.merge(folder, "Sora Turbo", "Sora")
    after = deciding.split(folder, "Sora Turbo", "Sora")
    assert said(after) == said(before)
    assert said(load(folder)) == said(before)


def test_a_no_is_never_overruled_by_a_matcher(folder):
    before = load(folder)
    after = deciding.split(folder, "Sora", "Sora Video Generator", reason="try")
    assert len(after.entities) > len(before.entities)  # the leak of the one is not the leak of the other
    assert set(rebuild(folder).entities) == set(after.entities)
    assert "  1.00 decided by a person: try" in "\n".join(deciding.why(after, "id:sora", "id:sora-product"))


def test_the_outputs_are_the_same_bytes_when_nothing_was_decided(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    rebuild(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_rebuild_keeps_what_was_skipped_the_title_and_the_users_own_lexicon(tmp_path):
    articles, own = tmp_path / "articles", tmp_path / "own.tsv"
    articles.mkdir()
    (articles / "broken.pptx").write_bytes(b"?")
    own.write_text("name\ttype\taliases\twikidata\nSora Turbo\tModel\tTurbo Sora\tQ99\n", encoding="utf-8")
    known = {item.document.text: item for item in careful.annotations()}
    for item in known.values():
        (articles / f"{item.document.name}.txt").write_text(item.document.text, encoding="utf-8")
    out = tmp_path / "out"
    run(
        [articles, articles / "none.txt"],
        output=out,
        model=lambda documents: [_moved(known[each.text], each) for each in documents],
        lexicon=own,
        title="My <page>",
    )
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.name != ".run.json"}
    assert b"## Skipped" in before["report.md"]
    assert b"My &lt;page&gt;" in before["graph.html"]
    assert b"Q99" in before["graph.trig"]
    assert b"Turbo Sora" in before["lexicon.tsv"]
    rebuild(out)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != ".run.json"} == before
    run(articles, output=out, model=lambda documents: [_moved(known[each.text], each) for each in documents])
    assert not (out / "lexicon.tsv").exists()


def test_a_build_reads_the_decisions_in_its_folder(folder, tmp_path):
    deciding.merge(folder, "Sora Turbo", "Sora")
    articles = tmp_path / "articles"
    articles.mkdir()
    for item in careful.annotations():
        (articles / f"{item.document.name}.txt").write_text(item.document.text, encoding="utf-8")
    known = {item.document.text: item for item in careful.annotations()}
    run(articles, output=folder, model=lambda documents: [_moved(known[each.text], each) for each in documents])
    assert called(load(folder), "Sora Turbo") == []
    assert (folder / FILE).exists()


def test_what_makes_no_sense_is_said(folder):
    with pytest.raises(KgError, match="are one already"):
        deciding.merge(folder, "OpenAI", "openai")
    with pytest.raises(KgError, match="no article tells"):
        deciding.split(folder, "OpenAI", "openai")


def test_why_tells_reasons_and_scores_of_a_merge_and_of_none(folder):
    graph = load(folder)
    one = "\n".join(deciding.why(graph, "Sora", "Sora Video Generator"))
    assert one.startswith("Sora and Sora Video Generator are one: Sora (https://w3id.org/aikg/id/sora)")
    assert "  1.00 known alias +6 (both are known as Sora); in articles +1 (read as names)" in one
    two = "\n".join(deciding.why(graph, "Sora", "Sora Turbo"))
    assert "are two\n  nothing was found that makes them one\n  Sora: linked to Q124544998 (0.97)" in two
    assert "\n  Sora Turbo: NIL, not known\nby their names alone: different" in two


@pytest.fixture(scope="module")
def plain():
    found = careful.annotations()
    return Graph((item for annotation in found for item in lift(annotation)), (item.document for item in found))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_joined_and_split_again_is_what_it_was(plain, tmp_path_factory, data):
    from kg.decisions import add, members

    path = tmp_path_factory.mktemp("law") / FILE
    before = resolve(plain, matchers=MATCHERS)
    things = [iri for iri in before.entities if "/id/" in iri]
    one, two = data.draw(st.lists(st.sampled_from(things), min_size=2, max_size=2, unique=True))
    ends = members(before, one), members(before, two)
    add(path, Choice(*ends, same=True, reason="", by=""))
    joined = resolve(plain, matchers=MATCHERS, decisions=read(path))
    assert len(joined.entities) < len(before.entities)
    add(path, Choice(*ends, same=False, reason="", by=""))
    assert said(resolve(plain, matchers=MATCHERS, decisions=read(path))) == said(before)


def test_a_no_holds_against_two_yes_that_would_join_the_two(plain):
    first, second, third = sorted(item.subject for item in plain if item.object == vocab.KG + "Company")[:3]
    given_ = [
        Statement(first, vocab.SAME_AS, second),
        Statement(second, vocab.SAME_AS, third),
        Statement(first, vocab.DIFFERENT_FROM, third),
    ]
    things = {s.subject: s.object for s in resolve(plain, decisions=given_) if s.predicate == vocab.SAME_AS}
    assert things[first] != things[third]
