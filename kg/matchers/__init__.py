"""Which entities of different documents are the same: each matcher proposes decisions from one kind of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.matchers.full_names import full_names
from kg.matchers.full_names import keys as keys_of_full_names
from kg.matchers.lexicon import keys as keys_of_lexicon
from kg.matchers.lexicon import lexicon
from kg.matchers.nominals import keys as keys_of_nominals
from kg.matchers.nominals import nominals
from kg.matchers.records import keys as keys_of_records
from kg.matchers.short_names import keys as keys_of_short_names
from kg.matchers.short_names import short_names
from kg.matchers.spellings import keys as keys_of_spellings
from kg.matchers.spellings import spellings
from kg.profiles import Keys, Matcher

MATCHERS: Sequence[Matcher] = (full_names, lexicon, spellings, short_names, nominals)
"""Those that `kg build` asks, in turn, until none has anything new."""

KEYS: Sequence[Keys] = (
    keys_of_full_names,
    keys_of_lexicon,
    keys_of_spellings,
    keys_of_short_names,
    keys_of_nominals,
)
"""What they ask of each document by itself, so that it can be made where the document is read, and kept."""

KEYS_OF_NAMES: Sequence[Keys] = (*KEYS[:-1], keys_of_records)
"""What they and the matcher for records ask of each entity by itself: all but what ties tell."""

__all__ = ["KEYS", "KEYS_OF_NAMES", "MATCHERS", "full_names", "lexicon", "nominals", "short_names", "spellings"]
