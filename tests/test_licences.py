"""The table of licences is that of the lock, and nothing in it is under a licence that we would have to pass on."""

from __future__ import annotations

import importlib
import re
import sys

import pytest

COPYLEFT = re.compile(r"\bA?GPL|GNU", re.IGNORECASE)
NAMED = {"certifi", "pathspec", "tqdm", "tld"}
"""Under the MPL, and named in the text above the tables."""


@pytest.fixture(scope="module")
def licences(root):
    """The script .ci/licences.py as a module."""
    before = list(sys.path)
    sys.path.insert(0, str(root / ".ci"))
    yield importlib.import_module("licences")
    sys.path[:] = before


@pytest.fixture(scope="module")
def told(licences):
    return dict(
        re.findall(r"^\| ([a-z0-9][a-z0-9-]*) \| (.+) \|$", licences.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_every_locked_package_and_extra_has_its_licence(licences, told):
    assert {*licences.locked(), *licences.extras()} == set(told) - {"package"}
    assert "?" not in told.values()


def test_none_is_under_the_gpl_alone(told):
    assert [name for name, licence in told.items() if COPYLEFT.search(licence)] == ["tld"]
    assert "MPL-1.1 OR" in told["tld"]


def test_what_is_under_the_mpl_is_named(licences, told):
    assert {name for name, licence in told.items() if re.search("MPL|Mozilla", licence)} == NAMED
    head = licences.PAGE.read_text(encoding="utf-8").partition("<!-- locked -->")[0]
    assert all(f"*{name}*" in head for name in NAMED)


def test_what_is_not_installed_is_told_and_gets_a_mark(licences, capsys):
    assert licences.licence("no-such-package") == "?"
    assert "no-such-package is not installed" in capsys.readouterr().err
