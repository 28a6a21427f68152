"""The picture's geometry: names apart, main figures large, the same in every process."""

from __future__ import annotations

import numpy as np
import pytest

from kg.view import picture as pictures
from kg.view.model import Model, model
from kg.view.picture import Picture, picture
from tests.view.seeds_graph import seeds_graph
from tests.view.synthetic import synthetic_graph


@pytest.fixture(scope="module")
def seeds() -> tuple[Model, Picture]:
    rows = model(seeds_graph())
    return rows, picture(rows)


def test_no_two_names_of_the_seeds_overlap(seeds):
    rows, drawn = seeds
    boxes = pictures._boxes(rows.entities, drawn.sizes, drawn.fonts)
    places = np.array(drawn.places)
    low, high = places + boxes[:, :2] + 1, places + boxes[:, 2:] - 1  # places are rounded to pixels
    for a in range(len(places)):
        for b in range(a):
            assert not ((low[a] < high[b]) & (low[b] < high[a])).all(), (rows.entities[a], rows.entities[b])


def test_the_seeds_fit_a_laptops_page_nearly_at_full_size(seeds):
    _, drawn = seeds
    assert np.ptp(np.array(drawn.places), axis=0).tolist() < [760, 880]


def test_glyphs_and_names_grow_with_rank(seeds):
    _, drawn = seeds
    assert drawn.sizes == sorted(drawn.sizes, reverse=True)
    assert drawn.fonts == sorted(drawn.fonts, reverse=True)
    assert set(drawn.fonts) == {18.0, 15.5, 13.5}


def test_groups_are_named_after_their_main_figure(seeds):
    rows, drawn = seeds
    for group in drawn.groups:
        assert group["name"] == "around " + rows.entities[min(group["members"])]["label"]
        assert group["outlines"]
        assert group["caption"]
    assert len(drawn.groups) >= 3


def test_the_main_figures_stand_nearer_to_the_middle_than_the_rest(seeds):
    _, drawn = seeds
    places = np.array(drawn.places[:39])  # those with lines
    far = np.hypot(*(places - places.mean(axis=0)).T)
    assert far[:4].mean() < far[4:].mean()


def test_above_a_few_hundred_entities_it_is_a_map_of_discs():
    rows = model(synthetic_graph(400), embed="none")
    drawn = picture(rows)
    assert drawn.is_map
    assert all("disc" in group for group in drawn.groups)
    assert len(drawn.places) == len(rows.entities)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_tiny_graphs_are_drawn_too(count):
    drawn = picture(model(synthetic_graph(count)))
    assert len(drawn.places) == count
    assert not drawn.is_map
