"""Servers that the tests here share; they are asked, never changed."""

from __future__ import annotations

import pytest

from kg.writers import write
from tests.serve.running import TRIG, serving
from tests.view.seeds_graph import seeds_graph


@pytest.fixture(scope="session")
def graphs(tmp_path_factory):
    """A file with a default graph and three named ones."""
    path = tmp_path_factory.mktemp("served") / "graphs.trig"
    path.write_text(TRIG, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def server(graphs):
    """A server over that file."""
    with serving(graphs) as running:
        yield running


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder as `kg build` fills it, with the articles in seeds/ as a careful reader would write them."""
    path = tmp_path_factory.mktemp("built") / "outputs"
    write(seeds_graph(), path)
    return path


@pytest.fixture(scope="session")
def articles(folder):
    """A server over that folder, with a short time limit."""
    with serving(folder, "--timeout", 2, "--memory", 256, "--size", 1, "--workers", 2) as running:
        yield running
