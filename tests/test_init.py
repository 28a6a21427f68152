from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest

import kg

HEAVY = ("spacy", "rdflib", "pyoxigraph", "networkx", "onnxruntime", "trafilatura", "pyvis", "numpy", "rich", "jinja2")


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there_and_tells_what_it_is(name):
    assert inspect.getdoc(getattr(kg, name))


def test_importing_the_package_loads_nothing_heavy():
    code = f"import sys, kg; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_function_stays_one_when_the_module_of_its_name_is_loaded():
    for name in ("build", "query", "explain", "evaluate"):
        importlib.import_module(f"kg.{name}")
        assert callable(getattr(kg, name))


def test_an_unknown_name_is_told_of():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_the_names_can_be_listed():
    assert set(kg.__all__) <= set(dir(kg))
