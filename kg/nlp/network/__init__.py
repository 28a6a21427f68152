"""Runs the trained network on one text: words in, mentions, clusters, relations and stance out.

tagging    words → vectors, tags → candidate mentions
linking    candidates → mentions, their types, and which are one thing
relating   pairs of mentions → relations
weighing   relations → stance, and who says so
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.nlp.network.engine import Engine, Onnx
from kg.nlp.network.linking import is_name, link, surface
from kg.nlp.network.relating import relate
from kg.nlp.network.settings import Settings, allowed, load_settings, speakers, symmetric
from kg.nlp.network.state import FoundMention, FoundRelation, State, Text
from kg.nlp.network.tagging import encode, propose, window_arrays
from kg.nlp.network.weighing import weigh

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def read(engine: Engine, tokenizer: Tokenizer, settings: Settings, text: Text) -> State:
    """Read one text: all stages in turn. Time is linear in its length; mentions come in the order of their start."""
    state = encode(engine, tokenizer, text)
    link(engine, settings, state, propose(settings, state))
    relate(engine, settings, state)
    weigh(engine, settings, state)
    return state


__all__ = [
    "Engine",
    "FoundMention",
    "FoundRelation",
    "Onnx",
    "Settings",
    "State",
    "Text",
    "allowed",
    "encode",
    "is_name",
    "link",
    "load_settings",
    "propose",
    "read",
    "relate",
    "speakers",
    "surface",
    "symmetric",
    "weigh",
    "window_arrays",
]
