"""Who is based where, where an adjective tells it: "Toronto-based studio Marlow", "Marlow, a Leeds-based firm"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import phrases

RELATION = "locatedIn"
SURE = 0.9
"""How likely what is found here is right: in the annotated corpus and real text, in nine of ten places."""

_FAR = 9  # words between "based" and a name
_PASSED = phrases.listed("and & - \N{HYPHEN}")
_STOPS = phrases.listed("""
of for from by with that which who whose to in at on as or has have had is are was were will said says behind than
""")


def based(
    words: Sequence[str], mentions: Sequence[tuple[int, int]], seats: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Pairs of mentions, by number: what is based, and the place.

    `words` in lower case; mentions as (first word, last word inclusive); `seats` tells which of them are places. The
    thing is what an apposition describes ("Marlow, a Leeds-based firm"), else the first name after the adjective, if
    nothing but nouns and adjectives stand between.
    """
    starts = {start: number for number, (start, _) in sorted(enumerate(mentions), key=lambda each: each[1][1])}
    ends = {end: number for number, (_, end) in sorted(enumerate(mentions), key=lambda each: -each[1][0])}
    for number, (start, end) in enumerate(mentions):
        if not seats[number]:
            continue
        after = _after(words, end + 1)
        if after is None:
            continue
        described = _described(words, start)
        other = ends.get(described) if described is not None else _next(words, after, starts, seats)
        if other is not None and not seats[other]:
            yield other, number


def _after(words: Sequence[str], at: int) -> int | None:
    """Where the words after "-based" begin, None if the word is not there."""
    if list(words[at : at + 2]) in (["-", "based"], ["\N{HYPHEN}", "based"]):
        return at + 2
    return at + 1 if at < len(words) and words[at] == "-based" else None


def _described(words: Sequence[str], at: int) -> int | None:
    """The last word of what is described, where a comma and an article stand before the place."""
    return at - 3 if at > 2 and words[at - 1] in {"a", "an", "the"} and words[at - 2] == "," else None  # noqa: PLR2004


def _next(words: Sequence[str], at: int, starts: dict[int, int], seats: Sequence[bool]) -> int | None:
    """The first mention that begins here or further on, with nothing between that ends a noun phrase."""
    for place in range(at, min(at + _FAR, len(words))):
        if place in starts and not seats[starts[place]]:
            return starts[place]
        if words[place] in _STOPS or not (words[place] in _PASSED or words[place][:1].isalnum()):
            return None
    return None
