"""Foreign classes and properties and what they are in our terms: tables in SSSOM, read, written and asked.

SSSOM (https://mapping-commons.github.io/sssom/) is the Simple Standard for Sharing Ontological Mappings. Files are in
its form with the metadata as a comment before the table.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg import vocab
from kg.errors import KgError
from kg.ontology import ontology

FOLDER = Path(__file__).parent / "crosswalks"
"""The crosswalks that are shipped."""

LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

_PREFIXES = {**vocab.PREFIXES, "semapv": "https://w3id.org/semapv/vocab/"}
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_BROADER = {"rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broadMatch"}
_EQUAL = {"owl:equivalentClass", "owl:equivalentProperty", "owl:sameAs", "skos:closeMatch", "skos:exactMatch"}
_NARROWER = {"skos:narrowMatch"}
_OTHER = {"skos:relatedMatch"}
_PLAIN = frozenset({vocab.TYPE, vocab.LABEL, vocab.ALT_LABEL, vocab.HIDDEN_LABEL, vocab.SAME_AS, vocab.SCHEMA + "url"})


class Match(NamedTuple):
    """One row: two terms, how the first relates to the second, why it is held so, how surely, and a remark."""

    subject_id: str
    predicate_id: str
    object_id: str
    mapping_justification: str
    predicate_modifier: str = ""
    confidence: str = ""
    comment: str = ""


class Crosswalk:
    """What foreign terms are in ours: the terms of our ontology, and the names and links that RDF itself has.

    A term holds in our graph as what is its equal or broader; what is narrower would say more than the source does.
    """

    def __init__(self, mappings: Iterable[Match] = ()) -> None:
        found: dict[str, set[str]] = {}
        for each in mappings:
            foreign, ours, holds = each.subject_id, each.object_id, _EQUAL | _BROADER
            if _is_ours(foreign) and not _is_ours(ours):
                foreign, ours, holds = ours, foreign, _EQUAL | _NARROWER
            if each.predicate_id in holds and each.predicate_modifier != "Not":
                found.setdefault(_plain(foreign), set()).add(ours)
        self._found = {term: frozenset(meant) for term, meant in found.items()}
        self._properties: dict[str, frozenset[str]] = {}

    def property(self, iri: str) -> frozenset[str]:
        """What a property is in our terms; none if it has no counterpart."""
        if iri not in self._properties:
            plain = _plain(iri)
            own = plain in _PLAIN or iri.startswith(vocab.KG)
            self._properties[iri] = frozenset({plain}) if own else self._found.get(plain, frozenset())
        return self._properties[iri]

    def classes(self, iri: str) -> tuple[str, ...]:
        """The classes of our ontology that stand for a class, in order; none if it has no counterpart."""
        if iri.startswith(vocab.KG):
            return (iri,) if iri.removeprefix(vocab.KG) in ontology().classes else ()
        return tuple(sorted(self._found.get(_plain(iri), ())))


@functools.cache
def shipped() -> tuple[Match, ...]:
    """The mappings of all crosswalks that come with this package."""
    return tuple(each for path in sorted(FOLDER.glob("*.sssom.tsv")) for each in read(path))


def load(files: Iterable[Path] = ()) -> Crosswalk:
    """The shipped crosswalks and those of the files."""
    return Crosswalk([*shipped(), *(each for path in files for each in read(path))])


def read(path: Path) -> list[Match]:
    """The mappings of an SSSOM table, with CURIEs written out by its own curie_map and the prefixes we know.

    Raises KgError with the line that has no term or a prefix that is nowhere declared.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"can't read the crosswalk {path.name}: {error}") from error
    start = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = {**_PREFIXES, **_curies(lines[:start])}
    heading = lines[start].split("\t") if start < len(lines) else []
    if missing := [column for column in _REQUIRED if column not in heading]:
        raise KgError(f"{path.name}, line {start + 1}: an SSSOM table needs the columns {', '.join(missing)}")
    return [
        _row(path, number, dict(zip(heading, line.split("\t"), strict=False)), prefixes)
        for number, line in enumerate(lines[start + 1 :], start + 2)
        if line.strip()
    ]


def write(
    mappings: Iterable[Match],
    *,
    name: str,
    about: str,
    licence: str = LICENCE,
    prefixes: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """An SSSOM table with its metadata, sorted; IRIs are shortened by our prefixes and those given."""
    known = {**_PREFIXES, **(prefixes or {})}
    spaces = {space: name for name, space in known.items()}

    @functools.lru_cache(1 << 8)
    def short(cell: str) -> str:
        return _short(" ".join(cell.split()), spaces)

    rows, used, filled = list[str](), set[str](), set(range(len(_REQUIRED)))
    for each in mappings:
        cells = [short(cell) if cell else "" for cell in each]
        used.update([cell.partition(":")[0] for cell in cells[: len(_REQUIRED)]])
        filled.update([place for place, cell in enumerate(cells) if cell])
        rows.append("\t".join(cells))
    rows.sort()
    yield f"#mapping_set_id: {vocab.BASE}mappings/{name}\n#mapping_set_description: {about}\n"
    yield f"#license: {licence}\n#curie_map:\n"
    yield from (f"#  {prefix}: {known[prefix]}\n" for prefix in sorted(used & known.keys()))
    kept = operator.itemgetter(*sorted(filled))
    for row in itertools.chain(["\t".join(Match._fields)], (row for row, _ in itertools.groupby(rows))):
        yield "\t".join(kept(row.split("\t"))) + "\n"


def _curies(lines: Iterable[str]) -> dict[str, str]:
    """The prefixes declared in the comment: indented lines below `curie_map:`."""
    found, inside = {}, False
    for line in lines:
        text = line.removeprefix("#")
        if text.strip() and not text.startswith((" ", "\t")):
            inside = text.strip() == "curie_map:"
        elif inside and ":" in text:
            prefix, _, namespace = text.strip().partition(":")
            found[prefix] = namespace.strip().strip("\"'")
    return found


def _row(path: Path, number: int, row: Mapping[str, str], prefixes: Mapping[str, str]) -> Match:
    cells = {field: row.get(field, "").strip() for field in Match._fields}
    if not all(cells[key] for key in _REQUIRED):
        raise KgError(f"{path.name}, line {number}: each row needs {', '.join(_REQUIRED)}")
    for key in ("subject_id", "object_id"):
        prefix, _, rest = cells[key].partition(":")
        if not rest.startswith("//"):
            if prefix not in prefixes:
                raise KgError(f"{path.name}, line {number}: the prefix of {cells[key]!r} is not in the curie_map")
            cells[key] = prefixes[prefix] + rest
    if cells["predicate_id"] not in _EQUAL | _BROADER | _NARROWER | _OTHER:
        raise KgError(
            f"{path.name}, line {number}: {cells['predicate_id']} is no mapping predicate, such as skos:closeMatch"
        )
    return Match(**cells)


def _is_ours(iri: str) -> bool:
    return iri in _PLAIN or iri.startswith(vocab.KG)


def _plain(iri: str) -> str:
    """Schema.org and Wikidata are written with http and with https."""
    if iri.startswith("http://schema.org/"):
        return "https" + iri.removeprefix("http")
    return "http" + iri.removeprefix("https") if iri.startswith("https://www.wikidata.org/") else iri


def _short(iri: str, names: Mapping[str, str]) -> str:
    """An IRI by the name of the longest namespace that it lies in."""
    end = len(iri) - 1
    while (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end))) >= 0:
        if name := names.get(iri[: end + 1]):
            return f"{name}:{iri[end + 1 :]}"
    return iri
