"""The server's own pages of HTML: what is known of a thing, the editor, the terms, and what went wrong."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from kg import vocab
from kg.ontology import ontology
from kg.questions import questions
from kg.serve import formats
from kg.serve.things import Page

if TYPE_CHECKING:
    import jinja2

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load (CSP Level 3): its own script and style, and answers of this server."""

EDITOR_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "data:;", "data: blob:; font-src 'self' data:;"
)
"""YASGUI puts style elements into the page; scripts are still its own file alone."""

YASGUI = ("yasgui.min.js", "yasgui.min.css")
"""The editor's files in `kg/serve/yasgui`, put there when the package is built; never part of the repository."""

_NAMES = ("yasgui", "plain", "thing", "terms", "trouble")
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@functools.cache
def static() -> dict[str, tuple[bytes, str]]:
    """Every file that a page loads, by its name: content and media type. Nothing else is sent from the disk."""
    folder = resources.files("kg.serve")
    places = [folder / "static" / name for name in ("page.css", "editor.js", "plain.js")]
    places += [folder / "yasgui" / name for name in YASGUI]
    return {place.name: (place.read_bytes(), _TYPES[Path(place.name).suffix]) for place in places if place.is_file()}


def has_yasgui() -> bool:
    """Whether the editor came with the package."""
    return all(name in static() for name in YASGUI)


def editor() -> str:
    """YASGUI where it came with the package, else a plain page of our own."""
    asked = [question for question in questions().values() if not any(each.needed for each in question.parameters)]
    return _render("yasgui.html.j2" if has_yasgui() else "plain.html.j2", questions=asked, prefixes=vocab.PREFIXES)


def thing(page: Page) -> str:
    """What is known of a thing."""
    return _render("thing.html.j2", page=page, formats=tuple(formats.TRIPLES))


def terms() -> str:
    """The classes and relations of the ontology."""
    known = ontology()
    return _render("terms.html.j2", classes=known.classes.values(), relations=known.relations.values())


def trouble(status: int, text: str) -> str:
    """A page for a person who came to an address where nothing is."""
    return _render("trouble.html.j2", status=status, text=text)


def _render(name: str, **values: object) -> str:
    return _environment().get_template(name).render(**values)


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    folder = resources.files("kg.serve") / "templates"
    sources = {name: (folder / f"{name}.html.j2").read_text(encoding="utf-8") for name in ("base", *_NAMES)}
    loader = jinja2.DictLoader({f"{name}.html.j2": text for name, text in sources.items()})
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
