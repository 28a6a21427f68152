"""The graph as one page of HTML that opens from disk with the network off."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from kg.graph import Graph
from kg.view import assets
from kg.view.columns import columns, shards
from kg.view.model import Model, Row, model
from kg.view.network import LIVE, network
from kg.view.passages import Embed
from kg.view.picture import picture

NOSCRIPT = 500
"""Statements that are listed for readers without JavaScript."""

PLAIN = 500_000
"""Characters of data that a page holds readably; beyond that they are compressed."""

EMBEDS: Mapping[str, Embed] = {"none": "none", "context": "context", "full": "full"}
"""How much of the articles may go along, by the word for it on the command line."""

LEVEL = 7
"""Of deflate: 9 takes three times as long for a hundredth less."""

_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def render(
    graph: Graph,
    *,
    title: str = "Knowledge graph",
    embed_text: Embed = "context",
    theme: Literal["auto", "light", "dark"] = "auto",
    max_live: int = LIVE,
) -> str:
    """The page for a graph, as text to be written in UTF-8.

    `embed_text` says how much of the articles goes along: the quoted sentences ("none"), these with their neighbours
    ("context") or all of it ("full"). `theme` "auto" follows the reader's system. `max_live` says how many entities a
    map of more than 500 draws in full at a time. Same graph and options, same text.
    The page asks for nothing from elsewhere, and its content security policy (CSP Level 3) lets only its own script
    and style run, named by their hashes. Raises KgError if pyvis lacks the drawing library.
    """
    import jinja2

    rows = model(graph, embed=embed_text)
    drawn = picture(rows)
    sentences = shards(rows)
    head = {"title": title, "embed": embed_text} | columns(rows, drawn, shards=sentences)
    view, *parts = _packed([_json(part) for part in (head, *sentences)])
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    said = list(_listed(rows))
    page = environment.from_string(assets.template()).render(
        title=title,
        theme=theme,
        policy=_policy(),
        style=assets.style(),
        library=assets.library(),
        script=assets.script(),
        view=view,
        shards=parts,
        network=_json(network(rows, drawn, most=max_live)),
        said=said,
        more=max(0, len(rows.statements) + len(rows.facts) - len(said)),
    )
    return page.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate in a text must not stop the writing


def _json(value: Row) -> str:
    """JSON that can stand in a script element of a UTF-8 file: no markup, no ends of line, no lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _packed(texts: Sequence[str]) -> list[str]:
    """Small data as they are; of large ones each deflated (RFC 1951) in base64, a string that the script inflates."""
    if sum(map(len, texts)) < PLAIN:
        return list(texts)
    return [json.dumps(base64.b64encode(_deflated(text.encode("utf-8"))).decode("ascii")) for text in texts]


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _policy() -> str:
    scripts = " ".join(_hash(text) for text in (assets.library(), assets.script()))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_hash(assets.style())}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def _listed(rows: Model) -> Iterator[Row]:
    """The first statements and facts in words, with their sentences."""
    for row in [*rows.statements, *rows.facts][:NOSCRIPT]:
        yield {
            "subject": rows.entities[row["s"]]["label"],
            "relation": rows.relations[row["p"]],
            "object": row["value"] if "value" in row else rows.entities[row["o"]]["label"],
            "disputed": "dispute" in row,
            "sentences": [_quote(rows, item) for item in row.get("evidence", ())],
        }


def _quote(rows: Model, item: Row) -> Row:
    text = rows.passages[item["passage"]]["text"].encode("utf-16-le", "surrogatepass")
    start, end = item["at"]
    by = item.get("by")
    claim = [] if by is None else [f"claim by {rows.entities[by]['label'] if isinstance(by, int) else by}"]
    quote = text[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
    how = ", ".join(claim + ["denied" if word == "negated" else word for word in item.get("stance", ())])
    source = rows.documents[item["document"]]
    return {"quote": quote, "source": source["title"], "lang": source.get("lang"), "how": how}
