from __future__ import annotations

from kg.blocks import Blocks
from kg.profiles import Profile, Profiles, once


def test_a_block_is_told_until_its_entities_are_one():
    blocks = Blocks([("krogh", "a"), ("krogh", "b"), ("sora", "c"), ("sora", "d"), ("tern", "e")], entity=1)
    assert list(blocks.still_open(str)) == [[("krogh", "a"), ("krogh", "b")], [("sora", "c"), ("sora", "d")]]
    joined = {"d": "c"}
    assert list(blocks.still_open(lambda iri: joined.get(iri, iri))) == [[("krogh", "a"), ("krogh", "b")]]


def test_a_block_that_was_left_out_does_not_come_back():
    blocks = Blocks([("sora", "c"), ("sora", "d")], entity=1)
    assert list(blocks.still_open(lambda _: "c")) == []
    assert list(blocks.still_open(str)) == []


def test_what_is_made_of_all_profiles_is_made_once():
    asked = []

    def names(profiles):
        asked.append(len(profiles))
        return [name for each in profiles.values() for name in each.names]

    found = Profiles({"a#e": Profile("a#e", "a", "Person", {"Krogh": 1}, {}, frozenset())}, {})
    assert once(found, names) == once(found, names) == ["Krogh"]
    assert asked == [1]
