"""What is wrong with a call is told in one line before anything listens."""

from __future__ import annotations

import importlib.util
import socket

import pytest

from kg.errors import KgError
from kg.serve import serve


def test_a_graph_that_is_not_there(tmp_path):
    with pytest.raises(KgError, match="found no graph at"):
        serve(tmp_path / "none", port=0)


def test_a_folder_without_a_graph(tmp_path):
    with pytest.raises(KgError, match=r"no graph\.jsonl in it"):
        serve(tmp_path, port=0)


@pytest.mark.parametrize(("name", "why"), [("a.ttl", "can't read"), ("a.csv", "no RDF that can be told by its suffix")])
def test_a_file_that_is_no_rdf(tmp_path, name, why):
    (tmp_path / name).write_text("no, nothing of the kind", encoding="utf-8")
    with pytest.raises(KgError, match=why):
        serve(tmp_path / name, port=0)


def test_a_port_that_is_taken(graphs):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(KgError, match="choose another --port"):
        serve(graphs, port=taken.getsockname()[1])


def test_a_package_that_is_missing(graphs, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else find(name))
    with pytest.raises(KgError, match="pip install uvicorn"):
        serve(graphs, port=0)
