"""A person's decisions about a folder of outputs: two things are one, or are not; and why it is as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg import compare, decisions, likeness, linking, store, vocab
from kg import folder as folders
from kg.build import rebuild
from kg.decisions import Choice
from kg.errors import KgError
from kg.explain import find
from kg.graph import Graph
from kg.lexicon import using
from kg.lift import lift
from kg.profiles import Profile, profiles
from kg.types import Statement
from kg.weights import Verdict, told

_MOST = 10  # reasons that are shown


def merge(folder: Path, one: str, two: str, *, by: str = "", reason: str = "") -> Graph:
    """Decides that two things are one, for good, and writes the outputs anew.

    Raises KgError where they are one already or a name is unknown.
    """
    graph = store.load(folder)
    first, second = find(graph, one), find(graph, two)
    if first == second:
        raise KgError(f"{one!r} and {two!r} are one already: {graph.name(first)}")
    return _decide(folder, Choice(_ids(graph, first), _ids(graph, second), same=True, reason=reason, by=by))


def split(folder: Path, one: str, two: str, *, by: str = "", reason: str = "") -> Graph:
    """Decides that two things, or what goes under two names of one thing, are two, and writes the outputs anew.

    What a person joined before comes apart into just what it was. Raises KgError where no article knows one name
    without the other.
    """
    graph = store.load(folder)
    first, second = find(graph, one), find(graph, two)
    ends = _ids(graph, first), _ids(graph, second)
    if first == second:
        ends = _sides(folder, ends[0], one, two)
        if not all(ends):
            names = ", ".join((graph.entities[first].name, *graph.entities[first].aliases))
            raise KgError(f"no article tells {one!r} from {two!r}; the names are {names}")
    return _decide(folder, Choice(*ends, same=False, reason=reason, by=by))


def review(folder: Path) -> list[Statement]:
    """The pairs that may be one and of which nobody has decided yet, the likeliest first."""
    from kg.doubts import doubts

    with using(store.lexicon(folder)):
        return list(doubts(store.load(folder)))


def why(graph: Graph, one: str, two: str) -> Iterator[str]:
    """Why two names mean one thing in a graph, or two: the decisions with score and quote, then what the names say."""
    first, second = find(graph, one), find(graph, two)
    ids = {*_ids(graph, first)}, {*_ids(graph, second)}
    if first == second:
        yield f"{one} and {two} are one: {graph.name(first)} ({first})"
        found = [item for item in graph.mentioning(first) if item.predicate == vocab.SAME_AS]
    else:
        yield f"{graph.name(first)} ({first}) and {graph.name(second)} ({second}) are two"
        apart = (item for item in graph if item.predicate == vocab.DIFFERENT_FROM)
        found = [item for item in apart if _between(item, *ids)]
        yield from [] if found else ["  nothing was found that makes them one"]
    yield from _reasons(found)
    for iri in dict.fromkeys((first, second)):
        yield f"  {graph.name(iri)}: {linking.told(graph, iri)}"
    verdict = compare.compare(_side(graph, first, one), _side(graph, second, two))
    yield f"by their names alone: {_weighed(verdict)}"
    if first != second and (verdict_ := _by_articles(graph, first, second)):
        yield f"by what articles say: {_weighed(verdict_)}"


def _decide(folder: Path, choice: Choice) -> Graph:
    with folders.locked(folder):
        decisions.add(folder / decisions.FILE, choice)
        return rebuild(folder)


def _ids(graph: Graph, thing: str) -> tuple[str, ...]:
    return decisions.members(graph, thing) or (thing,)


def _sides(folder: Path, ids: tuple[str, ...], one: str, two: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members of one thing that go under either name: as a person joined them, else as articles call them."""
    annotations = list(store.read_annotations(folder))
    found = profiles(Graph((s for item in annotations for s in lift(item)), (item.document for item in annotations)))
    for choice in reversed(decisions.choices(folder / decisions.FILE)):
        if choice.same and {*choice.ones, *choice.others} <= {*ids}:
            for ones, others in ((choice.ones, choice.others), (choice.others, choice.ones)):
                if _called(found, ones, one) and _called(found, others, two):
                    return ones, others
    mine, theirs = _called(found, ids, one), _called(found, ids, two)
    if theirs < mine:  # the rarer name tells which are meant
        return tuple(sorted(mine - theirs)), tuple(sorted(theirs))
    return tuple(sorted(mine if mine < theirs else mine - theirs)), tuple(sorted(theirs - mine))


def _called(found: Mapping[str, Profile], ids: tuple[str, ...], name: str) -> set[str]:
    """Those that go under this name, or are of this IRI."""
    plain = name.casefold()
    known = {iri: {*found[iri].names, *found[iri].descriptions} for iri in ids if iri in found}
    return {iri for iri, names in known.items() if plain in {each.casefold() for each in names} or iri == name}


def _between(item: Statement, ones: set[str], others: set[str]) -> bool:
    ends = item.subject, str(item.object)
    return (ends[0] in ones and ends[1] in others) or (ends[1] in ones and ends[0] in others)


def _reasons(found: list[Statement]) -> Iterator[str]:
    """Each reason once, with its score and a place where the thing is named."""
    shown: dict[tuple[float, str], str] = {}
    for item in found:
        for each in item.evidence:
            shown.setdefault((-each.score, each.reason.rpartition(" (http")[0] or each.reason), each.quote)
    for (score, reason), quote in sorted(shown.items())[:_MOST]:
        yield f"  {-score:.2f} {reason}" + f" — “{quote}”" * bool(quote)
    if len(shown) > _MOST:
        yield f"  and {len(shown) - _MOST} more"


def _weighed(verdict: Verdict) -> str:
    return f"{verdict.decision} ({verdict.score:.2f}): {told(verdict.features)}"


def _by_articles(graph: Graph, first: str, second: str) -> Verdict | None:
    """What the names, kinds and ties of two things say, as they are said of them in all articles together."""
    found = profiles(graph)
    one, two = found.get(first), found.get(second)
    if one is None or two is None:
        return None
    if one.type in likeness.TIES and two.type in likeness.TIES and likeness.nouns(one) and likeness.nouns(two):
        return likeness.by_noun(one, two, found, str, lambda _: frozenset())
    if not (one.names and two.names):
        return None
    return likeness.by_name(one, next(iter(one.names)), two, next(iter(two.names)), found, str)


def _side(graph: Graph, iri: str, name: str) -> compare.Side:
    entity = graph.entities.get(iri)
    known = entity and name.casefold() in {each.casefold() for each in (entity.name, *entity.aliases)}
    return compare.Side(name if known else graph.name(iri), entity.type.removeprefix(vocab.KG) if entity else "")
