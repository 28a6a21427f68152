"""Names that the lexicon knows as one thing: "a16z" and "Andreessen Horowitz"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import forms
from kg.lexicon import Entry, known
from kg.profiles import Decision, Find, Profile

NAME = "lexicon"
SAME_TYPE, OTHER_TYPE = 0.95, 0.85


def lexicon(profiles: Mapping[str, Profile], find: Find) -> Iterator[Decision]:
    """Joins entities whose names mean the same known thing, each with the first of them.

    Names alone that are too weak to tell (a last name) and names of several meanings don't count. Types that differ
    from the known one make it less sure. Things known as two are kept apart by `kg.resolve`, not by proposals.
    """
    hubs: dict[Entry, tuple[Profile, str]] = {}
    for iri in sorted(profiles):
        profile = profiles[iri]
        strong = [name for name in profile.names if forms.is_strong(name, profile.type)]
        entry = known(tuple(profile.names), profile.type) if strong else None
        if entry is None:
            continue
        name = next((each for each in strong if known((each,), profile.type) == entry), strong[0])
        hub, called = hubs.setdefault(entry, (profile, name))
        if find(hub.id) != find(iri) and forms.key(called, hub.type) != forms.key(name, profile.type):
            score = SAME_TYPE if hub.type == profile.type == entry.type else OTHER_TYPE
            reason = f"“{called}” and “{name}” are both known as {entry.name} ({entry.type})"
            yield Decision(hub.id, iri, same=True, score=score, reason=reason, matcher=NAME)
