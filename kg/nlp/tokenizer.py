"""Words: spaCy's English tokenizer, with a full stop always split from what it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokenizer import Tokenizer
from spacy.util import compile_suffix_regex

if TYPE_CHECKING:
    from spacy.language import Language

EMPTY = "kg.Empty.v1"
"""By this name a saved pipeline asks for a tokenizer without rules, to be filled from its folder (an entry point)."""


def blank() -> Language:
    """An English pipeline without components, whose words never hide the edge of a name ("X.", "$150m.").

    Saved, and loaded again, it doesn't build the rules of English words first, which those of its folder replace.
    """
    nlp = spacy.blank("en")
    nlp.config["nlp"]["tokenizer"] = {"@tokenizers": EMPTY}
    suffixes = [*(nlp.Defaults.suffixes or ()), r"(?<=[A-Za-z0-9%)\]])\."]
    tokenizer: Any = nlp.tokenizer
    # "m." and the like are words to spaCy: it would hide the end of "$150m."
    tokenizer.rules = {word: parts for word, parts in tokenizer.rules.items() if not re.fullmatch(r"[a-z]\.", word)}
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    return nlp


def make_empty() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules, before they are read from a folder."""
    return lambda nlp: Tokenizer(nlp.vocab)
