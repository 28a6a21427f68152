"""Media types: which the server can write, and which of them a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

HTML, JSON_LD = "text/html", "application/ld+json"

SOLUTIONS = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
"""For SELECT and ASK: media type, and its name in pyoxigraph. The first is what one gets who doesn't mind."""

TRIPLES = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    JSON_LD: "JSON_LD",
    "application/trig": "TRIG",
    "application/n-quads": "N_QUADS",
}
"""For CONSTRUCT and DESCRIBE, and for what is told of one thing."""

_ALIASES = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/plain": ("text/tab-separated-values", "application/n-triples"),
    "application/x-turtle": ("text/turtle",),
}
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^;,]*)*)\s*", re.ASCII)
_WEIGHT = re.compile(r";\s*q\s*=\s*(1(?:\.0{0,3})?|0(?:\.\d{0,3})?)\s*(?:;|$)", re.ASCII | re.IGNORECASE)
_LONGEST = 4096
"""Characters of an Accept header that are looked at."""


@functools.lru_cache(maxsize=256)
def best(accept: str, offers: Sequence[str]) -> str:
    """The offer that an Accept header likes best, the earliest of equals; "" where it accepts none.

    A narrower range counts before a wider one (`text/turtle;q=0` beside `*/*`). Common names that are not the formats'
    own, such as application/json, count like the format. Whoever sends nothing takes anything.
    """
    ranges = list(_ranges(accept[:_LONGEST])) if accept.strip() else [("*/*", 1.0)]
    weights = [(_weight(offer, ranges), offer) for offer in offers]
    weight = max(weight for weight, _ in weights)
    return next(offer for each, offer in weights if each == weight) if weight > 0 else ""


def charset(media: str) -> str:
    """A media type with the encoding named, where its default would be another one."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        if found := _RANGE.fullmatch(part):
            weight = _WEIGHT.search(found[2])
            yield found[1].lower(), float(weight[1]) if weight else 1.0


def _weight(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the narrowest range that an offer is in."""
    exact = [weight for name, weight in ranges if name == offer]
    alias = [weight for name, weight in ranges if offer in _ALIASES.get(name, ())]
    family = [weight for name, weight in ranges if name == offer.partition("/")[0] + "/*"]
    anything = [weight for name, weight in ranges if name == "*/*"]
    return max(next(filter(None, (exact, alias, family, anything)), [0.0]))
