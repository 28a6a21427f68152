"""What goes into the page beside the data: style, script and the drawing library that pyvis carries."""

from __future__ import annotations

import functools
import hashlib
import re
from importlib import resources

from kg.errors import KgError

LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
LIBRARY_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

SCRIPT = (
    "words", "dom", "data", "evidence", "state", "theme", "shapes", "filter", "time", "labels", "shores", "lines",
    "dust", "camera", "writing", "picture", "pointer", "cite", "sentences", "pane", "reader", "rail", "facets",
    "circle", "list", "search", "save", "keyboard", "address", "main",
)  # fmt: skip
"""The parts of the script in the order in which they build on each other."""


@functools.cache
def library() -> str:
    """The text of vis-network with its notice, without the line that asks for a source map.

    Raises KgError if pyvis does not carry the file that this page was tried with.
    """
    try:
        content = resources.files("pyvis").joinpath(LIBRARY).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        message = "found no vis-network 9.1.2 in pyvis; the page needs pyvis 0.3.2: pip install 'pyvis>=0.3.2,<0.4'"
        raise KgError(message) from error
    if hashlib.sha256(content).hexdigest() != LIBRARY_SHA256:
        raise KgError("pyvis carries another vis-network than 9.1.2; install pyvis 0.3.2 as it was published")
    text = content.decode("utf-8").replace("\r\n", "\n")  # as a browser reads it before it takes the hash
    return text.rpartition("//# sourceMappingURL")[0] or text


@functools.cache
def script() -> str:
    """All parts of the page's own script as one strict function, asynchronous since large data are inflated first."""
    parts = [f"// {name}\n{_own(f'script/{name}.js')}" for name in SCRIPT]
    return '"use strict";\n(async () => {\n' + "\n".join(parts) + "})();\n"


@functools.cache
def shapes() -> dict[str, str]:
    """The outline of each glyph in a box from -1 to 1, as the script draws it: an SVG path by its name."""
    return dict(re.findall(r'^  (\w+): "(M[^"]+)",$', _own("script/shapes.js"), re.MULTILINE))


@functools.cache
def style() -> str:
    """The page's style sheet."""
    return _own("page.css")


@functools.cache
def template() -> str:
    """The page's Jinja2 template."""
    return _own("page.html.j2")


def _own(name: str) -> str:
    return resources.files("kg.view").joinpath(name).read_text(encoding="utf-8")
