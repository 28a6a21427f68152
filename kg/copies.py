"""Finds documents that are copies of others, so that what was said once counts once, wherever it was printed."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Sequence

from kg.types import Annotation, Document

NEAR = 0.8
"""Documents that share so much of their runs of five words (Jaccard) are one text: a copy with another head or foot."""

_RUN = 5
_FEWEST = 40  # words; shorter texts are copies only if all words are the same
_HASHES, _BANDS = 128, 32  # that propose nearly all pairs above 0.7 (Leskovec, Rajaraman, Ullman: ch. 3.4.2)
_SEED = 1
_WORD = re.compile(r"\w+")


def copies(documents: Iterable[Document]) -> dict[str, str]:
    """By id of each copy the id of its original: the earliest of those that are one text, else the first by id.

    Copies are found by MinHash (Broder, 1997) with bands, then judged by their very words; the order in which the
    documents come does not matter.
    """
    import rensa

    found: dict[str, str] = {}
    exact: dict[str, str] = {}
    originals: list[tuple[str, frozenset[int]]] = []
    index = rensa.RMinHashLSH(threshold=NEAR, num_perm=_HASHES, num_bands=_BANDS)
    for item in sorted(documents, key=lambda each: (each.published or "9999", each.id)):
        words = _words(item.text)
        if not words:
            continue
        same = exact.setdefault(hashlib.sha256(" ".join(words).encode()).hexdigest(), item.id)
        if same != item.id:
            found[item.id] = found.get(same, same)
        elif len(words) >= _FEWEST:
            runs = [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]
            sketch = rensa.RMinHash(num_perm=_HASHES, seed=_SEED)
            sketch.update(runs)
            mine = frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs)
            near = [originals[place] for place in sorted(index.query(sketch))]
            first = next((name for name, runs_ in near if _jaccard(mine, runs_) >= NEAR), None)
            if first:
                found[item.id] = first
            else:
                index.insert(len(originals), sketch)
                originals.append((item.id, mine))
    return found


def marked(annotations: Sequence[Annotation]) -> list[Annotation]:
    """The annotations with each copy marked (`copy_of`), and left of it only what its original does not say."""
    found = copies(item.document for item in annotations)
    texts = {item.document.id: _plain(item.document.text) for item in annotations if item.document.id in found.values()}
    return [_marked(item, found.get(item.document.id), texts) for item in annotations]


def _marked(item: Annotation, original: str | None, texts: dict[str, str]) -> Annotation:
    document = dataclasses.replace(item.document, copy_of=original)
    if original is None:
        return dataclasses.replace(item, document=document)
    said = texts[original]
    kept = []
    for statement in item.statements:
        evidence = tuple(each for each in statement.evidence if _plain(each.quote) not in said)
        if evidence:
            kept.append(dataclasses.replace(statement, evidence=evidence))
    used = {end for each in kept for end in (each.subject, str(each.object))}
    used |= {evidence.by for each in kept for evidence in each.evidence if evidence.by}
    return Annotation(document, tuple(each for each in item.mentions if each.entity in used), tuple(kept))


def _jaccard(one: frozenset[int], two: frozenset[int]) -> float:
    return len(one & two) / len(one | two)


def _plain(text: str) -> str:
    """The words alone, so that another dash or capital makes no other sentence."""
    return f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
