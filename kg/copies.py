"""Finds documents that are copies of others, so that what was said once counts once, wherever it was printed."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg import shelf
from kg.runs import Runs
from kg.types import Annotation, Document

NEAR = 0.8
"""Documents that share so much of their runs of five words (Jaccard) are one text: a copy with another head or foot."""

_RUN = 5
_FEWEST = 40  # words; shorter texts are copies only if all words are the same
_HASHES, _BANDS = 128, 32  # that propose nearly all pairs above 0.7 (Leskovec, Rajaraman, Ullman: ch. 3.4.2)
_SEED = 1
_WORD = re.compile(r"\w+")


def copies(documents: Collection[Document]) -> dict[str, str]:
    """By id of each copy the id of its original: the earliest of those that are one text, else the first by id.

    Copies are found by MinHash (Broder, 1997) with bands, then judged by their very words; the order in which the
    documents come does not matter. What is remembered of a document is its sketch, not its text.
    """
    import rensa

    found: dict[str, str] = {}
    exact: dict[bytes, str] = {}
    originals: list[str] = []
    texts = shelf.table(((item.id, item.text) for item in documents), _packed, _unpacked)
    index = rensa.RMinHashLSH(threshold=NEAR, num_perm=_HASHES, num_bands=_BANDS)
    for _, name in Runs((item.published or "9999", item.id) for item in documents):
        words = _words(texts[name])
        if not words:
            continue
        same = exact.setdefault(hashlib.sha256(" ".join(words).encode()).digest(), name)
        if same != name:
            found[name] = found.get(same, same)
        elif len(words) >= _FEWEST:
            runs = _runs(words)
            sketch = rensa.RMinHash(num_perm=_HASHES, seed=_SEED)
            sketch.update(runs)
            near = (originals[place] for place in sorted(index.query(sketch)))
            first = next((each for each in near if _jaccard({*runs}, {*_runs(_words(texts[each]))}) >= NEAR), None)
            if first:
                found[name] = first
            else:
                index.insert(len(originals), sketch)
                originals.append(name)
    return found


def marked(
    copied: Iterable[Annotation], found: Mapping[str, str], documents: Mapping[str, Document]
) -> Iterator[Annotation]:
    """The copies of `copies`, marked (`copy_of`), each with what its original lacks alone."""
    texts = {iri: _plain(documents[iri].text) for iri in {*found.values()}}
    return (_marked(item, found[item.document.id], texts) for item in copied)


def _marked(item: Annotation, original: str, texts: Mapping[str, str]) -> Annotation:
    document = dataclasses.replace(item.document, copy_of=original)
    said = texts[original]
    kept = []
    for statement in item.statements:
        evidence = tuple(each for each in statement.evidence if _plain(each.quote) not in said)
        if evidence:
            kept.append(dataclasses.replace(statement, evidence=evidence))
    used = {end for each in kept for end in (each.subject, str(each.object))}
    used |= {evidence.by for each in kept for evidence in each.evidence if evidence.by}
    return Annotation(document, tuple(each for each in item.mentions if each.entity in used), tuple(kept))


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


def _jaccard(one: set[str], two: set[str]) -> float:
    return len(one & two) / len(one | two)


def _plain(text: str) -> str:
    """The words alone, so that another dash or capital makes no other sentence."""
    return f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _packed(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _unpacked(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
