"""What a network must know of itself, and the thresholds with which its scores are read."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from kg.errors import KgError
from kg.nlp import decode
from kg.nlp.network.state import Array


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a network must know of itself, and the thresholds with which its scores are read (config.json).

    `types` and `relations` name the network's labels in its order. `allowed[t, r, u]` says whether relation r may hold
    between types t and u. `thresholds` has one probability for each relation, `stance` one for each stance.
    `symmetric` are indices of relations, `speakers` the types of those who can say something.
    """

    types: tuple[str, ...]
    relations: tuple[str, ...]
    stances: tuple[str, ...]
    allowed: Array
    outside: float = 0.0
    mention: float = 0.5
    antecedent: float = 0.0
    thresholds: tuple[float, ...] = ()
    stance: tuple[float, ...] = ()
    by: float = 0.5
    symmetric: frozenset[int] = frozenset()
    speakers: frozenset[str] = frozenset()
    calibration: Mapping[str, tuple[float, float]] = dataclasses.field(default_factory=dict)

    def calibrate(self, name: str, probability: Array) -> Array:
        """The share of cases in which a raw probability of this kind turned out right (Platt 1999)."""
        slope, shift = self.calibration.get(name, (1.0, 0.0))
        if (slope, shift) == (1.0, 0.0):
            return probability
        clipped = np.clip(probability, 1e-6, 1 - 1e-6)
        return decode.sigmoid(slope * np.log(clipped / (1 - clipped)) + shift)


def load_settings(folder: Path) -> Settings:
    """What FOLDER/config.json says, with the ontology's domains and ranges as the mask."""
    path = folder / "config.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise KgError(f"no readable config.json in {folder.name}/: expected a network made by `make model`") from fault
    return Settings(
        types=tuple(raw["types"]),
        relations=tuple(raw["relations"]),
        stances=tuple(raw["stances"]),
        allowed=allowed(tuple(raw["types"]), tuple(raw["relations"])),
        outside=raw["outside"],
        mention=raw["mention"],
        antecedent=raw["antecedent"],
        thresholds=tuple(raw["thresholds"]),
        stance=tuple(raw["stance"]),
        by=raw["by"],
        calibration={name: (pair[0], pair[1]) for name, pair in raw["calibration"].items()},
        symmetric=symmetric(tuple(raw["relations"])),
        speakers=speakers(),
    )


def symmetric(relations: tuple[str, ...]) -> frozenset[int]:
    """The indices of the relations that the ontology calls symmetric."""
    from kg.ontology import ontology

    return frozenset(i for i, name in enumerate(relations) if ontology().relations[name].symmetric)


def speakers() -> frozenset[str]:
    """The types of those who can say something: by the ontology, those who can criticise."""
    from kg.ontology import ontology

    return ontology().relations["criticizes"].domain


@functools.cache
def allowed(types: tuple[str, ...], relations: tuple[str, ...]) -> Array:
    """(types, relations, types): which relations the ontology allows between which types."""
    from kg.ontology import ontology

    known = [ontology().relations[name] for name in relations]
    heads = np.asarray([[kind in each.domain for each in known] for kind in types], dtype=bool)
    tails = np.asarray([[kind in each.range for kind in types] for each in known], dtype=bool)
    return np.asarray(heads[:, :, None] & tails)
