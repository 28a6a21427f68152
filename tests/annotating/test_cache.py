from __future__ import annotations

import dataclasses

import pytest

from kg.annotating import cache
from kg.types import Document

FINGERPRINT = "0123456789abcdef"


def document(number, **more):
    return Document(f"https://w3id.org/aikg/doc/a-{number}", f"a-{number}", f"Text {number}.", **more)


def keyed(*documents):
    return {cache.key(item): f'{{"id": "{item.name}"}}' for item in documents}


@pytest.fixture
def kept(tmp_path):
    return cache.Cache(tmp_path, FINGERPRINT)


def test_a_key_changes_with_all_that_is_known_of_a_document():
    one = document(1, title="A", publisher="B")
    names = {field.name for field in dataclasses.fields(one)} - {"copy_of"}
    others = [dataclasses.replace(one, **{name: "other"}) for name in sorted(names)]
    moved = document(1, title="B", publisher="A")
    assert len({cache.key(item) for item in (one, moved, *others)}) == 2 + len(others)


def shards(documents):
    return dict(cache.shards(cache.keyed(documents)))


@pytest.mark.parametrize(("documents", "bits"), [(1, 0), (256, 0), (257, 1), (512, 1), (513, 2), (1024, 2), (1025, 3)])
def test_shards_hold_some_hundreds_of_documents(documents, bits):
    found = shards(map(document, range(documents)))
    assert {shard.bits for shard in found} == {bits}
    assert sum(map(len, found.values())) == documents
    assert {shard.number for shard in found} == set(range(2**bits))


def test_records_come_back(kept):
    (shard,) = shards([document(1), document(2)])
    kept.write(shard, keyed(document(1), document(2)))
    assert kept.read(shard, keyed(document(1), document(3))) == keyed(document(1))


def test_nothing_is_kept_without_a_folder_or_a_fingerprint(tmp_path):
    for none in (cache.Cache(None, FINGERPRINT), cache.Cache(tmp_path, None)):
        (shard,) = shards([document(1)])
        none.write(shard, keyed(document(1)))
        none.keep([shard])
        assert none.read(shard, keyed(document(1))) == {}
    assert list(tmp_path.iterdir()) == []


def test_more_shards_find_what_fewer_held_and_fewer_what_more_held(kept):
    documents = [document(number) for number in range(1200)]
    records = keyed(*documents)
    few, many = shards(documents[:300]), shards(documents)
    for shard, members in many.items():
        kept.write(shard, {name: records[name] for name, _ in members})
    kept.keep(many)
    for shard, members in few.items():
        assert kept.read(shard, [name for name, _ in members]) == {name: records[name] for name, _ in members}
        kept.write(shard, {name: records[name] for name, _ in members})
    kept.keep(few)
    found = {}
    for shard, members in many.items():
        found |= kept.read(shard, [name for name, _ in members])
    assert found == keyed(*documents[:300])


def test_what_is_not_asked_to_be_kept_goes(kept, tmp_path):
    (shard,) = shards([document(1)])
    kept.write(shard, keyed(document(1)))
    kept.keep([shard])
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    other = cache.Cache(tmp_path, "f" * 16)
    other.write(shard, keyed(document(1)))
    other.keep([shard])
    assert kept.read(shard, keyed(document(1))) == {}
    assert other.read(shard, keyed(document(1))) == keyed(document(1))


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"no line end", b"{}\n\n \n"])
def test_a_damaged_file_is_as_good_as_none(kept, tmp_path, damage):
    (shard,) = shards([document(1)])
    kept.write(shard, keyed(document(1)))
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(damage)
    assert kept.read(shard, keyed(document(1))) == {}


def test_a_document_is_forgotten_whoever_read_it(kept, tmp_path):
    (shard,) = shards([document(1)])
    for each in (kept, cache.Cache(tmp_path, "f" * 16)):
        each.write(shard, keyed(document(1), document(2)))
    cache.forget(tmp_path, [document(1)])
    assert kept.read(shard, keyed(document(1), document(2))) == keyed(document(2))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and cache.key(document(1)) in path.read_text()]
