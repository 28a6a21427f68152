"""The page's own sources write texts as texts, and the library is the one that was tried."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.view import assets

FOLDER = Path(assets.__file__).parent
FORBIDDEN = (
    *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "createContextualFragment", "DOMParser"),
    *("eval(", "new Function", "setTimeout('", 'setTimeout("', "srcdoc", "javascript:", "fetch(", "XMLHttpRequest"),
    *("WebSocket", "EventSource", "sendBeacon", "import(", "new Worker", "http:", "serviceWorker"),
)


@pytest.mark.parametrize("path", sorted((FOLDER / "script").glob("*.js")), ids=lambda path: path.name)
def test_no_part_of_the_script_makes_markup_or_asks_the_network(path):
    source = path.read_text(encoding="utf-8")
    names = r"http://www\.w3\.org/(2000/svg|1999/02/22-rdf-syntax-ns#|2000/01/rdf-schema#|ns/prov#|ns/oa#)"
    source = re.sub(names, "", source)
    assert not [word for word in FORBIDDEN if word in source]
    assert len(source.splitlines()) <= 320


def test_every_part_of_the_script_is_joined_once():
    assert sorted(assets.SCRIPT) == sorted(path.stem for path in (FOLDER / "script").glob("*.js"))
    assert assets.script().startswith('"use strict";')


def test_the_template_has_no_inline_handlers_styles_or_addresses():
    source = assets.template()
    assert not re.search(r"\son\w+=|\sstyle=|https?:|\ssrc=", source)
    assert source.count("| safe") == 6  # our style and scripts, and three kinds of blocks of escaped JSON


def test_the_style_loads_nothing():
    assert "url(" not in assets.style()
    assert "@import" not in assets.style()


def test_the_library_is_the_file_of_pyvis_that_was_tried():
    content = resources.files("pyvis").joinpath(assets.LIBRARY).read_bytes()
    assert hashlib.sha256(content).hexdigest() == assets.LIBRARY_SHA256
    assert "@version 9.1.2" in assets.library()
    assert "Apache 2.0 License" in assets.library()


def test_what_is_inlined_can_not_end_its_element():
    for text in (assets.library(), assets.script(), assets.style()):
        assert not re.search(r"</(script|style)|<!--|\r|sourceMappingURL", text, re.IGNORECASE)


def test_another_library_is_refused_with_what_to_do(monkeypatch):
    assets.library.cache_clear()
    monkeypatch.setattr(assets, "LIBRARY_SHA256", "0")
    with pytest.raises(KgError, match=r"install pyvis 0\.3\.2"):
        assets.library()
    monkeypatch.setattr(assets, "LIBRARY", "templates/none.js")
    with pytest.raises(KgError, match="found no vis-network"):
        assets.library()
    assets.library.cache_clear()
