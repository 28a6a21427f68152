"""The stages around the network's arithmetic, with an engine whose answers are set by hand."""

import dataclasses
import json

import numpy as np
import pytest

from kg.errors import KgError
from kg.nlp import features, network
from kg.nlp.network import linking, relating
from kg.nlp.tokenizer import blank

TYPES = ("Company", "Model")
SETTINGS = network.Settings(
    types=TYPES,
    relations=("developer",),
    stances=("negated", "alleged", "planned", "possible", "past"),
    allowed=network.allowed(TYPES, ("developer",)),
    speakers=frozenset({"Company"}),
)


def text_of(words, *, skip=()):
    return network.Text(words, [True] * len(words), [0] * len(words), [i in skip for i in range(len(words))])


def state_of(words, tags, *, skip=()):
    table = np.full((len(words), 9), -20.0)
    for index in range(len(words)):
        table[index, tags.get(index, 0)] = -0.01
    count = len(words)
    encoded = features.Words(
        *(np.zeros(count, dtype=np.int64) for _ in range(6)), windows=(features.Window(0, count, 0, count),)
    )
    return network.State(text_of(words, skip=skip), encoded, np.zeros((count, 4)), table, np.zeros(count))


UNIT_COMPANY, UNIT_MODEL, BEGIN_MODEL, LAST_MODEL = 4, 8, 5, 7


def test_what_is_to_be_skipped_is_not_proposed():
    words = ["Lumen", "made", "Sora"]
    tags = {0: UNIT_COMPANY, 2: UNIT_MODEL}
    assert network.propose(SETTINGS, state_of(words, tags)) == [(0, 0, 0), (2, 2, 1)]
    assert network.propose(SETTINGS, state_of(words, tags, skip={2})) == [(0, 0, 0)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["“", "Sora", "”"], [(1, 1, 1)]),
        (["Sora", "(", "beta"], [(0, 0, 1)]),
        (["Sora", "(", "beta", ")"], [(0, 3, 1)]),
        (["'s", "Sora"], [(1, 1, 1)]),
        (["“", "”"], []),
    ],
)
def test_spans_lose_quotes_and_open_brackets_at_their_edges(words, expected):
    tags = {0: BEGIN_MODEL, **dict.fromkeys(range(1, len(words) - 1), 6), len(words) - 1: LAST_MODEL}
    assert network.propose(SETTINGS, state_of(words, tags)) == expected


@pytest.mark.parametrize("mark", ['""', "“”"])
def test_what_is_quoted_at_the_end_of_a_span_is_taken_with_its_closing_mark(mark):
    words = ["user", "known", "as", mark[0], "pelican", mark[1], "left"]
    tags = {0: BEGIN_MODEL, 1: 6, 2: 6, 3: 6, 4: LAST_MODEL}
    assert network.propose(SETTINGS, state_of(words, tags)) == [(0, 5, 1)]


class Scripted:
    """An engine that takes every candidate for a mention, sees no likeness, and finds what it is told."""

    def __init__(self, relation=5.0, stance=(-9.0,) * 5, by=None):
        self.relation, self.stance, self.by = relation, stance, by

    def __call__(self, part, /, **arrays):
        if part == "linker":
            count = len(arrays["start"])
            kinds = np.full((count, 3), -9.0)
            kinds[np.arange(count), arrays["types"]] = 9.0
            return np.zeros((count, 4)), kinds, np.full((count, count), -5.0)
        if part == "relater":
            count = len(arrays["head"])
            return np.zeros((count, 4)), np.full((count, 1), self.relation)
        count = len(arrays["found"])
        by = np.full((count, 1 + len(arrays["mentions"])), -9.0)
        by[:, 0 if self.by is None else 1 + self.by] = 9.0
        return np.tile(np.asarray(self.stance), (count, 1)), by


def read(words, tags, engine):
    state = state_of(words, tags)
    network.link(engine, SETTINGS, state, network.propose(SETTINGS, state))
    network.relate(engine, SETTINGS, state)
    network.weigh(engine, SETTINGS, state)
    return state


def test_a_relation_is_found_only_where_the_ontology_allows_it():
    state = read(["Lumen", "made", "Sora"], {0: UNIT_COMPANY, 2: UNIT_MODEL}, Scripted())
    assert [(r.head, r.tail) for r in state.relations] == [(1, 0)]  # a model's developer is a company, not turned round


def test_a_relation_below_its_threshold_is_left_out():
    state = read(["Lumen", "made", "Sora"], {0: UNIT_COMPANY, 2: UNIT_MODEL}, Scripted(relation=-1.0))
    assert state.relations == ()


def test_one_name_is_one_thing_whatever_the_scores():
    state = read(["Sora", "beats", "Sora"], {0: UNIT_MODEL, 2: UNIT_MODEL}, Scripted())
    assert state.mentions[0].cluster == state.mentions[1].cluster
    assert state.relations == ()  # a thing is not related to itself


def test_very_many_mentions_are_compared_part_by_part_and_equal_names_are_still_one(monkeypatch):
    monkeypatch.setattr(linking, "MOST", 2)
    words = ["Sora", "beats", "Lumen", "and", "Veo", "beats", "Sora"]
    state = read(words, {0: UNIT_MODEL, 2: UNIT_COMPANY, 4: UNIT_MODEL, 6: UNIT_MODEL}, Scripted())
    assert [(m.start, m.cluster == state.mentions[0].cluster) for m in state.mentions] == [
        (0, True),
        (2, False),
        (4, False),
        (6, True),
    ]
    assert len(state.links) == 4


def test_stance_and_speaker_are_told():
    engine = Scripted(stance=(-9, -9, 9, -9, -9), by=0)
    state = read(["Lumen", "made", "Sora"], {0: UNIT_COMPANY, 2: UNIT_MODEL}, engine)
    assert state.relations[0].stance == (2,)
    assert state.relations[0].by == 0


def test_only_those_who_can_speak_are_speakers():
    state = read(["Lumen", "made", "Sora"], {0: UNIT_COMPANY, 2: UNIT_MODEL}, Scripted(by=1))
    assert state.relations[0].by != 1


def test_a_raw_probability_is_fitted_by_slope_and_shift():
    fitted = dataclasses.replace(SETTINGS, calibration={"relation": (1.0, -1.0)})
    assert round(float(fitted.calibrate("relation", np.asarray(0.5))), 3) == 0.269
    assert float(SETTINGS.calibrate("relation", np.asarray(0.5))) == 0.5


def test_a_folder_without_a_network_is_told_in_one_line(tmp_path):
    with pytest.raises(KgError, match=r"config\.json"):
        network.load_settings(tmp_path)
    with pytest.raises(KgError, match=r"reader\.onnx"):
        network.Onnx(tmp_path)


def test_settings_name_labels_that_the_ontology_knows(tmp_path):
    raw = {
        "types": ["Company", "Model"], "relations": ["developer", "partnerOf"], "stances": ["negated"], "outside": 0.0,
        "mention": 0.5, "antecedent": 0.0, "thresholds": [0.5, 0.5], "stance": [0.5], "by": 0.5, "calibration": {},
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(raw), encoding="utf-8")
    found = network.load_settings(tmp_path)
    assert found.symmetric == {1}
    assert found.allowed[1, 0, 0]
    assert not found.allowed[0, 0, 1]


def test_a_surface_is_the_text_of_its_words():
    doc = blank()("OpenAI's Sora Turbo.")
    text = network.Text([t.text for t in doc], [bool(t.whitespace_) for t in doc], [0] * len(doc), [False] * len(doc))
    assert linking.surface(text, 2, 3) == "Sora Turbo"
    assert linking.surface(text, 0, 1) == "OpenAI's"


def test_a_maker_and_what_it_makes_are_apart_unless_their_names_share_a_word():
    named = [
        ("Marlow", "Company"),
        ("Pelham", "Model"),
        ("Pelham", "Company"),
        ("Pelham", "Model"),
        ("Marlow 2", "Model"),
    ]
    apart = linking._apart(named, features.likeness([name for name, _ in named]) > 0)
    assert apart[0].tolist() == [False, True, True, True, False]
    assert not apart[1, 2], "one name is one thing, whatever a mention is taken for"


def test_what_an_event_is_told_to_be_against_does_not_do_it_anywhere_in_the_text():
    settings = dataclasses.replace(SETTINGS, types=("Event", "Company"), relations=("agent", "affects"))
    word, kind, cluster = np.asarray([0, 1, 2]), np.asarray([0, 0, 1]), np.asarray([0, 0, 1])  # a suit, "it", a company
    mentions = relating._Mentions(word, word, kind, cluster, np.zeros(3, dtype=bool))
    head, tail = np.asarray([0, 1, 2]), np.asarray([2, 2, 0])
    told = frozenset({(0, 1, 2)})
    scores = relating._corrected(settings, mentions, np.full((3, 2), 0.6), head, tail, told)
    assert scores.tolist() == [[0.0, 1.0], [0.0, 0.6], [0.6, 0.6]]


def test_portions_of_pairs_give_what_all_at_once_give(monkeypatch):
    words, tags = ["Sora", "Lumen", "Veo", "Orion"], {0: UNIT_MODEL, 1: UNIT_COMPANY, 2: UNIT_MODEL, 3: UNIT_MODEL}
    whole = read(words, tags, Scripted())
    monkeypatch.setattr(relating, "_STEP", 1)
    parts = read(words, tags, Scripted())
    assert parts.relations == whole.relations
    assert [(each.head, each.tail) for each in whole.relations] == [(0, 1), (2, 1), (3, 1)]
    assert parts.pairs.tolist() == whole.pairs.tolist()
