"""Annotating as a whole: in batches, in processes, and only what was not read before."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json

import pytest

from kg import annotating
from kg.annotating import Cache, model
from kg.errors import KgError, SkipDocument
from kg.types import Document, Skipped
from tests import fake


def documents(many=70):
    return [
        Document(f"https://w3id.org/aikg/doc/a-{number}", f"a-{number}", f"Acme{number} met Brill.\nThen Corro left.")
        for number in range(many)
    ]


def found(items):
    return {item.document.name: model.annotation(item.line, item.document) for item in items}


EXPECTED = {item.name: fake.annotation(item) for item in documents()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_document_is_read_once_and_the_same_in_any_number_of_processes(jobs):
    read = list(annotating.annotated(documents(), model.reader(fake.Reads()), jobs=jobs))
    assert len(read) == 70
    assert found(read) == EXPECTED


def test_documents_are_read_in_batches():
    sizes = []

    def reads(batch):
        sizes.append(len(batch))
        return map(fake.annotation, batch)

    list(annotating.annotated(documents(200), model.reader(reads)))
    assert sizes == [32] * 6 + [8]


def test_what_was_read_is_not_read_again_but_what_is_new_or_changed(tmp_path):
    def read(items):
        reads = fake.Reads()
        cache = Cache(tmp_path, model.reader(reads).fingerprint())
        return found(annotating.annotated(items, model.reader(reads), cache=cache)), reads.names

    before, names = read(documents(3))
    assert before == {name: EXPECTED[name] for name in ("a-0", "a-1", "a-2")}
    assert len(names) == 3
    changed = Document(documents()[0].id, "a-0", "Zorg left.")
    again, names = read([changed, *documents(4)[1:]])
    assert sorted(names) == ["a-0", "a-3"]
    assert again["a-0"] == fake.annotation(changed)
    assert again["a-2"] == EXPECTED["a-2"]


def test_another_fingerprint_reads_all_anew(tmp_path):
    for fingerprint, asked in (("1", 3), ("1", 0), ("2", 3), ("1", 3)):
        reads = fake.Reads(fingerprint)
        cache = Cache(tmp_path, model.reader(reads).fingerprint())
        list(annotating.annotated(documents(3), model.reader(reads), cache=cache))
        assert len(reads.names) == asked


@pytest.mark.parametrize("damage", ["{", "[]", '{"iri": 1}', '{"iri": "x", "mentions": [], "statements": []}'])
def test_a_damaged_record_is_read_again(tmp_path, damage):
    def read():
        reads = fake.Reads()
        cache = Cache(tmp_path, model.reader(reads).fingerprint())
        return found(annotating.annotated(documents(2), model.reader(reads), cache=cache)), reads.names

    before, _ = read()
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    first, rest = file.read_text().split("\n", 1)
    file.write_text(f"{first.partition(' ')[0]} {damage}\n{rest}")
    after, names = read()
    assert after == before
    assert len(names) == 1
    assert read()[1] == []


def test_a_text_that_fails_costs_itself_alone(tmp_path):
    def fragile(batch):
        for item in batch:
            if item.name == "a-1":
                raise ValueError("no such\ntoken")
            if item.name == "a-2":
                raise SkipDocument("too strange")
            yield fake.annotation(item)

    read = list(annotating.annotated(documents(5), model.reader(fragile), cache=Cache(tmp_path, "f")))
    assert sorted((item.path, item.reason) for item in read if isinstance(item, Skipped)) == [
        ("a-1", "reading it failed: ValueError: no such token"),
        ("a-2", "too strange"),
    ]
    assert len(read) == 5


def test_what_no_graph_can_take_costs_its_document_alone():
    def odd(batch):
        for item in batch:
            found = fake.annotation(item)
            yield dataclasses.replace(found, statements=("no statement",)) if item.name == "a-1" else found

    read = list(annotating.annotated(documents(3), model.reader(odd)))
    (skipped,) = (item for item in read if isinstance(item, Skipped))
    assert skipped.path == "a-1"
    assert skipped.reason.startswith("reading it failed: AttributeError")


def test_a_model_that_can_not_work_stops_all():
    def wrong(_):
        raise KgError("no network")

    with pytest.raises(KgError, match="no network"):
        list(annotating.annotated(documents(2), model.reader(wrong)))


def test_a_function_that_gives_other_documents_than_asked_is_asked_one_by_one():
    def mixed(batch):
        return [fake.annotation(item) for item in reversed(batch)]

    assert found(annotating.annotated(documents(3), model.reader(mixed))) == {
        name: EXPECTED[name] for name in ("a-0", "a-1", "a-2")
    }


def test_the_fingerprint_of_a_pipeline_changes_with_its_files_and_its_packages(tmp_path, monkeypatch):
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "en", "name": "mine", "version": "2"}))
    (tmp_path / "weights").write_bytes(b"1")
    reader = model.reader(tmp_path)
    assert reader.name == "en_mine 2"
    first = reader.fingerprint()
    assert first == model.reader(str(tmp_path)).fingerprint()
    (tmp_path / "weights").write_bytes(b"2")
    second = reader.fingerprint()
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "0")
    assert len({first, second, reader.fingerprint()}) == 3


def test_nothing_tells_whether_a_loaded_pipeline_or_a_plain_function_was_changed():
    assert model.reader(fake.annotation).fingerprint() is None


def test_a_missing_model_is_told_of(tmp_path):
    with pytest.raises(KgError, match="no spaCy pipeline in"):
        model.reader(tmp_path)


def test_another_threshold_lifts_anew_and_reads_nothing_again(tmp_path):
    def lifted(threshold):
        reads = fake.Reads()
        cache = Cache(tmp_path, model.reader(reads).fingerprint())
        lifting = annotating.Lifting(threshold)
        items = annotating.annotated(documents(2), model.reader(reads), lifting=lifting, cache=cache)
        return {item.document.name: item.lifted for item in items}, reads.names

    low, names = lifted(0.5)
    assert sorted(names) == ["a-0", "a-1"]
    high, names = lifted(0.95)
    assert names == []
    assert "partnerOf" in low["a-0"].statements
    assert "partnerOf" not in high["a-0"].statements
    assert lifted(0.95) == (high, [])


def test_what_is_lifted_is_kept_with_the_rest_and_lifted_again_when_damaged(tmp_path):
    def read():
        reads = fake.Reads()
        cache = Cache(tmp_path, model.reader(reads).fingerprint())
        return {
            item.document.name: item for item in annotating.annotated(documents(2), model.reader(reads), cache=cache)
        }

    before = read()
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_text(file.read_text().replace("partnerOf", "competitorOf"))
    assert read() == before
    assert "competitorOf" not in file.read_text()
