"""Which entities of different documents are the same: each matcher proposes decisions from one kind of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.matchers.full_names import full_names
from kg.matchers.lexicon import lexicon
from kg.matchers.nominals import nominals
from kg.matchers.short_names import short_names
from kg.matchers.spellings import spellings
from kg.profiles import Matcher

MATCHERS: Sequence[Matcher] = (full_names, lexicon, spellings, short_names, nominals)
"""Those that `kg build` asks, in turn, until none has anything new."""

__all__ = ["MATCHERS", "full_names", "lexicon", "nominals", "short_names", "spellings"]
